"""`followme search`: answers, promises and notes that have the words, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, islice
from typing import Annotated, Any

import typer

from followme.env import Env
from followme.errors import NothingFound, WrongUsage, no_entries, quoted
from followme.hints import Command, arguments
from followme.insight.ledger import ledger
from followme.insight.people import is_known
from followme.insight.query import FILTERS, Query, filter_words, select
from followme.insight.search import Hit, Search, hits
from followme.model import Entry
from followme.screen import Screen
from followme.shell import present
from followme.shell.again import IN_A_TERMINAL, again, more
from followme.shell.entries import newest_first, quietly
from followme.shell.filters import filtered
from followme.shell.however_old import without_answers
from followme.views import view


@filtered()
def run(
    ctx: typer.Context,
    query: Query,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="The words; quote several to find a phrase.")
    ],
    any_word: Annotated[bool, typer.Option("--any", help="Any of the words is enough.")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="Case and accents count.")] = False,
    in_questions: Annotated[
        bool,
        typer.Option("--question-text", help="Search the questions as they were asked, not the answers."),
    ] = False,
    number: Annotated[int | None, typer.Option("-n", min=1, help="Show at most this many.")] = None,
    as_json: present.AsJson = False,
) -> None:
    """Find words in answers, promises and notes, newest first.

    All words must be in one answer, and part of a word is enough. Case and accents don't count. With --question, only
    the answers to that question are searched; promise and outcome stand for promises and what became of them.
    Without a pager, a terminal shows 20 unless you give -n; a pipe gets them all, one a line, with tabs between fields.
    """
    env: Env = ctx.obj
    search = Search(tuple(words), any_word, exact, query.question, in_questions)
    if search.is_empty:
        raise WrongUsage(
            "There are no words to look for. Type one or more, such as:", Command("search", "demo")
        )
    # The search looks at the key of each answer itself, so the entry needs no look of its own.
    entries = select(newest_first(env, search.may_be_in), replace(query, question=None))
    found = _some(entries, search, ctx)
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").hits(islice(found, number)),
        page=lambda screen: _page(found, search, ctx, query, screen),
        lines=lambda: view("tabs").hits(islice(found, number)),
        at_once=True,
    )


def _page(found: Iterator[Hit], search: Search, ctx: typer.Context, query: Query, screen: Screen) -> None:
    env: Env = ctx.obj
    # A pager shows them all, the newest first.
    shown = ctx.params["number"] or (None if env.pages else IN_A_TERMINAL)
    today = env.now().date()
    promises = cache(lambda: {row.ref: row for row in ledger(without_answers(env), today)})
    others = more(ctx, shown or 0, *ctx.params["words"])
    view("hits").show(found, shown, search, promises, others, today, screen, filter_words(query, today))


def _some(entries: Iterator[Entry], search: Search, ctx: typer.Context) -> Iterator[Hit]:
    """The hits in these entries. Raises NothingFound, with how to find more, if there are none."""
    asked, keys = replace(search, in_questions=True), dict[str, None]()
    for entry in entries:
        if first := list(hits([entry], search)):
            return chain(first, hits(entries, search))
        keys |= dict.fromkeys(hit.key for hit in hits([entry], asked))
    if not any(quietly(ctx.obj)):
        raise no_entries()
    where = "question" if ctx.params["in_questions"] else "answer, promise or note"
    nothing = f"No {where} has {_what(ctx.params['words'], ctx.params['any_word'])}."
    marked = len(search.words) == 1 and search.words[0].startswith("@")
    if marked and is_known(quietly(ctx.obj), search.words[0]):
        someone = Command("people", search.words[0].removeprefix("@"))
        raise NothingFound(f"{nothing} See what you wrote about them with:", someone)
    if keys:
        lookback = Command("lookback", *arguments(next(iter(keys))))
        raise NothingFound(f"{nothing} {_asked(list(keys))}", lookback, _again(ctx, in_questions=True))
    wider = _wider(ctx)
    if wider:
        raise NothingFound(f"{nothing} You may find more with:", *wider)
    raise NothingFound(f"{nothing} See all entries with:", Command("list"))


def _asked(keys: list[str]) -> str:
    """A sentence on the questions that have the words, by their keys, the one asked latest first."""
    if len(keys) == 1:
        return f"Your question {quoted(keys[0])} does. See its answers, or how it was asked, with:"
    return (
        f"{len(keys)} questions do. See the answers to the latest, or all of them as they were asked, with:"
    )


def _what(words: list[str], any_word: bool) -> str:
    if len(words) > 1:
        return "any of these words" if any_word else "all of these words"
    return "this word" if len(words[0].split()) == 1 else "this phrase"


def _wider(ctx: typer.Context) -> list[Command]:
    """Ways to find more, each with one limit less than this command line has."""
    given = ctx.params
    apart = [part for word in given["words"] for part in word.split()]
    ways: list[dict[str, Any]] = []
    if len(given["words"]) > 1 and not given["any_word"]:
        ways.append({"any_word": True})
    if len(apart) > len(given["words"]):
        ways.append({"words": apart})
    ways += [{name: False} for name in ("exact", "in_questions") if given[name]]
    if any(given[name] is not None for name in FILTERS):
        ways.append(dict.fromkeys(FILTERS))
    return [_again(ctx, **way) for way in ways]


def _again(ctx: typer.Context, **instead: Any) -> Command:
    return again(ctx, *instead.pop("words", ctx.params["words"]), **instead)

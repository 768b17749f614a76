"""`followme people`: who you write about, or one person with their promises and all that was written about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import NothingFound, WrongUsage, either, quoted
from followme.hints import Command
from followme.insight.ledger import ledger
from followme.insight.marks import private_promises
from followme.insight.mentions import NO_ONE, Mentions, mentions, near_people
from followme.insight.people import Person, people
from followme.insight.query import Query, filter_words, filters_of, fits, select
from followme.insight.search import Search, fold
from followme.journal.file.blocks import Wanted
from followme.names import is_same_name, same_name
from followme.shell import present, renaming
from followme.shell.entries import newest_first
from followme.shell.filters import filtered
from followme.shell.however_old import without_answers
from followme.views import view


@filtered("since", "until", "set", "week")
def run(
    ctx: typer.Context,
    query: Query,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Someone you wrote about.", show_default=False)
    ] = None,
    rename: Annotated[
        str | None, typer.Option("--rename", metavar="NEW", help="Give NAME another name in every entry.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --rename: show what would change, and change nothing.")
    ] = False,
    as_json: present.AsJson = False,
) -> None:
    """See who you write about, when last, and what you promised them.

    followme knows a name once you've marked it, as in @Dana, or given it in a promise or a one-on-one. From then on, it
    finds the name without the mark too. With NAME, it shows your promises to them, how each one ended, and every place
    where you wrote about them, newest first. In a pipe, each person or place is one line, with tabs between fields.
    """
    env: Env = ctx.obj
    if rename is not None or dry_run:
        _rename(env, name, rename, alone=query == Query() and not as_json, dry_run=dry_run)
    elif name is None:
        _everyone(env, query, as_json)
    else:
        _one(env, query, name, as_json)


def _rename(env: Env, name: str | None, new: str | None, *, alone: bool, dry_run: bool) -> None:
    if name is None or new is None or not alone:
        raise WrongUsage("--rename NEW needs NAME, and goes without filters: it changes every entry.")
    if not renaming.rename(env, name, new, dry_run=dry_run):
        raise _nothing(env, name)


def _everyone(env: Env, query: Query, as_json: bool) -> None:
    found, today = _mentions(env, query, _named(env, query)), env.now().date()
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").everyone(found),
        page=lambda screen: view("people").everyone(
            found, today, screen, filters_of(query, today, Command("people"))
        ),
        lines=lambda: view("tabs").everyone(found),
    )


def _one(env: Env, query: Query, name: str, as_json: bool) -> None:
    # Whatever makes a name known has it in its bytes.
    search = Search(tuple(name.replace("@", " ").replace("_", " ").split()))
    named = _named(env, query, search.may_be_in if not search.is_empty else None)
    known = [person for person in named if is_same_name(person.name, name)]
    # Someone without accents on the keyboard means the one they sound like.
    known = known or [person for person in named if same_name(fold(person.name)) == same_name(fold(name))][:1]
    found = _mentions(env, query, known)
    if not found:
        raise _nothing(env, name)
    (seen,), today = found, env.now().date()
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").mentions(seen),
        page=lambda screen: view("people").one(seen, today, screen, filter_words(query, today)),
        lines=lambda: view("tabs").mentions(seen),
    )


def _named(env: Env, query: Query, wanted: Wanted | None = None) -> list[Person]:
    """Everyone that these entries name, with their places in those that fit."""
    entries, fit = list(newest_first(env, wanted)), fits(query)
    chosen = {id(entry) for entry in entries if fit(entry)}
    return [
        replace(person, places=tuple(place for place in person.places if id(place.entry) in chosen))
        for person in people(entries)
    ]


def _mentions(env: Env, query: Query, found: Sequence[Person]) -> tuple[Mentions, ...]:
    """These people with the promises of the entries that fit, whatever entry says what became of them."""
    entries = without_answers(env) if found else ()
    rows = ledger(entries, env.now().date())
    return mentions(found, rows, select(entries, query), private_promises(entries))


def _nothing(env: Env, name: str) -> NothingFound:
    """Why there's nothing, and how to go on."""
    names = [each.name for each in mentions(people(newest_first(env)), ())]
    if not names:
        return NothingFound(NO_ONE)
    if any(is_same_name(each, name) for each in names):
        return NothingFound("No entry fits these filters. See all with:", Command("people", name))
    near = either([quoted(each) for each in near_people(name, names)])
    said = f" Did you mean {near}?" if near else ""
    return NothingFound(
        f"followme knows no one named {quoted(name)}.{said} See everyone with:", Command("people")
    )

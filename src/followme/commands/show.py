"""`followme show`: entries to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError, WrongUsage
from followme.insight.book import endings_of, heard_of, promises_of
from followme.insight.later import LaterWords, later_words
from followme.insight.marks import private_promises
from followme.insight.neighbors import neighbors
from followme.insight.query import Query, resolve
from followme.model import Entry, Located
from followme.screen import Screen
from followme.shell import present
from followme.shell.entries import loaded
from followme.shell.filters import filtered
from followme.shell.however_old import located_without_answers, whole
from followme.shell.nothing_there import of_reference
from followme.views import view

_OF_PROMISE = re.compile(r"/p[0-9]+$")
"""The end of a promise's reference; what's before it names its entry."""


@filtered("set")
def run(
    ctx: typer.Context,
    query: Query,
    entry: Annotated[
        str, typer.Argument(metavar="[ENTRY]", help="`last`, a week, a date, or an id.")
    ] = "last",
    as_text: Annotated[bool, typer.Option("--text", help="Print text to read, even in a pipe.")] = False,
    as_json: present.AsJson = False,
) -> None:
    """Show an entry, or all entries from a week or a day.

    A terminal shows text to read; a pipe gets one line per answer, with tabs between fields, unless you give --text.
    ENTRY is `last` (your latest reflection; `last~1` is the one before), a week (2026-W47, W47), a date
    (2026-11-20), an id, its last five letters, or its start. `last~52` goes back 52 entries, not 52 weeks; for the week
    a year ago, type that week.
    """
    env: Env = ctx.obj
    if as_text and as_json:
        raise WrongUsage("--text and --json can't go together. Leave one out.")
    entries, notes, known = _find(env, _OF_PROMISE.sub("", entry), query.set)
    promises, later = promises_of(known), later_words(notes)
    present.show(
        env,
        as_json=as_json,
        as_page=as_text,
        json=lambda: view("json").entries(entries, later),
        page=lambda screen: _page(env, screen, entries, known, later, query.set),
        lines=lambda: view("tabs").entry(entries, promises, later, private_promises(known), heard_of(known)),
    )


def _page(
    env: Env,
    screen: Screen,
    entries: Sequence[Entry],
    known: Sequence[Entry],
    later: LaterWords,
    of_set: str | None,
) -> None:
    """Draw the entries, and for someone who looks at a terminal, the way to those before and after."""
    beside = neighbors(known, entries, of_set) if screen.terminal else (None, None)
    promises, endings = promises_of(known), endings_of(known)
    today, heard = env.now().date(), heard_of(known)
    view("entry").show(entries, promises, endings, later, today, screen, beside, of_set or "", heard)


def _find(env: Env, ref: str, of_set: str | None) -> tuple[Sequence[Entry], Sequence[Entry], Sequence[Entry]]:
    """Return the entries that `ref` means, the later words on them, and all entries that these may be about."""
    known = located_without_answers(env)
    matches, notes = _meant(env, known, ref, of_set)
    with suppress(FollowmeError):
        return _whole(env, matches), _whole(env, notes), [each.entry for each in known]
    # Damage in an answer shows only where it's parsed.
    known = loaded(env).located
    matches, notes = _meant(env, known, ref, of_set)
    shown, later, every = ([each.entry for each in some] for some in (matches, notes, known))
    return shown, later, every


def _whole(env: Env, bare: Iterable[Located]) -> Sequence[Entry]:
    return [whole(env, each)[1] for each in bare]


def _meant(
    env: Env, known: Sequence[Located], ref: str, of_set: str | None
) -> tuple[Sequence[Located], Sequence[Located]]:
    """The entries that `ref` means, and the later words on them. Raises NothingFound."""
    matches = resolve(known, ref, env.now().date(), of_set)
    if matches:
        ids = {each.entry.id for each in matches if each.entry.id}
        return matches, [each for each in known if each.entry.about_id in ids]
    raise of_reference(env, [each.entry for each in known], ref, of_set)

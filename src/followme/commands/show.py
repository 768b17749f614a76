"""`followme show`: entries to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import NothingFound, WrongUsage
from followme.hints import Command
from followme.insight.privacy import private_promises
from followme.insight.query import resolve
from followme.model import Entry
from followme.shell import filters, present
from followme.shell.entries import everything
from followme.shell.however_old import with_answers, without_answers
from followme.views import view


def run(
    ctx: typer.Context,
    entry: Annotated[
        str, typer.Argument(metavar="[ENTRY]", help="`last`, a week, a date, or an id.")
    ] = "last",
    of_set: filters.OfSet = None,
    as_text: Annotated[
        bool, typer.Option("--text", help="Print text to read, also where it goes to no terminal.")
    ] = False,
    as_json: filters.AsJson = False,
) -> None:
    """Show an entry, or all entries of a week or a day.

    A terminal shows text to read; a pipe gets one line an answer, separated by tabs, unless --text is given.
    ENTRY is `last` (your latest reflection; `last~1` is the one before), a week (2026-W47, W47), a date
    (2026-11-20), an id, its last five letters, or its start.
    """
    env: Env = ctx.obj
    if as_text and as_json:
        raise WrongUsage("--text and --json cannot go together. Leave one of them out.")
    found, known = _find(env, entry, of_set)
    promises = filters.promises_of(known)
    if as_json:
        present.write_json(env, view("json").entries(found))
    elif as_text or env.out.terminal:
        present.page(env, lambda screen: view("entry").show(found, promises, screen))
    else:
        present.write_lines(env, view("tabs").entry(found, promises, private_promises(known)))


def _find(env: Env, ref: str, of_set: str | None) -> tuple[tuple[Entry, ...], Sequence[Entry]]:
    """The entries meant, and all that they may speak of."""
    # Any entry may be the latest by date, and its answers do not tell.
    quick = ref.strip().casefold().startswith("last")
    entries = without_answers(env) if quick else everything(env)
    found = resolve(entries, ref, env.now().date(), of_set)
    found = with_answers(env, found) if quick else found
    if found:
        return found, entries
    if not entries:
        raise NothingFound("There are no entries yet. The next step is:", Command("reflect"))
    if ref == "last" and not of_set:
        raise NothingFound("There are no reflections yet. The next step is:", Command("reflect"))
    which = f"{ref!r} in the set {of_set}" if of_set else repr(ref)
    raise NothingFound(f"There is no entry for {which}. See all of them with:", Command("list"))

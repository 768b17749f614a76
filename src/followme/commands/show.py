"""`followme show`: entries to read."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.commands import common, output
from followme.commands.entries import everything, recent
from followme.env import Env
from followme.errors import NothingFound
from followme.insight.query import resolve
from followme.model import Entry, Promise
from followme.views import view


def run(
    ctx: typer.Context,
    entry: Annotated[
        str, typer.Argument(metavar="[ENTRY]", help="`last`, a week, a date, or an id.")
    ] = "last",
    as_json: common.AsJson = False,
) -> None:
    """Show an entry, or all entries of a week or a day.

    ENTRY is `last`, a week (2026-W47, W47), a date (2026-11-20), an id, its last five letters, or its start.
    """
    env: Env = ctx.obj
    found, promises = _find(env, entry)
    if as_json:
        output.write_json(env, view("json").entries(found))
    elif env.out.terminal:
        output.page(env, lambda screen: view("entry").show(found, promises, screen))
    else:
        output.write_lines(env, view("tabs").entry(found, promises))


def _find(env: Env, ref: str) -> tuple[tuple[Entry, ...], dict[str, Promise]]:
    """The entries meant, and the words of the promises that they may speak of."""
    entries = recent(env) if ref == "last" else everything(env)
    found = resolve(entries, ref, env.now().date())
    if found:
        return found, common.promises_of(entries)
    if not entries:
        raise NothingFound(f"There are no entries yet. The next step is: {env.command('reflect')}")
    raise NothingFound(f"There is no entry for {ref!r}. See all of them with: {env.command('list')}")

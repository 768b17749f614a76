"""`followme list`: the entries, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from typing import Annotated

import typer

from followme.env import Env
from followme.insight.digest import digest_of
from followme.insight.query import Query, filters_of, listed
from followme.model import Entry
from followme.screen import Screen
from followme.shell import present
from followme.shell.again import IN_A_TERMINAL, more, unfiltered
from followme.shell.entries import newest_first
from followme.shell.filters import filtered
from followme.views import view

NOTHING_THERE = "followme.shell.nothing_there"
"""The module for where nothing is found, which most lists don't need."""


@filtered()
def run(
    ctx: typer.Context,
    query: Query,
    number: Annotated[int | None, typer.Option("-n", min=1, help="Show at most this many.")] = None,
    as_json: present.AsJson = False,
) -> None:
    """List past entries, newest first.

    A terminal shows the last 20 unless you give -n; a pipe gets them all, one per line, with tabs between fields.
    Promises added or closed between reflections are listed only with --set promise and --set outcome.
    """
    env: Env = ctx.obj
    entries = listed(newest_first(env), query)
    shown = number or IN_A_TERMINAL
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").listing(islice(entries, number)),
        page=lambda screen: _page(entries, shown, ctx, query, screen),
        lines=lambda: view("lines").entries(islice(entries, number)),
    )


def _page(entries: Iterator[Entry], number: int, ctx: typer.Context, query: Query, screen: Screen) -> None:
    shown = [digest_of(entry) for entry in islice(entries, number)]
    older = more(ctx, number) if next(entries, None) else None
    today = ctx.obj.now().date()
    near = ("", ()) if shown else import_module(NOTHING_THERE).of_filters(ctx.obj, query)
    view("listing").show(shown, older, today, screen, filters_of(query, today, unfiltered(ctx)), near)

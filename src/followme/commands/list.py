"""`followme list`: the entries, newest first."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from followme.env import Env
from followme.insight.digest import digest_of
from followme.insight.query import listed
from followme.shell import filters, present
from followme.shell.entries import newest_first
from followme.views import view

IN_A_TERMINAL = 20


def run(
    ctx: typer.Context,
    number: Annotated[int | None, typer.Option("-n", min=1, help="At most so many entries.")] = None,
    since: filters.Since = None,
    until: filters.Until = None,
    of_set: filters.OfSet = None,
    person: filters.Person = None,
    week: filters.Week = None,
    as_json: filters.AsJson = False,
) -> None:
    """List past entries, the newest first.

    A terminal shows 20 unless -n says otherwise; a pipe gets all of them, one a line, separated by tabs.
    Endings of promises noted between reflections are listed only with --set outcome.
    """
    env: Env = ctx.obj
    query = filters.query_of(env, since, until, of_set, person, week)
    found = listed(newest_first(env), query)
    if as_json:
        present.write_json(env, view("json").listing(islice(found, number)))
    elif env.out.terminal:
        shown = list(islice(found, number or IN_A_TERMINAL))
        more = next(found, None) is not None
        view("listing").show([digest_of(entry) for entry in shown], more, env.out)
    else:
        present.write_lines(env, view("tabs").entries(islice(found, number)))

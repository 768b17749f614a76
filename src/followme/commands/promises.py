"""`followme promises`: the ledger of promises."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.env import Env
from followme.insight.ledger import CLOSED, kept, ledger, of_person
from followme.shell import present
from followme.shell.cadences import next_reflection
from followme.shell.however_old import without_answers
from followme.views import view


def run(
    ctx: typer.Context,
    closed: Annotated[bool, typer.Option("--all", help="Show closed ones too.")] = False,
    person: Annotated[
        str | None, typer.Option("--person", help="Only promises made to this person, or handed to them.")
    ] = None,
    as_json: present.AsJson = False,
) -> None:
    """Show your promises: what's due, what's open, and how many were kept."""
    if ctx.invoked_subcommand:
        return
    env: Env = ctx.obj
    today = env.now().date()
    entries = without_answers(env)
    asked_on = next_reflection(env, entries)
    rows = ledger(entries, asked_on)
    rows = of_person(rows, person) if person else rows
    shown = rows if closed else tuple(row for row in rows if row.state != CLOSED)
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").promises(shown, kept(rows)),
        page=lambda screen: view("ledger").show(shown, kept(rows), today, asked_on, screen),
        lines=lambda: view("tabs").promises(shown, today),
    )

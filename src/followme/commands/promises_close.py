"""`followme promises close`: an ending noted between sittings."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError, WrongUsage
from followme.hints import Command
from followme.insight.ledger import CLOSED, Row, ledger, named
from followme.insight.promises import promise_words
from followme.journal import saving
from followme.model import OUTCOME, Outcome
from followme.shell import given
from followme.shell.however_old import without_answers
from followme.shell.new_entry import new_entry
from followme.shell.paths import paths_of


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The promise, as `promises` shows it: k7q2m/p1.")],
    kept: Annotated[bool, typer.Option("--kept", help="It was kept.")] = False,
    partly: Annotated[bool, typer.Option("--partly", help="It was kept in part.")] = False,
    not_kept: Annotated[bool, typer.Option("--not-kept", help="It was not kept.")] = False,
    not_yet: Annotated[bool, typer.Option("--not-yet", help="It is still open; it comes back.")] = False,
    not_needed: Annotated[bool, typer.Option("--not-needed", help="It is no longer needed.")] = False,
    note: Annotated[str, typer.Option("--note", help="One line about it; - is stdin.")] = "",
) -> None:
    """Note what became of a promise, between sittings. The promise itself stays as it was made."""
    env: Env = ctx.obj
    named_results = {
        "kept": kept,
        "partly": partly,
        "not-kept": not_kept,
        "not-yet": not_yet,
        "not-needed": not_needed,
    }
    results = [result for result, chosen in named_results.items() if chosen]
    if len(results) != 1:
        raise WrongUsage(
            "Say once what became of it: --kept, --partly, --not-kept, --not-yet or --not-needed."
        )
    once, note = note == given.STDIN, given.words(env, note, "The note")
    if len(note.splitlines()) > 1:
        raise WrongUsage("The note takes one line, so nothing was stored.")
    with given.not_lost(env, note, once=once):
        row = _find(env, ref)
        outcome = Outcome(promise=row.ref, result=results[0], note=note.strip())
        entry = new_entry(env, OUTCOME, outcomes=(outcome,))
        saving.save(paths_of(env), entry, although_shrunk=env.options.yes)
    env.say(f"Noted: {promise_words(row.promise)}")


def _find(env: Env, ref: str) -> Row:
    """Return the open promise that `ref` means. Raises FollowmeError if it means none, several, or a closed one."""
    rows = named(ledger(without_answers(env), env.now().date()), ref)
    still_open = [row for row in rows if row.state != CLOSED]
    if len(still_open) == 1:
        return still_open[0]
    if still_open:
        many = ", ".join(row.ref.rpartition("-")[2] for row in still_open)
        raise FollowmeError(f"{ref} can mean {many}, so nothing was stored. Name one of them.")
    if rows:
        raise FollowmeError(
            f"{ref} has its ending already, so nothing was stored. See it with:", Command("promises", "--all")
        )
    raise FollowmeError(f"No promise is called {ref}, so nothing was stored. See:", Command("promises"))

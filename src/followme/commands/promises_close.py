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
    kept: Annotated[bool, typer.Option("--kept", help="You kept it.")] = False,
    partly: Annotated[bool, typer.Option("--partly", help="You kept part of it.")] = False,
    not_kept: Annotated[bool, typer.Option("--not-kept", help="You didn't keep it.")] = False,
    not_yet: Annotated[bool, typer.Option("--not-yet", help="It's still open; ask me again.")] = False,
    not_needed: Annotated[bool, typer.Option("--not-needed", help="It's no longer needed.")] = False,
    note: Annotated[str, typer.Option("--note", help="One line about it; - for stdin.")] = "",
) -> None:
    """Say what became of a promise, between reflections. The promise itself stays as you wrote it."""
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
        raise WrongUsage("Give exactly one of --kept, --partly, --not-kept, --not-yet or --not-needed.")
    once, note = note == given.STDIN, given.words(env, note, "The note")
    if len(note.splitlines()) > 1:
        raise WrongUsage("The note has more than one line, so nothing was saved. Put it on one line.")
    with given.not_lost(env, note, once=once):
        row = _find(env, ref)
        outcome = Outcome(promise=row.ref, result=results[0], note=note.strip())
        entry = new_entry(env, OUTCOME, outcomes=(outcome,))
        saving.save(paths_of(env), entry, although_shrunk=env.options.yes)
        env.saved = entry
    ending = "Still open" if outcome.result == "not-yet" else row.words(outcome).capitalize()
    env.say(f"{ending}. {promise_words(row.promise, env.now().date())}")


def _find(env: Env, ref: str) -> Row:
    """Return the open promise that `ref` means. Raises FollowmeError if it means none, several, or a closed one."""
    rows = named(ledger(without_answers(env), env.now().date()), ref)
    still_open = [row for row in rows if row.state != CLOSED]
    if len(still_open) == 1:
        return still_open[0]
    if still_open:
        many = ", ".join(row.short_ref for row in still_open)
        raise FollowmeError(f"{ref} could mean {many}, so nothing was saved. Give one of these.")
    if rows:
        raise FollowmeError(
            f"{ref} is already closed, so nothing was saved. To see it:", Command("promises", "--all")
        )
    raise FollowmeError(
        f"There's no promise {ref}, so nothing was saved. To see them all:", Command("promises")
    )

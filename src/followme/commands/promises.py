"""`followme promises`: the ledger of promises, on a page or as tasks for a phone's list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import WrongUsage
from followme.hints import Command
from followme.insight.ledger import CLOSED, ending_named, kept, made_in, of_ending, of_person
from followme.insight.query import Query, filter_words, select
from followme.insight.tasks import tasks_of
from followme.insight.wording import counted
from followme.model import Entry
from followme.shell import present, target_file
from followme.shell.again import again
from followme.shell.cadences import next_reflection
from followme.shell.filters import filtered
from followme.shell.however_old import without_answers
from followme.views import view


@filtered("since", "until", "set", "week")
def run(
    ctx: typer.Context,
    query: Query,
    closed: Annotated[bool, typer.Option("--all", help="Show closed ones too.")] = False,
    person: Annotated[
        str | None, typer.Option("--person", help="Only promises made to this person, or handed to them.")
    ] = None,
    ending: Annotated[
        str | None,
        typer.Option(
            "--ending", help="Only those that ended like this: kept, not kept, open.", show_default=False
        ),
    ] = None,
    as_json: present.AsJson = False,
    ics: Annotated[
        str | None,
        typer.Option(
            "--ics", help="Write them as tasks for a phone's list here; - is stdout.", metavar="FILE"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file of tasks if it exists.")] = False,
) -> None:
    """Show your promises: what's due, what's open, and how many were kept.

    With --ics, they become tasks for your phone or computer: the open ones, and those closed in the last 13 weeks, so
    that they're checked off there too. Import the file again each week; no task comes twice. Private promises stay out.
    """
    if ctx.invoked_subcommand:
        return
    env: Env = ctx.obj
    if ics is not None:
        if closed or as_json or ending is not None or query != Query():
            raise WrongUsage("--ics has its own choice and format. Leave --all, --json and the filters out.")
        _write_tasks(env, without_answers(env), person, ics, force)
        return
    _show(ctx, query, as_json)


def _show(ctx: typer.Context, query: Query, as_json: bool) -> None:
    """Print the promises that the entries which fit make, and if a person is given, those to them."""
    env: Env = ctx.obj
    person, ending = ctx.params["person"], _ending(ctx.params["ending"])
    closed = ctx.params["closed"] or bool(ending)
    today = env.now().date()
    entries = without_answers(env)
    asked_on = next_reflection(env, entries)
    rows = made_in(select(entries, query), entries, asked_on)
    rows = of_person(rows, person) if person is not None else rows
    rate, rows = kept(rows), of_ending(rows, ending) if ending else rows
    shown = rows if closed else tuple(row for row in rows if row.state != CLOSED)
    others = _others(ctx, query, len(rows))
    filters = filter_words(replace(query, person=person), today, *([f"ending {ending}"] if ending else []))
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").promises(shown, rate),
        page=lambda screen: view("ledger").show(
            shown,
            rate,
            today,
            asked_on,
            screen,
            filters=filters,
            demo=bool(env.demo),
            others=others,
        ),
        lines=lambda: view("tabs").promises(shown, today),
    )


def _ending(words: str | None) -> str:
    """The ending that these words name, "" for None."""
    try:
        return ending_named(words) if words is not None else ""
    except ValueError as error:
        raise WrongUsage(str(error)) from None


def _others(ctx: typer.Context, query: Query, closed: int) -> tuple[str, Command] | None:
    """What to say where nothing is shown: how many are closed, or that nothing fits; None if there are no promises."""
    with_filters = query != Query() or any(ctx.params[name] is not None for name in ("person", "ending"))
    if closed:
        none = "No promise that fits these filters is open." if with_filters else "No promise is open."
        return f"{none} Closed: {closed}. See them with:", again(ctx, closed=True)
    if with_filters:
        return "No promise fits these filters. See all with:", Command("promises", "--all")
    return None


def _write_tasks(env: Env, entries: Iterable[Entry], person: str | None, file: str, force: bool) -> None:
    """Write the promises as a calendar file, and say how many are private and so not in it."""
    target = target_file.named(file)
    if target:
        target_file.check(env, target, force)
    tasks = tasks_of(entries, env.now().date(), person)
    text = view("tasks").ics(tasks.shown, env.now())
    if target:
        target_file.write_file(target, text)
        env.say(f"Wrote {counted(len(tasks.shown), 'task')} to {target}. Open it with your task app.")
    else:
        env.write(text)
    if tasks.private:
        verb = "was" if tasks.private == 1 else "were"
        env.say(f"{counted(tasks.private, 'promise')} marked private {verb} left out.")

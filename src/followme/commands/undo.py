"""`followme undo`: the last change taken back, or the journal as it was in a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from followme.dates import shown_day
from followme.env import Env
from followme.errors import FollowmeError, WrongUsage
from followme.hints import Command
from followme.insight.digest import in_short
from followme.insight.wording import all_of
from followme.journal.change import history, undoing
from followme.journal.change.inverse import CannotUndo, Step
from followme.journal.change.swap import read_snapshot
from followme.shell import present
from followme.shell.changing import show_changes
from followme.shell.confirm import is_agreed
from followme.shell.paths import paths_of
from followme.views import view

MOST_NAMED = 20
"""How many entries are named one by one."""


def run(
    ctx: typer.Context,
    list_all: Annotated[bool, typer.Option("--list", help="List the changes and the backups.")] = False,
    to: Annotated[
        str, typer.Option("--to", metavar="BACKUP", help="Go back to a backup, as --list names it.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen, and change nothing.")
    ] = False,
    as_json: present.AsJson = False,
) -> None:
    """Take back the last change followme made; repeat to go further back.

    It shows the change and asks once. Everything you've added or edited by hand since then stays.
    """
    env: Env = ctx.obj
    if list_all and (to or dry_run):
        raise WrongUsage("--list only lists, so give it alone.")
    if as_json and not list_all:
        raise WrongUsage("--json goes with --list.")
    if list_all:
        _list(env, as_json=as_json)
    elif to:
        _go_back(env, to, dry_run=dry_run)
    else:
        _undo(env, dry_run=dry_run)


def _list(env: Env, *, as_json: bool) -> None:
    found = history.history(paths_of(env))
    for sentence in found.unread:
        env.say(sentence)
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").history(found),
        page=lambda screen: view("changes").show(found, env.now(), screen),
        lines=lambda: view("tabs").history(found),
    )


def _undo(env: Env, *, dry_run: bool) -> None:
    paths = paths_of(env)
    try:
        step = undoing.planned(paths)
    except CannotUndo as error:
        raise CannotUndo(f"{error} To see what you can go back to:", Command("undo", "--list")) from None
    _show(env, step)
    if not is_agreed(env, "an undo", dry_run=dry_run):
        return
    undoing.undo(paths, step, env.now())
    env.say("Taken back. To go further back:", Command("undo"))


def _show(env: Env, step: Step) -> None:
    """Show the change that would be taken back, and what that does to each entry."""
    now = env.now()
    local = step.logged.time.astimezone(now.tzinfo)
    made = history.made(step.logged)
    env.say(
        f"The last change ({made.verb}, {shown_day(local.date(), now.date())}, {local:%H:%M}) {made.what}."
    )
    if step.unknown:
        env.say(f"The journal's last entry, {step.unknown}, isn't in the log of changes, so it stays.")
    env.say("Taking it back would do this:")
    for pair in step.pairs[:MOST_NAMED]:
        verb = "change back" if pair.now and pair.then else "put back" if pair.then else "remove"
        entry = next((block.entry for block in (pair.then, pair.now) if block and block.entry), None)
        env.say(f"- {verb} {in_short(entry, now.date()) if entry else 'a damaged part'}")
    if (more := len(step.pairs) - MOST_NAMED) > 0:
        env.say(f"- and so on for {more} more")
    changed = ((pair.now, pair.then.entry) for pair in step.pairs[:MOST_NAMED] if pair.now and pair.then)
    show_changes(env, ((now, then) for now, then in changed if then))


def _go_back(env: Env, to: str, *, dry_run: bool) -> None:
    paths = paths_of(env)
    try:
        backup = history.named(paths, to)
    except FollowmeError as error:
        raise FollowmeError(f"{error} To see them:", Command("undo", "--list")) from None
    now = read_snapshot(Path(paths.real)).data
    differs = undoing.difference(undoing.digests(now), undoing.digests(undoing.content(backup)))
    if differs.is_none:
        env.say("The journal has the same entries as that backup, so there's nothing to do.")
        return
    counts = (("bring back", differs.back), ("remove", differs.away), ("change", differs.changed))
    env.say(f"Going back to {backup.path.stem} would do this:")
    for verb, ids in counts:
        if ids:
            some = all_of([each or "a part without an id" for each in ids[:MOST_NAMED]])
            more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
            env.say(f"- {verb} {len(ids)}: {some}{more}")
    if not is_agreed(env, "going back", dry_run=dry_run):
        return
    kept = undoing.restore(paths, backup, now, env.now())
    env.say(f"Done. The journal from before is in {kept}")

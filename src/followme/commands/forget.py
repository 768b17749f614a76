"""`followme forget`: old words, or one person's name, out of the journal for good."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.dates import interval, shown_day
from followme.env import Env
from followme.errors import WrongUsage
from followme.insight.wording import counted
from followme.journal.change import forget
from followme.journal.change.forget import Forgetting, Forgotten
from followme.shell.confirm import is_agreed
from followme.shell.for_good import OUT_OF_REACH, tell_left, where
from followme.shell.paths import paths_of
from followme.shell.renaming import forget_name

MOST_NAMED = 100
"""How many comments and keys are named one by one."""


def run(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The name to drop.", show_default=False)
    ] = None,
    before: Annotated[
        str | None,
        typer.Option("--before", metavar="DATE", help="Drop the words from before this DATE: 2y, 2025."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would go, and change nothing.")
    ] = False,
) -> None:
    """Drop the words of old entries, or someone's name, for good.

    With NAME, "someone" takes its place wherever followme knows it, and a promise to them is to no one. With
    --before, what's counted stays: numbers, picks, endings and dates. Open promises keep their words until they're
    closed. Either way, the words are removed from followme's backups and drafts too.
    """
    env: Env = ctx.obj
    if (name is None) is (before is None):
        raise WrongUsage("Give either a name or a date, such as --before 2y.")
    if name is not None:
        forget_name(env, name, dry_run=dry_run)
    else:
        _forget_words(env, str(before), dry_run)


def _forget_words(env: Env, before: str, dry_run: bool) -> None:
    try:
        day = interval(before, env.now().date()).first
    except ValueError as error:
        raise WrongUsage(str(error)) from None
    plan = forget.planned(paths_of(env), day, env.now().date())
    if plan.is_empty:
        env.say(f"There are no words from before {shown_day(day, env.now().date())}.")
        return
    _show(env, plan)
    if is_agreed(env, "forgetting", dry_run=dry_run):
        _tell(env, plan, forget.forget(paths_of(env), plan, env.now()))


def _show(env: Env, plan: Forgetting) -> None:
    day, gone = shown_day(plan.before, env.now().date()), plan.gone
    if plan.changes:
        entries = counted(gone.entries, "entry", "entries")
        env.say(f"These words of {entries} from before {day} would go: {gone.sentence or 'none'}.")
    else:
        copies = counted(plan.backups, "backup has", "backups have") if plan.backups else "a draft has"
        env.say(f"The journal has no words from before {day}, but {copies}.")
    env.say("Numbers, yes and no, picks, endings, dates and counts stay.")
    if gone.kept:
        keep, it = ("keeps its", "it") if gone.kept == 1 else ("keep their", "them")
        env.say(f"{counted(gone.kept, 'open promise')} {keep} words until you close {it} and forget again.")
    if plan.extras:
        env.say("These comments and keys of your own would go with them:")
        for each in plan.extras[:MOST_NAMED]:
            env.say(f"- {each}")
        if (more := len(plan.extras) - MOST_NAMED) > 0:
            env.say(f"- and {more} more")
    if plan.damaged:
        env.say(f"{counted(plan.damaged, 'damaged part')} can't be read and would stay as it is.")
    env.say(
        f"They go from followme's backups, drafts and log too, and undo can't bring them back. {OUT_OF_REACH}"
    )


def _tell(env: Env, plan: Forgetting, done: Forgotten) -> None:
    env.say(f"Forgotten in {where(plan.gone.entries, done.backups)}.")
    tell_left(env, done.left, "words of those days")

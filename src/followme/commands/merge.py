"""`followme merge`: a conflict copy or an old journal merged into this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError, WrongUsage
from followme.hints import Command
from followme.insight.incoming import sentences
from followme.insight.merge import Version
from followme.journal.change import backups, log, merging
from followme.journal.file.modes import why
from followme.journal.health.copies import copies
from followme.shell.confirm import confirmed, is_agreed
from followme.shell.paths import paths_of


def run(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE…]", help="Other versions; without any, the copies beside the journal."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would come, and change nothing.")
    ] = False,
    driver: Annotated[
        bool, typer.Option("--driver", help="For git: merge BASE, OURS and THEIRS, and write OURS.")
    ] = False,
) -> None:
    """Merge a conflict copy or an old journal into yours.

    It shows what would come and asks once. If the same answer was changed in both, both versions of the entry
    stay until you delete one.
    """
    env: Env = ctx.obj
    if driver:
        if len(files or ()) != 3:
            raise WrongUsage("--driver needs three files: BASE, OURS and THEIRS.")
        if dry_run:
            raise WrongUsage("--driver and --dry-run can't go together. Leave one out.")
        merging.merge_files(*files or ())
        return
    for file in files or _waiting(env):
        _check_is_another(env, file)
        data, other = merging.other_journal(file)
        if not _merge(env, file, other, dry_run=dry_run):
            continue
        if env.can_ask and not env.options.yes:
            _offer_to_move(env, file, data)
        else:
            env.say(f"{file} stays where it is. The journal has all of it now.")


def _waiting(env: Env) -> list[Path]:
    """The copies beside the journal that have something it lacks. Raises FollowmeError if there are none."""
    waiting = [each.path for each in copies(Path(paths_of(env).real)) if each.waits and each.readable]
    if not waiting:
        raise FollowmeError("No copy beside the journal has anything new. Name a file to merge.")
    return waiting


def _check_is_another(env: Env, file: Path) -> None:
    if file.exists() and env.journal.exists() and file.samefile(env.journal):
        raise FollowmeError(f"{file} is the journal itself, so there's nothing to merge.")


def _merge(env: Env, file: Path, other: Version, *, dry_run: bool) -> bool:
    """Show what a file would bring, and bring it in if the person agrees. Return whether the journal has all of it."""
    paths = paths_of(env)
    proposed = merging.proposed(paths, other)
    if proposed.is_empty:
        env.say(f"Everything in {file} is in the journal already.")
        return not dry_run
    env.say(f"{file} would bring this:")
    for each in sentences(merging.incoming(proposed, other), env.now().date()):
        env.say(f"- {each}")
    if not is_agreed(env, "a merge", dry_run=dry_run):
        return False
    merging.merge_into(paths, other, verb=log.MERGE, now=env.now(), as_proposed=proposed)
    env.settled = 0
    env.say("Merged. To take it back:", Command("undo"))
    if proposed.after.conflicts:
        env.say("To see both versions:", Command("list"))
    return True


def _offer_to_move(env: Env, file: Path, data: bytes) -> None:
    if not confirmed(env, f"Move {file.name} to the backups?", "Press Enter to leave it where it is."):
        return
    try:
        moved = backups.take_in(paths_of(env), file, data, env.now())
    except OSError as error:
        raise FollowmeError(f"{file} stays where it is. {why(error, file)}") from error
    env.say(
        f"Moved to {moved}"
        if moved
        else f"{file} changed at this moment, so it stays where it is. Merge it again."
    )

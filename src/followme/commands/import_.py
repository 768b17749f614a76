"""`followme import`: entries from jrnl, Day One, or a folder of Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError, WrongUsage, listed_faults
from followme.hints import Command
from followme.imports import FORMATS, File, NotRead, Taken, Unreadable, format_of
from followme.insight.incoming import sentences
from followme.insight.wording import counted
from followme.journal.change import log, merging
from followme.journal.file.blocks import headers
from followme.model import Entry
from followme.shell.confirm import is_agreed
from followme.shell.given_files import files_at
from followme.shell.paths import paths_of


def run(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Files, a folder of notes, or - for stdin.")
    ],
    of: Annotated[
        str,
        typer.Option(
            "--format", help=f"The format: {', '.join(FORMATS)}; without it, followme works it out."
        ),
    ] = "",
    as_reflections: Annotated[
        bool, typer.Option("--as-reflections", help="Count each entry as its week's reflection.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would come, and change nothing.")
    ] = False,
) -> None:
    """Bring in entries from another journal: a JSON export, jrnl, Day One, or Markdown notes.

    It shows what would come and asks once. Importing the same file again adds nothing twice.
    """
    env: Env = ctx.obj
    if of and of not in FORMATS:
        raise WrongUsage(f"There's no format {of!r}. Choose one of these: {', '.join(FORMATS)}.")
    taken = [_taken(group, of) for group in files_at(env, files)]
    _tell_left(env, [each for one in taken for each in one.left])
    entries = [
        _counting(each) if as_reflections and each.imported else each for one in taken for each in one.entries
    ]
    if not entries:
        raise FollowmeError("There was nothing to import.")
    _bring_in(env, entries, dry_run=dry_run)


def _taken(group: Sequence[File], of: str) -> Taken:
    """The entries in the files of one path. Raises FollowmeError for a file that has no known format."""
    first = group[0]
    if headers(first.data[:65536]):
        raise FollowmeError(f"{first.name} is a followme journal. To merge it:", Command("merge", first.name))
    try:
        return FORMATS[of or format_of(group)](group)
    except Unreadable as error:
        if error.likely:
            command = Command("import", first.name, "--format", error.likely)
            raise FollowmeError(f"{first.name} wasn't imported. {error} To import it:", command) from None
        raise FollowmeError(f"{first.name} wasn't imported. {error} Name its format with --format.") from None


def _tell_left(env: Env, left: Sequence[NotRead]) -> None:
    """Say what stays behind, each with its place and the reason."""
    for line in listed_faults([f"{each.place}: {each.reason}" for each in left]):
        env.say(line)


def _counting(entry: Entry) -> Entry:
    """The entry as one that counts for its week: it says that it is about no event."""
    return replace(entry, event=False)


def _bring_in(env: Env, entries: Sequence[Entry], *, dry_run: bool) -> None:
    """Show what would come, and bring it in if the person agrees."""
    paths, coming = paths_of(env), merging.version_with(entries)
    proposed = merging.proposed(paths, coming, new=True)
    if proposed.is_empty:
        env.say(f"Nothing new: {counted(len(entries), 'entry is', 'entries are')} here already.")
        return
    env.say("This would come:")
    for each in sentences(merging.incoming(proposed, coming), env.now().date()):
        env.say(f"- {each}")
    if not is_agreed(env, "an import", dry_run=dry_run):
        return
    merging.merge_into(paths, coming, verb=log.IMPORT, new=True, now=env.now(), as_proposed=proposed)
    env.settled = 0
    env.say("Imported. To take it back:", Command("undo"))

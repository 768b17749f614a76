"""`followme export`: entries written in another format, to stdout or to a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import WrongUsage
from followme.exports import FORMATS, format_named
from followme.exports.options import Options
from followme.insight.privacy import Choice, Left, shared
from followme.insight.query import Query, fits, only
from followme.journal.file.places import placed
from followme.shell import given, target_file
from followme.shell.entries import notices, undamaged
from followme.shell.filters import filtered

File = Annotated[
    str, typer.Argument(metavar="[FILE]", help="The file to write; leave it out, or give -, for stdout.")
]
To = Annotated[str, typer.Option("--format", help=f"The format: {', '.join(FORMATS)}.", metavar="FORMAT")]
OldestFirst = Annotated[bool, typer.Option("--oldest-first", help="Put the oldest entry first.")]
Wide = Annotated[bool, typer.Option("--wide", help="With csv: one row an entry, with its counts and scales.")]
Private = Annotated[bool, typer.Option("--private", help="Include everything marked private.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would leave, and write nothing.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]


@filtered()
def run(
    ctx: typer.Context,
    query: Query,
    file: File = given.STDIN,
    to: To = "markdown",
    oldest_first: OldestFirst = False,
    wide: Wide = False,
    private: Private = False,
    dry_run: DryRun = False,
    force: Force = False,
) -> None:
    """Write entries in another format, newest first.

    The filters choose entries; --question takes only the answers to that question. Anything marked private stays out
    unless you give --private. Stderr says what left and what was left out.
    """
    env: Env = ctx.obj
    _check(to, wide)
    target = target_file.named(file)
    if target:
        target_file.check(env, target, force)
    choice = Choice(fits=fits(query), narrowed=only(query.question), private=private)
    options = Options(oldest_first=oldest_first, wide=wide)
    notices(env)
    with placed(env.journal, lambda damages: list(undamaged(env, damages))) as journal:
        leaving = shared(journal, choice)
        _write(env, format_named(to)(leaving, options), target, dry_run)
    _tell(env, leaving.left, target, dry_run)
    for remark in filter(None, (leaving.left_out.sentence, *options.remarks)):
        env.say(remark)


def _check(to: str, wide: bool) -> None:
    if to not in FORMATS:
        raise WrongUsage(f"There's no format {to!r}. Choose one of these: {', '.join(FORMATS)}.")
    if wide and to != "csv":
        raise WrongUsage("--wide is for tables. Add --format csv, or leave it out.")


def _write(env: Env, pieces: Iterable[str], target: Path | None, dry_run: bool) -> None:
    if dry_run:
        sum(map(len, pieces))
    elif target:
        target_file.write_file(target, pieces)
    else:
        for piece in target_file.gathered(pieces):
            env.write(piece)


def _tell(env: Env, left: Left, target: Path | None, dry_run: bool) -> None:
    if dry_run:
        env.say(f"This would export {left.words}. Nothing was written.")
    else:
        env.say(f"Wrote {left.words} to {target}" if target else f"Exported {left.words}.")

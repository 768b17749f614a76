"""`followme export`: entries written in another format, to stdout or to a file."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.env import Env
from followme.errors import WrongUsage
from followme.exports import FORMATS, format_named
from followme.exports.options import Options
from followme.insight.privacy import Choice, shared
from followme.insight.query import Query, fits, only
from followme.journal.file.places import placed
from followme.shell import given, target_file
from followme.shell.entries import notices, undamaged
from followme.shell.filters import filtered


@filtered()
def run(
    ctx: typer.Context,
    query: Query,
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="The file to write; leave it out, or give -, for stdout.")
    ] = given.STDIN,
    to: Annotated[
        str, typer.Option("--format", help=f"The format: {', '.join(FORMATS)}.", metavar="FORMAT")
    ] = "markdown",
    oldest_first: Annotated[bool, typer.Option("--oldest-first", help="Put the oldest entry first.")] = False,
    private: Annotated[bool, typer.Option("--private", help="Include everything marked private.")] = False,
    wide: Annotated[
        bool, typer.Option("--wide", help="With csv: one row an entry, with its counts and scales.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would leave, and write nothing.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write entries in another format, newest first.

    The filters choose entries; --question takes only the answers to that question. Anything marked private stays out
    unless you give --private. Stderr says what left and what was left out.
    """
    env: Env = ctx.obj
    if to not in FORMATS:
        raise WrongUsage(f"There's no format {to!r}. Choose one of these: {', '.join(FORMATS)}.")
    if wide and to != "csv":
        raise WrongUsage("--wide is for tables. Add --format csv, or leave it out.")
    target = target_file.named(file)
    if target:
        target_file.check(env, target, force)
    choice = Choice(fits=fits(query), narrowed=only(query.question), private=private)
    notices(env)
    with placed(env.journal, lambda damages: list(undamaged(env, damages))) as journal:
        leaving = shared(journal, choice)
        options = Options(oldest_first=oldest_first, wide=wide)
        pieces = format_named(to)(leaving, options)
        if dry_run:
            sum(map(len, pieces))
        elif target:
            target_file.write_file(target, pieces)
        else:
            for piece in target_file.gathered(pieces):
                env.write(piece)
    if dry_run:
        env.say(f"This would export {leaving.left.words}. Nothing was written.")
    else:
        env.say(f"Wrote {leaving.left.words} to {target}" if target else f"Exported {leaving.left.words}.")
    for remark in filter(None, (leaving.left_out.sentence, *options.remarks)):
        env.say(remark)

"""`followme export`: entries written in another format, to stdout or to a file."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.env import Env
from followme.errors import WrongUsage
from followme.exports import FORMATS
from followme.exports.options import Options
from followme.insight.privacy import shared
from followme.insight.query import Query, select
from followme.insight.wording import counted
from followme.shell import given, target_file
from followme.shell.entries import loaded
from followme.shell.filters import filtered


@filtered()
def run(
    ctx: typer.Context,
    query: Query,
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="The file to write; leave it out, or give -, for stdout.")
    ] = given.STDIN,
    to: Annotated[str, typer.Option("--format", help="The format: markdown.")] = "markdown",
    oldest_first: Annotated[bool, typer.Option("--oldest-first", help="Put the oldest entry first.")] = False,
    private: Annotated[bool, typer.Option("--private", help="Include everything marked private.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write entries as Markdown, newest first.

    Anything marked private stays out unless you give --private; stderr says how much was left out.
    """
    env: Env = ctx.obj
    if to not in FORMATS:
        raise WrongUsage(f"There's no format {to!r}. Choose one of these: {', '.join(FORMATS)}.")
    target = target_file.named(file)
    if target:
        target_file.check(env, target, force)
    known = loaded(env)
    chosen = select(known.entries, query)
    exported = shared(chosen, known.entries, private=private, whole=not known.damages)
    text = FORMATS[to](exported, Options(oldest_first=oldest_first))
    if target:
        target_file.write_file(target, text)
    else:
        env.write(text)
    if exported.left_out.sentence:
        env.say(exported.left_out.sentence)
    if target:
        env.say(f"Wrote {counted(len(exported.entries), 'entry', 'entries')} to {target}")

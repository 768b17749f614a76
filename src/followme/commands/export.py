"""`followme export`: entries written in another format, to stdout or to a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from followme.commands import common
from followme.env import Env
from followme.errors import FollowmeError, WrongUsage
from followme.exports import FORMATS
from followme.exports.options import Options
from followme.insight.privacy import public
from followme.insight.query import select
from followme.journal.files import write_private
from followme.model import Entry


def run(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="The file to write; without it, or with -, stdout.")
    ] = None,
    to: Annotated[str, typer.Option("--format", help="The format: markdown.")] = "markdown",
    oldest_first: Annotated[
        bool, typer.Option("--oldest-first", help="Begin with the oldest entry.")
    ] = False,
    private: Annotated[bool, typer.Option("--private", help="Include what is marked private.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    since: common.Since = None,
    until: common.Until = None,
    of_set: common.OfSet = None,
    person: common.Person = None,
    week: common.Week = None,
) -> None:
    """Write entries as Markdown, the newest first.

    What is marked private stays out unless --private is given, and stderr says how much that is.
    """
    env: Env = ctx.obj
    query = common.query_of(env, since, until, of_set, person, week)
    if to not in FORMATS:
        raise WrongUsage(f"There is no format {to!r}; it can be {', '.join(FORMATS)}.")
    target = None if file is None or str(file) == "-" else file
    if target:
        _check(target, force)
    entries = tuple(select(common.everything(env), query))
    text = FORMATS[to](entries, Options(oldest_first=oldest_first, private=private))
    if target:
        _replace(target, text)
    else:
        common.write(env, text)
    _tell(env, entries, target, private)


def _check(target: Path, force: bool) -> None:
    """Raise FollowmeError if the export may not go there."""
    try:
        is_there, is_file = target.exists(), target.is_file()
    except OSError as error:
        raise _unwritable(target, error) from error
    if is_there and not is_file:
        raise FollowmeError(f"{target} is no file, and is left as it is. Name a file, or use - for stdout.")
    if is_there and not force:
        raise FollowmeError(
            f"{target} exists already, and is left as it is. Replace it with --force, or name another."
        )


def _replace(target: Path, text: str) -> None:
    """Put the text in the file's place at once, or leave what was there: a half export helps nobody.

    Where a link leads to the file, the file is replaced; what is new is readable by its owner alone.
    """
    try:
        write_private(target.resolve(), text.encode(), sync=False, temporary=".part")
    except OSError as error:
        raise _unwritable(target, error) from error


def _unwritable(target: Path, error: OSError) -> FollowmeError:
    return FollowmeError(f"{target} could not be written ({error.strerror}). Name another place.")


def _tell(env: Env, entries: Sequence[Entry], target: Path | None, private: bool) -> None:
    left_out = public(entries)[1]
    if left_out.sentence and not private:
        env.say(left_out.sentence)
    if target:
        count = len(entries) - (0 if private else left_out.entries)
        env.say(f"{count} {'entry is' if count == 1 else 'entries are'} in {target} now.")

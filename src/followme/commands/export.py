"""`followme export`: entries written in another format, to stdout or to a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import WrongUsage, quoted
from followme.exports import FORMATS, format_named, in_numbers
from followme.exports.options import Options
from followme.insight.letters import Letters
from followme.insight.numbers import Numbers, numbers_of
from followme.insight.privacy import Choice, Shared, shared
from followme.insight.query import Query, fits, only
from followme.insight.weeks import breaks_of
from followme.journal.file.places import placed
from followme.shell import given, target_file
from followme.shell.entries import notices, undamaged
from followme.shell.filters import filtered

KEEP, LETTERS, NUMBERS = "keep", "letters", "numbers"

File = Annotated[
    str, typer.Argument(metavar="[FILE]", help="The file to write; leave it out, or give -, for stdout.")
]
To = Annotated[str, typer.Option("--format", help=f"The format: {', '.join(FORMATS)}.", metavar="FORMAT")]
OldestFirst = Annotated[bool, typer.Option("--oldest-first", help="Put the oldest entry first.")]
Wide = Annotated[bool, typer.Option("--wide", help="With csv: one row an entry, with its counts and scales.")]
Private = Annotated[bool, typer.Option("--private", help="Include everything marked private.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would leave, and write nothing.")]
People = Annotated[
    str,
    typer.Option("--people", help="Names: keep them, or put letters in their place.", metavar="keep|letters"),
]
Only = Annotated[
    str,
    typer.Option(
        "--only", help="With numbers: weeks, scales and counts, not one sentence.", metavar="numbers"
    ),
]
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
    people: People = KEEP,
    part: Only = "",
    dry_run: DryRun = False,
    force: Force = False,
) -> None:
    """Write entries in another format, newest first.

    The filters choose entries; --question takes only the answers to that question. Anything marked private stays out
    unless you give --private. With --people letters, "Person A" stands in the place of a name. With --only numbers, no
    sentence leaves. Stderr says what left and what was left out.
    """
    env: Env = ctx.obj
    _check(to, wide, people, part)
    target = target_file.named(file)
    if target:
        target_file.check(env, target, force)
    choice = Choice(fits=fits(query), narrowed=only(query.question), private=private)
    options = Options(oldest_first=oldest_first, wide=wide)
    notices(env)
    with placed(env.journal, lambda damages: list(undamaged(env, damages))) as journal:
        letters = Letters(journal) if people == LETTERS else None
        leaving = shared(journal, replace(choice, disguised=letters.disguised) if letters else choice)
        numbers = _numbers(env, leaving, query) if part else None
        _write(env, _pieces(to, leaving, numbers, options), target, dry_run)
    _tell(env, numbers.words if numbers else leaving.left.words, target, dry_run)
    about_names = letters.sentence if letters and not numbers else ""
    for remark in filter(None, (leaving.left_out.sentence, about_names, *options.remarks)):
        env.say(remark)


def _numbers(env: Env, leaving: Shared, query: Query) -> Numbers:
    """The numbers of what leaves; its weeks only if no filter leaves some reflections of a week out."""
    of_weeks = not (query.set or query.person or query.question)
    entries = leaving.entries(oldest_first=True)
    return numbers_of(entries, env.now().date(), breaks_of(env.config), of_weeks=of_weeks)


def _pieces(to: str, leaving: Shared, numbers: Numbers | None, options: Options) -> Iterator[str]:
    write_numbers = in_numbers(to)
    return write_numbers(numbers) if numbers and write_numbers else format_named(to)(leaving, options)


def _check(to: str, wide: bool, people: str, part: str) -> None:
    if to not in FORMATS:
        raise WrongUsage(f"There's no format {to!r}. Choose one of these: {', '.join(FORMATS)}.")
    if wide and to != "csv":
        raise WrongUsage("--wide is for tables. Add --format csv, or leave it out.")
    if people not in (KEEP, LETTERS):
        raise WrongUsage(f"--people can't be {quoted(people)}. Choose keep or letters.")
    if part not in ("", NUMBERS):
        raise WrongUsage(f"--only can't be {quoted(part)}. The one choice is numbers.")
    if part and not in_numbers(to):
        raise WrongUsage(f"The format {to} has no place for numbers alone. Choose another one.")
    if part and wide:
        raise WrongUsage("--wide and --only can't go together. Leave one out.")


def _write(env: Env, pieces: Iterable[str], target: Path | None, dry_run: bool) -> None:
    if dry_run:
        sum(map(len, pieces))
    elif target:
        target_file.write_file(target, pieces)
    else:
        for piece in target_file.gathered(pieces):
            env.write(piece)


def _tell(env: Env, left: str, target: Path | None, dry_run: bool) -> None:
    if dry_run:
        env.say(f"This would export {left}. Nothing was written.")
    else:
        env.say(f"Wrote {left} to {target}" if target else f"Exported {left}.")

"""`followme export`: entries written in another format, to stdout or to a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError, WrongUsage, quoted
from followme.exports import FORMATS, in_numbers
from followme.exports.options import Options
from followme.insight.numbers import Numbers, numbers_of
from followme.insight.privacy import Shared
from followme.insight.query import Query
from followme.insight.weeks import breaks_of
from followme.shell import given, leaving, target_file, target_folder
from followme.shell.filters import filtered
from followme.shell.leaving import Leaving
from followme.shell.stretches import Work

NAMED = 3
"""How many files a message names."""

KEEP, LETTERS, NUMBERS = "keep", "letters", "numbers"

MARKDOWN = "markdown"

ENDINGS = {".json": "json", ".csv": "csv", ".html": "html"}
"""The formats that a file's ending says; every other ending means Markdown."""

File = Annotated[
    str, typer.Argument(metavar="[FILE]", help="The file to write; leave it out, or give -, for stdout.")
]
To = Annotated[
    str,
    typer.Option(
        "--format",
        help=f"The format: {', '.join(FORMATS)}; without it, FILE's ending says, or it's markdown.",
        metavar="FORMAT",
        show_default=False,
        autocompletion=lambda: [*FORMATS],
    ),
]
OldestFirst = Annotated[bool, typer.Option("--oldest-first", help="Put the oldest entry first.")]
Wide = Annotated[
    bool, typer.Option("--wide", help="With csv: one row per entry, with its counts and scales.")
]
Private = Annotated[bool, typer.Option("--private", help="Include everything marked private.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be exported, and write nothing.")]
People = Annotated[
    str,
    typer.Option("--people", help="Names: keep them, or write letters instead.", metavar="keep|letters"),
]
Only = Annotated[
    str,
    typer.Option(
        "--only", help="With numbers: only weeks, scales and counts, no sentences.", metavar="numbers"
    ),
]
Split = Annotated[
    str, typer.Option("--split", help="Write a note for each entry into this folder.", metavar="FOLDER")
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace the file, or notes that followme wrote, if they exist.")
]


@filtered()
def run(
    ctx: typer.Context,
    query: Query,
    file: File = given.STDIN,
    to: To = "",
    oldest_first: OldestFirst = False,
    wide: Wide = False,
    private: Private = False,
    people: People = KEEP,
    part: Only = "",
    dry_run: DryRun = False,
    split: Split = "",
    force: Force = False,
) -> None:
    """Write entries in another format, newest first.

    The filters choose entries; --question takes only the answers to that question. Anything marked private stays out
    unless you give --private. With --people letters, "Person A" stands in for a name. With --only numbers, no sentence
    is written. With --split, each entry becomes a note in a folder, with properties that Obsidian reads. Run it again,
    and it writes what changed, but never over a file of yours. Stderr says what was exported and what was left out.
    """
    env: Env = ctx.obj
    if env.demo and (split or force):
        raise WrongUsage("The demo writes one new file at most. Leave --split and --force out.")
    to = to or ENDINGS.get(Path(file).suffix.casefold(), MARKDOWN)
    _check(to, wide, people, part)
    if split:
        _check_split(env, split, file, alone=to != MARKDOWN or bool(part))
    elif file != given.STDIN:
        target_file.check(env, Path(file), force)
    # Weeks say something only if no filter leaves some reflections of a week out.
    of_weeks = not (query.set or query.person or query.question)
    breaks = breaks_of(env.config)
    options = Options(oldest_first=oldest_first, wide=wide, breaks=breaks, of_weeks=of_weeks)
    work = Work(journal=env.journal, query=query, private=private, format=to, options=options)
    error = None
    with leaving.leaving(env, work, with_letters=people == LETTERS, as_text=not (split or part)) as found:
        if split:
            error = _notes(env, found, Path(split), force=force, dry_run=dry_run)
        else:
            numbers = _numbers(env, found.shared, options) if part else None
            _text(env, found, _pieces(found, work, numbers), numbers, file, dry_run)
    about_names = found.letters.sentence if found.letters and not part else ""
    for remark in filter(None, (found.shared.counts.left_out.sentence, about_names, *options.remarks)):
        env.say(remark)
    if error:
        raise error


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


def _check_split(env: Env, folder: str, file: str, *, alone: bool) -> None:
    if file != given.STDIN:
        raise WrongUsage("--split FOLDER and FILE can't go together. Leave one out.")
    if alone:
        raise WrongUsage("--split writes whole notes in Markdown. Leave --format and --only out.")
    target_folder.check(env, Path(folder))


def _numbers(env: Env, shared: Shared, options: Options) -> Numbers:
    """The numbers of what leaves."""
    entries = shared.entries(oldest_first=True)
    return numbers_of(entries, env.now().date(), options.breaks, of_weeks=options.of_weeks)


def _pieces(found: Leaving, work: Work, numbers: Numbers | None) -> Iterator[bytes]:
    write_numbers = in_numbers(work.format)
    if numbers and write_numbers:
        return map(str.encode, write_numbers(numbers, work.options))
    return leaving.text_of(found, work)


def _text(
    env: Env, found: Leaving, pieces: Iterator[bytes], numbers: Numbers | None, file: str, dry_run: bool
) -> None:
    """Write a text to a file or to stdout, and say what left."""
    target = target_file.named(file)
    try:
        leaving.deliver(env, found, pieces, target, dry_run=dry_run)
    except leaving.NothingLeft:
        env.say(_nothing(target))
        return
    left = numbers.words if numbers else found.shared.counts.left.words
    if dry_run:
        env.say(f"This would export {left}. Nothing was written.")
    else:
        env.say(f"Wrote {left} to {target}" if target else f"Exported {left}.")


def _notes(env: Env, found: Leaving, folder: Path, *, force: bool, dry_run: bool) -> FollowmeError | None:
    """Write notes into a folder, and say what became of them; return an error if some had to stay as they are."""
    notes = leaving.write_notes(env, found, folder, force=force, dry_run=dry_run)
    left = found.shared.counts.left.words
    if dry_run or found.shared.counts.left.entries:
        env.say(
            f"This would export {left}. Nothing was written." if dry_run else f"Exported {left} to {folder}"
        )
        env.say(f"Notes: {notes.words}.")
    else:
        env.say(_nothing(folder))
    if notes.others:
        env.say(f"Not part of this export, so left there: {_some(notes.others)}.")
    told = []
    if notes.edited:
        told.append(
            "Changed since followme wrote them, so they were left alone: "
            f"{_some(notes.edited)}. --force replaces them."
        )
    if notes.foreign:
        told.append(
            f"Not written by followme, so they were left alone: {_some(notes.foreign)}. Move or rename them."
        )
    return FollowmeError("\n".join(told)) if told else None


def _nothing(target: Path | None) -> str:
    return f"Nothing leaves the journal this way, so {target} wasn't written."


def _some(names: list[str]) -> str:
    """Names for a message; of many, the first few and how many more there are."""
    more = len(names) - NAMED
    return ", ".join([*names[:NAMED], *([f"{more} more"] if more > 0 else [])])

"""What leaves the journal for a file: opened, watched while it is long, and put in place whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from followme.env import Env
from followme.exports import Options, apart, format_named
from followme.insight.letters import Letters
from followme.insight.privacy import Shared, shared
from followme.journal.file.modes import size_of
from followme.journal.file.places import placed
from followme.shell import target_file, target_folder
from followme.shell.entries import notices, undamaged
from followme.shell.stretches import Made, Work
from followme.views import view

T = TypeVar("T")

SHORT = 0.5
"""Seconds: work that ends sooner needs no bar."""

LARGE = 5_000_000
"""From this many bytes on, other processes help with a journal; starting them takes as long as writing half of that."""

SIDE_BY_SIDE, NOTES = "followme.shell.side_by_side", "followme.exports.notes"
"""The modules for long journals and for notes in a folder, which few exports need."""


class NothingLeft(Exception):
    """Nothing left the journal, so there's no file to write."""


class Leaving(NamedTuple):
    """What leaves, the letters in it in the place of names if they are wanted, and how many entries the journal has.

    `made` has what the stretches of a long journal give, if other processes help with it.
    """

    shared: Shared
    letters: Letters | None
    total: int
    made: Iterator[Made] | None


@contextmanager
def leaving(env: Env, work: Work, *, with_letters: bool, as_text: bool) -> Iterator[Leaving]:
    """Open the journal for what is wanted of it; damage and notices are reported.

    Other processes help only with a text, and not with letters, which depend on all entries before.
    """
    notices(env)
    helped = (
        as_text and not with_letters and apart(work.format, work.options) and size_of(env.journal) >= LARGE
    )
    with (
        import_module(SIDE_BY_SIDE).workers() if helped else nullcontext() as workers,
        placed(env.journal, lambda damages: list(undamaged(env, damages))) as journal,
    ):
        letters = Letters(journal) if with_letters else None
        choice = replace(work.choice, disguised=letters.disguised) if letters else work.choice
        made = workers.made(journal, work) if workers else None
        yield Leaving(shared(journal, choice), letters, len(journal), made)


def text_of(found: Leaving, work: Work) -> Iterator[bytes]:
    """Yield the text of what leaves, piece by piece."""
    if found.made and (way := apart(work.format, work.options)):
        return way.joined(_counted(found.shared, found.made, work.options), work.options)
    return format_named(work.format)(found.shared, work.options)


def _counted(shared: Shared, made: Iterable[Made], options: Options) -> Iterator[Any]:
    """What all entries give, counted as if they had been looked at here."""
    for each in made:
        shared.counts.add(each.counts)
        for remark in each.remarks:
            options.remark(remark)
        yield from each.parts


def deliver(env: Env, found: Leaving, pieces: Iterable[bytes], target: Path | None, *, dry_run: bool) -> None:
    """Write the pieces to the file, or to stdout if there is none; with `dry_run`, only make them.

    Ctrl+C leaves the file as it was. Raises NothingLeft, with the file as it was, if no entry is in the pieces.
    """
    if dry_run:
        sum(map(len, pieces))
    elif target:
        try:
            target_file.write_file(target, _watched(env, found, _with_entries(pieces, found.shared)))
        except KeyboardInterrupt:
            env.say(f"Stopped before {target} was written.")
            raise
    else:
        for piece in target_file.gathered(pieces):
            env.write_utf8(piece)
        # What is said afterwards must be true.
        env.stdout.flush()


def _with_entries(pieces: Iterable[bytes], shared: Shared) -> Iterator[bytes]:
    """The pieces. Raises NothingLeft after the last one, which is when it's known."""
    yield from pieces
    if not shared.counts.left.entries:
        raise NothingLeft


def write_notes(
    env: Env, found: Leaving, folder: Path, *, force: bool, dry_run: bool
) -> target_folder.Written:
    """Write a note for each entry into the folder, and return what became of each.

    Ctrl+C leaves every note whole, those that were written and those that weren't.
    """
    # Letters go by the order in which people are met, so that a new entry changes none of the older notes.
    files = import_module(NOTES).notes(found.shared, Options(oldest_first=True))
    try:
        return target_folder.fill(folder, _watched(env, found, files), force=force, dry_run=dry_run)
    except KeyboardInterrupt:
        env.say("Stopped. Every note is whole, and the same command picks up where this one stopped.")
        raise


def _watched(env: Env, found: Leaving, parts: Iterable[T]) -> Iterator[T]:
    """The parts; in a terminal, a bar shows how far they are if they take long."""
    if not env.err.terminal or env.plain:
        yield from parts
        return
    begun, bar = env.clock(), None
    with ExitStack() as stack:
        for part in parts:
            if bar:
                bar.move(found.shared.counts.looked_at)
            elif env.clock() - begun > SHORT:
                bar = stack.enter_context(view("progress").Bar(env.err, found.total))
            yield part

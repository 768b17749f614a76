"""What leaves the journal for a file: opened, watched while it is long, and put in place whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from followme.env import Env
from followme.exports import notes
from followme.exports.options import Options
from followme.insight.letters import Letters
from followme.insight.privacy import Choice, Shared, shared
from followme.journal.file.places import placed
from followme.shell import target_file, target_folder
from followme.shell.entries import notices, undamaged
from followme.views import view

T = TypeVar("T")

SHORT = 0.5
"""Seconds: work that ends sooner needs no bar."""


class Leaving(NamedTuple):
    """What leaves, the letters in it in the place of names if they are wanted, and how many entries the journal has."""

    shared: Shared
    letters: Letters | None
    total: int


@contextmanager
def leaving(env: Env, choice: Choice, *, with_letters: bool) -> Iterator[Leaving]:
    """Open the journal for what is chosen of it; damage and notices are reported."""
    notices(env)
    with placed(env.journal, lambda damages: list(undamaged(env, damages))) as journal:
        letters = Letters(journal) if with_letters else None
        chosen = replace(choice, disguised=letters.disguised) if letters else choice
        yield Leaving(shared(journal, chosen), letters, len(journal))


def deliver(env: Env, found: Leaving, pieces: Iterable[str], target: Path | None, *, dry_run: bool) -> None:
    """Write the pieces to the file, or to stdout if there is none; with `dry_run`, only make them.

    Ctrl+C leaves the file as it was.
    """
    if dry_run:
        sum(map(len, pieces))
    elif target:
        try:
            target_file.write_file(target, _watched(env, found, pieces))
        except KeyboardInterrupt:
            env.say(f"Stopped before {target} was written.")
            raise
    else:
        for piece in target_file.gathered(pieces):
            env.write(piece)
        # What is said afterwards must be true.
        env.stdout.flush()


def write_notes(
    env: Env, found: Leaving, folder: Path, *, force: bool, dry_run: bool
) -> target_folder.Written:
    """Write a note for each entry into the folder, and return what became of each.

    Ctrl+C leaves every note whole, those that were written and those that weren't.
    """
    # Letters go by the order in which people are met, so that a new entry changes none of the older notes.
    files = notes.notes(found.shared, Options(oldest_first=True))
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
                bar.move(found.shared.looked_at)
            elif env.clock() - begun > SHORT:
                bar = stack.enter_context(view("progress").Bar(env.err, found.total))
            yield part

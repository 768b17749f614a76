"""What a whole journal says about weeks and promises, found without parsing answers where possible."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from followme.insight.weeks import Dated
from followme.journal.file.blocks import Block
from followme.journal.file.reading import Damage, blocks_in, blocks_of, named, opened, whole_lines
from followme.journal.file.slicing import USUAL, Slice, settle, slices
from followme.model import Entry, Located

WHOLE = 10
"""How many of the newest blocks are parsed whole, so that faults in them are found and reported."""


@dataclass(frozen=True, slots=True)
class Skim:
    """All entries as far as weeks go; and those with promises and outcomes that the latest outcome has not closed.

    Both are oldest first.
    """

    entries: tuple[Dated, ...]
    telling: tuple[Entry, ...]
    damages: tuple[Damage, ...]


def skimmed(path: Path) -> Iterator[Located | Damage]:
    """All entries with their places, and damaged parts, from the end of the file.

    All but the newest entries are without their answers.
    What is wrong in an older answer is not found, and costs no promise. Raises CannotOpen and NotText.
    """
    return named(path, _parsed(path, _parts(path)))


def skim(path: Path) -> Skim:
    """What the journal says of weeks, and of promises that may be open. Raises CannotOpen and NotText."""
    parts = list(_parts(path))
    parsed = [part.entry for part in parts if isinstance(part, Block) and part.entry]
    settle([part for part in parts[::-1] if isinstance(part, Slice)], parsed)
    left = (part for part in parts if isinstance(part, Block) or part.promises or part.outcomes)
    found = list(named(path, _parsed(path, left)))[::-1]
    entries = (part if isinstance(part, Slice) else part.entry for part in reversed(parts))
    return Skim(
        entries=tuple(filter(None, entries)),
        telling=tuple(each.entry for each in found if isinstance(each, Located)),
        damages=tuple(each for each in found if isinstance(each, Damage)),
    )


def _parsed(path: Path, parts: Iterable[Block | Slice]) -> Iterator[Block | Located]:
    """The parts with what slices hold parsed, or all of it where that cannot be read."""
    for part in parts:
        if isinstance(part, Block):
            yield part
            continue
        try:
            yield Located(part.entry, part.start, part.end)
        except ValueError:
            with opened(path) as file:
                if file:
                    yield from _between(file, part.start, part.end)


def _parts(path: Path) -> Iterator[Block | Slice]:
    """The blocks of the file from its end, all but the newest as slices where these are certain.

    A text that is open at the end of a slice goes on in the next one, so that only what follows a sound one is certain.
    """
    with opened(path) as file:
        if file is None:
            return
        newest = list(islice(blocks_in(file), WHOLE))
        yield from newest
        known = newest[-1].start if newest else file.seek(0, os.SEEK_END)
        later: Slice | None = None
        for each in _slices(file, known):
            if later and later.sound and each.sound:
                yield from _between(file, later.end, known)
                yield later
                known = later.start
            later = each
        yield from _between(file, 0, known)


def _slices(file: BinaryIO, size: int) -> Iterator[Slice]:
    """The slices from the end of the file, cut out of as much at a time as is read at once."""
    rest: list[bytes] = []  # whose header is not found yet, last part first
    for start, lines in whole_lines(file, size):
        first = 0 if lines.startswith(USUAL) else lines.find(b"\n" + USUAL) + 1
        if lines.startswith(USUAL, first):
            yield from reversed(slices(b"".join((lines[first:], *reversed(rest))), start + first))
            rest = [lines[:first]]
        else:
            rest.append(lines)


def _between(file: BinaryIO, start: int, end: int) -> Iterator[Block]:
    """The blocks in a stretch of the file, from its end."""
    if start < end:
        file.seek(start)
        for block in reversed(blocks_of(file.read(end - start))):
            yield replace(block, start=start + block.start)

"""Reading the journal: entries from the end, parsed only when needed, and the parts that can't be read."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from followme import toml
from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal.file import blocks, parsing
from followme.journal.file.blocks import Block, Known, Piece, Wanted
from followme.journal.file.modes import open_to_read
from followme.journal.file.parsing import NotParsed
from followme.model import Entry, Located

FORMAT = 1
"""The number of the format this version writes."""

CHUNK = 64 * 1024
HEAD = 32
"""How many bytes at the file's beginning show its encoding."""

PATIENCE = 0.05
"""Seconds in which a writer that is in the middle of its only write finishes it."""

# Compiled by `re` where there is damage.
_FORMAT = rb"(?m)^[ \t]*format[ \t]*=[ \t]*(\d{1,9})"
_DAY = rb"(?m)^date[ \t]*=[ \t]*[\"']?(\d{4}-\d\d-\d\d)"


class NotText(FollowmeError):
    """The whole file is in an encoding that followme doesn't read."""


@frozen
class Damage:
    """Lines of the file (from 1, both included) that couldn't be read and are still there.

    `reason` is one or two whole sentences that name these lines.
    """

    first_line: int
    last_line: int
    reason: str


@frozen
class Loaded:
    """All of a journal, in file order. `notices` has sentences about the file as a whole."""

    located: tuple[Located, ...]
    damages: tuple[Damage, ...]
    notices: tuple[str, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries alone."""
        return tuple(each.entry for each in self.located)


def newest_first(path: Path, wanted: Wanted | None = None) -> Iterator[Entry | Damage]:
    """Yield the entries and damaged parts from the end of the file; none if the file is missing.

    Reads and parses only as far as the caller asks, and leaves out most of what isn't `wanted`. Raises CannotOpen and
    NotText.
    """
    for part in located(path, wanted):
        yield part.entry if isinstance(part, Located) else part


def located(path: Path, wanted: Wanted | None = None) -> Iterator[Located | Damage]:
    """Yield the same, each entry with the offsets of its block."""
    yield from named(path, newest_blocks(path, wanted))


def holding(path: Path, texts: Iterable[str]) -> set[str]:
    """Return those of these texts that are in quotes anywhere in the file. Looks at its bytes only."""
    with opened(path) as file:
        data = file.read() if file else b""
    return {each for each in texts if f'"{each}"'.encode() in data or f"'{each}'".encode() in data}


def read(path: Path) -> Loaded:
    """Return the whole journal, in file order. Raises CannotOpen and NotText."""
    parts = list(located(path))[::-1]
    return Loaded(
        located=tuple(part for part in parts if isinstance(part, Located)),
        damages=tuple(part for part in parts if isinstance(part, Damage)),
        notices=notices(path),
    )


def check_is_text(path: Path, head: bytes) -> None:
    """Raise NotText for a journal in an encoding that followme can't read; `head` has its first HEAD bytes.

    Every reading, adding and rewriting calls this first.
    """
    if parsing.is_utf16(head):
        raise NotText(f"{path} is stored as UTF-16. Save it as UTF-8 in your editor.")


def notices(path: Path) -> tuple[str, ...]:
    """Return sentences about the file as a whole, such as that a newer followme wrote it. Reads only its beginning."""
    file = open_to_read(path)
    if file is None:
        return ()
    with file:
        number = format_of(file.read(CHUNK))
    if number is not None and number > FORMAT:
        return (
            f"{path} has format {number}, and this followme knows format {FORMAT}. Reading and adding "
            f"work; update followme before you change anything else.",
        )
    return ()


def strict_error(path: Path, data: bytes) -> str | None:
    """Return in one sentence why other TOML tools can't read the file with these bytes; None if they can."""
    try:
        toml.loads(data.decode())
    except ValueError as error:
        return f"Other TOML tools can't read {path}: {error}."
    return None


def blocks_of(data: bytes, known: Known | None = None) -> list[Block]:
    """Return the blocks in all bytes of a journal, in file order. Bytes in no block are a sound preamble.

    Entries that are `known` aren't parsed again.
    """
    return list(_blocks(BytesIO(data), len(data), known=known))[::-1]


def newest_of(data: bytes, wanted: Wanted | None = None) -> Iterator[Block]:
    """Yield the same blocks from the journal's end, without most that aren't `wanted`.

    Parses only as far as the caller asks.
    """
    return _blocks(BytesIO(data), len(data), wanted)


def block_at(path: Path, start: int, end: int) -> Block | None:
    """Return the block at these offsets; None if there isn't exactly one. Raises CannotOpen and NotText."""
    with opened(path) as file:
        if file is None:
            return None
        file.seek(start)
        there = blocks_of(file.read(end - start))
    return replace(there[0], start=start) if len(there) == 1 and there[0].start == 0 else None


def newest_blocks(path: Path, wanted: Wanted | None = None) -> Iterator[Block]:
    """Yield the blocks of the file from its end: entries, and damaged parts. Raises CannotOpen and NotText."""
    with opened(path) as file:
        if file:
            yield from (each for each in blocks_in(file, wanted) if each.entry or each.error)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO | None]:
    """Open the journal to read it; None if nothing is there. Raises CannotOpen and NotText."""
    file = open_to_read(path)
    if file is None:
        yield None
        return
    with file:
        check_is_text(path, file.read(HEAD))
        yield file


def blocks_in(file: BinaryIO, wanted: Wanted | None = None) -> Iterator[Block]:
    """Yield the blocks of an open journal from its end; most that aren't `wanted` come unparsed."""
    size = file.seek(0, os.SEEK_END)
    newest = _blocks(file, size, wanted)
    last = next(newest, None)
    if last is not None and (last.error is None or last.end < size):
        yield last
        yield from newest
    elif last is not None:
        yield from _second_look(file, size, chain((last,), newest))


def _second_look(file: BinaryIO, size: int, first_look: Iterator[Block]) -> Iterator[Block]:
    """The blocks after a second look, since at a damaged end another process may be in the middle of adding.

    A lock would show that for certain, but every `list` would have to import and make it. After a moment that write
    is over, and if the file hasn't grown, the damage is real. Leaves out a block that began after the first look and
    isn't whole yet.
    """
    time.sleep(PATIENCE)
    now = file.seek(0, os.SEEK_END)
    if now == size:
        yield from first_look
        return
    again = _blocks(file, now)
    for block in again:
        if block.error is None or block.start < size:
            yield block
        break
    yield from again


def _blocks(
    file: BinaryIO, size: int, wanted: Wanted | None = None, known: Known | None = None
) -> Iterator[Block]:
    """The blocks from the end, and the preamble if it can't be read."""
    preamble: list[Piece] = []
    yield from blocks.resolved(_pieces(file, size, preamble), wanted, known)
    for piece in preamble:
        if error := _preamble_error(piece.data):
            yield Block(piece.start, piece.data, error=error)


def _pieces(file: BinaryIO, size: int, preamble: list[Piece]) -> Iterator[Piece]:
    """The pieces from the end of the file, read in chunks. The bytes before the first header go to `preamble`."""
    gathered: list[bytes] = []  # the parts of a piece whose header hasn't been read yet, the last one first
    for start, lines in whole_lines(file, size):
        end = len(lines)
        for at in reversed(blocks.headers(lines)):
            gathered.append(lines[at:end])
            yield Piece(start + at, b"".join(reversed(gathered)))
            gathered.clear()
            end = at
        gathered.append(lines[:end])
    if first := b"".join(reversed(gathered)):
        preamble.append(Piece(0, first))


def whole_lines(file: BinaryIO, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the file from its end in stretches of whole lines, each with its offset."""
    half: list[bytes] = []  # the parts of a line whose beginning hasn't been read yet, the last one first
    while end > 0:
        start = max(0, end - CHUNK)
        file.seek(start)
        chunk = file.read(end - start)
        cut = chunk.find(b"\n") + 1 if start else 0
        if start and not cut:
            half.append(chunk)
        else:
            yield start + cut, chunk[cut:] + b"".join(reversed(half))
            half = [chunk[:cut]]
        end = start


def _preamble_error(data: bytes) -> NotParsed | None:
    """The error in the lines before the first entry; None if there is none."""
    try:
        document = parsing.parse(data)
    except NotParsed as error:
        return error
    if "date" in document:
        return NotParsed("The [[entry]] line is missing or misspelled.")
    if isinstance(document.get("entry"), dict):
        return NotParsed("The first entry has single brackets; write [[entry]] with two.")
    if "entry" in document:
        return NotParsed('Nothing named "entry" may stand before the first [[entry]] line.')
    return None


def format_of(head: bytes) -> int | None:
    """Return the format number before the first entry, None if there is none; `head` is the file's beginning."""
    preamble = head[: next(iter(blocks.headers(head)), len(head))]
    try:
        number = parsing.parse(preamble).get("format")
    except NotParsed:
        plain = re.search(_FORMAT, preamble)
        return int(plain[1]) if plain else None
    return number if isinstance(number, int) else None


# --- Damage in words --------------------------------------------------------------------------------------


def named(path: Path, newest: Iterable[Block | Located]) -> Iterator[Located | Damage]:
    """Yield entries with their offsets, and damage with its lines in the file, for blocks from its end."""
    with _Lines(path) as lines:
        for block in newest:
            if isinstance(block, Located):
                yield block
            elif block.entry is not None:
                yield Located(block.entry, block.start, block.end)
            else:
                yield damage(block, lines.before(block.start) + 1)


class _Lines:
    """Counts the line breaks before offsets that come from the end of the file. Reads each part of it once."""

    def __init__(self, path: Path):
        self._path = path
        self._file: BinaryIO | None = None
        self._known: tuple[int, int] | None = None

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._file:
            self._file.close()

    def before(self, place: int) -> int:
        """Return how many line breaks are before this offset."""
        self._file = self._file or open_to_read(self._path)
        if self._known is None:
            breaks = self._between(0, place)
        else:
            later, breaks = self._known
            breaks -= self._between(place, later)
        self._known = (place, breaks)
        return breaks

    def _between(self, start: int, end: int) -> int:
        count = 0
        if self._file:
            self._file.seek(start)
            while start < end and (chunk := self._file.read(min(CHUNK, end - start))):
                count += chunk.count(b"\n")
                start += len(chunk)
        return count


def damage(block: Block, first: int) -> Damage:
    """Return the damage in a block that couldn't be read; `first` is its first line in the file."""
    error = block.error or NotParsed("It couldn't be read.")
    last = first + block.data.rstrip(b"\n").count(b"\n")
    day = re.search(_DAY, block.data)
    who = f"The entry of {day[1].decode()}" if day else "A part of the journal"
    lines = f"line {first}" if first == last else f"lines {first}-{last}"
    spot = f" See line {first + error.line - 1}." if error.line and first != last else ""
    return Damage(first, last, f"{who} ({lines}) couldn't be read. {error.sentence}{spot}")

"""Reading the journal: entries from the end, parsed only when needed, and the parts that can't be read."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from followme import toml
from followme.errors import FollowmeError
from followme.journal.file import blocks, parsing
from followme.journal.file.blocks import Block, Piece
from followme.journal.file.modes import open_to_read
from followme.journal.file.parsing import NotParsed
from followme.model import Entry, Located

FORMAT = 1
"""The number of the format this version writes."""

CHUNK = 64 * 1024
HEAD = 32
"""How many bytes at the file's beginning tell its encoding."""

PATIENCE = 0.05
"""Seconds after which a writer caught in the middle of its one write has finished it."""

_FORMAT = re.compile(rb"(?m)^[ \t]*format[ \t]*=[ \t]*(\d{1,9})")
_DAY = re.compile(rb"(?m)^date[ \t]*=[ \t]*[\"']?(\d{4}-\d\d-\d\d)")


class NotText(FollowmeError):
    """The whole file is in an encoding that followme does not read."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Lines of the file (from 1, both included) that could not be read and were left in place.

    `reason` is one or two whole sentences that name these lines.
    """

    first_line: int
    last_line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """All of a journal in file order; notices are sentences about the file as a whole."""

    located: tuple[Located, ...]
    damages: tuple[Damage, ...]
    notices: tuple[str, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries alone."""
        return tuple(each.entry for each in self.located)


def newest_first(path: Path) -> Iterator[Entry | Damage]:
    """Entries and damaged parts from the end of the file; a missing file has none.

    Reads and parses only as far as it is asked. Raises CannotOpen and NotText.
    """
    for part in located(path):
        yield part.entry if isinstance(part, Located) else part


def located(path: Path) -> Iterator[Located | Damage]:
    """The same, each entry with where its block stands."""
    yield from named(path, newest_blocks(path))


def holding(path: Path, texts: Iterable[str]) -> set[str]:
    """Return those of these texts that stand in quotes anywhere in the file, by a look at its bytes alone."""
    with opened(path) as file:
        data = file.read() if file else b""
    return {each for each in texts if f'"{each}"'.encode() in data or f"'{each}'".encode() in data}


def read(path: Path) -> Loaded:
    """The whole journal in file order. Raises CannotOpen and NotText."""
    parts = list(located(path))[::-1]
    return Loaded(
        located=tuple(part for part in parts if isinstance(part, Located)),
        damages=tuple(part for part in parts if isinstance(part, Damage)),
        notices=notices(path),
    )


def check_is_text(path: Path, head: bytes) -> None:
    """Raise NotText for a journal in an encoding that followme cannot read; `head` holds its first HEAD bytes.

    Whoever reads, adds to or rewrites a journal asks this first.
    """
    if parsing.is_utf16(head):
        raise NotText(f"{path} is stored as UTF-16. Save it as UTF-8 in your editor.")


def notices(path: Path) -> tuple[str, ...]:
    """Sentences about the file as a whole, such as that a newer followme wrote it; reads only its beginning."""
    file = open_to_read(path)
    if file is None:
        return ()
    with file:
        number = format_of(file.read(CHUNK))
    if number is not None and number > FORMAT:
        return (
            f"{path} has format {number}, and this followme knows format {FORMAT}. Reading and adding work; "
            "update followme before you edit or delete.",
        )
    return ()


def strict_error(path: Path) -> str | None:
    """Why other TOML tools cannot read the file, as one sentence; None if they can."""
    file = open_to_read(path)
    if file is None:
        return None
    with file:
        data = file.read()
    try:
        toml.loads(data.decode())
    except ValueError as error:
        return f"Other TOML tools cannot read {path}: {error}."
    return None


def blocks_of(data: bytes) -> list[Block]:
    """The blocks in all bytes of a journal, in file order; bytes that no block holds are a sound preamble."""
    return list(newest_of(data))[::-1]


def newest_of(data: bytes) -> Iterator[Block]:
    """The same blocks from the journal's end, parsed only as far as they are asked for."""
    return _blocks(BytesIO(data), len(data))


def newest_blocks(path: Path) -> Iterator[Block]:
    """The blocks of the file from its end: entries, and what could not be read. Raises CannotOpen, NotText."""
    with opened(path) as file:
        if file:
            yield from blocks_in(file)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO | None]:
    """The journal opened to be read, None if nothing is there. Raises CannotOpen and NotText."""
    file = open_to_read(path)
    if file is None:
        yield None
        return
    with file:
        check_is_text(path, file.read(HEAD))
        yield file


def blocks_in(file: BinaryIO) -> Iterator[Block]:
    """The same for a file that is open."""
    size = file.seek(0, os.SEEK_END)
    newest = _blocks(file, size)
    last = next(newest, None)
    if last is not None and (last.error is None or last.end < size):
        yield last
        yield from newest
    elif last is not None:
        yield from _second_look(file, size, chain((last,), newest))


def _second_look(file: BinaryIO, size: int, first_look: Iterator[Block]) -> Iterator[Block]:
    """The blocks again, since a bad end may be another process in the middle of adding.

    A lock would say so for certain, but would have to be imported and created for every `list`. After a
    moment that write is over, and if the file has not grown the damage is real. What has begun after the
    first look and is not whole yet is not ours to see.
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


def _blocks(file: BinaryIO, size: int) -> Iterator[Block]:
    """Blocks from the end, and the preamble if it has a fault."""
    preamble: list[Piece] = []
    yield from blocks.resolved(_pieces(file, size, preamble))
    for piece in preamble:
        if error := _preamble_error(piece.data):
            yield Block(piece.start, piece.data, error=error)


def _pieces(file: BinaryIO, size: int, preamble: list[Piece]) -> Iterator[Piece]:
    """Pieces from the end of the file, read in chunks; what stands before the first goes to `preamble`."""
    gathered: list[bytes] = []  # of the piece whose header is not found yet, last part first
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
    """The file from its end in stretches of whole lines, each with its place."""
    half: list[bytes] = []  # of the line whose beginning is not read yet, last part first
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
    """What is wrong with the lines before the first entry."""
    try:
        document = parsing.parse(data)
    except NotParsed as error:
        return error
    if "date" in document:
        return NotParsed("The [[entry]] line is missing or misspelt.")
    if isinstance(document.get("entry"), dict):
        return NotParsed("The first entry has single brackets; write [[entry]] with two.")
    if "entry" in document:
        return NotParsed('Nothing named "entry" may stand before the first [[entry]] line.')
    return None


def format_of(head: bytes) -> int | None:
    """The format number that stands before the first entry; `head` begins at the file's beginning."""
    preamble = head[: next(iter(blocks.headers(head)), len(head))]
    try:
        number = parsing.parse(preamble).get("format")
    except NotParsed:
        plain = _FORMAT.search(preamble)
        return int(plain[1]) if plain else None
    return number if isinstance(number, int) else None


# --- Damage in words --------------------------------------------------------------------------------------


def named(path: Path, newest: Iterable[Block | Located]) -> Iterator[Located | Damage]:
    """Entries with their place, faults with their lines in the file; blocks come from its end."""
    with _Lines(path) as lines:
        for block in newest:
            if isinstance(block, Located):
                yield block
            elif block.entry is not None:
                yield Located(block.entry, block.start, block.end)
            else:
                yield damage(block, lines.before(block.start) + 1)


class _Lines:
    """Counts line breaks before places that come from the end of the file; each part of it is read once."""

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
        """How many line breaks stand before this place."""
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
    """What is wrong with a block that could not be read; `first` is its first line in the file."""
    error = block.error or NotParsed("It could not be read.")
    last = first + block.data.rstrip(b"\n").count(b"\n")
    day = _DAY.search(block.data)
    who = f"The entry of {day[1].decode()}" if day else "A part of the journal"
    lines = f"line {first}" if first == last else f"lines {first}-{last}"
    spot = f" See line {first + error.line - 1}." if error.line and first != last else ""
    return Damage(first, last, f"{who} ({lines}) could not be read. {error.sentence}{spot}")

"""Cutting the journal's bytes at entry headers, and finding out which pieces are entries.

One damaged spot costs only its own entry: each piece is parsed alone, and a header line is where reading
finds its feet again. The pieces always join to the same bytes.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from followme.journal.file import codec, parsing
from followme.journal.file.parsing import Fault
from followme.model import Entry

_HEADER = re.compile(codec.HEADER.format(bom=r"\xef\xbb\xbf").encode())
_SUBHEADER = re.compile(rb"(?:\s|#[^\n]*\n)*[\[ \t]*entry[ \t]*\.")
_GAP = re.compile(rb"\n(?:[ \t]*\r?\n|(?=\0))")

JOIN = 5
"""How many following pieces may belong to a text that holds lines like headers."""

TRIES = 50
"""In how many places a damaged piece is cut to save its beginning."""


class Piece:
    """The bytes from one entry header to the next; `start` is their place in the file."""

    def __init__(self, start: int, data: bytes):
        self.start = start
        self.data = data

    @cached_property
    def alone(self) -> Mapping[str, object] | Fault:
        """What parsing this piece by itself gives."""
        return attempt(self.data)

    @property
    def solid(self) -> bool:
        """An entry by itself, with an id: no other piece has a claim on it."""
        return not isinstance(self.alone, Fault) and isinstance(self.alone.get("id"), str)

    @property
    def block(self) -> Block:
        """The block that this piece is by itself."""
        return _block(self.start, self.data, self.alone)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of bytes in the file that is one entry, or could not be read (then `fault` says why)."""

    start: int
    data: bytes
    entry: Entry | None = None
    fault: Fault | None = None

    @property
    def end(self) -> int:
        """Where the next byte after it lies in the file."""
        return self.start + len(self.data)


def attempt(data: bytes) -> Mapping[str, object] | Fault:
    """The entry's table, or why there is none."""
    try:
        return parsing.parse_block(data)
    except Fault as fault:
        return fault


def headers(data: bytes) -> list[int]:
    """Where lines that are entry headers begin; `data` begins at the beginning of a line."""
    found = []
    at = data.find(b"[[")
    while at >= 0:
        end = data.find(b"\n", at)
        if data[at + 2 : at + 8] != b"entry.":
            line = data.rfind(b"\n", 0, at) + 1
            if _HEADER.fullmatch(data, line, len(data) if end < 0 else end):
                found.append(line)
        at = data.find(b"[[", end) if end >= 0 else -1
    return found


def resolved(pieces: Iterable[Piece]) -> Iterator[Block]:
    """The blocks that pieces from the file's end to its beginning make, in that order, as soon as certain.

    A piece that is an entry with an id is certain at once. Others wait until what stands before them can no
    longer lay claim to them, since a text with a line like a header goes over several pieces.
    """
    waiting: deque[Piece] = deque()
    for piece in pieces:
        if piece.solid:
            yield from reversed(_in_order(list(waiting)))
            waiting.clear()
            yield piece.block
            continue
        waiting.appendleft(piece)
        nearest = list(waiting)[:JOIN]
        if len(nearest) == JOIN and not any(isinstance(one.alone, Fault) for one in nearest):
            yield from reversed(_in_order(list(waiting)[JOIN:]))
            waiting = deque(nearest)
    yield from reversed(_in_order(list(waiting)))


def _in_order(run: list[Piece]) -> list[Block]:
    """The blocks of a run of pieces in file order, none of them solid."""
    blocks = []
    at = 0
    while at < len(run):
        joined, count = _joined(run[at : at + 1 + JOIN])
        blocks += joined
        at += count
    return blocks


def _joined(run: list[Piece]) -> tuple[list[Block], int]:
    """What the first piece is, alone or with the next ones, and how many pieces that took."""
    first = run[0]
    if not isinstance(first.alone, Fault):
        return [first.block], 1
    data = first.data
    for count, piece in enumerate(run[1:], 2):
        data += piece.data
        table = attempt(data)
        if not isinstance(table, Fault):
            return [_block(first.start, data, table)], count
    return _salvaged(first, first.alone), 1


def _salvaged(piece: Piece, fault: Fault) -> list[Block]:
    """The entry at the beginning of a damaged piece, if foreign lines follow it after a blank line, or NUL bytes.

    This is how an entry survives the loss of its neighbour's header. What begins with a part of the entry
    itself is not foreign: half an entry is never shown as a whole one.
    """
    data = piece.data
    cuts = [gap.end() for gap in _GAP.finditer(data)]
    foreign = [cut for cut in cuts if not _SUBHEADER.match(data, cut)]
    for cut in foreign[: -TRIES - 1 : -1]:
        table = attempt(data[:cut])
        if not isinstance(table, Fault):
            rest = data[cut:]
            return [
                _block(piece.start, data[:cut], table),
                Block(piece.start + cut, rest, fault=_foreign(rest)),
            ]
    return [Block(piece.start, data, fault=fault)]


def _foreign(rest: bytes) -> Fault:
    """Why lines after an entry are not part of it."""
    if not rest.strip(b"\0 \t\r\n"):
        return Fault("There are only NUL bytes here, as a power cut leaves them where text was.")
    if re.match(rb"\s*\[\s*entry\s*\]", rest):
        return Fault("Its header has single brackets; write [[entry]] with two.", 1)
    if re.match(rb"<{7}|={7}|>{7}", rest):
        return Fault("There are conflict marks of a version control tool here; remove those lines.", 1)
    return Fault("These lines belong to no entry; the [[entry]] line may be missing or misspelt.", 1)


def _block(start: int, data: bytes, table: Mapping[str, object] | Fault) -> Block:
    if isinstance(table, Fault):
        return Block(start, data, fault=table)
    try:
        return Block(start, data, entry=codec.from_table(table))
    except ValueError as error:
        return Block(start, data, fault=Fault(str(error)))

"""Cutting the journal's bytes at entry headers, and finding out which pieces are entries.

One damaged spot costs only its own entry: each piece is parsed alone, and reading starts anew at each header
line. The pieces always join to the same bytes.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from followme.frozen import frozen
from followme.insight import entry_tables
from followme.journal.file import parsing
from followme.journal.file.parsing import NotParsed
from followme.model import Entry

_HEADER = re.compile(parsing.HEADER.format(bom=r"\xef\xbb\xbf").encode())
_UNUSUAL = re.compile(rb"\[\[(?!entry[.\]])")
_SUBHEADER = re.compile(rb"[\[\s]*entry[ \t]*\.")
_GAP = rb"""(?sx) "{3} (?: [^"\\]++ | \\. | "(?!"") )*+ (?:"{3,5})?
    | \'{3} (?: [^\']++ | \'(?!\'\') )*+ (?:\'{3,5})?
    | " (?: [^"\\\n]++ | \\[^\n] )*+ " | \'[^\'\n]*+\' | \#[^\n]*+
    | (?P<gap> \n (?: (?P<blank> [ \t]*+\r?\n ) (?: [ \t]*+ (?:\#[^\n]*+)? \r?\n )*+ | (?=\0) ) )"""
"""TOML strings and comments; between them, a run of blank lines and comments, or a line's end before NUL bytes.

`re` compiles it where there is damage.
"""

_MAY_HAVE_DATE = re.compile(rb"date|\\|\"\"\"|'''|\0|[\x80-\xff]")
"""A date, or what needs a closer look: an escape that may hide one, a text of several lines, and damage."""

_LITERAL = re.compile(rb"'''")
"""What begins a literal text of several lines; a pattern finds it in half the time that `in` takes."""

_AS_WRITTEN = re.compile(rb'\[\[entry\]\]\r?\nid = "')
"""The beginning of an entry as followme writes it."""

JOIN = 5
"""How many of the next pieces can belong to a string that contains lines like headers."""

TRIES = 50
"""How many cuts of a damaged piece are tried to save its beginning."""


Wanted = Callable[[bytes], bool]
"""Tells by the bytes of an entry whether a reader may want it."""


Known = Mapping[bytes, Entry]
"""Entries with an id that were read before, by the bytes that `known_as` returns for their blocks."""


def known_as(data: bytes) -> bytes:
    """Return the bytes of a block without what can't change its meaning: the line ends at its end."""
    return data.rstrip(b"\n")


class Piece:
    """The bytes from one entry header to the next; `start` is their offset in the file."""

    __slots__ = ("_parsed", "data", "start")

    def __init__(self, start: int, data: bytes):
        self.start = start
        self.data = data
        self._parsed: Mapping[str, object] | NotParsed | None = None

    @property
    def parsed(self) -> Mapping[str, object] | NotParsed:
        """The result of parsing this piece by itself."""
        if self._parsed is None:
            self._parsed = attempt(self.data)
        return self._parsed

    @property
    def stands_alone(self) -> bool:
        """Whether it is an entry by itself, with an id, so that it can't be part of another piece."""
        return not isinstance(self.parsed, NotParsed) and isinstance(self.parsed.get("id"), str)

    @property
    def seems_alone(self) -> bool:
        """Whether it probably stands alone, without parsing: it begins with an id, and its quotes come in pairs."""
        data = self.data
        return bool(_AS_WRITTEN.match(data) and data.count(b'"') % 2 == 0 and not _LITERAL.search(data))

    @property
    def is_open(self) -> bool:
        """Whether a string begins in this piece and doesn't end in it: only then can the next piece belong to it."""
        return isinstance(self.parsed, NotParsed) and self.parsed.is_open

    @property
    def block(self) -> Block:
        """The block that this piece is by itself."""
        return _block(self.start, self.data, self.parsed)


@frozen
class Block:
    """A run of bytes in the file that is one entry, or could not be read (`error` says why), or was left unparsed."""

    start: int
    data: bytes
    entry: Entry | None = None
    error: NotParsed | None = None

    @property
    def end(self) -> int:
        """The offset of the byte after the block."""
        return self.start + len(self.data)

    def with_text(self, text: str) -> bytes:
        """Return this text as the block's bytes, with its line ends and the blank lines at its end as they are now."""
        mark = parsing.BOM if self.data.startswith(parsing.BOM) else b""
        data, ending = text.rstrip("\n").encode(), self.data[len(self.data.rstrip(b"\r\n")) :]
        return mark + (data.replace(b"\n", b"\r\n") if b"\r\n" in self.data else data) + (ending or b"\n")


def attempt(data: bytes, *, verdict: bool = True) -> Mapping[str, object] | NotParsed:
    """The entry's table, or the reason why there is none. Without a `verdict`, the reason isn't looked for."""
    if not _MAY_HAVE_DATE.search(data):
        return NotParsed(entry_tables.NO_DATE)
    try:
        return parsing.parse_block(data, verdict=verdict)
    except NotParsed as error:
        # The raised error would keep the parser and all its bytes in memory.
        return NotParsed(error.sentence, error.line, is_open=error.is_open)


def headers(data: bytes) -> list[int]:
    """Return the offsets of entry header lines; `data` begins at the beginning of a line."""
    starts = []
    # Where all brackets are as followme writes them, only these lines can be headers.
    sign = b"[[" if _UNUSUAL.search(data) else b"[[entry]]"
    at = data.find(sign)
    while at >= 0:
        end = data.find(b"\n", at)
        if data[at + 2 : at + 8] != b"entry.":
            line = data.rfind(b"\n", 0, at) + 1
            if _HEADER.fullmatch(data, line, len(data) if end < 0 else end):
                starts.append(line)
        at = data.find(sign, end) if end >= 0 else -1
    return starts


def resolved(
    pieces: Iterable[Piece], wanted: Wanted | None = None, known: Known | None = None
) -> Iterator[Block]:
    """Yield the blocks that the pieces make, each as soon as it is certain. The pieces come from the file's end.

    A piece that is an entry with an id is certain at once. Others wait until no earlier piece can include them, since
    a string with a line like a header is in several pieces. A piece that isn't `wanted` is left unparsed if it can't be
    part of another; damage in it stays unknown. One that is `known` isn't parsed again.
    """
    waiting: deque[Piece] = deque()
    for piece in pieces:
        if known and (entry := known.get(known_as(piece.data))):
            yield from reversed(_in_order(list(waiting)))
            waiting.clear()
            yield Block(piece.start, piece.data, entry)
            continue
        if wanted and not waiting and not wanted(piece.data) and piece.seems_alone:
            yield Block(piece.start, piece.data)
            continue
        if piece.stands_alone:
            yield from reversed(_in_order(list(waiting)))
            waiting.clear()
            yield piece.block
            continue
        waiting.appendleft(piece)
        nearest = list(islice(waiting, JOIN))
        if len(nearest) == JOIN and not any(one.is_open for one in nearest):
            yield from reversed(_in_order(list(islice(waiting, JOIN, None))))
            waiting = deque(nearest)
    yield from reversed(_in_order(list(waiting)))


def _in_order(run: list[Piece]) -> list[Block]:
    """The blocks of a run of pieces in file order; none of them stands alone."""
    blocks = []
    at = 0
    while at < len(run):
        joined, count = _joined(run[at : at + 1 + JOIN])
        blocks += joined
        at += count
    return blocks


def _joined(run: list[Piece]) -> tuple[list[Block], int]:
    """The blocks of the first piece, alone or joined with the next ones, and the number of pieces used."""
    first = run[0]
    if not isinstance(first.parsed, NotParsed):
        return [first.block], 1
    data = first.data
    for count, piece in enumerate(run[1:] if first.is_open else (), 2):
        data += piece.data
        table = attempt(data, verdict=False)
        if not isinstance(table, NotParsed):
            return [_block(first.start, data, table)], count
    return _salvaged(first, first.parsed), 1


def _salvaged(piece: Piece, error: NotParsed) -> list[Block]:
    """The entry at the beginning of a damaged piece, if foreign lines follow it after a blank line, or NUL bytes.

    So an entry survives the loss of its neighbor's header. Lines that begin with a part of the entry itself aren't
    foreign: half an entry is never shown as a whole one.
    """
    data = piece.data
    for cut in _cuts(data, error)[: -TRIES - 1 : -1]:
        table = attempt(data[:cut], verdict=False)
        if not isinstance(table, NotParsed):
            rest = data[cut:]
            return [
                _block(piece.start, data[:cut], table),
                Block(piece.start + cut, rest, error=_foreign(rest)),
            ]
    return [Block(piece.start, data, error=error)]


def _cuts(data: bytes, error: NotParsed) -> list[int]:
    """The offsets where foreign lines can begin. A cut behind the error is no use, since the error would stay."""
    cuts = []
    # One byte more, since the error can be a NUL byte.
    for gap in re.compile(_GAP).finditer(data, 0, _line_start(data, error.line) + 1):
        if gap["gap"] and not _SUBHEADER.match(data, gap.end()):
            cuts.append(gap.end("blank") if gap["blank"] else gap.end())
    return cuts


def _line_start(data: bytes, line: int) -> int:
    """The offset where a line begins, counted from 1; the end of the bytes for line 0."""
    if not line:
        return len(data)
    return sum(map(len, data.split(b"\n", line - 1)[: line - 1])) + line - 1


def _foreign(rest: bytes) -> NotParsed:
    """Why lines after an entry are not part of it."""
    if not rest.strip(b"\0 \t\r\n"):
        return NotParsed("There are only NUL bytes here, as a power cut can leave where text was.")
    if re.match(rb"\s*\[\s*entry\s*\]", rest):
        return NotParsed("Its header has single brackets; write [[entry]] with two.", 1)
    if re.match(rb"<{7}|={7}|>{7}", rest):
        return NotParsed(
            "There are conflict markers from a version control tool here; remove those lines.", 1
        )
    return NotParsed(
        "These lines don't belong to any entry; the [[entry]] line may be missing or misspelled.", 1
    )


def _block(start: int, data: bytes, table: Mapping[str, object] | NotParsed) -> Block:
    if isinstance(table, NotParsed):
        return Block(start, data, error=table)
    try:
        return Block(start, data, entry=entry_tables.from_table(table))
    except ValueError as error:
        return Block(start, data, error=NotParsed(str(error)))

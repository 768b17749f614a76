"""The places of all entries in an open journal, which are parsed one at a time, in either order or by their ids."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from followme.insight import entry_tables
from followme.journal.file import parsing, reading
from followme.journal.file.blocks import Block
from followme.journal.file.modes import CannotOpen, open_to_read, why
from followme.journal.file.reading import Damage
from followme.model import Entry

AT_HAND = 64
"""How many parsed entries are kept: a promise is mostly made in an entry near the one that says what became of it."""

_ID = re.compile(rb'\[\[entry\]\]\r?\nid = "([^"\\\n]*)"')
"""The beginning of a block that was left unparsed: it is always as followme writes it."""

_ABOUT = re.compile(rb"about[\"']?[ \t]*=|\\[uU]00")
"""What stands in every entry that is about another, however its key is written."""

Told = Callable[[Iterable[Damage]], object]


class Places:
    """The entries of an open journal; for each, it keeps the place and the id alone.

    Damage is told to `told` when it is found: some at the beginning, some when an entry is parsed.
    """

    def __init__(self, file: BinaryIO | None, path: Path, told: Told):
        self._file, self._path, self._told = file, path, told
        self._starts, self._ends = array("Q"), array("Q")  # newest first
        self._numbers: dict[str, int | tuple[int, ...]] = {}
        self._later: dict[str, tuple[int, ...]] = {}
        self._damaged: set[int] = set()
        self._window, self._window_start = b"", 0
        self._parsed = lru_cache(AT_HAND)(self._parse)
        if file:
            with _named(path):
                reading.check_is_text(path, file.read(reading.HEAD))
                self._survey(file)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries in the order of the file."""
        return self._entries(range(len(self) - 1, -1, -1))

    def __reversed__(self) -> Iterator[Entry]:
        """Yield the entries from the end of the file."""
        return self._entries(range(len(self)))

    def with_id(self, name: str) -> Iterable[Entry]:
        """Return the entries that have this id."""
        numbers = self._numbers.get(name, ())
        return self._entries((numbers,) if isinstance(numbers, int) else numbers)

    def about(self, name: str) -> Iterable[Entry]:
        """Return the later words on the entry with this id."""
        return self._entries(self._later.get(name, ()))

    @property
    def whole(self) -> bool:
        """Whether all entries could be read so far."""
        return not self._damaged

    def _entries(self, numbers: Iterable[int]) -> Iterator[Entry]:
        return (entry for number in numbers if (entry := self._parsed(number)))

    def _survey(self, file: BinaryIO) -> None:
        damaged = []
        for block in reading.blocks_in(file, _is_about):
            if block.error:
                damaged.append(block)
                continue
            if block.entry and block.entry.about:
                about = block.entry.about_id
                self._later[about] = (*self._later.get(about, ()), len(self))
            head = _ID.match(block.data)
            self._name(block.entry.id if block.entry else head[1].decode() if head else "")
            self._starts.append(block.start)
            self._ends.append(block.end)
        self._tell(damaged)

    def _name(self, name: str) -> None:
        number, known = len(self), self._numbers.get(name)
        if known is None:
            self._numbers[name] = number
        else:
            self._numbers[name] = (*((known,) if isinstance(known, int) else known), number)

    def _parse(self, number: int) -> Entry | None:
        start, end = self._starts[number], self._ends[number]
        data = self._read(start, end)
        try:
            return entry_tables.from_table(parsing.parse_block(data))
        except ValueError:
            # Nothing but parsing shows some damage. It may have left the beginning of the entry whole.
            found = [replace(each, start=start + each.start) for each in reading.blocks_of(data)]
            self._tell([each for each in reversed(found) if each.error])
            return next((each.entry for each in found if each.entry), None)

    def _read(self, start: int, end: int) -> bytes:
        if self._file is None:
            return b""
        if not self._window_start <= start <= end <= self._window_start + len(self._window):
            # The next one asked for is mostly beside it, before or after.
            self._window_start = max(0, start - reading.CHUNK)
            with _named(self._path):
                self._file.seek(self._window_start)
                self._window = self._file.read(end + reading.CHUNK - self._window_start)
        return self._window[start - self._window_start : end - self._window_start]

    def _tell(self, damaged: Iterable[Block]) -> None:
        """Tell damage from the end of the file, each part once."""
        fresh = [each for each in damaged if each.start not in self._damaged]
        self._damaged |= {each.start for each in fresh}
        if fresh:
            self._told(each for each in reading.named(self._path, fresh) if isinstance(each, Damage))


def _is_about(data: bytes) -> bool:
    return b"about" in data and bool(_ABOUT.search(data))


@contextmanager
def placed(path: Path, told: Told) -> Iterator[Places]:
    """Open the journal and find its entries; none if nothing is there. Raises CannotOpen and NotText."""
    file = open_to_read(path)
    try:
        yield Places(file, path, told)
    finally:
        if file:
            file.close()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Within this, an error of the system is one of this file."""
    try:
        yield
    except OSError as error:
        raise CannotOpen(why(error, path)) from error

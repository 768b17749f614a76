"""The places of all entries in an open journal, which are parsed one at a time, in either order or by their ids."""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
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

_ABOUT = re.compile(rb"about[\"']?[ \t]*=")
_ESCAPED = re.compile(rb"\\[uU]00")
"""One of these stands in every entry that is about another, however its key is written.

Each begins with a sign of its own, which makes them ten times as fast as one pattern.
"""

Told = Callable[[Iterable[Damage]], object]


class Survey:
    """What a look at a whole file shows: the places of its entries, newest first, their ids, and the first damage.

    `file` tells the file from any other.
    """

    def __init__(self, file: tuple[int, int] | None = None):
        self.file = file
        self.starts, self.ends = array("Q"), array("Q")
        self.numbers: dict[str, int | tuple[int, ...]] = {}
        self.later: dict[str, tuple[int, ...]] = {}
        self.damaged: set[int] = set()


class Places:
    """The entries of an open journal; for each, it keeps the place and the id alone.

    Damage is told to `told` when it is found: some at the beginning, some when an entry is parsed. If there is a
    `survey` of the file, it isn't looked through again.
    """

    def __init__(self, file: BinaryIO | None, path: Path, told: Told, survey: Survey | None = None):
        self._file, self._path, self._told = file, path, told
        self.survey = Survey(_number_of(file)) if survey is None else survey
        self._window, self._window_start = b"", 0
        self._parsed = lru_cache(AT_HAND)(self._parse)
        if file and survey is None:
            with _named(path):
                reading.check_is_text(path, file.read(reading.HEAD))
                self._look_through(file)
        self._among = range(len(self))

    def __len__(self) -> int:
        return len(self.survey.starts)

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries in the order of the file."""
        return self._entries(reversed(self._among))

    def __reversed__(self) -> Iterator[Entry]:
        """Yield the entries from the end of the file."""
        return self._entries(self._among)

    def stretches(self, size: int, *, oldest_first: bool) -> Iterator[range]:
        """Yield the numbers of entries that stand together, of about this many bytes, newest first or oldest first.

        The newest entry has number 0.
        """
        numbers = range(len(self))[:: -1 if oldest_first else 1]
        first, held = None, 0
        for number in numbers:
            first = number if first is None else first
            held += self.survey.ends[number] - self.survey.starts[number]
            if held >= size or number == numbers[-1]:
                yield range(min(first, number), max(first, number) + 1)
                first, held = None, 0

    def among(self, numbers: range) -> Places:
        """Return the same journal with only these entries to go through; what they mention is still found in all."""
        few = copy(self)
        few._among = numbers
        return few

    def with_id(self, name: str) -> Iterable[Entry]:
        """Return the entries that have this id."""
        numbers = self.survey.numbers.get(name, ())
        return self._entries((numbers,) if isinstance(numbers, int) else numbers)

    def about(self, name: str) -> Iterable[Entry]:
        """Return the later words on the entry with this id."""
        return self._entries(self.survey.later.get(name, ()))

    @property
    def whole(self) -> bool:
        """Whether all entries could be read so far."""
        return not self.survey.damaged

    def _entries(self, numbers: Iterable[int]) -> Iterator[Entry]:
        return (entry for number in numbers if (entry := self._parsed(number)))

    def _look_through(self, file: BinaryIO) -> None:
        found, damaged = self.survey, []
        for block in reading.blocks_in(file, _is_about):
            if block.error:
                damaged.append(block)
                continue
            if block.entry and block.entry.about:
                about = block.entry.about_id
                found.later[about] = (*found.later.get(about, ()), len(self))
            head = _ID.match(block.data)
            self._name(block.entry.id if block.entry else head[1].decode() if head else "")
            found.starts.append(block.start)
            found.ends.append(block.end)
        self._tell(damaged)

    def _name(self, name: str) -> None:
        numbers, number = self.survey.numbers, len(self)
        known = numbers.get(name)
        if known is None:
            numbers[name] = number
        else:
            numbers[name] = (*((known,) if isinstance(known, int) else known), number)

    def _parse(self, number: int) -> Entry | None:
        start, end = self.survey.starts[number], self.survey.ends[number]
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
        fresh = [each for each in damaged if each.start not in self.survey.damaged]
        self.survey.damaged |= {each.start for each in fresh}
        if fresh:
            self._told(each for each in reading.named(self._path, fresh) if isinstance(each, Damage))


def _is_about(data: bytes) -> bool:
    return bool(_ABOUT.search(data) or (b"\\" in data and _ESCAPED.search(data)))


@contextmanager
def placed(path: Path, told: Told, survey: Survey | None = None) -> Iterator[Places]:
    """Open the journal and find its entries; none if nothing is there. Raises CannotOpen and NotText.

    With a `survey` of it, raises CannotOpen if another file is there by now.
    """
    file = open_to_read(path)
    try:
        if survey and survey.file != _number_of(file):
            raise CannotOpen(f"{path} was replaced while it was read.")
        yield Places(file, path, told, survey)
    finally:
        if file:
            file.close()


def _number_of(file: BinaryIO | None) -> tuple[int, int] | None:
    known = os.fstat(file.fileno()) if file else None
    return (known.st_dev, known.st_ino) if known else None


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Within this, an error of the system is one of this file."""
    try:
        yield
    except OSError as error:
        raise CannotOpen(why(error, path)) from error

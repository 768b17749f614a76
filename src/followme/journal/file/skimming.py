"""Weeks and promises of a whole journal, read without parsing the answers where that is possible."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, islice, starmap
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from followme.frozen import frozen
from followme.insight import entry_tables
from followme.insight.book import book
from followme.insight.ledger import Kept, kept_of, own_results
from followme.insight.promises import MaybeDue, Until, open_promises
from followme.insight.weeks import Dated
from followme.journal.file import parsing
from followme.journal.file.blocks import Block
from followme.journal.file.brief import in_brief
from followme.journal.file.reading import Damage, blocks_in, blocks_of, named, opened, whole_lines
from followme.journal.file.slicing import USUAL, Slice, refs_of, settle, slices
from followme.model import Entry, Located

P = TypeVar("P", Block, Located)

WHOLE = 10
"""How many of the newest blocks are parsed whole, so that damage in them is reported."""

AT_ONCE = 64
"""How many slices are parsed at once."""


@dataclass(frozen=True)
class Skim:
    """The weeks of a journal, and its promises that may be open, parsed only as far as someone asks for them.

    `entries` has the week, day and set of every entry, oldest first. `left` has the entries with promises that no
    outcome has closed for certain, and their outcomes: sound slices as they are, others parsed. `settled` has the
    results of the promises of one's own that are closed for certain.
    """

    entries: tuple[Dated, ...] = ()
    left: tuple[Located | Slice, ...] = ()
    damages: tuple[Damage, ...] = ()
    settled: tuple[str, ...] = ()

    @cached_property
    def telling(self) -> tuple[Entry, ...]:
        """The entries in `left`, oldest first."""
        return _entries(self.left)

    @property
    def twice(self) -> tuple[str, ...]:
        """The week of each entry that has another version beside it."""
        others = (each for each in self.entries if isinstance(each, Entry) and each.conflict)
        return tuple({each.conflict: each.week for each in others}.values())

    @property
    def maybe_due(self) -> tuple[MaybeDue, ...]:
        """The open promises, in no order, with what counts need. Those of sound slices aren't parsed."""
        alone, others = self._apart
        days = (day for each in alone for day in each.last_days)
        return (*starmap(Until, days), *open_promises(others))

    @property
    def kept(self) -> Kept:
        """How many promises were closed, and how many of these were kept. Those of sound slices aren't parsed."""
        return kept_of((*self.settled, *own_results(book(self._apart[1]))))

    @cached_property
    def _apart(self) -> tuple[list[Slice], tuple[Entry, ...]]:
        alone, others = _apart(self.left)
        return alone, _entries(others)


@frozen
class Brief:
    """The entries of a journal with their answers in brief, oldest first, and the rate of promises kept.

    The newest ones are whole. Damage in an older answer is reported only if its bytes show it without parsing.
    """

    entries: tuple[Entry, ...]
    kept: Kept
    damages: tuple[Damage, ...]


def skimmed(path: Path) -> Iterator[Located | Damage]:
    """Yield all entries with their offsets, and damaged parts, from the end of the file.

    All but the newest entries come without their answers. Damage in an older answer is reported only if its bytes show
    it without parsing; other damage there costs no promise. Raises CannotOpen and NotText.
    """
    return named(path, _parsed(_parts(path)))


def skim(path: Path) -> Skim:
    """Return the weeks of the journal, and its promises that may be open. Raises CannotOpen and NotText."""
    return _skim(path, list(_parts(path)))


def _skim(path: Path, parts: Sequence[Block | Slice]) -> Skim:
    parsed = [part.entry for part in parts if isinstance(part, Block) and part.entry]
    settled = settle([part for part in parts[::-1] if isinstance(part, Slice)], parsed)
    whole = named(path, (part for part in parts if isinstance(part, Block)))
    in_order = [part if isinstance(part, Slice) else next(whole) for part in parts][::-1]
    dated = (each.entry if isinstance(each, Located) else each for each in in_order)
    return Skim(
        entries=tuple(each for each in dated if not isinstance(each, Damage)),
        left=tuple(
            each
            for each in in_order
            if isinstance(each, Located) or (isinstance(each, Slice) and (each.promises or each.outcomes))
        ),
        damages=tuple(each for each in reversed(in_order) if isinstance(each, Damage)),
        settled=tuple(settled),
    )


def brief(path: Path) -> Brief:
    """Return the entries of the journal with their answers in brief. Raises CannotOpen and NotText."""
    parts = list(_in_brief(path))
    skimmed = _skim(path, [part if isinstance(part, Block) else part[0] for part in parts])
    entries = {part[0].start: part[1] for part in parts if not isinstance(part, Block)}
    return Brief(
        entries=tuple(
            entries[each.start] if isinstance(each, Slice) else each
            for each in skimmed.entries
            if isinstance(each, (Slice, Entry))
        ),
        kept=skimmed.kept,
        damages=skimmed.damages,
    )


def _in_brief(path: Path) -> Iterator[Block | tuple[Slice, Entry]]:
    """The blocks of the file from its end, as slices with their entry in brief where that's certain."""
    for part in _parts(path, answers=True):
        if isinstance(part, Block):
            yield part
            continue
        entry, part.answers = in_brief(part), b""
        if entry:
            yield part, entry
        else:
            with opened(path) as file:
                if file:
                    yield from _between(file, part.start, part.end)


def _apart(left: Iterable[Located | Slice]) -> tuple[list[Slice], list[Located | Slice]]:
    """The slices whose promises and outcomes no other entry mentions, and all the rest."""
    mentions: Counter[bytes] = Counter()
    for each in left:
        if isinstance(each, Slice):
            mentions.update(ref for ref, _, _ in each.promises)
        else:
            mentions.update(2 * [ref.encode() for ref in refs_of(each.entry)])
    alone: list[Slice] = []
    others: list[Located | Slice] = []
    for each in left:
        if isinstance(each, Slice) and all(
            mentions[ref] < 2 for ref, _, _ in (*each.promises, *each.outcomes)
        ):
            alone.append(each)
        else:
            others.append(each)
    return alone, others


def _entries(left: Iterable[Located | Slice]) -> tuple[Entry, ...]:
    return tuple(each.entry for each in _parsed(left))


def _parsed(parts: Iterable[P | Slice]) -> Iterator[P | Located]:
    """The parts, with the slices among them parsed, many at once."""
    for sliced, some in groupby(parts, key=lambda part: isinstance(part, Slice)):
        if not sliced:
            yield from cast("Iterator[P]", some)
            continue
        while several := cast("list[Slice]", list(islice(some, AT_ONCE))):
            tables = parsing.parse_sound(each.tables for each in several)
            for each, table in zip(several, tables, strict=True):
                yield Located(entry_tables.from_table(table), each.start, each.end)


def _parts(path: Path, *, answers: bool = False) -> Iterator[Block | Slice]:
    """The blocks of the file from its end, all but the newest as slices if these are certain.

    A string that is open at the end of a slice continues in the next one, so a slice is certain only after a sound one.
    """
    with opened(path) as file:
        if file is None:
            return
        newest = list(islice(blocks_in(file), WHOLE))
        yield from newest
        known = newest[-1].start if newest else file.seek(0, os.SEEK_END)
        later: Slice | None = None
        for each in _slices(file, known, answers):
            if later and later.sound and each.sound:
                yield from _between(file, later.end, known)
                yield later
                known = later.start
            later = each
        yield from _between(file, 0, known)


def _slices(file: BinaryIO, size: int, answers: bool) -> Iterator[Slice]:
    """The slices from the end of the file, cut out of one chunk after the other."""
    rest: list[bytes] = []  # the parts of a slice whose header hasn't been read yet, the last one first
    for start, lines in whole_lines(file, size):
        first = 0 if lines.startswith(USUAL) else lines.find(b"\n" + USUAL) + 1
        if lines.startswith(USUAL, first):
            data = b"".join((lines[first:], *reversed(rest)))
            yield from reversed(slices(data, start + first, answers=answers))
            rest = [lines[:first]]
        else:
            rest.append(lines)


def _between(file: BinaryIO, start: int, end: int) -> Iterator[Block]:
    """The blocks in a stretch of the file, from its end."""
    if start < end:
        file.seek(start)
        for block in reversed(blocks_of(file.read(end - start))):
            yield replace(block, start=start + block.start)

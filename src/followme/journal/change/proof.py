"""Proving a rewrite: all untouched blocks have the same bytes, and all new ones can be read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from followme.insight.wording import counted
from followme.journal.change.swap import NotRewritten
from followme.journal.file import reading
from followme.journal.file.blocks import Block, Piece, headers

BESIDE = "The change would have altered another entry too."


class Span(NamedTuple):
    """The bytes of the old journal from `start` to `end`, and the `new` ones that replace them."""

    start: int
    end: int
    new: bytes

    @property
    def growth(self) -> int:
        """How many bytes the change adds."""
        return len(self.new) - (self.end - self.start)


class Stretch(NamedTuple):
    """Bytes of the old journal that are read together, and the changes in them, in file order."""

    start: int
    end: int
    spans: list[Span]


def check(old: bytes, new: bytes, spans: Iterable[Span], gain: int, carried: Collection[bytes] = ()) -> None:
    """Raise NotRewritten unless the new bytes are the old ones with these changes, given in file order.

    Every block that no change touches must be a block again, with the same bytes, and readable or not as before. All
    others must be entries, but for those `carried`, which can't be read and are kept. `gain` is how many entries the
    changes add. Parses only bytes near a change.
    """
    at = moved = gained = 0
    for start, end, inside in _stretches(old, spans):
        begin, before = start + moved, moved
        moved += sum(span.growth for span in inside)
        if old[at:start] != new[at + before : begin] or not (
            _is_seam(new, begin) and _is_seam(new, end + moved)
        ):
            raise NotRewritten(BESIDE)
        inside = [Span(span.start - start, span.end - start, span.new) for span in inside]
        gained += _gained(old[start:end], new[begin : end + moved], inside, carried)
        at = end
    if old[at:] != new[at + moved :]:
        raise NotRewritten(BESIDE)
    if gained != gain:
        count, right = _count(reading.blocks_of(new)), _count(reading.blocks_of(old)) + gain
        entries = counted(count, "entry", "entries")
        raise NotRewritten(f"The journal would have {entries} instead of {right}.")


def _stretches(old: bytes, spans: Iterable[Span]) -> list[Stretch]:
    """The stretches of old bytes that have to be read again, each with the changes in it.

    An untouched entry with an id is an entry whatever is beside it. So bytes between two of these don't depend on any
    others.
    """
    starts = [*headers(old), len(old)]
    last = len(starts) - 1
    stretches: list[Stretch] = []

    @cache
    def is_certain(number: int) -> bool:
        start = starts[number]
        return Piece(start, old[start : starts[number + 1]]).stands_alone

    for span in spans:
        known = stretches[-1].end if stretches else 0
        if not stretches or span.end > known:
            left, right = bisect_right(starts, span.start) - 2, bisect_left(starts, span.end)
            while left >= 0 and starts[left + 1] > known and not is_certain(left):
                left -= 1
            while right < last and not is_certain(right):
                right += 1
            start = starts[left + 1] if left >= 0 else 0
            if stretches and start <= known:
                stretches[-1] = stretches[-1]._replace(end=starts[right])
            else:
                stretches.append(Stretch(start, starts[right], []))
        stretches[-1].spans.append(span)
    return stretches


def _is_seam(data: bytes, at: int) -> bool:
    """Return whether an entry begins here, or the journal begins or ends."""
    if at in (0, len(data)):
        return True
    line = data[at : data.find(b"\n", at) + 1 or len(data)]
    return data[at - 1 : at] == b"\n" and headers(line) == [0]


def _gained(old: bytes, new: bytes, spans: Sequence[Span], carried: Collection[bytes]) -> int:
    """How many entries the changes add to these bytes. Raises NotRewritten."""
    before, after = reading.blocks_of(old), reading.blocks_of(new)
    untouched = _untouched(before, spans)
    for one in after:
        same = untouched.pop(one.start, None)
        if same is None and one.error and one.data.strip() not in carried:
            raise NotRewritten(f"The new part couldn't be read back. {one.error.sentence}")
        if same is not None and (same.data, same.entry) != (one.data, one.entry):
            raise NotRewritten(BESIDE)
    if untouched:
        raise NotRewritten(BESIDE)
    return _count(after) - _count(before)


def _untouched(blocks: Iterable[Block], spans: Iterable[Span]) -> dict[int, Block]:
    """The blocks that no change touches, by the offset of each after the changes."""
    same, moved, ahead = {}, 0, deque(spans)
    for one in blocks:
        while ahead and ahead[0].end <= one.start:
            moved += ahead.popleft().growth
        if not ahead or ahead[0].start >= one.end:
            same[one.start + moved] = one
    return same


def _count(blocks: Iterable[Block]) -> int:
    return sum(one.entry is not None for one in blocks)

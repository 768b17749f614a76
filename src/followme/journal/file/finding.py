"""Finding blocks by a text that they have, or by their day, without cutting the rest of the journal into pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

from followme.journal.file.blocks import Block, Piece, headers
from followme.journal.file.reading import opened

CHUNK = 1 << 14

ZONES = timedelta(days=2)
"""Entries whose days are further apart are in the same order by their moments, whatever their zones."""

MOST = 100
"""From this many entries on, reading the whole journal is as quick."""

_DAY = re.compile(rb"\n[ \t]*[\"']?date[\"']?[ \t]*=[ \t]*(\d{4}-\d\d-\d\d)")
"""The day of an entry, however its key is written."""


def blocks_with(path: Path, *texts: str) -> tuple[Block, ...] | None:
    """Return the entries with one of these texts, in lower case, in their bytes, in file order; case doesn't count.

    None if that isn't certain without reading all blocks, or they are many. Raises CannotOpen and NotText.
    """
    data, sought = _bytes(path), [text.encode(errors="replace") for text in texts]
    folded = data.lower()
    if not all(sought) or not all(text.isascii() for text in texts) or _may_hide(folded):
        return None
    found: dict[int, Block] = {}
    places = chain.from_iterable(_places(folded, text) for text in sought)
    return _in_order(found) if _put(found, data, places) else None


def latest_blocks(path: Path, are_enough: Callable[[Sequence[Block]], bool]) -> tuple[Block, ...] | None:
    """Return the entries of the latest days, in file order: of as many days as are enough, and of ZONES before.

    So the latest by their moments are among them, wherever in the file they are. None as `blocks_with`.
    """
    data, found, until = _bytes(path), dict[int, Block](), b""
    if _may_hide(data):
        return None
    days = sorted(((each[1], each.start() + 1) for each in _DAY.finditer(data)), reverse=True)
    for day, group in groupby(days, key=itemgetter(0)):
        if day < until:
            break
        if not _put(found, data, (at for _, at in group)):
            return None
        if not until and are_enough(_in_order(found)):
            until = _before(day)
    return _in_order(found)


def _bytes(path: Path) -> bytes:
    with opened(path) as file:
        if file is None:
            return b""
        file.seek(0)
        return file.read()


def _may_hide(data: bytes) -> bool:
    """Whether there's an escape that may hide a letter."""
    return b"\\u" in data or b"\\U" in data


def _before(day: bytes) -> bytes:
    """The earliest day with entries that may still be later than one of this day; b"" if this isn't a day."""
    try:
        return str(date.fromisoformat(day.decode()) - ZONES).encode()
    except (ValueError, OverflowError):
        return b""


def _places(data: bytes, text: bytes) -> Iterator[int]:
    at = data.find(text)
    while at >= 0:
        yield at
        at = data.find(text, at + 1)


def _put(found: dict[int, Block], data: bytes, places: Iterable[int]) -> bool:
    """Add the entries around these offsets; return False if a place isn't certainly in one, or they are many."""
    start = end = 0
    for at in places:
        if start <= at < end:
            continue
        piece = _piece_at(data, at)
        if piece is None or not piece.stands_alone or piece.block.entry is None or len(found) >= MOST:
            return False
        found[piece.start] = piece.block
        start, end = piece.start, piece.block.end
    return True


def _in_order(found: Mapping[int, Block]) -> tuple[Block, ...]:
    return tuple(found[start] for start in sorted(found))


def _piece_at(data: bytes, at: int) -> Piece | None:
    """The piece around an offset, from its usual header to the next header; None if it isn't between two of these."""
    start = data.rfind(b"\n[[entry]]", 0, at) + 1
    if not start:
        return None
    stop = start
    while stop < len(data):
        # Whole lines, since a header that is cut isn't one.
        stop = data.find(b"\n", max(at, 2 * stop - start + CHUNK)) + 1 or len(data)
        starts = headers(data[start:stop])
        if len(starts) > 1:
            break
    is_inside = starts[:1] == [0] and (len(starts) == 1 or start + starts[1] > at)
    return Piece(start, data[start : start + starts[1] if len(starts) > 1 else stop]) if is_inside else None

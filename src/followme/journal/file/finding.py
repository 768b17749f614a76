"""Finding the blocks that have a text in them, without cutting the rest of the journal into pieces."""

from __future__ import annotations

from pathlib import Path

from followme.journal.file.blocks import Block, Piece, headers
from followme.journal.file.reading import opened

CHUNK = 1 << 14

_ESCAPED = b"\\u"
"""An escape that may hide a letter, in lower case."""


def blocks_with(path: Path, text: str) -> tuple[Block, ...] | None:
    """Return the entries that have this text, in lower case, in their bytes, in file order, whatever its case there.

    None if that isn't certain without reading all blocks. Raises CannotOpen and NotText.
    """
    with opened(path) as file:
        if file is None:
            return ()
        file.seek(0)
        data = file.read()
    folded, sought = data.lower(), text.encode(errors="replace")
    if not sought or not text.isascii() or _ESCAPED in folded:
        return None
    found: list[Block] = []
    at = folded.find(sought)
    while at >= 0:
        piece = _piece_at(data, at)
        if piece is None or not piece.stands_alone or piece.block.entry is None:
            return None
        found.append(piece.block)
        at = folded.find(sought, piece.block.end)
    return tuple(found)


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

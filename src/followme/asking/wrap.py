"""Breaks lines of text between words, and moves a cursor up and down in them; widths are terminal columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from followme.frozen import frozen


@frozen
class Wrapped:
    """How a line is shown: for each character, the blanks inserted before it, and whether it is hidden.

    A blank at the end of a row is hidden, so that the next row begins with a word.
    """

    pads: dict[int, int]
    hidden: frozenset[int]

    def places(self, length: int) -> list[int]:
        """Return the position of each character in a line of this length, and last the position of its end."""
        positions, position = [], 0
        for at in range(length):
            position += self.pads.get(at, 0)
            positions.append(position)
            position += at not in self.hidden
        return [*positions, position]


def wrap(text: str, columns: int, width_of: Callable[[str], int]) -> Wrapped:
    """Break a line at blanks into rows of `columns` columns; a word longer than a row is cut at the end of the row."""
    pads: dict[int, int] = {}
    hidden: set[int] = set()
    column = 0
    for at, word in _words(text):
        width = sum(map(width_of, word))
        left = -column % columns
        if word == " " and not left and column:
            hidden.add(at)
        elif word != " " and left < width <= columns:
            column += _pad(pads, at, left) + width
        else:
            column = _cut(pads, at, word, column, columns, width_of)
    return Wrapped(pads, frozenset(hidden))


def cells(text: str, columns: int, width_of: Callable[[str], int]) -> list[tuple[int, int]]:
    """Return the row and column of a cursor before each character of a text, and after the last one."""
    cursors: list[tuple[int, int]] = []
    first = 0
    for line in text.split("\n"):
        wrapped, column = wrap(line, columns, width_of), 0
        for at, sign in enumerate(line):
            column += wrapped.pads.get(at, 0)
            cursors.append((first + column // columns, column % columns))
            column += 0 if at in wrapped.hidden else width_of(sign)
        cursors.append((first + column // columns, column % columns))
        first = cursors[-1][0] + 1
    return cursors


def row_ends(line: str, columns: int, width_of: Callable[[str], int]) -> list[tuple[int, int]]:
    """Return the first and the last position of a cursor in each row of a line.

    The last one is before the blanks that end a row early; in a row that is full, it is after the last character.
    """
    cursors = cells(line, columns, width_of)
    starts = [at for at, (row, _) in enumerate(cursors) if not at or row > cursors[at - 1][0]]
    if len(starts) > 1 and starts[-1] == len(line):
        # The last row is full, so there is nothing after it but the cursor.
        starts.pop()
    lasts = [at - 1 if line[at - 1] == " " else at for at in starts[1:]]
    firsts = [at + 1 if line[at : at + 1] == " " and cursors[at] == cursors[at + 1] else at for at in starts]
    return list(zip(firsts, [*lasts, len(line)], strict=True))


def rows(text: str, columns: int, width_of: Callable[[str], int]) -> list[str]:
    """Return the rows that a text is shown in, without blanks at their ends."""
    lines = text.split("\n")
    return [
        line[first:last].rstrip(" ") for line in lines for first, last in row_ends(line, columns, width_of)
    ]


def row_off(
    text: str, cursor: int, by: int, columns: int, width_of: Callable[[str], int], wish: int | None = None
) -> tuple[int, int]:
    """Return the new position of a cursor that goes down some rows (up if negative), and the column it wants to keep.

    `wish` is the column it wanted before, if a shorter row made it stop earlier. It stays within the first and the
    last row.
    """
    cursors = cells(text, columns, width_of)
    row, column = cursors[cursor]
    column = column if wish is None else wish
    there = [(at_column, at) for at, (at_row, at_column) in enumerate(cursors) if at_row == row + by]
    reachable = [each for each in there if each[0] <= column]
    return max(reachable)[1] if reachable else cursor, column


def _words(text: str) -> Iterator[tuple[int, str]]:
    """The words and single blanks of a line, each with its start."""
    return ((match.start(), match[0]) for match in re.finditer(" |[^ ]+", text))


def _cut(
    pads: dict[int, int], at: int, word: str, column: int, columns: int, width_of: Callable[[str], int]
) -> int:
    """Place a word character by character; a wide one that doesn't fit any more begins the next row."""
    for offset, sign in enumerate(word):
        width, left = width_of(sign), -column % columns
        if left < width <= columns:
            column += _pad(pads, at + offset, left)
        column += width
    return column


def _pad(pads: dict[int, int], at: int, blanks: int) -> int:
    if blanks:
        pads[at] = blanks
    return blanks

"""Where a line of text breaks so that no word is cut; widths are terminal columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrapped:
    """How a line is shown: for each of its characters the blanks put before it, and whether it is hidden.

    A blank at which a row ends is hidden, so that the next row begins with its word.
    """

    pads: dict[int, int]
    hidden: frozenset[int]


def wrap(text: str, columns: int, width_of: Callable[[str], int]) -> Wrapped:
    """Break a line at blanks into rows of so many columns; a word longer than a row is cut at its end."""
    pads: dict[int, int] = {}
    hidden: set[int] = set()
    column, at = 0, 0
    while at < len(text):
        end = _word_end(text, at)
        width = sum(map(width_of, text[at:end]))
        if text[at] == " ":
            if column % columns == 0 and column:
                hidden.add(at)
            else:
                column += 1
        else:
            left = -column % columns
            if left and width > left and width <= columns:
                pads[at] = left
                column += left
            column += width
        at = end
    return Wrapped(pads, frozenset(hidden))


def _word_end(text: str, at: int) -> int:
    if text[at] == " ":
        return at + 1
    end = text.find(" ", at)
    return len(text) if end < 0 else end

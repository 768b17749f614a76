"""Where a line of text breaks so that no word is cut; widths are terminal columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrapped:
    """How a line is shown: for each of its characters the blanks put before it, and whether it is hidden.

    A blank at which a row ends is hidden, so that the next row begins with its word.
    """

    pads: dict[int, int]
    hidden: frozenset[int]

    def places(self, length: int) -> list[int]:
        """Where each character of a line of this length is shown, and last where the line ends."""
        found, place = [], 0
        for at in range(length):
            place += self.pads.get(at, 0)
            found.append(place)
            place += at not in self.hidden
        return [*found, place]


def wrap(text: str, columns: int, width_of: Callable[[str], int]) -> Wrapped:
    """Break a line at blanks into rows of so many columns; a word longer than a row is cut at its end."""
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


def _words(text: str) -> Iterator[tuple[int, str]]:
    """The words and single blanks of a line, with where each begins."""
    return ((found.start(), found[0]) for found in re.finditer(" |[^ ]+", text))


def _cut(
    pads: dict[int, int], at: int, word: str, column: int, columns: int, width_of: Callable[[str], int]
) -> int:
    """Place a word sign by sign; one of two columns that does not fit any more begins the next row."""
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

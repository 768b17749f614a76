"""Numbers with their words, and several items as one phrase."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, one: str, several: str = "") -> str:
    """Return the number with its word: "1 entry", "no entries", "3 entries"."""
    return f"{number or 'no'} {one if number == 1 else several or one + 's'}"


def all_of(items: Sequence[str]) -> str:
    """Return the items as one phrase: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))

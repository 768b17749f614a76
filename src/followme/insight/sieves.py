"""Sieves: what the bytes of a block tell of its entry, so that most blocks need no parsing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

Sieve = Callable[[bytes], bool]
"""Tells whether a block may have what a reader looks for; it never says no to a block that has it."""

_WEEK = re.compile(rb'\nweek = "([^"\n]+)"')
_ODD = re.compile(rb"\\|\"\"\"|'''")
_ESCAPE = re.compile(rb"\\[uUx]")
_USUAL_ID = re.compile(r"[\w-]+", re.ASCII)
_BEFORE_A_SLASH = re.compile(rb"[\"'\n]([\w-]+)/")


class OfWeeks:
    """A sieve for the entries of these weeks, which keeps the first week of all that it was asked about."""

    def __init__(self, weeks: Collection[str]) -> None:
        self._named = {week.encode() for week in weeks}
        self._first = max(self._named, default=b"")

    def __call__(self, data: bytes) -> bool:
        """Return whether a block may be an entry of these weeks."""
        own = data[: data.find(b"\n[[entry.")]
        found = _WEEK.findall(own)
        if len(found) != 1:
            return True
        self._first = min(self._first, found[0])
        return found[0] in self._named or bool(_ODD.search(own))

    @property
    def first(self) -> str:
        """The first week that a block plainly names so far, or else the last of these weeks."""
        return self._first.decode(errors="replace")


def may_tell_of(ids: Collection[str]) -> Sieve:
    """Return a sieve for the entries that say what became of promises in the entries with these ids."""
    made_in = {each.encode() for each in ids}
    usual = all(map(_USUAL_ID.fullmatch, ids))

    def sieve(data: bytes) -> bool:
        if _ESCAPE.search(data):
            return True
        at = data.find(b"outcome")
        return at >= 0 and not (usual and made_in.isdisjoint(_BEFORE_A_SLASH.findall(data[at:])))

    return sieve

"""Whether a promise or an entry is private: by its own mark, or by that of what it came from or is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol

from followme.model import Entry

OPEN, UNSURE, PRIVATE = range(3)
"""Not private; unknown, since an entry that decides it may be among those that couldn't be read; private."""

KNOWN = 1_000
"""How many promises are remembered as private or not: each is looked up twice, in its entry and where it ends."""


class Journal(Protocol):
    """A journal whose entries are read one at a time: in the order of the file or from its end, or by id."""

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries in the order of the file."""

    def __reversed__(self) -> Iterator[Entry]:
        """Yield the entries from the end of the file."""

    def with_id(self, name: str) -> Iterable[Entry]:
        """Return the entries that have this id: one, or none, or several by accident."""

    def about(self, name: str) -> Iterable[Entry]:
        """Return the later words on the entry with this id."""

    @property
    def whole(self) -> bool:
        """Whether all entries could be read so far."""


class Marks:
    """The marks of a journal's promises and entries: OPEN, UNSURE or PRIVATE for each."""

    def __init__(self, journal: Journal):
        self._journal = journal
        self._known = lru_cache(KNOWN)(self._look)

    def of_promise(self, ref: str) -> int:
        """Return whether a promise is private, by its own mark or by that of one it came from."""
        # What was found before some damage may be unsure after it.
        return self._known(ref, self._journal.whole)

    def _look(self, ref: str, _whole: bool) -> int:
        worst, seen, refs = OPEN, {ref}, [ref]
        while refs:
            of, _, number = refs.pop().rpartition("/")
            entries = self._journal.with_id(of)
            made = [(entry, each) for entry in entries for each in entry.promises if each.ref == number]
            if not made and not self._journal.whole:
                worst = UNSURE
            for entry, promise in made:
                if entry.private or promise.private:
                    return PRIVATE
                if promise.origin and promise.origin not in seen:
                    seen.add(promise.origin)
                    refs.append(promise.origin)
        return worst

    def of_entry(self, entry: Entry) -> int:
        """Return what the marks of an entry say, and for a later word those of what it is on."""
        worst, seen, entries = OPEN, set[str](), [entry]
        while entries:
            entry = entries.pop()
            on = list(self._journal.with_id(entry.about_id)) if entry.about else []
            if entry.private or any(
                f"{each.id}/{one.key}" == entry.about for each in on for one in each.answers if one.private
            ):
                return PRIVATE
            if entry.about and not on and not self._journal.whole:
                worst = UNSURE
            seen.add(entry.id)
            entries += [each for each in on if each.id not in seen]
        return worst


def private_promises(entries: Iterable[Entry]) -> frozenset[str]:
    """Return references: of private promises, of those in private entries, and of all that replaced one of them."""
    made = [each for entry in entries for each in entry.made]
    found, more = set[str](), {ref for ref, promise in made if promise.private}
    while more:
        found |= more
        more = {ref for ref, promise in made if promise.origin in more} - found
    return frozenset(found)

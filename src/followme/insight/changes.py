"""The changes that followme made to the journal, and the backups, as `undo --list` shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from followme.frozen import frozen
from followme.insight.wording import all_of, counted

ADDED, CHANGED, DELETED = "added", "changed", "deleted"


@frozen(kw_only=True)
class Made:
    """A change: when it was made, its verb, and the id of each entry with ADDED, CHANGED or DELETED.

    `undone` says whether it was taken back, and `final` whether undo can neither take it back nor go past it.
    """

    time: datetime
    verb: str
    entries: tuple[tuple[str, str], ...] = ()
    undone: bool = False
    final: bool = False

    @property
    def state(self) -> str:
        """What its state is called; "" if it stands and can be taken back."""
        return "taken back" if self.undone else "for good" if self.final else ""

    @property
    def what(self) -> str:
        """What it did, in words: "added 2 entries and changed 1"; "" after a forget, whose record names no entry."""
        if self.final and not self.entries:
            return ""
        counts = [(word, sum(each == word for _, each in self.entries)) for word in (ADDED, CHANGED, DELETED)]
        (first, number), *rest = [(word, count) for word, count in counts if count] or [("changed", 0)]
        parts = [
            f"{first} {counted(number, 'entry', 'entries')}",
            *(f"{word} {count}" for word, count in rest),
        ]
        return all_of(parts)


@frozen(kw_only=True)
class Kept:
    """A backup: its name, its path, when it was made, how many entries it has, and what going back to it would do."""

    name: str
    path: str
    made: datetime
    entries: int
    back: int
    away: int
    changed: int

    @property
    def what(self) -> str:
        """What going back to it would do, in words."""
        counts = (("bring back", self.back), ("remove", self.away), ("change", self.changed))
        parts = [f"{word} {count}" for word, count in counts if count]
        return f"would {all_of(parts)}" if parts else "same entries as now"


@frozen
class History:
    """The changes and the backups, each with the newest first.

    `broken` counts lines of the log that can't be read, and `unread` has a sentence for each backup that can't be.
    """

    changes: Sequence[Made]
    backups: Sequence[Kept]
    broken: int = 0
    unread: Sequence[str] = ()

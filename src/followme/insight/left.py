"""Counts of what left the journal and of what was left out, and both in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Self

from followme.frozen import mutable
from followme.insight.wording import Count, all_counted, counted
from followme.model import Entry


class _Counts:
    """Counts that can be added up."""

    __slots__: tuple[str, ...] = ()

    def add(self, others: Self) -> None:
        """Add the counts of other entries."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(others, name))


@mutable
class Left(_Counts):
    """Counts of what left the journal."""

    entries: int = 0
    answers: int = 0
    promises: int = 0
    outcomes: int = 0

    def count(self, entry: Entry) -> None:
        """Count an entry that leaves, and what it has; a skipped question isn't an answer."""
        self.entries += 1
        self.answers += sum([answer.reply is not None for answer in entry.answers])
        self.promises += len(entry.promises)
        self.outcomes += len(entry.outcomes)

    @property
    def words(self) -> str:
        """What left in words: "2 entries with 7 answers and 1 promise"."""
        parts = (self.answers, "answer"), (self.promises, "promise"), (self.outcomes, "outcome")
        entries = counted(self.entries, "entry", "entries")
        return " with ".join(filter(None, (entries, all_counted(*parts))))


@mutable
class LeftOut(_Counts):
    """Counts of what was left out as private: whole entries, and answers, promises and outcomes of other entries.

    `unsure` counts outcomes of promises whose entry could not be read, `unread` later words on such entries; these
    promises and entries may be private.
    """

    entries: int = 0
    answers: int = 0
    promises: int = 0
    unsure: int = 0
    unread: int = 0

    @property
    def sentence(self) -> str:
        """The sentence to show; "" if nothing was left out."""
        sure = (self.answers, "answer"), (self.promises, "promise"), (self.entries, "entry", "entries")
        unsure = (self.unsure, "promise"), (self.unread, "later word")
        lost = ", because not all entries could be read"
        said = _sentence("marked private", sure), _sentence("may be private and", unsure, lost)
        return " ".join(filter(None, said))


@mutable
class Counts:
    """How many entries were looked at, what of them left the journal, and what was left out."""

    looked_at: int = 0
    left: Left = field(default_factory=Left)
    left_out: LeftOut = field(default_factory=LeftOut)

    def add(self, others: Counts) -> None:
        """Add the counts of other entries."""
        self.looked_at += others.looked_at
        self.left.add(others.left)
        self.left_out.add(others.left_out)


def _sentence(how: str, counts: Sequence[Count], why: str = "") -> str:
    number = sum(each[0] for each in counts)
    verb, them = ("was", "it") if number == 1 else ("were", "them")
    return f"{all_counted(*counts)} {how} {verb} left out{why}; --private includes {them}." if number else ""

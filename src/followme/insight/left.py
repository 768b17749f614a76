"""Counts of what left the journal and of what was left out, and both in words."""

from __future__ import annotations

from dataclasses import dataclass

from followme.insight.wording import all_of, counted
from followme.model import Entry


@dataclass(slots=True)
class Left:
    """Counts of what left the journal."""

    entries: int = 0
    answers: int = 0
    promises: int = 0
    outcomes: int = 0

    def count(self, entry: Entry) -> None:
        """Count an entry that leaves, and what it has; a skipped question isn't an answer."""
        self.entries += 1
        self.answers += sum(answer.reply is not None for answer in entry.answers)
        self.promises += len(entry.promises)
        self.outcomes += len(entry.outcomes)

    @property
    def words(self) -> str:
        """What left in words: "2 entries with 7 answers and 1 promise"."""
        words = (("answer", "answers"), ("promise", "promises"), ("outcome", "outcomes"))
        numbers = (self.answers, self.promises, self.outcomes)
        parts = [counted(number, *word) for number, word in zip(numbers, words, strict=True) if number]
        return " with ".join(filter(None, (counted(self.entries, "entry", "entries"), all_of(parts))))


@dataclass(slots=True)
class LeftOut:
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
        words = (("answer", "answers"), ("promise", "promises"), ("entry", "entries"))
        numbers = (self.answers, self.promises, self.entries)
        said = [counted(number, *word) for number, word in zip(numbers, words, strict=True) if number]
        verb, them = ("was", "it") if sum(numbers) == 1 else ("were", "them")
        marked = f"{all_of(said)} marked private {verb} left out; --private includes {them}." if said else ""
        lost = (
            (counted(self.unsure, "promise"), self.unsure),
            (counted(self.unread, "later word"), self.unread),
        )
        verb, them = ("was", "it") if self.unsure + self.unread == 1 else ("were", "them")
        unsure = (
            f"{all_of([words for words, number in lost if number])} may be private and {verb} left out, because "
            f"not all entries could be read; --private includes {them}."
        )
        return " ".join(filter(None, (marked, unsure if self.unsure or self.unread else "")))

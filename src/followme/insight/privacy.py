"""What may leave the journal: entries without all that is marked private, and a count of what stayed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from followme.insight.wording import all_of, counted
from followme.model import Entry


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was left out as private: whole entries, and of other entries answers and what became of promises."""

    entries: int = 0
    answers: int = 0
    promises: int = 0

    @property
    def sentence(self) -> str:
        """What to tell the person; empty when nothing was left out."""
        words = (("answer", "answers"), ("promise", "promises"), ("entry", "entries"))
        numbers = (self.answers, self.promises, self.entries)
        said = [counted(number, *word) for number, word in zip(numbers, words, strict=True) if number]
        if not said:
            return ""
        verb, them = ("was", "it") if sum(numbers) == 1 else ("were", "them")
        return f"{all_of(said)} marked private {verb} left out; --private includes {them}."


@dataclass(frozen=True, slots=True)
class Shared:
    """Entries as they may leave the journal, in its order, and what was left out; `shared` alone makes one."""

    entries: tuple[Entry, ...]
    left_out: LeftOut = LeftOut()


def shared(chosen: Iterable[Entry], journal: Iterable[Entry], *, private: bool = False) -> Shared:
    """Return the chosen entries as they may leave the journal; `private` lets all of them go as they are.

    Private entries, answers and promises stay, and with a promise all that became of it, wherever that is noted and
    whether or not its own entry is among the chosen: `journal` has all entries. An entry that has nothing left stays
    too, so that not even its day is told.
    """
    entries = tuple(chosen)
    if private:
        return Shared(entries)
    hidden = private_promises(journal)
    told = [(entry, _shown(entry, hidden)) for entry in entries if not entry.private]
    kept = tuple(
        shown for entry, shown in told if shown == entry or shown.answers or shown.promises or shown.outcomes
    )
    return Shared(kept, _left_out(len(entries) - len(told), told))


def private_promises(entries: Iterable[Entry]) -> frozenset[str]:
    """The references of private promises, of those of private entries, and of all that later took their place."""
    made = [(entry.private, ref, promise) for entry in entries for ref, promise in entry.made]
    more = {ref for private, ref, promise in made if private or promise.private}
    found: set[str] = set()
    # What took a place may stand anywhere in the file.
    while more:
        found |= more
        more = {ref for _, ref, promise in made if promise.origin in more} - found
    return frozenset(found)


def _shown(entry: Entry, hidden: Collection[str]) -> Entry:
    return replace(
        entry,
        answers=tuple(answer for answer in entry.answers if not answer.private),
        promises=tuple(promise for ref, promise in entry.made if ref not in hidden),
        outcomes=tuple(outcome for outcome in entry.outcomes if outcome.promise not in hidden),
    )


def _left_out(entries: int, told: Iterable[tuple[Entry, Entry]]) -> LeftOut:
    """What was left out: so many entries, and of each of the others what it has no more."""
    answers = promises = 0
    for entry, shown in told:
        answers += len(entry.answers) - len(shown.answers)
        promises += len(entry.promises) - len(shown.promises) + len(entry.outcomes) - len(shown.outcomes)
    return LeftOut(entries, answers, promises)

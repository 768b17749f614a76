"""What may leave the journal: entries without all that is marked private, and a count of what stayed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
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


def private_promises(entries: Iterable[Entry]) -> frozenset[str]:
    """The references of promises made in private entries, and of those that later took their place."""
    found: set[str] = set()
    for entry in entries:
        found |= {ref for ref, promise in entry.made if entry.private or promise.origin in found}
    return frozenset(found)


def public(
    entries: Sequence[Entry], hidden: Collection[str] = frozenset()
) -> tuple[tuple[Entry, ...], LeftOut]:
    """Return the entries without private entries and private answers, and how many these were.

    Other promises and outcomes of an entry stay, because the mark is on its answers; those of a private entry's
    promises go, wherever they are noted. `hidden` names such promises of entries that are not among these. An
    entry that has nothing left is left out too, so that not even the day of that sitting is told.
    """
    hidden = private_promises(entries) | set(hidden)
    told = [(entry, _shown(entry, hidden)) for entry in entries if not entry.private]
    kept = tuple(
        shown for entry, shown in told if shown == entry or shown.answers or shown.promises or shown.outcomes
    )
    return kept, LeftOut(
        entries=len(entries) - len(told),
        answers=sum(len(entry.answers) - len(shown.answers) for entry, shown in told),
        promises=sum(len(entry.promises) - len(shown.promises) for entry, shown in told)
        + sum(len(entry.outcomes) - len(shown.outcomes) for entry, shown in told),
    )


def _shown(entry: Entry, hidden: Collection[str]) -> Entry:
    return replace(
        entry,
        answers=tuple(answer for answer in entry.answers if not answer.private),
        promises=tuple(promise for ref, promise in entry.made if ref not in hidden),
        outcomes=tuple(outcome for outcome in entry.outcomes if outcome.promise not in hidden),
    )

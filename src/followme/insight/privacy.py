"""What may leave the journal: entries without all that is marked private, and a count of what stayed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from followme.model import Entry, Outcome


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was left out as private: whole entries, and of other entries answers and what became of promises."""

    entries: int = 0
    answers: int = 0
    promises: int = 0

    @property
    def sentence(self) -> str:
        """What to tell the person; empty when nothing was left out."""
        counts = [
            _counted(self.answers, "answer"),
            _counted(self.promises, "promise"),
            _counted(self.entries, "entry", "entries"),
        ]
        said = [count for count in counts if count]
        if not said:
            return ""
        listed = " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)
        verb, them = ("was", "it") if self.entries + self.answers + self.promises == 1 else ("were", "them")
        return f"{listed} marked private {verb} left out; --private includes {them}."


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
    kept, left_out = [], LeftOut()
    for entry in entries:
        if entry.private:
            left_out = replace(left_out, entries=left_out.entries + 1)
            continue
        shown = _shown(entry, hidden)
        left_out = replace(
            left_out,
            answers=left_out.answers + len(entry.answers) - len(shown.answers),
            promises=left_out.promises + _ways(entry) - _ways(shown),
        )
        if shown == entry or shown.answers or _ways(shown):
            kept.append(shown)
    return tuple(kept), left_out


def _shown(entry: Entry, hidden: Collection[str]) -> Entry:
    def stays(outcome: Outcome) -> bool:
        return outcome.promise not in hidden

    return replace(
        entry,
        answers=tuple(answer for answer in entry.answers if not answer.private),
        promises=tuple(promise for ref, promise in entry.made if ref not in hidden),
        outcomes=tuple(filter(stays, entry.outcomes)),
    )


def _ways(entry: Entry) -> int:
    """How many promises it makes or ends."""
    return len(entry.promises) + len(entry.outcomes)


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or f'{one}s'}" if count else ""

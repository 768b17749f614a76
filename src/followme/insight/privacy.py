"""What may leave the journal: entries without all that is marked private, and a count of what stayed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from followme.model import Entry


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many whole entries, and how many answers of other entries, were left out as private."""

    entries: int = 0
    answers: int = 0

    @property
    def sentence(self) -> str:
        """What to tell the person; empty when nothing was left out."""
        counts = (_counted(self.answers, "answer"), _counted(self.entries, "entry", "entries"))
        if not any(counts):
            return ""
        verb, them = ("was", "it") if self.entries + self.answers == 1 else ("were", "them")
        return (
            f"{' and '.join(filter(None, counts))} marked private {verb} left out; --private includes {them}."
        )


def public(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], LeftOut]:
    """Return the entries without private entries and private answers, and how many these were.

    The promises and outcomes of an entry stay, because the mark is on its answers. An entry that had nothing but
    private answers is left out too, so that not even the day of that sitting is told.
    """
    kept, hidden_entries, hidden_answers = [], 0, 0
    for entry in entries:
        if entry.private:
            hidden_entries += 1
            continue
        answers = tuple(answer for answer in entry.answers if not answer.private)
        hidden_answers += len(entry.answers) - len(answers)
        if answers or entry.promises or entry.outcomes or not entry.answers:
            kept.append(replace(entry, answers=answers))
    return tuple(kept), LeftOut(hidden_entries, hidden_answers)


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or f'{one}s'}" if count else ""

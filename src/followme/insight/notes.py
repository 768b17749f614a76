"""Notes: lines captured between sittings, shown at the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from followme.frozen import frozen
from followme.insight.weeks import Dated
from followme.model import Entry


@frozen
class Note:
    """A captured line and its day."""

    day: date
    text: str


def notes_since_last(past: Sequence[Entry]) -> tuple[Note, ...]:
    """The notes captured after the latest sitting, oldest first; entries come oldest first."""
    notes: list[Note] = []
    for entry in past:
        if entry.is_captured:
            notes += [Note(entry.day, str(answer.reply)) for answer in entry.answers if answer.reply]
        elif entry.is_sitting:
            notes.clear()
    return tuple(notes)


def count_since_last(entries: Sequence[Dated]) -> int:
    """How many entries with notes stand after the latest sitting; entries come oldest first."""
    newest = takewhile(lambda entry: not entry.is_sitting, reversed(entries))
    return sum(entry.is_captured for entry in newest)

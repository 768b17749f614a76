"""Notes: lines captured between sittings, shown at the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from followme.model import NOTE, RESERVED_SETS, Answer, Entry

KEY = "note"
QUESTION = "Note"


@dataclass(frozen=True, slots=True)
class Note:
    """A captured line and its day."""

    day: date
    text: str


def note_answer(text: str) -> Answer:
    """The answer that holds a captured line."""
    return Answer(key=KEY, kind="text" if "\n" in text else "line", question=QUESTION, reply=text)


def notes_since_last(past: Sequence[Entry]) -> tuple[Note, ...]:
    """The notes captured after the latest sitting, oldest first; entries come oldest first."""
    found: list[Note] = []
    for entry in past:
        if entry.set == NOTE:
            found += [Note(entry.date.date(), str(answer.reply)) for answer in entry.answers if answer.reply]
        elif entry.set not in RESERVED_SETS:
            found.clear()
    return tuple(found)

"""What became of promises: which are open, and which are due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from followme.model import Entry, Promise


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise without an ending yet: its full reference, itself, the week it was made in, its returns.

    `returns` counts how often it came back as "not-yet".
    """

    ref: str
    promise: Promise
    week: str
    returns: int = 0

    def is_due(self, today: date) -> bool:
        """Whether the next sitting should ask about it: its day has come, or it has none."""
        return self.promise.by is None or self.promise.by <= today


def open_promises(entries: Iterable[Entry]) -> tuple[OpenPromise, ...]:
    """The promises that no outcome has closed, oldest first; entries come oldest first."""
    found: dict[str, OpenPromise] = {}
    for entry in entries:
        for outcome in entry.outcomes:
            before = found.pop(outcome.promise, None)
            if before and outcome.result == "not-yet":
                found[outcome.promise] = OpenPromise(
                    before.ref, before.promise, before.week, before.returns + 1
                )
        for promise in entry.promises:
            ref = f"{entry.id}/{promise.ref}"
            found[ref] = OpenPromise(ref, promise, entry.week)
    return tuple(sorted(found.values(), key=lambda each: each.ref))

"""What became of promises: which are open, and which are due."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from followme.model import Entry, Promise

_WHEN = re.compile(r"when\s+(?=\S)", re.IGNORECASE)
"""The word with which an occasion may have been typed, since the question before it shows "When"."""


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


def promise_words(promise: Promise) -> str:
    """A promise in one line, in the writer's own words: when, what, to whom, by when."""
    if promise.kind == "ask":
        return f"Ask {promise.to}: {promise.text}" if promise.to else f"Ask: {promise.text}"
    typed = _WHEN.match(promise.occasion)
    occasion = promise.occasion[typed.end() :] if typed else promise.occasion
    said = f"When {occasion}, I will: {promise.text}" if occasion else f"I will: {promise.text}"
    extra = [f"to {promise.to}" if promise.to else "", f"by {promise.by}" if promise.by else ""]
    noted = ", ".join(filter(None, extra))
    return f"{said} ({noted})" if noted else said


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

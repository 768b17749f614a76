"""The ledger of promises: each promise with its ending or its state, and how many due promises were kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from followme.insight.book import Standing, book
from followme.insight.people import names
from followme.model import Entry, Outcome, Promise

OPEN, DUE, CLOSED = "open", "due", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One promise: its full reference, the week it was made, and what became of it so far.

    `state` is OPEN, DUE or CLOSED; `outcomes` has every outcome noted, the latest last.
    """

    ref: str
    promise: Promise
    week: str
    state: str
    outcomes: tuple[Outcome, ...] = ()

    @property
    def result(self) -> str:
        """How it ended; "" if it has not."""
        return self.outcomes[-1].result if self.state == CLOSED else ""

    @property
    def said(self) -> bool:
        """Whether someone else knows about it: the person to ask, the one who took it on, or someone who was told."""
        return self.promise.kind == "ask" or bool(self.promise.who or self.promise.told)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises were closed, and how many of these were kept or partly kept."""

    whole: int
    partly: int
    due: int


def ledger(entries: Iterable[Entry], today: date) -> tuple[Row, ...]:
    """Return every promise of these entries, oldest first, with what became of it.

    A promise without a day is due at the next sitting.
    """
    return tuple(
        Row(
            ref=each.ref,
            promise=each.promise,
            week=each.week,
            state=_state(each, today),
            outcomes=each.outcomes,
        )
        for each in book(entries)
    )


def kept(rows: Iterable[Row]) -> Kept:
    """The rate of promises kept, without those that someone took on, that are no longer needed, or were replaced."""
    ended = ("kept", "partly", "not-kept")
    results = [row.result for row in rows if row.result in ended and not row.promise.who]
    return Kept(results.count("kept"), results.count("partly"), len(results))


def of_person(rows: Iterable[Row], name: str) -> tuple[Row, ...]:
    """The promises made to a person or handed on to them, and the questions for them."""
    return tuple(row for row in rows if names(row.promise, name))


def named(rows: Sequence[Row], words: str) -> tuple[Row, ...]:
    """The promises that these words name: a full reference, its end (`k7q2m/p1`), or the entry's last five letters."""
    exact = tuple(row for row in rows if row.ref == words)
    ends = tuple(
        row for row in rows if row.ref.endswith((f"-{words}", f"/{words}")) or f"-{words}/" in row.ref
    )
    return exact or ends


def _state(standing: Standing, today: date) -> str:
    if not standing.is_open:
        return CLOSED
    by = standing.promise.by
    return DUE if by is None or by <= today else OPEN

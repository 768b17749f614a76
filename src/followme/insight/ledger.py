"""The ledger of promises: each with its ending or its state, and how many of those that were due were kept."""

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
    """One promise: its full reference, the week it was made in, and what became of it so far.

    `state` is OPEN, DUE or CLOSED; `outcomes` are all that were noted, the latest last.
    """

    ref: str
    promise: Promise
    week: str
    state: str
    outcomes: tuple[Outcome, ...] = ()

    @property
    def result(self) -> str:
        """How it ended, "" as long as it has not."""
        return self.outcomes[-1].result if self.state == CLOSED else ""

    @property
    def said(self) -> bool:
        """Whether someone knows of it: who is asked, who took it on, or who was told; else it is an intention."""
        return self.promise.kind == "ask" or bool(self.promise.who or self.promise.told)


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the promises that were due and are closed, how many were kept whole and how many partly."""

    whole: int
    partly: int
    due: int


def ledger(entries: Iterable[Entry], today: date) -> tuple[Row, ...]:
    """Every promise of these entries, oldest first, with what became of it.

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
    """The rate: only one's own promises that ended count, and neither those no longer needed nor those replaced."""
    ended = ("kept", "partly", "not-kept")
    results = [row.result for row in rows if row.result in ended and not row.promise.who]
    return Kept(results.count("kept"), results.count("partly"), len(results))


def of_person(rows: Iterable[Row], name: str) -> tuple[Row, ...]:
    """The promises made to a person or handed on to them, and the questions taken to them."""
    return tuple(row for row in rows if names(row.promise, name))


def named(rows: Sequence[Row], words: str) -> tuple[Row, ...]:
    """The promises meant by a full reference, by its end (`k7q2m/p1`), or by the entry's last five letters."""
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

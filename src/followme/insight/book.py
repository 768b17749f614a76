"""The book of promises: each one with all that entries say became of it, in whatever order they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter

from followme.model import Entry, Outcome, Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A promise as it stands: its full reference, itself, the week and the day it was made in.

    `outcomes` are all that were noted, the latest by date last; that one counts.
    """

    ref: str
    promise: Promise
    week: str
    made: date
    outcomes: tuple[Outcome, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it has no ending yet."""
        return not self.outcomes or leaves_open(self.promise, self.outcomes[-1])

    @property
    def ended_before(self) -> bool:
        """Whether something was noted although it had an ending already, as on two computers."""
        return not all(leaves_open(self.promise, each) for each in self.outcomes[:-1])


def book(entries: Iterable[Entry]) -> tuple[Standing, ...]:
    """Every promise of these entries, oldest first; an outcome may stand before its promise, or long after it."""
    entries = tuple(entries)
    noted = _outcomes(entries)
    found = {}
    for entry in entries:
        made = entry.date.date()
        for ref, promise in entry.made:
            # Two entries can have one id, or none: then each promise with words of its own is kept.
            found[ref, promise.text] = Standing(
                ref=ref, promise=promise, week=entry.week, made=made, outcomes=noted.get(ref, ())
            )
    return tuple(sorted(found.values(), key=lambda each: (each.made, each.ref.rpartition("/")[0])))


def leaves_open(promise: Promise, outcome: Outcome) -> bool:
    """Whether the promise waits on: it is not yet time, or a question was asked and something follows from it."""
    return outcome.result == "not-yet" or (promise.kind == "ask" and outcome.result == "partly")


def _outcomes(entries: Iterable[Entry]) -> dict[str, tuple[Outcome, ...]]:
    """The outcomes of each promise by its reference, in the order of the dates of their entries."""
    noted: dict[str, list[tuple[datetime, Outcome]]] = {}
    for entry in entries:
        for outcome in entry.outcomes:
            noted.setdefault(outcome.promise, []).append((_comparable(entry.date), outcome))
    return {
        ref: tuple(outcome for _, outcome in sorted(found, key=itemgetter(0))) for ref, found in noted.items()
    }


def _comparable(moment: datetime) -> datetime:
    """The moment with an offset, which a date typed by hand may lack."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

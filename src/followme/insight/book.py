"""The book of promises: each promise with everything that entries say became of it, in any order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from followme.frozen import frozen
from followme.model import Entry, Outcome, Promise


@frozen(kw_only=True)
class Standing:
    """A promise with its full reference, the week and the day it was made, and what became of it.

    `outcomes` has every outcome noted, the latest by date last, and `days` the day of each; the latest one counts.
    `noted` is its day, or else the day the promise was made.
    """

    ref: str
    promise: Promise
    week: str
    made: date
    noted: date
    outcomes: tuple[Outcome, ...] = ()
    days: tuple[date, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it has no ending yet."""
        return not self.outcomes or not closes(self.promise.kind, self.outcomes[-1].result)

    @property
    def ended_before(self) -> bool:
        """Whether an outcome was noted after the promise had already ended, as can happen on two computers."""
        return any(closes(self.promise.kind, each.result) for each in self.outcomes[:-1])


def promises_of(entries: Iterable[Entry]) -> dict[str, Promise]:
    """Return every promise made in these entries by its full reference; an entry without an id has none."""
    return {ref: promise for entry in entries if entry.id for ref, promise in entry.made}


def endings_of(entries: Iterable[Entry]) -> dict[str, tuple[Entry, Outcome]]:
    """Return the latest word on each promise by its full reference, with the entry that says it."""
    noted = _outcomes(entry for entry in entries if not entry.conflict)
    return {ref: max(told, key=lambda each: each[0].moment) for ref, told in noted.items()}


def book(entries: Iterable[Entry], *, closed: bool = True) -> tuple[Standing, ...]:
    """Return every promise of these entries, oldest first, or only the open ones if `closed` is False.

    An outcome may stand before its promise, or long after it. What a merge kept as another version doesn't count.
    """
    entries = tuple(entry for entry in entries if not entry.conflict)
    noted = _outcomes(entries)
    promises = {}
    for entry in entries:
        for ref, promise in entry.made:
            told = sorted(noted.get(ref, ()), key=lambda each: each[0].moment)
            outcomes = tuple(outcome for _, outcome in told)
            if closed or not outcomes or not closes(promise.kind, outcomes[-1].result):
                # Two entries can share an id, or have none: each promise with different words is kept.
                promises[ref, promise.text] = Standing(
                    ref=ref,
                    promise=promise,
                    week=entry.week,
                    made=entry.day,
                    noted=told[-1][0].day if told else entry.day,
                    outcomes=outcomes,
                    days=tuple(entry.day for entry, _ in told),
                )
    return tuple(sorted(promises.values(), key=lambda each: (each.made, each.ref.rpartition("/")[0])))


def heard_of(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the full reference of everything done in part: of a question, its answer was heard, to do something."""
    told = (outcome for entry in entries if not entry.conflict for outcome in entry.outcomes)
    return frozenset(outcome.promise for outcome in told if outcome.result == "partly")


def closes(kind: str, result: str) -> bool:
    """Whether this result ends a promise of this kind. A question that was asked can still lead to something to do."""
    return result != "not-yet" and not (kind == "ask" and result == "partly")


def is_rated(kind: str, *, handed_off: bool) -> bool:
    """Whether a promise of this kind counts in the rate; a question doesn't, nor does one that someone took on."""
    return kind == "do" and not handed_off


def _outcomes(entries: Iterable[Entry]) -> dict[str, list[tuple[Entry, Outcome]]]:
    """The outcomes of each promise by its reference, with the entries that say so."""
    noted: dict[str, list[tuple[Entry, Outcome]]] = {}
    for entry in entries:
        for outcome in entry.outcomes:
            noted.setdefault(outcome.promise, []).append((entry, outcome))
    return noted

"""The neighbors of an entry: the reflections before and after it, and the shortest words that name each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any

from followme.dates import Interval
from followme.frozen import frozen
from followme.model import Entry


@frozen
class Neighbor:
    """An entry by its week, and the last five letters of its id, or all of it where another entry has the same."""

    week: str
    ref: str


def neighbors(
    entries: Iterable[Entry], shown: Collection[Entry], of_set: str | None = None
) -> tuple[Neighbor | None, Neighbor | None]:
    """Return the reflections before and after the shown entries by date, None where there's none.

    With `of_set`, they are entries of that set. The other version of an entry that a merge kept isn't a neighbor,
    and neither is an entry without an id, since no words name it.
    """
    places = [_order(each) for each in shown]
    return _beside(entries, of_set, _order, min(places), max(places))


def around(
    entries: Iterable[Entry], when: str | Interval, of_set: str | None = None
) -> tuple[Neighbor | None, Neighbor | None]:
    """Return, in the same way, the nearest reflections before and after: for other weeks, or on other days."""
    if isinstance(when, str):
        return _beside(entries, of_set, attrgetter("week"), when, when)
    return _beside(entries, of_set, attrgetter("day"), when.first, when.last)


def _beside(
    entries: Iterable[Entry], of_set: str | None, place: Callable[[Entry], Any], first: object, last: object
) -> tuple[Neighbor | None, Neighbor | None]:
    """The last entry whose place is before the first one, and the first whose place is after the last one."""
    named = [each for each in entries if each.id]
    tails = Counter(map(_tail, named))
    fitting = [
        each for each in named if (each.set == of_set if of_set else each.is_reflection) and not each.conflict
    ]

    def order(entry: Entry) -> tuple[Any, ...]:
        return place(entry), _order(entry)

    before = max((each for each in fitting if place(each) < first), key=order, default=None)
    after = min((each for each in fitting if place(each) > last), key=order, default=None)
    return _neighbor(before, tails), _neighbor(after, tails)


def _neighbor(entry: Entry | None, tails: Counter[str]) -> Neighbor | None:
    if entry is None:
        return None
    tail = _tail(entry)
    return Neighbor(entry.week, tail if len(tail) == 5 and tails[tail] == 1 else entry.id)


def _tail(entry: Entry) -> str:
    return entry.id.rpartition("-")[2].casefold()


def _order(entry: Entry) -> tuple[datetime, str]:
    return entry.moment, entry.id

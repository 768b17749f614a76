"""The neighbors of an entry: the reflections before and after it, and the shortest words that name each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from followme.dates import Interval, iso_week
from followme.frozen import frozen
from followme.insight.weeks import by_week
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
    others = [each for each in entries if each.id and each not in shown]
    tails = Counter(map(_tail, (*others, *shown)))
    fitting = _fitting(others, of_set)
    first, last = min(map(_order, shown)), max(map(_order, shown))
    before = max((each for each in fitting if _order(each) < first), key=_order, default=None)
    after = min((each for each in fitting if _order(each) > last), key=_order, default=None)
    return _neighbor(before, tails), _neighbor(after, tails)


def around(
    entries: Iterable[Entry], days: Interval, of_set: str | None = None
) -> tuple[Neighbor | None, Neighbor | None]:
    """Return, in the same way, the reflections of the nearest weeks before and after those of these days."""
    others = [each for each in entries if each.id]
    tails = Counter(map(_tail, others))
    fitting = _fitting(others, of_set)
    first, last = iso_week(days.first), iso_week(days.last)
    before = max((each for each in fitting if each.week < first), key=by_week, default=None)
    after = min((each for each in fitting if each.week > last), key=by_week, default=None)
    return _neighbor(before, tails), _neighbor(after, tails)


def _fitting(entries: Iterable[Entry], of_set: str | None) -> list[Entry]:
    return [
        each
        for each in entries
        if (each.set == of_set if of_set else each.is_reflection) and not each.conflict
    ]


def _neighbor(entry: Entry | None, tails: Counter[str]) -> Neighbor | None:
    if entry is None:
        return None
    tail = _tail(entry)
    return Neighbor(entry.week, tail if len(tail) == 5 and tails[tail] == 1 else entry.id)


def _tail(entry: Entry) -> str:
    return entry.id.rpartition("-")[2].casefold()


def _order(entry: Entry) -> tuple[datetime, str]:
    return entry.moment, entry.id

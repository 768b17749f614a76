"""When a prompt set is due again, counted in days from the latest reflection with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from followme.insight.weeks import ENOUGH, Dated

DAYS: Mapping[str, int] = {
    "daily": 1,
    "fortnightly": 14,
    "monthly": 30,
    "quarterly": 91,
    "half-yearly": 182,
    "yearly": 365,
}
"""How many days after a reflection the next one is due. Weekly sets go by weeks, and sets for any day are never due."""


def last_days(entries: Iterable[Dated], names: Collection[str]) -> dict[str, date]:
    """Return the latest day of an entry with each of these sets that has any."""
    days: dict[str, date] = {}
    for entry in entries:
        if entry.set in names:
            days[entry.set] = max(days.get(entry.set, date.min), entry.day)
    return days


def next_day(cadence: str, last: date | None, today: date) -> date | None:
    """Return the day from which on a set with this cadence is due, today if it was never used.

    Returns None for a set that isn't due by days.
    """
    if cadence not in DAYS:
        return None
    return today if last is None else last + timedelta(days=DAYS[cadence])


def due_sets(cadences: Mapping[str, str], last: Mapping[str, date], usual: str, today: date) -> list[str]:
    """Return the names of the sets that are due by days, the usual one first.

    `cadences` has the cadence of each set by name. A set that isn't the usual one counts once it has been used, and
    until it would be due a second time: by then, the person has left it.
    """
    due = []
    for name in sorted(cadences, key=lambda name: (name != usual, name)):
        day = next_day(cadences[name], last.get(name), today)
        if day is None or day > today or (name != usual and name not in last):
            continue
        if name == usual or today < day + timedelta(days=DAYS[cadences[name]]):
            due.append(name)
    return due


def window(cadences: Iterable[str], today: date) -> date:
    """Return the earliest day whose reflections can still decide what is due, for sets with these cadences."""
    return today - timedelta(days=2 * max((DAYS[each] for each in cadences), default=0))


def patience(cadence: str) -> int:
    """Return how many weeks without a reflection make the next one a return, if the usual set has this cadence."""
    return ENOUGH + max(DAYS.get(cadence, 7) // 7 - 1, 0)

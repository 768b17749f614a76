"""Weeks and their sittings: which week a sitting is for, whether one is due, and how many weeks had one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from followme.dates import WEEKDAYS, Interval, iso_week, monday
from followme.model import Config

SPAN = 13
"""How many weeks the rate looks at: a quarter."""

ENOUGH = 2
"""So many weeks without a sitting make a return, which no rate greets."""

GRACE = 2
"""On so many days from Monday on, last week may still be looked back on."""


class Dated(Protocol):
    """An entry as far as weeks go."""

    @property
    def week(self) -> str:
        """The ISO week it is for."""

    @property
    def set(self) -> str:
        """The prompt set it answers."""

    @property
    def is_sitting(self) -> bool:
        """Whether it is the week's sitting."""


@dataclass(frozen=True, slots=True)
class Rate:
    """In how many of the latest weeks that counted there was a sitting."""

    done: int
    counted: int


def breaks_of(settings: Config) -> tuple[Interval, ...]:
    """The planned absences of the settings."""
    return tuple(Interval(first, last) for first, last in settings.breaks)


def weeks_done(entries: Iterable[Dated]) -> frozenset[str]:
    """The weeks that have their sitting."""
    return frozenset(entry.week for entry in entries if entry.is_sitting)


def due_week(
    today: date, review_day: str, done: Collection[str], breaks: Collection[Interval] = ()
) -> str | None:
    """The week that waits for a sitting: this one from the review day on, last week on Monday and Tuesday.

    None if it has its sitting, lies in a break, or its time has not come. Last week no longer waits once this
    one has a sitting.
    """
    if today.weekday() < GRACE:
        week = iso_week(today - timedelta(days=7))
        if iso_week(today) in done:
            return None
    elif today.weekday() >= WEEKDAYS.index(review_day.capitalize()):
        week = iso_week(today)
    else:
        return None
    return None if week in done or in_break(week, breaks) else week


def lacking(
    today: date, review_day: str, done: Collection[str], breaks: Collection[Interval] = ()
) -> str | None:
    """The week that a new sitting would be for: the one that waits, else this one; None if that has its sitting."""
    week = due_week(today, review_day, done, breaks) or iso_week(today)
    return None if week in done else week


def rate(today: date, done: Collection[str], breaks: Collection[Interval] = (), span: int = SPAN) -> Rate:
    """How many of the latest weeks had a sitting.

    Breaks are in neither number, nor are weeks before the first sitting; this week counts once it is done.
    """
    if not done:
        return Rate(0, 0)
    first = min(done)
    week = today if iso_week(today) in done else today - timedelta(days=7)
    counted: list[str] = []
    while len(counted) < span and iso_week(week) >= first:
        if iso_week(week) in done or not in_break(iso_week(week), breaks):
            counted.append(iso_week(week))
        week -= timedelta(days=7)
    return Rate(sum(each in done for each in counted), len(counted))


def missed(today: date, done: Collection[str], breaks: Collection[Interval] = ()) -> int:
    """How many whole weeks have gone by without a sitting since the last one, breaks left out."""
    if not done:
        return 0
    last, count = max(done), 0
    week = today - timedelta(days=7)
    while iso_week(week) > last:
        count += not in_break(iso_week(week), breaks)
        week -= timedelta(days=7)
    return count


def in_break(week: str, breaks: Collection[Interval]) -> bool:
    """Whether the working days of a week, Monday to Friday, all lie in one planned break."""
    first = monday(week)
    return any(each.first <= first and first + timedelta(days=4) <= each.last for each in breaks)

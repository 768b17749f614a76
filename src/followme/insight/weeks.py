"""Weeks and their sittings: the week a sitting is for, whether one is due, and how many weeks had one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from followme.dates import WEEKDAYS, Interval, iso_week, monday
from followme.model import Config, Entry

ENOUGH = 2
"""How many weeks without a sitting make the next one a return, where home shows no strip."""

GRACE = 2
"""For how many days from Monday on a sitting may still be for last week."""

_AHEAD = timedelta(weeks=60)
"""How far ahead the next sitting is looked for; it isn't if the calendar ends before that."""


class Dated(Protocol):
    """The part of an entry that these functions need."""

    @property
    def week(self) -> str:
        """The ISO week it is for."""

    @property
    def day(self) -> date:
        """The day it was finished."""

    @property
    def set(self) -> str:
        """The name of its prompt set."""

    @property
    def is_sitting(self) -> bool:
        """Whether it counts as its week's sitting."""

    @property
    def is_captured(self) -> bool:
        """Whether it is a note for the next sitting."""


def breaks_of(settings: Config) -> tuple[Interval, ...]:
    """The planned absences in the settings."""
    return tuple(Interval(first, last) for first, last in settings.breaks)


def weeks_done(entries: Iterable[Dated]) -> frozenset[str]:
    """The weeks that have their sitting."""
    return frozenset(entry.week for entry in entries if entry.is_sitting)


def by_week(entry: Entry) -> tuple[str, datetime]:
    """Return the key to sort an entry by week, since it may be written late, and within a week by date."""
    return entry.week, entry.moment


def weeks_to(last: str, count: int) -> tuple[str, ...]:
    """Return `count` ISO weeks, oldest first, up to and including `last`."""
    first = monday(last) - timedelta(weeks=count - 1)
    return tuple(iso_week(first + timedelta(weeks=number)) for number in range(count))


def due_week(
    today: date, review_day: str, done: Collection[str], breaks: Collection[Interval] = ()
) -> str | None:
    """Return the week whose sitting is due: this week from the review day on, last week on Monday and Tuesday.

    Returns None if that week has its sitting or is in a break, or if its time has not come. Last week is no longer
    due once this week has a sitting.
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


def next_review(
    start: date, review_day: str, done: Collection[str], breaks: Collection[Interval] = ()
) -> date:
    """Return the first review day from `start` on whose week has no sitting and is in no break; else `start`."""
    start = min(start, date.max - _AHEAD)
    first = monday(iso_week(start)) + timedelta(days=WEEKDAYS.index(review_day.capitalize()))
    days = (first + timedelta(weeks=weeks) for weeks in range(_AHEAD.days // 7))
    free = (
        day
        for day in days
        if day >= start and iso_week(day) not in done and not in_break(iso_week(day), breaks)
    )
    return next(free, start)


def next_sitting(
    today: date, review_day: str, done: Collection[str], breaks: Collection[Interval] = ()
) -> date:
    """Return the day of the next sitting: today if one is due, else the next review day."""
    due = due_week(today, review_day, done, breaks)
    return today if due else next_review(today, review_day, done, breaks)


def lacking(
    today: date, review_day: str, done: Collection[str], breaks: Collection[Interval] = ()
) -> str | None:
    """Return the week that a new sitting is for: the one that is due, else this week; None if it has its sitting."""
    week = due_week(today, review_day, done, breaks) or iso_week(today)
    return None if week in done else week


def missed(today: date, done: Collection[str], breaks: Collection[Interval] = ()) -> int:
    """Return how many whole weeks have passed since the last sitting, without breaks."""
    if not done:
        return 0
    last, count = max(done), 0
    week = today - timedelta(days=7)
    while iso_week(week) > last:
        count += not in_break(iso_week(week), breaks)
        week -= timedelta(days=7)
    return count


def in_break(week: str, breaks: Collection[Interval]) -> bool:
    """Whether Monday to Friday of a week are all in one planned break."""
    first = monday(week)
    return any(each.first <= first and first + timedelta(days=4) <= each.last for each in breaks)

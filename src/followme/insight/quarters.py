"""Quarters and years made of whole weeks, those of the calendar and those of a company."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

from followme.dates import MONTHS, Interval, iso_week, thursday
from followme.frozen import frozen
from followme.hints import quoted

CALENDAR = "january"
"""The month in which the calendar's year starts."""

_QUARTER = r"(?:(?:fy)?([0-9]{4})-)?q([0-9])"
_YEAR = r"(?:fy)?([0-9]{4})"
_LAST, _THIS = "last", "this"
_NEARLY = 3, 4
"""The part of its weeks after which a quarter or a year counts as nearly over."""


@frozen
class Period:
    """A quarter or a year: its year, its number from 1 to 4, or 0 for the whole year, and its months.

    `starts` is the month, in English and lowercase, in which its year starts. A year that doesn't start in January has
    the number of the calendar year it ends in.
    """

    year: int
    number: int
    starts: str
    days: Interval

    @property
    def name(self) -> str:
        """Its name as people type it: "2026-Q4" or "2026"."""
        return f"{self.year:04}-Q{self.number}" if self.number else f"{self.year:04}"

    @property
    def weeks(self) -> tuple[str, ...]:
        """Its weeks, oldest first: those whose Thursday is in it."""
        first = self.days.first + timedelta(days=(3 - self.days.first.weekday()) % 7)
        count = (self.days.last - first).days // 7 + 1
        return tuple(iso_week(first + timedelta(weeks=number)) for number in range(count))

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The four quarters of a year; of a quarter, itself."""
        if self.number:
            return (self,)
        return tuple(quarter(self.year, number, self.starts) for number in (1, 2, 3, 4))

    @property
    def title(self) -> str:
        """Its name with its months: "Q4 2026, Oct–Dec", "2026", "Q1 FY2026, Feb–Apr 2025"."""
        company = self.starts != CALENDAR
        year = f"FY{self.year:04}" if company else f"{self.year:04}"
        named = f"Q{self.number} {year}" if self.number else year
        return f"{named}, {_months(self.days, years=company)}" if self.number or company else named

    @property
    def before(self) -> Period:
        """The one before it. Raises ValueError if it doesn't begin within the years that can be written."""
        if not self.number:
            return year(self.year - 1, self.starts)
        number = self.number - 1 or 4
        return quarter(self.year - (number == 4), number, self.starts)

    def is_nearly_over(self, week: str) -> bool:
        """Whether three quarters of its weeks have begun by this week."""
        weeks = self.weeks
        part, whole = _NEARLY
        return sum(each <= week for each in weeks) * whole >= len(weeks) * part


def quarter(in_year: int, number: int, starts: str) -> Period:
    """Return a quarter of a year that starts in this month. Raises ValueError with a sentence if it doesn't exist."""
    if not 1 <= number <= 4:
        raise ValueError(f"{in_year:04}-Q{number} doesn't exist: the quarters are Q1 to Q4.")
    first = _first_month(in_year, starts) + 3 * (number - 1)
    return Period(in_year, number, starts, _days(first, 3))


def year(number: int, starts: str) -> Period:
    """Return a year that starts in this month. Raises ValueError with a sentence if it doesn't exist."""
    return Period(number, 0, starts, _days(_first_month(number, starts), 12))


def quarter_of(week: str, starts: str) -> Period:
    """Return the quarter that a week belongs to. Raises ValueError with a sentence."""
    return quarter(*_place(week, starts), starts)


def year_of(week: str, starts: str) -> Period:
    """Return the year that a week belongs to. Raises ValueError with a sentence."""
    return year(_place(week, starts)[0], starts)


def quarter_number(week: str, starts: str = CALENDAR) -> int:
    """Return a number that grows by one each quarter. Raises ValueError with a sentence if there's no such week."""
    in_year, number = _place(week, starts)
    return in_year * 4 + number


def named_quarter(words: str, today: date, starts: str) -> Period:
    """Return the quarter that these words name: "2026-Q4", "Q4" for the latest that has begun, "this" or "last".

    Raises ValueError with a sentence and an example.
    """
    word, this = words.strip().casefold(), quarter_of(iso_week(today), starts)
    if word in (_THIS, _LAST):
        return this if word == _THIS else this.before
    match = re.fullmatch(_QUARTER, word)
    if match is None:
        raise ValueError(
            f"{quoted(words)} isn't a quarter: write {this.before.name}, Q{this.number} or last."
        )
    number = int(match[2])
    return quarter(int(match[1]) if match[1] else this.year - (number > this.number), number, starts)


def weeks_of_last(today: date, starts: str) -> tuple[str, ...]:
    """Return the weeks of last quarter, none if it doesn't begin within the years that can be written."""
    try:
        return named_quarter(_LAST, today, starts).weeks
    except ValueError:
        return ()


def named_year(words: str, today: date, starts: str) -> Period:
    """Return the year that these words name: "2026", "this" or "last". Raises ValueError with a sentence."""
    word, this = words.strip().casefold(), year_of(iso_week(today), starts)
    if word in (_THIS, _LAST):
        return this if word == _THIS else this.before
    match = re.fullmatch(_YEAR, word)
    if match is None:
        raise ValueError(f"{quoted(words)} isn't a year: write {this.name} or last.")
    return year(int(match[1]), starts)


def quarter_in(words: str, starts: str) -> Interval | None:
    """Return the days of a quarter written with its year, None for all other words. Raises ValueError."""
    match = re.fullmatch(_QUARTER, words.strip().casefold())
    return quarter(int(match[1]), int(match[2]), starts).days if match and match[1] else None


def _place(week: str, starts: str) -> tuple[int, int]:
    """The year and the number of the quarter that a week's Thursday is in."""
    day = thursday(week)
    years, months = divmod(day.year * 12 + day.month - 1 - _month(starts), 12)
    return years + (starts != CALENDAR), months // 3 + 1


def _month(starts: str) -> int:
    """The number of a month, from 0."""
    return [each.lower() for each in MONTHS].index(starts)


def _first_month(number: int, starts: str) -> int:
    """The first month of a year, counted from January of the year 0."""
    begins = number - (starts != CALENDAR)
    if not MINYEAR <= begins <= number <= MAXYEAR:
        raise ValueError(f"The year {number:04} is too far away: name a nearer one.")
    return begins * 12 + _month(starts)


def _days(first: int, count: int) -> Interval:
    return Interval(_first_day(first), _first_day(first + count - 1, last=True))


def _first_day(month: int, *, last: bool = False) -> date:
    year, at = divmod(month, 12)
    if not last:
        return date(year, at + 1, 1)
    # Python has no day after December 9999.
    return date(year, 12, 31) if at == 11 else date(year, at + 2, 1) - timedelta(days=1)


def _months(days: Interval, *, years: bool) -> str:
    """The months in words: "Oct–Dec", with their years "Aug–Oct 2025" or "Nov 2025–Jan 2026"."""
    first, last = (MONTHS[day.month - 1][:3] for day in (days.first, days.last))
    if years and days.first.year != days.last.year:
        return f"{first} {days.first.year}–{last} {days.last.year}"
    return f"{first}–{last}{f' {days.last.year}' if years else ''}"

"""Days and weeks: what the words for them mean, and how to write them. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta

from followme.frozen import frozen
from followme.hints import quoted

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ONE_DAY = timedelta(days=1)
_WEEKDAY_WORDS = tuple(name.lower() for name in WEEKDAYS)
_LOOKING_BACK = (
    "2026-11-20, nov 20, 2026-W47, W47, 2026-11, 2026-Q4, 2026, today, yesterday, monday to sunday, "
    "last-week, this-month, 2 weeks ago, or a span back from today such as 3d, 2w, 6m or 1y"
)

LEAP_YEARS_APART = 8
"""The most years from one February 29 to the next."""

_AGO = r"(?:(an?|[0-9]{1,5}) (day|week|month|year)s? ago)"
_OF_A_MONTH = r"(?:([a-z]{3,9})\.? ([0-9]{1,2})|([0-9]{1,2})\.? ([a-z]{3,9})\.?)(?:,? ([0-9]{4}))?"


@frozen
class Interval:
    """The days from `first` to `last`, both included."""

    first: date
    last: date


def interval(text: str, today: date) -> Interval:
    """Return the days that `text` names, looking back from `today`.

    `text` is an ISO date, a week (`W47` is the latest one that began within a year), a month, a quarter, a year,
    `today`, `yesterday`, `last-week`, `this-month`, a weekday or a day of a month such as `nov 20` (the latest such
    day, `today` included), `2 weeks ago` or a span such as `2w`, which ends `today`. Capitals don't matter.
    Raises ValueError with a sentence for everything else, and for days that don't exist.
    """
    word = text.strip().lower()
    days = calendar_period(word) or _past_word(word, today) or _of_a_month(word, today)
    if days is None:
        raise ValueError(_unreadable(text))
    return days


def named_day(text: str, today: date) -> date | None:
    """Return the day that an ISO date, `nov 20`, `today`, `yesterday` or `a year ago` names, None for all else."""
    word = text.strip().lower()
    of_a_day = rf"today|yesterday|{_AGO}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_OF_A_MONTH}"
    if not re.fullmatch(of_a_day, word):
        return None
    try:
        return interval(word, today).first
    except ValueError:
        return None


def named_week(text: str, today: date) -> str | None:
    """Return the week that "2026-W47" or "W47" names, in the first form; None for everything else.

    Any year is accepted; `W47` without one is the latest one that began within a year.
    """
    match = re.fullmatch(r"(?:([0-9]{4})-)?w([0-9]{1,2})", text.strip().lower())
    if match is None:
        return None
    year, week = match.groups()
    if year:
        return f"{year}-W{week:0>2}"
    try:
        return iso_week(nearest_week(int(week), today, step=-1).first)
    except ValueError:
        return None


def iso_week(day: date) -> str:
    """Return the ISO week of a day, such as "2026-W47". The year is the week's own year, also around New Year."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def monday(week: str) -> date:
    """Return the first day of a week such as "2026-W47"; raises ValueError with a sentence."""
    return week_interval(week).first


def thursday(week: str) -> date:
    """Return the day that decides which month, quarter and year a week is in; raises ValueError with a sentence."""
    return monday(week) + 3 * _ONE_DAY


def one_week(text: str, today: date) -> str:
    """Return the ISO week that these words mean. Raises ValueError if they name no week, or more than one."""
    days = interval(text, today)
    week = iso_week(days.first)
    if week_interval(week) != days and days.first != days.last:
        raise ValueError(f"{text!r} isn't one week; write it as 2026-W47.")
    return week


def week_interval(week: str) -> Interval:
    """Return the seven days of a week such as "2026-W47"; raises ValueError with a sentence."""
    match = re.fullmatch(r"([0-9]{4})-w([0-9]{1,2})", week.strip().lower())
    if match is None:
        raise ValueError(f"{quoted(week)} isn't a week: write it as 2026-W47.")
    return _week(*map(int, match.groups()))


def quarter_of(day: date) -> str:
    """Return the quarter of a day, such as "2026-Q4"."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def day_words(day: date) -> str:
    """Write a day out: "Friday, November 20, 2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_day(day: date, today: date) -> str:
    """Write a day as people do: "Nov 20", or "Nov 20, 2025" if it is in another year."""
    year = "" if day.year == today.year else f", {day.year}"
    return f"{MONTHS[day.month - 1][:3]} {day.day}{year}"


def shown_day(day: date, today: date) -> str:
    """Write a day as people do: "Fri, Dec 4", or "Fri, Dec 3, 2027" if it is in another year."""
    return f"{WEEKDAYS[day.weekday()][:3]}, {short_day(day, today)}"


def week_day(week: str, today: date) -> str:
    """Write the Monday of a week: "Nov 23"; a week that isn't in the calendar stays as it is written."""
    try:
        return short_day(monday(week), today)
    except ValueError:
        return week


def week_title(week: str, today: date) -> str:
    """Name a week as a title: "Week of Nov 23"; a week that isn't in the calendar stays as it is written."""
    day = week_day(week, today)
    return week if day == week else f"Week of {day}"


def week_name(week: str, today: date) -> str:
    """Name a week: "this week", "the week of Nov 16", or as it is written if it isn't in the calendar."""
    day = week_day(week, today)
    return "this week" if week == iso_week(today) else week if day == week else f"the week of {day}"


def week_words(week: str, today: date) -> str:
    """Write the days of a week as `span_words` does. Raises ValueError with a sentence."""
    return span_words(week_interval(week), today)


def weeks_words(weeks: Sequence[str], today: date) -> str:
    """Write the days of weeks that follow one another as `span_words` does. Raises ValueError with a sentence."""
    return span_words(Interval(week_interval(weeks[0]).first, week_interval(weeks[-1]).last), today)


def span_words(days: Interval, today: date) -> str:
    """Write a span of days: "Nov 16–22", "Nov 30–Dec 6", or "Nov 16–22, 2025" if it is in another year."""
    first, last = days.first, days.last
    if first.year != last.year:
        return f"{short_day(first, last)}–{short_day(last, first)}"
    end = short_day(last, today)
    return f"{MONTHS[first.month - 1][:3]} {first.day}–{end if first.month != last.month else end[4:]}"


# Calendar periods, which mean the same on any day.


def _day(year: int, month: int, day: int) -> Interval:
    last = _month(year, month).last
    if not 1 <= day <= last.day:
        raise ValueError(
            f"{year:04}-{month:02}-{day:02} doesn't exist: {MONTHS[month - 1]} {year} has {last.day} days."
        )
    only = date(year, month, day)
    return Interval(only, only)


def _week(year: int, week: int) -> Interval:
    _year(year)
    last = _last_week(year)
    if not 1 <= week <= last:
        raise ValueError(f"{year:04}-W{week:02} doesn't exist: the weeks of {year} are W01 to W{last}.")
    if (year, week) == (MAXYEAR, last):
        raise ValueError(f"{year}-W{week} is too far away: name a nearer week.")
    first = date.fromisocalendar(year, week, 1)
    return Interval(first, first + 6 * _ONE_DAY)


def _month(year: int, month: int) -> Interval:
    _year(year)
    if not 1 <= month <= 12:
        raise ValueError(f"{year:04}-{month:02} doesn't exist: the months are 01 to 12.")
    return Interval(date(year, month, 1), date(year, month, _days_in(year, month)))


def _quarter(year: int, quarter: int) -> Interval:
    _year(year)
    if not 1 <= quarter <= 4:
        raise ValueError(f"{year:04}-Q{quarter} doesn't exist: the quarters are Q1 to Q4.")
    return Interval(date(year, 3 * quarter - 2, 1), _month(year, 3 * quarter).last)


def _year(year: int) -> Interval:
    if year == 0:
        raise ValueError("The year 0000 doesn't exist: the calendar begins with the year 0001.")
    return Interval(date(year, 1, 1), date(year, 12, 31))


# `re` compiles patterns when they are first used: most commands read no date.
_CALENDAR: tuple[tuple[str, Callable[..., Interval]], ...] = (
    (r"([0-9]{4})-([0-9]{2})-([0-9]{2})", _day),
    (r"([0-9]{4})-w([0-9]{1,2})", _week),
    (r"([0-9]{4})-([0-9]{2})", _month),
    (r"([0-9]{4})-q([0-9])", _quarter),
    (r"([0-9]{4})", _year),
)


def calendar_period(word: str) -> Interval | None:
    """Return the days of an ISO date, a week with its year, a month, a quarter or a year; None for everything else.

    `word` is in small letters. Raises ValueError with a sentence for what doesn't exist.
    """
    for pattern, read in _CALENDAR:
        if match := re.fullmatch(pattern, word):
            return read(*map(int, match.groups()))
    return None


def _last_week(year: int) -> int:
    # December 28 is always in the last week of its ISO year.
    return date(year, 12, 28).isocalendar().week


def _days_in(year: int, month: int) -> int:
    # December is a case of its own, because Python has no January after 9999.
    return 31 if month == 12 else (date(year, month + 1, 1) - _ONE_DAY).day


# Words whose meaning depends on today.


def _past_word(word: str, today: date) -> Interval | None:
    if word == "this-month":
        return _month(today.year, today.month)
    if word == "last-week":
        first = shifted(today, -7, "d", word) - today.weekday() * _ONE_DAY
        return Interval(first, first + 6 * _ONE_DAY)
    if re.fullmatch(r"w[0-9]{1,2}", word):
        return nearest_week(int(word[1:]), today, step=-1)
    if match := re.fullmatch(r"([0-9]{1,5})([dwmy])", word):
        return Interval(shifted(today, -int(match[1]), match[2], word), today)
    day = None
    if match := re.fullmatch(_AGO, word):
        count = 1 if match[1].startswith("a") else int(match[1])
        day = shifted(today, -count, match[2][0], word)
    elif word in ("today", "yesterday"):
        day = today if word == "today" else shifted(today, -1, "d", word)
    elif word in _WEEKDAY_WORDS:
        day = shifted(today, -((today.weekday() - _WEEKDAY_WORDS.index(word)) % 7), "d", word)
    return Interval(day, day) if day else None


def _of_a_month(word: str, today: date) -> Interval | None:
    """The latest day with this month and day, such as "nov 20" or "20 nov"; with a year, its one."""
    match = re.fullmatch(_OF_A_MONTH, word)
    month = month_named(match[1] or match[4]) if match else 0
    if not match or not month:
        return None
    day = int(match[2] or match[3])
    back = range(today.year, max(today.year - LEAP_YEARS_APART, MINYEAR), -1)
    years = [int(match[5])] if match[5] else back
    known = (real for year in years if (real := if_real(year, month, day)))
    latest = next((each for each in known if match[5] or each <= today), None)
    return Interval(latest, latest) if latest else _day(years[0], month, day)


def month_named(word: str) -> int:
    """Return the number of a month by its name or a short form of it, such as "sep." or "sept"; 0 if it is none."""
    word = "sep" if word.rstrip(".") == "sept" else word.rstrip(".")
    known = (number for number, name in enumerate(MONTHS, 1) if word in (name.lower(), name.lower()[:3]))
    return next(known, 0)


def nearest_week(week: int, today: date, step: int) -> Interval:
    """Return the nearest week with this number: this week, or one before it (step -1) or after it (step 1)."""
    if not 1 <= week <= 53:
        raise ValueError(f"W{week:02} doesn't exist: weeks are W01 to W52, and W53 in some years.")
    year, this_week, _ = today.isocalendar()
    if (week - this_week) * step < 0:
        year += step
    if not MINYEAR <= year <= MAXYEAR or week > _last_week(year):
        begins = "begins" if step > 0 else "has begun"
        raise ValueError(f"No W{week:02} {begins} within a year: write its year too, as in 2026-W47.")
    return _week(year, week)


def shifted(day: date, count: int, unit: str, word: str) -> date:
    """Return the day `count` days, weeks, months or years away; in a shorter month, its last day."""
    try:
        if unit in "dw":
            return day + count * (7 if unit == "w" else 1) * _ONE_DAY
        year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1), 12)
        return date(year, month + 1, min(day.day, _days_in(year, month + 1)))
    except (OverflowError, ValueError):
        raise ValueError(f"{quoted(word)} is too far away: name a nearer day.") from None


# The sentences for a date that can't be read.


def _unreadable(text: str) -> str:
    return _two_ways(text.strip()) or f"{quoted(text)} isn't a date followme knows: write {_LOOKING_BACK}."


def _two_ways(text: str) -> str | None:
    """Say what 03/11/2026 can mean; return None if `text` isn't such a date."""
    match = re.fullmatch(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})", text)
    if match is None:
        return None
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    readings = [day for day in (if_real(year, other, one), if_real(year, one, other)) if day]
    if not readings:
        return None
    if len(set(readings)) == 1:
        return f"{text} isn't how followme writes dates: write {readings[0]}."
    in_words = " or ".join(f"{MONTHS[day.month - 1]} {day.day}" for day in readings)
    return f"{text} could mean two dates, {in_words}: write {readings[0]} or {readings[1]}."


def if_real(year: int, month: int, day: int) -> date | None:
    """Return the day with these numbers; None if there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None

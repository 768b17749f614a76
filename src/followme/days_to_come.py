"""Days to come, as people type them for a promise: what each means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import MAXYEAR, date, timedelta

from followme.dates import (
    LEAP_YEARS_APART,
    MONTHS,
    WEEKDAYS,
    calendar_period,
    if_real,
    month_named,
    nearest_week,
    quarter_of,
    shifted,
)
from followme.hints import quoted

_FRIDAY = 4
_ONE_DAY = timedelta(days=1)
_SOON = timedelta(days=14)
"""How far ahead the day in the example is."""

_NUMBERS = ("a", "two", "three", "four", "five", "six")
_WEEKDAY = (
    r"(?:(?:mon|fri|sun)(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|sat(?:urday)?)"
)
_MONTH = r"(?:sept|[a-z]{3,9})\.?"
_DATE = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>[0-9]{4}))?"


def coming_day(text: str, today: date) -> date:
    """Return the day after `today` that `text` names.

    A weekday is the next such day, and `next fri` the one in the next week, which begins on Monday. `dec 4` is the
    next one. A week ends on its Friday, `W49` on its Sunday, a month, quarter or year on its last day. `2w` and
    `in 2 weeks` are counted from `today`. Capitals don't matter.
    Raises ValueError for everything else, with one row that has an example; `12/4` raises a question.
    """
    day = _meant(text, today)
    if day is None:
        raise ValueError(f"{in_short(text)} isn't a day followme knows. Try {examples(today)}.")
    if day <= today:
        raise ValueError(f"{in_short(text)} isn't after today. Try {examples(today)}.")
    return day


def certain_day(text: str, today: date) -> date | None:
    """Return the day after `today` that `text` names in a sentence, None if it names none.

    A span such as `2w`, a week's number, a month, a quarter or a year can be words of the sentence, so they are none.
    """
    try:
        day = _named(_plain(text), today)
    except (OverflowError, ValueError):
        return None
    return day if day and day > today else None


def unknown_day(text: str, today: date) -> str:
    """Return `text` in quotes and short if it names no day at all, else ""; `12/4` names a day, or one of two."""
    try:
        return "" if _meant(text, today) else in_short(text)
    except ValueError:
        return ""


def a_week_later(text: str, today: date) -> date | None:
    """Return the day of next week that a weekday without more words could mean too, None if it's in that week."""
    day = certain_day(text, today) if re.fullmatch(_WEEKDAY, _plain(text)) else None
    return day + timedelta(days=7) if day and day.weekday() > today.weekday() else None


def iso_day(text: str) -> date | None:
    """Return the day of an ISO date, passed or not; None for everything else."""
    word = text.strip()
    try:
        return date.fromisoformat(word) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word) else None
    except ValueError:
        return None


def _meant(text: str, today: date) -> date | None:
    """The day that is meant, which may have passed; None if there is none."""
    word = _plain(text)
    try:
        return _named(word, today) or _counted(word, today) or _slashed(word, today)
    except OverflowError:
        return None


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def _named(word: str, today: date) -> date | None:
    """The day of a name that means nothing but a day; it may have passed."""
    for pattern, read in _NAMES:
        if match := re.fullmatch(pattern, word):
            return read(match, today)
    return None


def _weekday(match: re.Match[str], today: date) -> date:
    days = (_weekday_number(match["weekday"]) - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=days)


def _next(match: re.Match[str], today: date) -> date:
    monday = today + timedelta(days=7 - today.weekday())
    return monday + timedelta(days=_weekday_number(match["weekday"]) if match["weekday"] else _FRIDAY)


def _end(match: re.Match[str], today: date) -> date:
    unit = (match["short"] or match["unit"])[0]
    if unit == "w":
        return today + timedelta(days=(_FRIDAY - today.weekday() - 1) % 7 + 1)
    # The end of a period that ends today isn't to come.
    tomorrow = today + _ONE_DAY
    period = calendar_period(
        f"{tomorrow.year:04}-{tomorrow.month:02}" if unit == "m" else quarter_of(tomorrow).lower()
    )
    assert period
    return period.last


def _in_a_month(match: re.Match[str], today: date) -> date | None:
    month = month_named(match["month"])
    year = int(match["year"]) if match["year"] else None
    day = next(_in_years(month, int(match["day"]), year, today), None) if month else None
    name = match["weekday"]
    return day if day is None or not name or day.weekday() == _weekday_number(name) else None


def _in_years(month: int, day: int, year: int | None, today: date) -> Iterator[date]:
    """The days after `today` with this month and day; with a year, its one, passed or not."""
    years = (year,) if year else range(today.year, min(today.year + LEAP_YEARS_APART, MAXYEAR) + 1)
    for each in years:
        coming = if_real(each, month, day)
        if coming and (year or coming > today):
            yield coming


_NAMES: tuple[tuple[str, Callable[[re.Match[str], date], date | None]], ...] = (
    (rf"(?P<weekday>{_WEEKDAY})", _weekday),
    (rf"next (?:week|(?P<weekday>{_WEEKDAY}))", _next),
    (r"today", lambda _, today: today),
    (r"tomorrow", lambda _, today: today + _ONE_DAY),
    (r"eo(?P<short>[wmq])|(?:the )?end of (?:(?:the|this) )?(?P<unit>week|month|quarter)", _end),
    (rf"(?:(?P<weekday>{_WEEKDAY}),? )?(?P<month>{_MONTH}) {_DATE}{_YEAR}", _in_a_month),
    (rf"(?:(?P<weekday>{_WEEKDAY}),? )?{_DATE}\.? (?:of )?(?P<month>{_MONTH}){_YEAR}", _in_a_month),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", lambda match, _: _last(match[0])),
)


def _counted(word: str, today: date) -> date | None:
    """The last day of a span from today on, or of a week, month, quarter or year."""
    number = rf"(?P<number>[0-9]{{1,5}}|{'|'.join(_NUMBERS)})"
    if span := re.fullmatch(rf"(?:in )?{number} (?P<unit>day|week|month|year)s?", word):
        return shifted(today, _number(span["number"]), span["unit"][0], word)
    if span := re.fullmatch(r"([0-9]{1,5})([dwmy])", word):
        return shifted(today, int(span[1]), span[2], word)
    if week := re.fullmatch(r"w([0-9]{1,2})", word):
        return nearest_week(int(week[1]), today + _ONE_DAY, step=1).last
    return _last(word)


def _slashed(word: str, today: date) -> date | None:
    """The day of 12/25; raises ValueError with a question where it may be one of two days."""
    match = re.fullmatch(r"([0-9]{1,2})([./-])([0-9]{1,2})(?:\2([0-9]{4}))?", word)
    if match is None:
        return None
    one, other, year = int(match[1]), int(match[3]), int(match[4] or 0)
    readings = [day for pair in ((one, other), (other, one)) for day in [*_in_years(*pair, year, today)][:1]]
    if len(set(readings)) > 1:
        first, second = (f"{MONTHS[day.month - 1][:3]} {day.day}" for day in readings)
        raise ValueError(f"{first} or {second}? Type one of them.")
    return readings[0] if readings else None


def _last(word: str) -> date | None:
    period = calendar_period(word)
    return period.last if period else None


def _number(word: str) -> int:
    return _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word)


def _weekday_number(word: str) -> int:
    return next(number for number, name in enumerate(WEEKDAYS) if name.lower().startswith(word[:3]))


def examples(today: date) -> str:
    """Return three ways to type a day that work on this day, as words of a sentence."""
    soon = date.fromordinal(min(today.toordinal() + _SOON.days, date.max.toordinal()))
    return f"fri, {MONTHS[soon.month - 1][:3].lower()} {soon.day} or in 2 weeks"


def in_short(text: str) -> str:
    """Return the text as typed, in quotes, so short that a sentence about it fits in a row."""
    words = quoted(" ".join(text.split()))[1:-1]
    return f'"{words if len(words) <= 20 else words[:19] + "…"}"'

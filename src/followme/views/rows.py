"""Weeks as rows of a drawing: a year in each, or half of one or a quarter of one, with the months above them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from followme.dates import MONTHS, monday, thursday
from followme.frozen import frozen
from followme.insight.overview import average

LABEL = 6
"""The columns of a row's label, the year."""

BESIDE = 5
"""The columns that stay free at the right of a row."""

_PARTS = (1, 2, 4)
_LONGEST = 53
_LEVELS, _ASCII_LEVELS = "▁▂▃▄▅▆▇█", ".:-=+*#@"


@frozen
class Row:
    """A year, or a part of it, and its weeks, each in the column of its number."""

    year: str
    weeks: tuple[str, ...]

    @property
    def is_year(self) -> bool:
        """Whether it has all weeks of a year."""
        return len(self.weeks) >= _LONGEST - 1

    @property
    def months(self) -> str:
        """The initial of each month, in the column of its first week."""
        return "".join(_initial(week) for week in self.weeks)


def rows_of(weeks: tuple[str, ...], columns: int) -> tuple[Row, ...]:
    """Return the rows for these weeks, oldest first, with as many parts to a year as these columns need.

    A row has all weeks of its part; if it is the only one, just these.
    """
    parts = next((each for each in _PARTS if LABEL + _length(each) + _beside(each) <= columns), _PARTS[-1])
    shown = list(dict.fromkeys((week[:4], _part(week, parts)) for week in weeks))
    if len(shown) == 1:
        return (Row(weeks[0][:4], weeks),)
    return tuple(Row(year, _weeks_in(year, part, parts)) for year, part in shown)


def one_axis(rows: Sequence[Row]) -> bool:
    """Whether the months of one row stand for all of them, since each is a whole year."""
    return len(rows) > 1 and all(row.is_year for row in rows)


def levels(low: float, high: float, *, unicode: bool) -> Callable[[float], str]:
    """Return a function that gives the sign for a number between these ends: in ASCII its digit, if it has one."""
    if not unicode and low >= 0 and high < 10:
        return lambda number: str(round(number))
    signs = _LEVELS if unicode else _ASCII_LEVELS

    def sign(number: float) -> str:
        share = (number - low) / (high - low) if high > low else 0.5
        return signs[round(min(max(share, 0), 1) * (len(signs) - 1))]

    return sign


def mean_of(row: Row, values: Mapping[str, float]) -> str:
    """The average of a row's values, of each half of a whole year; "" if it has none."""
    half = _LONGEST // 2
    parts = (row.weeks[:half], row.weeks[half:]) if row.is_year else (row.weeks,)
    means = [_mean([values[week] for week in part if week in values]) for part in parts]
    return ", ".join(each or "-" for each in means) if any(means) else ""


def _mean(numbers: Sequence[float]) -> str:
    return f"{average(numbers):.1f}" if numbers else ""


def _initial(week: str) -> str:
    day = thursday(week)
    return MONTHS[day.month - 1][0] if day.day <= 7 else " "


def _beside(parts: int) -> int:
    return 2 * BESIDE if parts == 1 else BESIDE


def _length(parts: int) -> int:
    return -(-_LONGEST // parts)


def _part(week: str, parts: int) -> int:
    return min((int(week[6:]) - 1) * parts // (_LONGEST - 1), parts - 1)


def _weeks_in(year: str, part: int, parts: int) -> tuple[str, ...]:
    return tuple(week for week in _weeks_of(year) if _part(week, parts) == part)


def _weeks_of(year: str) -> Iterator[str]:
    for number in range(1, _LONGEST + 1):
        week = f"{year}-W{number:02}"
        if number < _LONGEST or _exists(week):
            yield week


def _exists(week: str) -> bool:
    try:
        monday(week)
    except ValueError:
        return False
    return True

"""Figures of an export in HTML: the course of a scale and the strip of weeks, as places in a drawing and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from followme.dates import monday, short_day, week_words
from followme.insight.numbers import Numbers, Scale
from followme.insight.strip import MISSED, STATES, tallies
from followme.insight.wording import all_of, capitalized, counted

WIDTH, HEIGHT, EDGE = 640, 96, 6
"""The size of a course, and how far its dots keep from the edge."""

CELL = 12
"""The width of a week in the strip."""

_GAP = 42
"""The line is broken where two numbers are more than this many days apart."""


class Curve(NamedTuple):
    """The course of one scale: its title and ends, and what is drawn: lines, and a dot for each number.

    `high` and `low` are the ends in words, such as "5 every day".
    """

    title: str
    low: str
    high: str
    first: str
    last: str
    told: str
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    levels: tuple[float, ...]
    radius: float


class Cell(NamedTuple):
    """A week in the strip: its state and the left edge of its square."""

    state: str
    x: int


class StripYear(NamedTuple):
    """The weeks of one year: its name, what it has in words, and its squares."""

    name: str
    told: str
    cells: tuple[Cell, ...]


class Strip(NamedTuple):
    """The strip of weeks, a row each year, newest first, and each state that is there with its count in words."""

    years: tuple[StripYear, ...]
    legend: tuple[tuple[str, str], ...]


def strip_of(numbers: Numbers) -> Strip | None:
    """Return the strip of the weeks; None if there are none."""
    if not numbers.weeks:
        return None
    years = [
        _strip_year(name, list(weeks)) for name, weeks in groupby(numbers.weeks, key=lambda each: each[0][:4])
    ]
    return Strip(tuple(reversed(years)), tuple(tallies([state for _, state in numbers.weeks])))


def _strip_year(name: str, weeks: Sequence[tuple[str, str]]) -> StripYear:
    told = all_of([words for _, words in tallies([state for _, state in weeks])])
    missed = [week_words(week, _middle(name)) for week, state in weeks if state == MISSED]
    return StripYear(
        name,
        f"{capitalized(told)}." + (f" Missed: {'; '.join(missed)}." if missed else ""),
        tuple(Cell(state, (int(week[6:]) - 1) * CELL) for week, state in weeks if state in STATES),
    )


def curves_of(numbers: Numbers, titles: dict[str, tuple[str, str, str]]) -> Iterator[Curve]:
    """Yield the course of each scale that has more than one number; `titles` has the question and the ends by key."""
    for scale in numbers.scales:
        if (
            len(scale.values) > 1
            and scale.low is not None
            and scale.high is not None
            and scale.low < scale.high
        ):
            yield _curve(scale, scale.low, scale.high, *titles.get(scale.key, (scale.key, "", "")))


def _curve(scale: Scale, low: int, high: int, title: str, low_label: str, high_label: str) -> Curve:
    days = [day for _, day, _ in scale.values]
    values = [min(max(number, low), high) for *_, number in scale.values]
    first, last = days[0], days[-1]
    across = (WIDTH - 2 * EDGE) / max((last - first).days, 1)
    dots = tuple(
        (round(EDGE + (day - first).days * across, 1), _height(value, low, high))
        for day, value in zip(days, values, strict=True)
    )
    levels = range(low, high + 1) if high - low <= 10 else (low, high)
    numbers = [number for *_, number in scale.values]
    return Curve(
        title=title,
        low=f"{low} {low_label}".strip(),
        high=f"{high} {high_label}".strip(),
        first=_day(first),
        last=_day(last),
        told=(
            f"{counted(len(numbers), 'number')} from {_day(first)} to {_day(last)}. First {numbers[0]}, latest "
            f"{numbers[-1]}, lowest {min(numbers)}, highest {max(numbers)}."
        ),
        lines=tuple(_lines(days, dots)),
        dots=dots,
        levels=tuple(_height(value, low, high) for value in levels),
        radius=3.5 if len(dots) < 60 else 2.2,
    )


def _height(value: int, low: int, high: int) -> float:
    return round(HEIGHT - EDGE - (value - low) / (high - low) * (HEIGHT - 2 * EDGE), 1)


def _lines(days: Sequence[date], dots: Sequence[tuple[float, float]]) -> Iterator[str]:
    """The points of each line; one that would have a single point is left out."""
    begun = 0
    for at in range(1, len(days) + 1):
        if at == len(days) or (days[at] - days[at - 1]).days > _GAP:
            if at - begun > 1:
                yield " ".join(f"{x},{y}" for x, y in dots[begun:at])
            begun = at


def _day(day: date) -> str:
    return short_day(day, date.min)


def _middle(year: str) -> date:
    """A day of this ISO year that is in the calendar year too."""
    return monday(f"{year}-W26")

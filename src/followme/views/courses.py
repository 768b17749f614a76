"""A scale over time in a terminal: its line with averages beside it, and the values that stand out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from followme import style
from followme.clean import one_line
from followme.dates import MONTHS, thursday, week_day
from followme.insight.outline import Number, outlined
from followme.insight.overview import Course, Value, average
from followme.insight.wording import NAMED, all_of, counted, times
from followme.screen import Screen
from followme.views.rows import LABEL, Row, levels, mean_of, one_axis, rows_of
from followme.views.terminal import Printer

_GAP, _ASCII_GAP = "·", "."
"""What stands for a week without a number, between the first one and the last."""

_ENOUGH = 4
"""From how many weeks with a number on a line is drawn."""

_FACT_ROWS = 2


def is_long(course: Course) -> bool:
    """Whether there are enough weeks with a number for a line."""
    return len(course.by_week) >= _ENOUGH


def show(course: Course, weeks: Sequence[str], today: date, printer: Printer, screen: Screen) -> None:
    """Print what the ends of a scale mean, its line over these weeks, and what stands out, with the facts."""
    marks = _standing_out(course)
    content = outlined(course.asked).content
    ends = [(end, label) for end, label in content.ends if label] if isinstance(content, Number) else []
    if screen.styles and is_long(course):
        _line(course, weeks, ends, printer, screen)
    else:
        marks = _in_words(course, weeks, ends, marks, printer)
    told = dict.fromkeys((_about(label, value, course, today), value.fact) for label, value in marks)
    for about, fact in told:
        printer.told(about, one_line(fact), max(len(each) for each, _ in told) + 3, rows=_FACT_ROWS)
    if course.others:
        printer.line(f"Left out: {counted(course.others, 'answer')} on a scale with other ends.", style.HINT)


def _in_words(
    course: Course,
    weeks: Sequence[str],
    ends: Sequence[tuple[int, str]],
    marks: list[tuple[str, Value]],
    printer: Printer,
) -> list[tuple[str, Value]]:
    """Print the ends and the course in sentences, and return what of `marks` isn't told yet."""
    if ends:
        printer.line(", ".join(f"{end} {label}" for end, label in ends), style.HINT)
    if is_long(course):
        for each in _sentences(weeks, course.by_week):
            printer.line(each)
    elif len(course.values) > 1:
        mean = average([each.number for each in course.values])
        in_short = f"Answered {times(len(course.values))}, on average {mean:.1f}"
        if not any(value.fact for _, value in marks):
            once = _standing_out(course, most=1)
            numbers = ", ".join(f"{label.lower()} {value.number}" for label, value in once)
            printer.line(f"{in_short}: {numbers}.")
            return []
        printer.line(f"{in_short}.")
    return marks


def _about(label: str, value: Value, course: Course, today: date) -> str:
    """The number with its week; if it is the latest of many highest or lowest ones, how many these are."""
    often = len(_alike(course, value))
    at_an_end = course.lowest.number < course.highest.number and value in (course.lowest, course.highest)
    many = f"{times(often)}, latest the " if often > NAMED and at_an_end else ""
    return f"{label}: {value.number}, {many}week of {week_day(value.week, today)}"


def _line(
    course: Course,
    weeks: Sequence[str],
    ends: Sequence[tuple[int, str]],
    printer: Printer,
    screen: Screen,
) -> None:
    """Print what the signs mean, and a row of them for each year or part of one, with its average beside it."""
    rows = rows_of(tuple(weeks), printer.columns)
    values, asked = course.by_week, course.asked
    low = min(values.values()) if asked.low is None else asked.low
    high = max(values.values()) if asked.high is None else asked.high
    sign = levels(low, high, unicode=screen.unicode)
    gaps = dict.fromkeys(_between(weeks, values), _GAP if screen.unicode else _ASCII_GAP)
    averages = {row: mean_of(row, values) for row in rows}
    signs = gaps | {week: sign(value) for week, value in values.items()}
    shown = {sign(end): f"{sign(end)} = {end} {label}" for end, label in ends}
    if len(gaps) > len(values):
        shown[""] = f"{next(iter(gaps.values()))} = no number"
    which = "its half-years" if any(row.is_year for row in rows) else "its weeks"
    printer.line(
        f"{', '.join(shown.values())}. Beside each row is the average of {which}.".lstrip(". "), style.HINT
    )
    drawing([row for row in rows if averages[row]], signs, averages, printer)


def drawing(
    rows: Sequence[Row],
    signs: Mapping[str, str],
    beside: Mapping[Row, str],
    printer: Printer,
    look: str | None = None,
) -> None:
    """Print rows of one sign a week, with the months above: once for whole years, else above each row."""
    shared, length = one_axis(rows), max((len(row.weeks) for row in rows), default=0)
    for number, row in enumerate(rows):
        if (number == 0 or not shared) and row.months.strip():
            printer.drawn(" " * LABEL, row.months, look="")
        drawn = "".join(signs.get(week, " ") for week in row.weeks)
        average = f"  {beside[row]}" if beside.get(row) else ""
        printer.drawn(row.year.ljust(LABEL), drawn.ljust(length), average, look)


def _between(weeks: Sequence[str], values: Mapping[str, float]) -> list[str]:
    """The weeks from the first value to the last."""
    first, last = min(values), max(values)
    return [week for week in weeks if first <= week <= last]


def _sentences(weeks: Sequence[str], values: Mapping[str, float]) -> Iterator[str]:
    """A sentence for each year: its average, and that of each month."""
    valued = [week for week in weeks if week in values]
    for year, of_year in groupby(valued, key=lambda week: thursday(week).year):
        months = [
            f"{MONTHS[month - 1][:3]} {_mean(of_month, values)}"
            for month, of_month in groupby(of_year, key=lambda week: thursday(week).month)
        ]
        yield f"{year}, on average by month: {', '.join(months)}."


def _mean(weeks: Iterable[str], values: Mapping[str, float]) -> str:
    return f"{average([values[week] for week in weeks]):.1f}".removesuffix(".0")


def _standing_out(course: Course, most: int = NAMED) -> list[tuple[str, Value]]:
    """The first and latest value, and the highest and lowest ones, each once, with all that it is.

    Of more than `most` that are the highest or the lowest, only the latest one is.
    """
    named = [("first", course.values[0]), ("latest", course.values[-1])]
    if course.highest.number != course.lowest.number:
        for name, end in (("highest", course.highest), ("lowest", course.lowest)):
            alike = _alike(course, end)
            named += [(name, each) for each in (alike if len(alike) <= most else [end])]
    return [
        (all_of([name for name, each in named if each == value]).capitalize(), value)
        for value in dict.fromkeys(value for _, value in named)
    ]


def _alike(course: Course, value: Value) -> list[Value]:
    """All values with this number, oldest week first."""
    return [each for each in course.values if each.number == value.number]

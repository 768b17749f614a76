"""The overview in a terminal: the weeks, each scale, the promises kept, what was picked, and the questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from followme import style
from followme.clean import one_line
from followme.dates import MONTHS, thursday, week_day
from followme.hints import Command, arguments
from followme.insight.outline import Number, outlined
from followme.insight.overview import Course, Overview, Span, Tally, Value, average
from followme.insight.question_counts import Asked
from followme.insight.strip import sentence
from followme.insight.wording import all_of, counted, times
from followme.screen import Screen
from followme.views import strip
from followme.views.rows import LABEL, Row, levels, mean_of, one_axis, rows_of
from followme.views.terminal import Printer

_GAP, _ASCII_GAP = "·", "."
"""What stands for a week without a number, between the first one and the last."""

_AVOIDED = 3
"""How often the question skipped most was skipped before the page names it."""

_ENOUGH = 4
"""From how many weeks with a number on a line is drawn."""

_QUARTER = Command("lookback", "--quarter", "last")

_NARROW = 60
_FACT_ROWS = 2


def show(seen: Overview, screen: Screen) -> None:
    """Print the overview; a reader of lines, or a screen reader, gets sentences in place of drawings."""
    printer = Printer(screen)
    if not seen.questions:
        printer.hint("There are no answers here. Start with:", Command("reflect"))
        return
    printer.line("Looking back", style.TITLE)
    _in_short(seen, printer)
    rows = rows_of(seen.weeks, printer.columns) if seen.weeks else ()
    if len(seen.strip) > 1:
        _weeks(seen, rows, printer, screen)
    for course in sorted(seen.courses, key=lambda each: len(each.by_week) < _ENOUGH):
        _course(course, seen, rows, printer, screen)
    answered = {each.key: each.answered for each in seen.questions}
    for tally in seen.tallies:
        _tally(tally, answered[tally.asked.key], printer, screen)
    _questions(seen, printer)
    if seen.last_quarter:
        printer.line()
        printer.hint("Last quarter on one page, in your own words:", _QUARTER, style=style.HINT)


def _in_short(seen: Overview, printer: Printer) -> None:
    """How many reflections there are, how many promises were kept, and the question skipped most."""
    reflections = counted(seen.reflections, "reflection")
    printer.line(f"{reflections} since the week of {week_day(seen.first, seen.today)}.")
    if seen.kept.sentence:
        printer.line(seen.kept.sentence)
    most = max(seen.questions, key=lambda each: each.skipped)
    if most.skipped >= _AVOIDED:
        asked = most.skipped + most.answered
        printer.line(f"Skipped most: {one_line(most.key)}, {most.skipped} of {times(asked)}.")
        printer.line(most.question, indent=2)


def _weeks(seen: Overview, rows: Sequence[Row], printer: Printer, screen: Screen) -> None:
    """The strip, a row for each year, with what the signs mean below."""
    state_of = dict(seen.strip)
    states = [state_of[week] for row in rows for week in row.weeks if week in state_of]
    printer.heading("Weeks")
    if not screen.styles:
        printer.line(sentence(states))
        return
    sign_of = strip.signs_for(screen)
    signs = {week: sign_of[state] for week, state in seen.strip}
    _drawing(rows, signs, {}, printer, look="")
    strip.legend(states, printer, screen)


def _course(course: Course, seen: Overview, rows: Sequence[Row], printer: Printer, screen: Screen) -> None:
    """A scale: its line with averages beside it, and the values that stand out, with their facts."""
    asked = course.asked
    printer.heading(asked.question or asked.key)
    drawn = screen.styles and len(course.by_week) >= _ENOUGH
    ends = outlined(asked).content
    said = (
        ", ".join(f"{end} {label}" for end, label in ends.ends if label) if isinstance(ends, Number) else ""
    )
    beside = "Beside each row is its average." if drawn else ""
    printer.line(f"{said}. {beside}" if said and beside else said or beside, style.HINT)
    if drawn:
        _line(course, seen.weeks, rows, printer, screen)
    elif len(course.by_week) >= _ENOUGH:
        for each in _sentences(seen.weeks, course.by_week):
            printer.line(each)
    elif len(course.values) > 1:
        mean = average([each.number for each in course.values])
        in_short = f"Answered {times(len(course.values))}, on average {mean:.1f}"
        if not any(value.fact for _, value in _standing_out(course)):
            marks = ", ".join(f"{label.lower()} {value.number}" for label, value in _standing_out(course))
            printer.line(f"{in_short}: {marks}.")
            _left_out(course, printer)
            return
        printer.line(f"{in_short}.")
    values = {_about(label, value, seen): value.fact for label, value in _standing_out(course)}
    for about, fact in values.items():
        printer.told(about, one_line(fact), max(map(len, values)) + 3, rows=_FACT_ROWS)
    _left_out(course, printer)


def _left_out(course: Course, printer: Printer) -> None:
    if course.others:
        printer.line(f"Left out: {counted(course.others, 'answer')} on a scale with other ends.", style.HINT)


def _about(label: str, value: Value, seen: Overview) -> str:
    return f"{label}: {value.number}, week of {week_day(value.week, seen.today)}"


def _line(
    course: Course, weeks: Sequence[str], rows: Sequence[Row], printer: Printer, screen: Screen
) -> None:
    values, asked = course.by_week, course.asked
    low = min(values.values()) if asked.low is None else asked.low
    high = max(values.values()) if asked.high is None else asked.high
    sign = levels(low, high, unicode=screen.unicode)
    gaps = dict.fromkeys(_between(weeks, values), _GAP if screen.unicode else _ASCII_GAP)
    averages = {row: mean_of(row, values) for row in rows}
    signs = gaps | {week: sign(value) for week, value in values.items()}
    _drawing([row for row in rows if averages[row]], signs, averages, printer)


def _drawing(
    rows: Sequence[Row],
    signs: Mapping[str, str],
    beside: Mapping[Row, str],
    printer: Printer,
    look: str | None = None,
) -> None:
    """Rows of one sign a week, with the months above: once for whole years, else above each row."""
    shared = one_axis(rows)
    for number, row in enumerate(rows):
        if (number == 0 or not shared) and row.months.strip():
            printer.drawn(" " * LABEL, row.months, look="")
        drawn = "".join(signs.get(week, " ") for week in row.weeks)
        average = f"  {beside[row]}" if beside.get(row) else ""
        printer.drawn(row.year.ljust(LABEL), drawn, average, look)


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


def _standing_out(course: Course) -> list[tuple[str, Value]]:
    """The first, latest, highest and lowest value, each once, with all that it is."""
    named = {"first": course.values[0], "latest": course.values[-1]}
    if course.highest.number != course.lowest.number:
        named |= {"highest": course.highest, "lowest": course.lowest}
    values = list(dict.fromkeys(named.values()))
    return [
        (all_of([name for name, each in named.items() if each == value]).capitalize(), value)
        for value in values
    ]


def _tally(tally: Tally, in_all: int, printer: Printer, screen: Screen) -> None:
    """What was picked: a row for each option, with its sum and a number for each month or quarter.

    `in_all` is how often the question was answered, before these months or quarters too.
    """
    printer.heading(tally.asked.question or tally.asked.key)
    by, first, last = "quarter" if tally.quarters else "month", tally.spans[0].title, tally.spans[-1].title
    answered = sum(span.answers for span in tally.spans)
    between = ", to " if tally.quarters else " to "
    reach = f"{first}{between}{last}" if first != last else first
    of_all = f", {answered} of them in these {by}s" if answered < in_all else f", by {by}"
    printer.line(f"Answered {times(in_all)}{of_all}: {reach}.", style.HINT)
    if not screen.styles:
        for option, counts in tally.picks:
            latest = next(
                span.title for span, count in zip(tally.spans[::-1], counts[::-1], strict=True) if count
            )
            printer.line(f"{one_line(option)}: {sum(counts)} of {answered}, latest in {latest}.")
        return
    _grid(tally, printer)


def _grid(tally: Tally, printer: Printer) -> None:
    names = [span.name[5:] if tally.quarters else MONTHS[int(span.name[5:]) - 1][0] for span in tally.spans]
    most = max(count for _, counts in tally.picks for count in counts)
    wide = max(*map(len, names), len(str(most))) + 1
    head = "    " + "".join(name.rjust(wide) for name in names)
    printer.line(head)
    for option, counts in tally.picks:
        cells = [_cell(count, span, printer) for count, span in zip(counts, tally.spans, strict=True)]
        row = f"{sum(counts):>3} " + "".join(cell.rjust(wide) for cell in cells)
        if printer.columns < _NARROW:
            printer.line(one_line(option))
            printer.line(row)
        else:
            printer.pair(row, one_line(option), len(head) + 2, "")


def _cell(count: int, span: Span, printer: Printer) -> str:
    """A number, a dot where it wasn't picked, a blank where the question wasn't answered."""
    return str(count or (printer.marks.dot if span.answers else " "))


def _questions(seen: Overview, printer: Printer) -> None:
    """Each question with its counts, below the command that shows all answers to it."""
    printer.heading("Questions, and when you last answered them")
    typed = [printer.typed(Command("lookback", *arguments(each.key))) for each in seen.questions]
    width = max(map(len, typed)) + 2
    for each, command in zip(seen.questions, typed, strict=True):
        printer.pair(command, _often(each, seen.today), width)
        if each.question:
            printer.row(one_line(each.question), indent=2)


def _often(each: Asked, today: date) -> str:
    """When it was last answered, how often, and how often it was skipped."""
    last = f"{week_day(each.last, today)}, answered {each.answered}" if each.last else "never answered"
    return f"{last}, skipped {each.skipped}" if each.skipped else last

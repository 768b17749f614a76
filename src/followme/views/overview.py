"""The overview in a terminal: the weeks, each scale, the promises kept, what was picked, and the questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followme import style
from followme.clean import one_line
from followme.dates import MONTHS, week_day
from followme.hints import Command, arguments
from followme.insight.overview import Overview, Span, Tally
from followme.insight.query import Filters
from followme.insight.question_counts import QuestionCounts
from followme.insight.strip import gap_words, longest_gaps, sentence
from followme.insight.wording import counted, times, titled
from followme.screen import Screen
from followme.views import courses, strip
from followme.views.rows import Row, rows_of
from followme.views.terminal import Printer

_AVOIDED = 3
"""How often the question skipped most was skipped before the page names it."""

_QUARTER = Command("lookback", "--quarter", "last")

_NARROW = 60


def show(seen: Overview, screen: Screen, filters: Filters) -> None:
    """Print the overview; a reader of lines, or a screen reader, gets sentences in place of drawings."""
    printer = Printer(screen)
    if not seen.questions:
        printer.nothing("answers", "answer fits", filters.unfiltered)
        return
    printer.line(titled("Looking back", filters.words), style.TITLE)
    _in_short(seen, printer)
    rows = rows_of(seen.weeks, printer.columns) if seen.weeks else ()
    if len(seen.strip) > 1:
        _weeks(seen, rows, printer, screen)
    for course in sorted(seen.courses, key=lambda each: not courses.is_long(each)):
        printer.heading(course.asked.question or course.asked.key)
        courses.show(course, seen.weeks, seen.today, printer, screen)
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
    first = f"the week of {week_day(seen.first, seen.today)}"
    to = f", to the week of {week_day(seen.last, seen.today)}" if seen.last != seen.first else ""
    printer.line(f"{reflections} from {first}{to}." if seen.last else f"{reflections} since {first}.")
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
    gap = gap_words(longest_gaps(seen.strip), seen.today)
    if not screen.styles:
        printer.line(sentence(states, lately=not seen.last))
        printer.line(gap)
        return
    sign_of = strip.signs_for(screen)
    signs = {week: sign_of[state] for week, state in seen.strip}
    courses.drawing(rows, signs, {}, printer, look="")
    strip.legend(states, printer, screen)
    printer.line(gap, style.HINT)


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


def _often(each: QuestionCounts, today: date) -> str:
    """When it was last answered, how often, and how often it was skipped."""
    last = f"{week_day(each.last, today)}, answered {each.answered}" if each.last else "never answered"
    return f"{last}, skipped {each.skipped}" if each.skipped else last

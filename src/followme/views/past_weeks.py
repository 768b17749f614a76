"""The latest weeks in a terminal, part by part: weeks, numbers, answers, promises, and skipped questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from followme import style
from followme.clean import one_line
from followme.dates import Interval, span_words, week_day, week_interval
from followme.insight.digest import reply_words
from followme.insight.earlier import Earlier
from followme.insight.ledger import Row
from followme.insight.past_weeks import Counts, Ends, Numbers, PastWeeks, Week
from followme.insight.promises import ending_words, promise_words
from followme.model import RESULTS
from followme.screen import Screen
from followme.views.terminal import Printer

_WEEKS_AT_ONCE, _AT_ONCE = 5, 3
"""How many weeks one screen shows, and how many questions with their first and last answer."""

_ORDER = (*RESULTS, "")
"""The order of promises by their result; open promises come last."""


def show(past: PastWeeks, screen: Screen) -> Iterator[None]:
    """Print the parts one by one and yield after each; with most journals, a part fits on one screen."""
    printer = Printer(screen)
    if past.empty:
        printer.line()
        printer.line(
            f"No entries in the last {len(past.weeks)} weeks, so there's nothing to look back on yet."
        )
        yield
        return
    for at in range(0, len(past.weeks), _WEEKS_AT_ONCE):
        _weeks(past.weeks[at : at + _WEEKS_AT_ONCE], past.today, printer)
        yield
    if past.numbers or past.counts:
        for numbers in past.numbers:
            _numbers(numbers, past.today, printer)
        for counts in past.counts:
            _counts(counts, printer)
        yield
    for at in range(0, len(past.ends), _AT_ONCE):
        _ends(past.ends[at : at + _AT_ONCE], past.today, printer)
        yield
    if past.promises:
        _promises(past, printer)
        yield
    if past.passed_over:
        _passed_over(past, printer)
        yield


def _weeks(some: Sequence[Week], today: date, printer: Printer) -> None:
    days = Interval(week_interval(some[0].week).first, week_interval(some[-1].week).last)
    _heading(printer, span_words(days, today))
    for each in some:
        printer.line(f"Week of {week_day(each.week, today)}")
        printer.said(one_line(each.words) or "-", rows=2)


def _numbers(numbers: Numbers, today: date, printer: Printer) -> None:
    asked = numbers.asked
    _heading(printer, asked.question)
    printer.line(f"{asked.low} {asked.low_label}, {asked.high} {asked.high_label}", style.HINT, indent=2)
    printer.line(", ".join(f"{value} ({week_day(week, today)})" for week, value in numbers.values), indent=2)
    if numbers.highest.answer.reply != numbers.lowest.answer.reply:
        _extreme(printer, "Highest", numbers.highest, today)
        _extreme(printer, "Lowest", numbers.lowest, today)


def _extreme(printer: Printer, word: str, one: Earlier, today: date) -> None:
    fact = f": {one_line(one.answer.fact)}" if one.answer.fact else ""
    printer.line(f"{word}, {reply_words(one.answer)} ({week_day(one.entry.week, today)}){fact}", indent=2)


def _counts(counts: Counts, printer: Printer) -> None:
    times = "once" if counts.answers == 1 else f"{counts.answers} times"
    _heading(printer, counts.question)
    printer.line(f"Answered {times}.", style.HINT, indent=2)
    for option, picked in counts.picks:
        printer.pair(f"  {picked}", option, 6, "")


def _ends(some: Sequence[Ends], today: date, printer: Printer) -> None:
    _heading(printer, "First and latest answer")
    for ends in some:
        _first_and_last(ends, today, printer)


def _first_and_last(ends: Ends, today: date, printer: Printer) -> None:
    printer.line()
    printer.line(ends.last.answer.question, style.QUESTION)
    for each in (ends.first, ends.last):
        printer.line(f"Week of {week_day(each.entry.week, today)}")
        printer.said(one_line(reply_words(each.answer)), rows=2)


def _promises(past: PastWeeks, printer: Printer) -> None:
    _heading(printer, "What became of your promises")
    endings: dict[str, list[Row]] = {}
    for row in sorted(past.promises, key=lambda row: _ORDER.index(row.result)):
        endings.setdefault(_ending(row), []).append(row)
    for ending, rows in endings.items():
        printer.line(f"{ending} ({len(rows)})", style.VERDICT, indent=style.BAR_COLUMNS)
        for row in rows:
            printer.said(promise_words(row.promise, past.today), rows=1)


def _ending(row: Row) -> str:
    return ending_words(row.outcomes[-1], row.promise) if row.result else "open"


def _passed_over(past: PastWeeks, printer: Printer) -> None:
    _heading(printer, "Skipped")
    for each in past.passed_over:
        printer.pair(f"  {each.times} of {each.asked} times", each.question, 16, "")


def _heading(printer: Printer, words: str) -> None:
    printer.line()
    printer.line(words, style.HEADING)

"""A quarter, a year or other past weeks in a terminal, part by part: weeks, numbers, answers, promises, and skips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from followme import style
from followme.clean import one_line
from followme.dates import short_day, week_day, week_title, weeks_words
from followme.hints import Command
from followme.insight.digest import reply_words
from followme.insight.earlier import Earlier
from followme.insight.past_weeks import NO_REFLECTION, Counts, Ends, HighsAndLows, PastWeeks, Week
from followme.insight.promises import promise_words
from followme.insight.wording import counted, times, titled
from followme.screen import Screen
from followme.views.terminal import Printer

_WEEKS_AT_ONCE, _AT_ONCE = 7, 3
"""How many weeks one screen shows, and how many questions with their first and last answer."""

_WITH_REASON = ("partly", "not-kept")
"""How a promise ended if what's noted of it says why."""

_FURTHER = style.BAR_COLUMNS + 2

_ROWS, _ANSWER_ROWS = 2, 6
"""How many rows the words of a week take at most, and those of a first or last answer."""


def page(past: PastWeeks, screen: Screen, *ways: Command) -> None:
    """Print all parts, one after the other, and then the commands for a quarter or a year beside it, if any."""
    for _ in show(past, screen):
        pass
    if ways:
        printer = Printer(screen)
        printer.line()
        printer.hint("Look back further with:", *ways, style=style.HINT)


def show(past: PastWeeks, screen: Screen) -> Iterator[None]:
    """Print the parts one by one and yield after each; with most journals, a part fits on one screen."""
    printer = Printer(screen)
    if past.empty:
        printer.line()
        printer.line(_nothing(past))
        yield
        return
    printer.heading(titled(past.title, past.filters))
    printer.line(past.summary, style.HINT)
    if past.gap:
        printer.line(past.gap, style.HINT)
    for sentence in past.promised:
        printer.line(sentence, style.HINT)
    if past.period and past.period.number and past.period.weeks:
        days = weeks_words(past.period.weeks, past.today)
        printer.line(f"Its weeks are {days}; each counts where its Thursday is.", style.HINT)
    if past.quarters:
        for quarter in past.quarters:
            if quarter.weeks:
                yield from _quarter(quarter, printer)
        printer.rule()
        printer.line(f"All of {past.title}", style.TITLE)
    else:
        yield from _weeks(past, printer)
    yield from _figures(past, printer)
    yield from _ends(past, printer)
    yield from _promises(past, printer)
    yield from _skipped(past, printer)


def _nothing(past: PastWeeks) -> str:
    if past.period:
        return f"Nothing was written in {past.title}, so there's nothing to look back on yet."
    return f"No entries in the last {past.count} weeks, so there's nothing to look back on yet."


def _quarter(past: PastWeeks, printer: Printer) -> Iterator[None]:
    """A quarter of a year: its weeks in a row each, and its numbers."""
    printer.rule()
    printer.line(past.title, style.TITLE)
    printer.line(past.summary, style.HINT)
    _in_words(_runs(past.weeks), past, printer, rows=1)
    for numbers in past.numbers:
        # A number alone is no course.
        if len(numbers.course) > 1:
            _course(numbers, past.today, printer)
    if past.promises:
        printer.line()
    for sentence in past.promised:
        printer.line(sentence)
    yield


def _weeks(past: PastWeeks, printer: Printer) -> Iterator[None]:
    printer.line()
    runs = _runs(past.weeks)
    for at in range(0, len(runs), _WEEKS_AT_ONCE):
        _in_words(runs[at : at + _WEEKS_AT_ONCE], past, printer, _ROWS)
        yield


def _runs(weeks: Iterable[Week]) -> list[list[Week]]:
    """The weeks one by one, but those without words that follow one another and lack the same, together."""
    runs: list[list[Week]] = []
    for each in weeks:
        if runs and each.lacks and each.lacks == runs[-1][0].lacks:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _in_words(runs: Iterable[list[Week]], past: PastWeeks, printer: Printer, rows: int) -> None:
    """The words of each week; weeks without any that follow one another take one row together."""
    today, fit = past.today, " that fits" if past.filters else ""
    width = _width([each.week for each in past.weeks if each.words], today)
    for run in runs:
        first = run[0]
        if first.lacks:
            _silent(run, first.lacks + fit * (first.lacks == NO_REFLECTION), today, printer)
        else:
            _dated(first.week, one_line(first.words), today, printer, rows, width, private=first.private)


def _silent(run: Sequence[Week], words: str, today: date, printer: Printer) -> None:
    printer.line(f"{weeks_words([each.week for each in run], today)}: {words}", style.SKIPPED)


def _width(weeks: Sequence[str], today: date) -> int:
    """The columns for the days of these weeks, and the blank after them."""
    return max((len(week_day(each, today)) for each in weeks), default=0) + 1


def _dated(
    week: str, words: str, today: date, printer: Printer, rows: int, width: int, *, private: bool
) -> None:
    """What was written in a week, beside its day, or below its name if there's no room for that."""
    if printer.is_wide:
        printer.beside(week_day(week, today), words, width, rows)
    else:
        printer.line(week_title(week, today))
        printer.said(words, rows=rows)
    if private:
        printer.line("private", style.PRIVATE, indent=style.BAR_COLUMNS + width * printer.is_wide)


def _figures(past: PastWeeks, printer: Printer) -> Iterator[None]:
    # Those of a year stand with its quarters.
    courses = () if past.quarters else past.numbers
    for numbers in courses:
        _course(numbers, past.today, printer)
    for counts in past.counts:
        _picks(counts, printer)
    if courses or past.counts:
        yield


def _course(numbers: HighsAndLows, today: date, printer: Printer) -> None:
    asked = numbers.asked
    printer.heading(asked.question)
    printer.line(f"{asked.low} {asked.low_label}, {asked.high} {asked.high_label}", style.HINT)
    printer.items([f"{value} ({_day(each, today)})" for each, value in numbers.course])
    if numbers.lowest:
        _extreme("Highest", numbers.highest, today, printer)
        _extreme("Lowest", numbers.lowest, today, printer)


def _extreme(name: str, answers: Sequence[Earlier], today: date, printer: Printer) -> None:
    told = [each for each in answers if each.answer.fact]
    when = "" if told else f" ({_day(answers[-1], today)})"
    printer.line(f"{name}, {reply_words(answers[0].answer)}{when}", style.VERDICT)
    width = _width([each.entry.week for each in told], today)
    for each in told:
        fact = one_line(each.answer.fact)
        _dated(each.entry.week, fact, today, printer, _ROWS, width, private=each.private)


def _day(each: Earlier, today: date) -> str:
    """The Monday of the week it's for, or the day of an answer that is about a day."""
    return short_day(each.entry.day, today) if each.entry.about_event else week_day(each.entry.week, today)


def _picks(counts: Counts, printer: Printer) -> None:
    printer.heading(counts.asked.question)
    printer.line(f"Answered {times(counts.answered)}.", style.HINT)
    for option, picked in counts.picks:
        printer.pair(f"  {picked}", option, 6, "")


def _ends(past: PastWeeks, printer: Printer) -> Iterator[None]:
    for at in range(0, len(past.ends), _AT_ONCE):
        if at == 0:
            printer.heading("First and latest answer")
        for ends in past.ends[at : at + _AT_ONCE]:
            _first_and_last(ends, past.today, printer)
        yield


def _first_and_last(ends: Ends, today: date, printer: Printer) -> None:
    printer.line()
    printer.line(ends.last.answer.question, style.QUESTION)
    said = [(_when(each, today), one_line(reply_words(each.answer))) for each in (ends.first, ends.last)]
    if printer.is_wide:
        printer.side_by_side(said, _ANSWER_ROWS)
        return
    for label, words in said:
        printer.line(label)
        printer.said(words, rows=_ANSWER_ROWS)


def _when(each: Earlier, today: date) -> str:
    """When an answer was given, who it's about, and whether it's private."""
    about = (week_title(each.entry.week, today), one_line(each.entry.person or ""), "private" * each.private)
    return ", ".join(filter(None, about))


def _promises(past: PastWeeks, printer: Printer) -> Iterator[None]:
    if not past.promises:
        return
    printer.heading("What became of your promises")
    for ending, rows in groupby(past.promises, key=lambda row: row.ending):
        printer.line(ending, style.VERDICT)
        for row in rows:
            printer.said(promise_words(row.promise, past.today), rows=_ROWS)
            if row.result in _WITH_REASON and row.outcomes[-1].note:
                printer.row(one_line(row.outcomes[-1].note), style.TYPED, rows=_ROWS, indent=_FURTHER)
            if row.promise.private:
                printer.line("private", style.PRIVATE, indent=style.BAR_COLUMNS)
    yield


def _skipped(past: PastWeeks, printer: Printer) -> Iterator[None]:
    if past.skipped:
        printer.heading("Skipped")
        for each in past.skipped:
            printer.pair(f"  {each.skipped} of {counted(each.times, 'time')}", each.asked.question, 16, "")
        yield

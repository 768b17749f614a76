"""One question in a terminal: all its answers, below the wording they were asked in."""

from __future__ import annotations

from datetime import date

from followme import style
from followme.clean import one_line
from followme.dates import iso_week
from followme.insight.digest import reply_words
from followme.insight.earlier import Earlier
from followme.insight.lookback import Given, Lookback
from followme.insight.outline import Number, outlined
from followme.insight.overview import course_of, drawn
from followme.insight.wording import times, titled
from followme.screen import Screen
from followme.views import courses
from followme.views.terminal import Printer


def answers(seen: Lookback, today: date, screen: Screen, filters: str = "") -> None:
    """Print one question's answers, oldest first, and how often it was answered and skipped."""
    printer = Printer(screen)
    printer.line(titled(one_line(seen.key), filters), style.TITLE)
    printer.line(_often(seen.answered, seen.skipped), style.HINT)
    _course(seen, today, printer, screen)
    for each in seen.given:
        printer.line()
        if each.changed:
            _wording(each, printer)
        _answer(each, today, printer)


def _course(seen: Lookback, today: date, printer: Printer, screen: Screen) -> None:
    """The line of a scale with a number in enough weeks."""
    numbers = [each for each in seen.given if type(each.answer.reply) is int and not each.entry.conflict]
    if numbers:
        course = course_of([Earlier(each.entry, each.answer) for each in numbers])
        if courses.is_long(course):
            printer.line()
            courses.show(course, drawn(course.by_week, iso_week(today)), today, printer, screen)


def _wording(given: Given, printer: Printer) -> None:
    asked = outlined(given.answer)
    printer.line(asked.title, style.QUESTION)
    if isinstance(asked.content, Number) and any(label for _, label in asked.content.ends):
        printer.line(", ".join(f"{end} {label}" for end, label in asked.content.ends), style.HINT)
    if given.reworded:
        printer.line("No longer asked this way.", style.SKIPPED)


def _answer(given: Given, today: date, printer: Printer) -> None:
    printer.entry_title(given.entry, today, private=given.private, person=given.entry.person or "")
    if given.answer.forgotten:
        printer.line("forgotten", style.SKIPPED, indent=style.BAR_COLUMNS)
    else:
        printer.said(reply_words(given.answer))
    if given.answer.fact:
        printer.noted(given.answer.fact)
    printer.later(given.later, given.entry.day)


def _often(answered: int, skipped: int) -> str:
    said = f"Answered {times(answered)}" if answered else "Never answered"
    return f"{said}, skipped {times(skipped)}." if skipped else f"{said}."

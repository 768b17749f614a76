"""The ledger of promises in a terminal: what is due, what is open, what is closed, and the rate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from followme import style
from followme.dates import short_day, shown_day, week_day
from followme.hints import Command
from followme.insight.ledger import CLOSED, DUE, OPEN, Kept, Row
from followme.insight.promises import promise_words
from followme.insight.wording import titled
from followme.model import Outcome
from followme.screen import Screen
from followme.views.terminal import Printer

Others = tuple[str, Command] | None
"""A sentence, and the command below it."""

_OVERDUE, _TODAY, _UNCOUNTED, _ASKED = "overdue", "today", "uncounted", "asked"
_UNTOLD = "not told yet"


def show(
    rows: Sequence[Row],
    rate: Kept,
    today: date,
    asked_on: date,
    screen: Screen,
    *,
    filters: str = "",
    demo: bool = False,
    others: Others = None,
) -> None:
    """Print the promises by their state, as read `today`, the open ones first.

    `asked_on` is the day of the next reflection, which asks about those that are due. `filters` are in words. In the
    demo, which only reads, no way to close one is named. `others` has what to say where there are no
    promises to show, and how to see some.
    """
    printer = Printer(screen)
    if not rows:
        printer.hint(
            *(others or ("There are no promises here. A reflection ends with one:", Command("reflect")))
        )
        return
    if filters:
        printer.line(titled("Promises", filters), style.TITLE)
    if rate.due:
        printer.line(rate.sentence)
    headings = {
        _OVERDUE: "Overdue",
        _TODAY: "Due today",
        DUE: "Due now" if asked_on == today else f"Coming up on {shown_day(asked_on, today)}",
        OPEN: "Later",
        CLOSED: "Closed",
        _UNCOUNTED: "Closed, not counted",
        _ASKED: "Closed questions for someone",
    }
    for group, heading in headings.items():
        found = [row for row in rows if _group_of(row, today, asked_on) == group]
        if found:
            printer.heading(heading)
        for at, row in enumerate(found):
            if at:
                printer.line()
            promise(row, today, printer)
    if not demo:
        _ways(rows, printer)


def _ways(rows: Sequence[Row], printer: Printer) -> None:
    """Print the commands that close a promise, and that say who was told of one."""
    first = next((row for row in rows if row.state != CLOSED), None)
    if first:
        printer.line()
        close = Command("promises", "close", first.short_ref, "--kept")
        printer.hint("Close one between reflections, such as:", close, style=style.HINT)
    untold = next((row for row in rows if _known(row) == _UNTOLD), None)
    if untold:
        printer.hint(
            "Once you've told someone:", Command("edit", *untold.short_ref.split("/")), style=style.HINT
        )


def promise(row: Row, today: date, printer: Printer, *, with_state: bool = False) -> None:
    """Print a promise and what became of it, and where no heading says so, whether it is open or overdue."""
    printer.said(promise_words(row.promise, today))
    printer.line(_about(row, today, with_state=with_state), style.HINT, indent=style.BAR_COLUMNS)
    notes = [
        (short_day(day, today), each.note)
        for each, day in zip(row.outcomes, row.days, strict=True)
        if each.note
    ]
    for day, note in notes:
        printer.dated(day, note, max(len(each) for each, _ in notes) + style.BAR_COLUMNS + 1)


def _group_of(row: Row, today: date, asked_on: date) -> str:
    if row.is_overdue(today):
        return _OVERDUE
    if row.state != CLOSED:
        return _TODAY if row.promise.by == today < asked_on else row.state
    if row.promise.kind == "ask":
        return _ASKED
    return CLOSED if row.is_in_rate else _UNCOUNTED


def _state(row: Row, today: date) -> str:
    if row.is_overdue(today):
        return "overdue"
    return "due today" if row.promise.by == today else "open"


def _known(row: Row) -> str:
    """Whether an open promise is for no one else, or someone hasn't been told; "" if it's closed or they have."""
    if row.said or row.state == CLOSED:
        return ""
    return _UNTOLD if row.promise.to.strip() else "promised to yourself"


def _about(row: Row, today: date, *, with_state: bool) -> str:
    """Its week, its short reference, its state, who knows, what became of it so far, and whether it is private."""
    state = _state(row, today) if with_state and row.state != CLOSED else ""
    runs = groupby(row.outcomes, key=lambda each: row.words(each, new=row.new, day=today))
    endings = [_often(ending, list(same)) for ending, same in runs]
    private = "private" if row.promise.private else ""
    week = f"week of {week_day(row.week, today)}"
    return ", ".join(filter(None, (week, row.short_ref, state, _known(row), *endings, private)))


def _often(ending: str, same: Sequence[Outcome]) -> str:
    """An ending, and if it was noted several times in a row, how often, and how often with words."""
    times, worded = len(same), sum(bool(each.note) for each in same)
    some = f", {worded} with a word" if 0 < worded < times else ""
    return ending if times == 1 else f"{ending} ({times} times{some})"

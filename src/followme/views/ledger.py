"""The ledger of promises in a terminal: what is due, what is open, what is closed, and the rate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followme import style
from followme.dates import week_day
from followme.hints import Command
from followme.insight.ledger import CLOSED, DUE, OPEN, Kept, Row
from followme.insight.promises import ending_words, promise_words
from followme.screen import Screen
from followme.views.terminal import Printer

_STATES = {DUE: "Due next time", OPEN: "Open", CLOSED: "Closed"}
_UNTOLD, _OWN = "Not told yet", "Just for you"
_HEADINGS = (*_STATES.values(), _UNTOLD, _OWN)


def show(rows: Sequence[Row], rate: Kept, today: date, screen: Screen) -> None:
    """Print the promises by their state, as read `today`; those that no one was told about have their own groups."""
    printer = Printer(screen)
    if not rows:
        printer.hint("There are no promises here. A reflection ends with one:", Command("reflect"))
        return
    for heading in _HEADINGS:
        _group(printer, heading, [row for row in rows if _heading(row) == heading], today)
    if rate.due:
        printer.line()
        printer.line(rate.sentence)
    if first := next((row for row in rows if row.state != CLOSED), None):
        printer.line()
        close = Command("promises", "close", first.short_ref, "--kept")
        printer.hint("Close one between reflections, such as:", close, style=style.HINT)


def _heading(row: Row) -> str:
    if row.said:
        return _STATES[row.state]
    return _UNTOLD if row.promise.to.strip() else _OWN


def _group(printer: Printer, heading: str, rows: Sequence[Row], today: date) -> None:
    if rows:
        printer.line()
        printer.line(heading, style.HEADING)
    for row in rows:
        printer.said(promise_words(row.promise, today))
        printer.line(_about(row, today), style.HINT, indent=style.BAR_COLUMNS)


def _about(row: Row, today: date) -> str:
    """Its week, its short reference, what became of it so far, and whether it is private."""
    endings = [
        ending_words(each, row.promise) + (f": {each.note}" if each.note else "") for each in row.outcomes
    ]
    private = ["private"] if row.promise.private else []
    return ", ".join(
        (
            f"week of {week_day(row.week, today)}",
            row.short_ref,
            *(endings or [row.state]),
            *private,
        )
    )

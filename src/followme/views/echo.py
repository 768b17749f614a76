"""The end of a reflection: when its promises come back, the strip of weeks, and one earlier answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from followme import style
from followme.dates import WEEKDAYS, iso_week, monday, shown_day, week_name
from followme.insight.digest import reply_words
from followme.insight.earlier import Earlier
from followme.insight.echo import Echo
from followme.insight.promises import after_ask, after_i_will
from followme.model import Promise
from followme.screen import Screen
from followme.views.strip import draw
from followme.views.terminal import Printer

_ROWS = 10
"""The most rows of an earlier answer; `show` has all of it."""


def sentences(echo: Echo, today: date) -> Iterator[str]:
    """Yield for each promise when a reflection asks about it: "Next Friday you'll be asked: call Ana.".

    Where more are open than one reflection asks about, it's only "Open for next Friday: call Ana.".
    """
    for promise, day in echo.comes_back:
        when, about = _when(day, today), _about(promise)
        if promise in echo.surely:
            yield f"{when} you'll be asked{about}"
        else:
            day_alone = when.removeprefix("On ").replace("Next", "next")
            yield f"Open for {day_alone}:{about.removeprefix(':')}"


def show(echo: Echo, today: date, screen: Screen) -> None:
    """Print the strip, if there is more than one week, and the earlier answer."""
    printer = Printer(screen)
    if len(echo.strip) > 1:
        printer.line()
        draw(echo.strip, printer, screen)
    if echo.earlier:
        _earlier(echo.earlier, today, printer)


def _earlier(each: Earlier, today: date, printer: Printer) -> None:
    printer.line()
    printer.line(f"From {week_name(each.entry.week, today)}", style.HEADING)
    printer.line(each.answer.question)
    printer.said(reply_words(each.answer), rows=_ROWS)
    printer.line()


def _when(day: date | None, today: date) -> str:
    if day is None:
        return "Next time"
    weeks = (monday(iso_week(day)) - monday(iso_week(today))).days // 7
    weekday = WEEKDAYS[day.weekday()]
    return {0: f"On {weekday}", 1: f"Next {weekday}"}.get(weeks, f"On {shown_day(day, today)}")


def _about(promise: Promise) -> str:
    shown = after_ask if promise.kind == "ask" else after_i_will
    words = shown(promise).strip().removesuffix(".")
    end = "" if words.endswith(("?", "!", "…")) else "."
    if promise.kind == "ask" and promise.to:
        return f" what {promise.to} answered: {words}{end}"
    if promise.who:
        return f" whether {promise.who} took it on: {words}{end}"
    return f": {words}{end}"

"""The changes and the backups in a terminal, each with the newest first."""

from __future__ import annotations

from datetime import datetime

from followme import style
from followme.dates import shown_day
from followme.hints import Command
from followme.insight.changes import History, Kept, Made
from followme.insight.wording import counted
from followme.screen import Screen
from followme.views.terminal import Printer

MOST = 20
"""How many changes a page has."""


def show(history: History, now: datetime, screen: Screen) -> None:
    """Print the changes and the backups, as read `now`."""
    printer = Printer(screen)
    printer.line("Changes, newest first", style.HEADING)
    for made in history.changes[:MOST]:
        _change(printer, made, now)
    if not history.changes:
        printer.line("None yet.", style.HINT)
    if (more := len(history.changes) - MOST) > 0:
        printer.line(f"{counted(more, 'older change')} not shown.", style.HINT)
    if history.broken:
        printer.line(f"{counted(history.broken, 'line')} of the log can't be read.", style.HINT)
    if history.changes:
        printer.hint("To take back the last one:", Command("undo"), style=style.HINT)
    printer.heading("Backups, newest first")
    for kept in history.backups:
        _backup(printer, kept, now)
    if not history.backups:
        printer.line("None yet. One is made before each change of what's in the journal.", style.HINT)
    else:
        to = Command("undo", "--to", history.backups[0].name)
        printer.hint("To go back to one, such as the newest:", to, style=style.HINT)


def _change(printer: Printer, made: Made, now: datetime) -> None:
    tails = [each[-5:] for each, _ in made.entries if each]
    some = ", ".join(tails[:3]) + (f" {printer.marks.gap}" if len(tails) > 3 else "")
    parts = (_moment(made.time, now), made.verb, made.what, some, made.state)
    printer.parts(parts, style.HINT if made.state else "", style.BAR_COLUMNS)


def _backup(printer: Printer, kept: Kept, now: datetime) -> None:
    parts = (kept.name, _moment(kept.made, now), counted(kept.entries, "entry", "entries"), kept.what)
    printer.parts(parts, indent=style.BAR_COLUMNS)


def _moment(at: datetime, now: datetime) -> str:
    local = at.astimezone(now.tzinfo)
    return f"{shown_day(local.date(), now.date())}, {local:%H:%M}"

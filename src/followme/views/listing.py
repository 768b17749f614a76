"""The list of entries in a terminal: a table, or a few lines for each entry if the screen is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len, set_cell_size

from followme import style
from followme.clean import one_line
from followme.dates import shown_day, week_day
from followme.hints import Command
from followme.insight.digest import Digest
from followme.insight.query import Filters
from followme.insight.wording import titled
from followme.screen import Screen
from followme.views.terminal import Printer

_TABLE_COLUMNS = 72
_HEADERS = ("week of", "date", "id", "set", "answers", "promises", "first words")


def show(
    digests: Sequence[Digest],
    more: Command | None,
    today: date,
    screen: Screen,
    filters: Filters,
    near: tuple[str, Sequence[Command]] = ("", ()),
) -> None:
    """Print the entries, newest first, as read `today`; `more` is how to see older ones, if there are any.

    If there are none, `near` has a sentence on the nearest ones, and the commands that show them.
    """
    printer = Printer(screen)
    if not digests:
        printer.nothing("entries", "entry fits", filters.unfiltered, near)
        return
    if filters.words:
        printer.line(titled("Entries", filters.words), style.TITLE)
    if screen.columns < _TABLE_COLUMNS:
        for digest in digests:
            _few_lines(printer, digest, today)
    else:
        _table(digests, today, printer)
    if more:
        printer.hint("There are older entries. To see more:", more, style=style.HINT)


def _table(digests: Sequence[Digest], today: date, printer: Printer) -> None:
    rows = [_HEADERS, *(_cells(each, today) for each in digests)]
    widths = [max(cell_len(row[at]) for row in rows) for at in range(len(_HEADERS) - 1)]
    for at, row in enumerate(rows):
        cells = [set_cell_size(cell, width) for cell, width in zip(row, widths, strict=False)]
        printer.row("  ".join([*cells, row[-1]]), "" if at else style.HEADING)


def _cells(digest: Digest, today: date) -> tuple[str, ...]:
    entry = digest.entry
    first, *_ = digest.words.strip().splitlines() or [""]
    marks = ("another version" * bool(entry.conflict), "private" * digest.private)
    first = ": ".join(filter(None, (", ".join(filter(None, marks)), first)))
    asked = digest.answered + digest.skipped
    counts = (f"{digest.answered} of {asked}" if asked else "", str(digest.promises or ""))
    week = week_day(entry.week, today)
    # A week with its year needs none beside it.
    day = shown_day(entry.day, entry.day if week.endswith(f", {entry.day.year}") else today)
    about = (week, day, entry.id[-5:], entry.set)
    return tuple(one_line(cell) for cell in (*about, *counts, first))


def _few_lines(printer: Printer, digest: Digest, today: date) -> None:
    week, day, tail, name, answers, _, words = _cells(digest, today)
    printer.line(f"Week of {week} · {tail}", style.HEADING)
    counted = f"{answers} answered" if answers else ""
    printer.line(", ".join(filter(None, (day, name, counted))), indent=style.BAR_COLUMNS)
    if words:
        printer.said(words, rows=1)

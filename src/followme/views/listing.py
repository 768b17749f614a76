"""The list of entries in a terminal: a table, or two lines an entry where the screen is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from followme.insight.digest import Digest
from followme.views.terminal import Printer, Screen, text

_TABLE_COLUMNS = 72


def show(digests: Sequence[Digest], more: bool, screen: Screen) -> None:
    """Print the entries, newest first; `more` says that there are older ones."""
    printer = Printer(screen)
    if not digests:
        printer.line("There are no entries here. The next step is: followme reflect")
        return
    if screen.columns < _TABLE_COLUMNS:
        for digest in digests:
            _two_lines(printer, digest)
    else:
        printer.console.print(_table(digests))
    if more:
        printer.line("There are older entries: followme list -n 100", "dim")


def _table(digests: Sequence[Digest]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for header, width in (("week", 8), ("date", 10), ("id", 5), ("set", 6), ("answers", 7), ("promises", 8)):
        table.add_column(header, min_width=width, no_wrap=header in ("week", "date", "id"))
    table.add_column("first words", no_wrap=True, overflow="ellipsis", ratio=1)
    for each in digests:
        asked = each.answered + each.skipped
        first, *_ = each.words.strip().splitlines() or [""]
        cells = (each.entry.week, str(each.entry.date.date()), each.entry.id[-5:], each.entry.set)
        counts = (f"{each.answered} of {asked}", str(each.promises or ""))
        table.add_row(*(text(cell) for cell in (*cells, *counts, first)))
    return table


def _two_lines(printer: Printer, digest: Digest) -> None:
    entry = digest.entry
    asked = digest.answered + digest.skipped
    printer.line(f"{entry.week}  {entry.date.date()}  {entry.id[-5:]}", "bold")
    printer.line(f"{entry.set}, {digest.answered} of {asked} answered", indent=2)

"""A page of help in a terminal, a pipe, or line by line: usage, what a command does, and panels of names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from followme import style
from followme.frozen import frozen
from followme.screen import Screen
from followme.views.terminal import Printer

WIDEST = 100
"""The most columns of a page; longer lines are hard to read."""

_INDENT, _GAP, _WIDEST_NAME = 2, 2, 28


@frozen
class Panel:
    """Rows of a name and its meaning, below a title; "" for no title."""

    title: str
    rows: tuple[tuple[str, str], ...]


@frozen
class Page:
    """The words of a page of help; `about` has the paragraphs."""

    usage: str
    about: tuple[str, ...]
    panels: tuple[Panel, ...]


def show(page: Page, screen: Screen) -> None:
    """Print the page. Names stay whole; a meaning stands below its name if there is no room beside it."""
    printer = Printer(replace(screen, columns=min(screen.columns, WIDEST)))
    printer.line(f"Usage: {page.usage}", style.TITLE)
    for paragraph in page.about:
        printer.line()
        printer.line(paragraph)
    titled = [row for panel in page.panels if panel.title for row in panel.rows]
    for panel in page.panels:
        width = _width(titled if panel.title else panel.rows)
        printer.line()
        if panel.title:
            printer.line(panel.title, style.HEADING)
        for name, meaning in panel.rows:
            printer.pair(" " * _INDENT + name, meaning, width)


def _width(rows: Sequence[tuple[str, str]]) -> int:
    """The columns for the names, the blanks around them included."""
    return _INDENT + max((len(name) for name, _ in rows if len(name) <= _WIDEST_NAME), default=0) + _GAP

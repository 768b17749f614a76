"""A console for a screen, and the few methods that all terminal views use to print words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.console import Console
from rich.style import Style
from rich.text import Text

from followme import clean
from followme.hints import Command
from followme.screen import Screen

_MARKED = Style(bold=True, reverse=True)
"""Seen without color too."""


class Printer:
    """Prints words on a screen. It cleans all words first, and reads none of them as markup."""

    def __init__(self, screen: Screen) -> None:
        self.columns = screen.columns
        self.typed = screen.command
        self.console = Console(
            file=screen.stream,
            width=screen.columns,
            force_terminal=screen.styles,
            no_color=not screen.color,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def line(self, words: str = "", style: str = "", indent: int = 0) -> None:
        """Print words on lines of their own, broken only between words."""
        self._lines(text(words, style), indent)

    def marked(self, words: str, marks: Callable[[str], Iterable[tuple[int, int]]], indent: int = 0) -> None:
        """Print words as `line` does, with parts of them marked; `marks` finds these in the words as they're shown."""
        shown = text(words)
        for start, end in marks(shown.plain):
            shown.stylize(_MARKED, start, end)
        self._lines(shown, indent)

    def hint(self, words: str, *commands: Command, style: str = "", indent: int = 0) -> None:
        """Print words, and below them each command, whole and on a line of its own, ready to copy."""
        self.line(words, style, indent)
        for command in commands:
            self._whole(self.typed(command), style, indent + 2)

    def row(self, words: str, style: str = "", *, rows: int = 1, indent: int = 0) -> None:
        """Print words on `rows` rows at most, with an ellipsis at the end if there are more."""
        lines = self._rows(text(words, style), self.columns - indent) if rows > 1 else [text(words, style)]
        if len(lines) > rows:
            lines[rows - 1].truncate(self.columns - indent - 2)
            lines[rows - 1].rstrip()
            lines[rows - 1].append(" …")
        for row in lines[:rows]:
            row.truncate(self.columns - indent, overflow="ellipsis")
            row.rstrip()
            self.console.print(Text(" " * indent) + row)

    def pair(self, left: str, right: str, width: int, style: str = "cyan") -> None:
        """Print a short word and its meaning: side by side, or one below the other if there is no room for that."""
        if self.columns < width + 30 or len(left) >= width:
            indent = len(left) - len(left.lstrip())
            self._whole(left.lstrip(), style, indent)
            self.line(right, indent=indent + 2)
            return
        for at, row in enumerate(self._rows(text(right), self.columns - width)):
            head = text(left) if at == 0 else Text()
            head.stylize(style)
            head.pad_right(max(width - head.cell_len, 0))
            self.console.print(head + row)

    def _whole(self, words: str, style: str, indent: int = 0) -> None:
        self.console.print(Text(" " * indent) + text(clean.one_line(words), style), soft_wrap=True)

    def _lines(self, words: Text, indent: int) -> None:
        for row in self._rows(words, self.columns - indent):
            self.console.print(Text(" " * indent) + row)

    def _rows(self, words: Text, columns: int) -> list[Text]:
        rows = words.wrap(self.console, max(columns, 1))
        for row in rows:
            row.rstrip()
        return list(rows) or [Text("")]


def text(words: str, style: str = "") -> Text:
    """Return words made safe for the terminal."""
    return Text(clean.for_terminal(words), style)

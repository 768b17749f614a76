"""What the rich asker prints above its prompt, row by row, as on paper: it is never drawn again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, OverflowMethod
from rich.text import Text

from followme import clean, style
from followme.asking.rich.rows import columns_of
from followme.asking.wrap import rows
from followme.screen import between_folders, has_long_path


class Paper:
    """Prints rows as wide as the screen is now. It cleans all words first, and reads none of them as markup."""

    def __init__(self, stream: TextIO, *, color: bool, unicode: bool, columns: int | None) -> None:
        self._console = Console(
            file=stream,
            width=columns,
            markup=False,
            emoji=False,
            highlight=False,
            no_color=not color,
            force_terminal=True,
        )
        self.marks = style.marks(unicode=unicode)
        self.accent = style.accent(self._console.color_system)

    @property
    def columns(self) -> int:
        """The width of the screen."""
        return self._console.width

    def line(self, words: str = "", style: str = "", indent: int = 0) -> None:
        """Print words on rows of their own, broken only between words."""
        for row in self.rows(words, indent=indent, whole_paths=True):
            self._console.print(Text(row, style), soft_wrap=True)

    def said(self, words: str) -> None:
        """Print what the leader wrote as it looked while it was typed, with the bar at its left."""
        bar = Text.assemble((self.marks.before, self.accent))
        for row in self.rows_said(words):
            self._console.print(bar + row, soft_wrap=True)

    def scale(self, drawn: Iterable[style.Row]) -> None:
        """Print the rows of a scale, with the bar at their left."""
        for steps in drawn:
            bar = (self.marks.before, self.accent)
            self._console.print(Text.assemble(bar, *((part, look) for look, part in steps)))

    def progress(self, number: int, count: int, section: str) -> None:
        """Print how far along this is, and the section that begins here, "" for none."""
        done, left = style.progress(number, count, self.columns)
        row = Text.assemble((self.marks.done * done, self.accent), (self.marks.left * left, style.REPEATED))
        row.append(f"  {number} of {count}")
        if row.cell_len + len(section) + 3 > self.columns:
            self.line(section, style.HEADING)
        elif section:
            row.append(f" {self.marks.dot} ").append(clean.for_terminal(section), style.HEADING)
        self._console.print(row)

    def verdict(self, label: str, left_open: str) -> None:
        """Print what became of a promise, or that it was left open."""
        words = f"{self.marks.picked} {label}" if label else left_open
        self.line(words, style.VERDICT if label else style.SKIPPED, indent=style.BAR_COLUMNS)

    def option(self, number: int, option: str) -> None:
        """Print an option beside its number."""
        first, *rest = map(Text, self.hanging(f"{number:>2}", option, style.BAR_COLUMNS))
        first.stylize(style.KEY, 0, style.BAR_COLUMNS)
        for row in (first, *rest):
            self._console.print(row)

    def dotted(self, words: str) -> str:
        """Return the words with the dot that this screen can show."""
        return words.replace("·", self.marks.dot)

    def hanging(self, head: str, words: str, indent: int, columns: int | None = None) -> list[str]:
        """Return the rows of a short word and its meaning, which is beside it, `indent` columns from the left."""
        first, *rest = self.rows(words, indent=indent, columns=columns)
        return [head.ljust(indent) + first.lstrip(), *rest]

    def rows(
        self, words: str, *, indent: int = 0, columns: int | None = None, whole_paths: bool = False
    ) -> list[str]:
        """Return the words made safe and broken between words, with nothing after the last one of a row."""
        width = max((columns or self.columns) - indent, 10)
        words = clean.for_terminal(words)
        overflow: OverflowMethod | None = "ignore" if whole_paths and has_long_path(words, width) else None
        words = words if whole_paths else between_folders(words, width)
        rows = Text(words, overflow=overflow).wrap(self._console, width)
        return [f"{' ' * indent}{row.plain}".rstrip() for row in rows] or [""]

    def rows_said(self, words: str, columns: int | None = None) -> list[str]:
        """Return the rows of what the leader wrote, broken as in the prompt, with room for the bar at their left."""
        width = max((columns or self.columns) - style.BAR_COLUMNS, 1)
        return rows(clean.for_terminal(words), width, columns_of)

"""A console for a screen, and the few methods that all terminal views use to print words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from followme import clean, style
from followme.dates import MONTHS, WEEKDAYS, shown_day, week_title
from followme.hints import Command
from followme.insight.later import Later
from followme.model import Entry
from followme.screen import Screen, command_row, has_long_path

_WIDE = 60
"""How many columns it takes to have something beside something else."""

_YOURS = "You wrote: "
"""Before what the leader wrote, where nothing else sets it apart."""

_BETWEEN = 2
"""The blank columns between words side by side."""

_HOLD = "\ufdd0"
"""Holds the parts of a date together where a row would break. It's no character, so no text has it."""

_DAY, _MONTH = ("|".join(name[:3] for name in names) for names in (WEEKDAYS, MONTHS))
_DATE = re.compile(rf"(?:\bBy )?(?:\b(?:{_DAY}), )?\b(?:{_MONTH}) [0-9]{{1,2}}\b(?:, [0-9]{{4}}\b)?")
"""A date as `shown_day` writes it, such as "Fri, Dec 3, 2027", and the "By" of a promise before it."""


class Printer:
    """Prints words on a screen. It cleans all words first, and reads none of them as markup."""

    def __init__(self, screen: Screen) -> None:
        self.columns = screen.columns
        self.typed = screen.command
        self.marks = style.marks(unicode=screen.unicode)
        self.console = Console(
            file=screen.stream,
            width=screen.columns,
            force_terminal=screen.styles,
            no_color=not screen.color,
            markup=False,
            emoji=False,
            highlight=False,
        )
        self._is_terminal = screen.terminal
        self._accent = style.accent(self.console.color_system)
        # A reader of lines gets words alone.
        self._draws = screen.styles
        self.is_wide = screen.styles and screen.columns >= _WIDE
        self._before = self.marks.before if screen.styles else " " * style.BAR_COLUMNS
        self._joint = f" {self.marks.dot} " if screen.styles else ", "

    def title(self, week: str, today: date, *about: str) -> None:
        """Print the title of a page: the week with its ISO week beside it, and words about the page, if any."""
        words = self._joint.join(map(clean.one_line, filter(None, about)))
        name = week_title(week, today)
        row = Text.assemble(text(name, style.TITLE), (f"  {week}" if name != week else "", style.REPEATED))
        if row.cell_len + len(words) + 3 > self.columns:
            self.console.print(row)
            self.line(words)
        else:
            self.console.print(row + text(f"{self._joint}{words}" if words else ""))

    def entry_title(self, entry: Entry, today: date, *, private: bool, person: str = "") -> None:
        """Print the week of something from an entry, the end of its id, who it's about, and what sets it apart."""
        imported = f"imported from {entry.imported}" if entry.imported else ""
        conflict = "another version, not counted" if entry.conflict else ""
        # The week is named with its year.
        day = shown_day(entry.day, entry.day) if entry.about_event else ""
        about = (day, entry.id[-5:], person, imported, conflict, "private" if private else "")
        self.title(entry.week, today, *about)

    def heading(self, words: str) -> None:
        """Print the heading of a part, below a blank row."""
        self.line()
        self.line(words, style.HEADING)

    def said(self, words: str, *, rows: int = 0) -> None:
        """Print what the leader wrote, with a bar at its left; at most `rows` rows, or all if it's 0."""
        self._said(text(words, style.TYPED), rows)

    def noted(self, words: str, *, rows: int = 0) -> None:
        """Print what the leader added to what stands above; without the bar, it says that it is the leader's."""
        self.said(words if self._draws else f"{_YOURS}{words}", rows=rows)

    def dated(self, when: str, words: str, width: int) -> None:
        """Print what the leader wrote on a day: beside the day, or below it if there's no room; `width` is the day's.

        Without the bar, it says that it is the leader's.
        """
        if self.is_wide:
            self.beside(" " * style.BAR_COLUMNS + when, words, width)
        elif self._draws:
            self.line(when, style.HINT, indent=style.BAR_COLUMNS)
            self.said(words)
        else:
            self.said(f"{when}, you wrote: {words}")

    def later(self, words: Iterable[Later], written: date) -> None:
        """Print later words on something written on a day, each below its own, in the column of the answer.

        The year is named if it's another one than that of the answer above.
        """
        for each in words:
            private = f"{self._joint}private" if each.private else ""
            self.line(
                f"Later, {shown_day(each.date.date(), written)}{private}", style.HINT, style.BAR_COLUMNS
            )
            self.said(each.text)

    def _said(self, words: Text, rows: int = 0) -> None:
        columns = self.columns - style.BAR_COLUMNS
        bar = Text.assemble((self._before, self._accent))
        for row in self._at_most(self._rows(words, columns), rows, columns):
            self.console.print(bar + row)

    def beside(self, label: str, words: str, width: int, rows: int = 0) -> None:
        """Print what the leader wrote, with a bar at its left, and a label of this width at the left of that."""
        columns = self.columns - width - style.BAR_COLUMNS
        for at, row in enumerate(self._at_most(self._rows(text(words, style.TYPED), columns), rows, columns)):
            head = text(label if at == 0 else "")
            head.pad_right(max(width - head.cell_len, 0))
            self.console.print(Text.assemble(head, (self._before, self._accent), row))

    def side_by_side(self, pairs: Sequence[tuple[str, str]], rows: int = 0) -> None:
        """Print what the leader wrote in columns, each with a label above it, and at most `rows` rows of each."""
        width = (self.columns + _BETWEEN) // len(pairs) - _BETWEEN
        columns = [self._column(label, words, width, rows) for label, words in pairs]
        for row in zip_longest(*columns, fillvalue=Text()):
            joined = Text()
            for at, each in enumerate(row):
                joined.pad_right(max(at * (width + _BETWEEN) - joined.cell_len, 0))
                joined.append_text(each)
            self.console.print(joined)

    def _column(self, label: str, words: str, width: int, rows: int) -> list[Text]:
        room = width - style.BAR_COLUMNS
        said = self._at_most(self._rows(text(words, style.TYPED), room), rows, room)
        bar = (self._before, self._accent)
        return [*self._rows(text(label), width), *(Text.assemble(bar, row) for row in said)]

    def brief(self, about: str, words: str, look: str = style.TYPED) -> None:
        """Print words on one row, and at their left what they're about, both cut where they have no room.

        The last words stay, so that what was added at the end can be seen.
        """
        width = self.columns * 2 // 5
        left, right = text(clean.one_line(about)), text(clean.one_line(words), look)
        self._cut(left, width)
        left.pad_right(width - left.cell_len)
        self._cut(right, self.columns - width - style.BAR_COLUMNS, keeps_end=True)
        self.console.print(Text.assemble(left, (self._before, self._accent), right))

    def told(self, about: str, words: str, width: int, *, rows: int) -> None:
        """Print what words are about, and the words at its right as `said` does, or below it if there's no room."""
        if self.columns < _WIDE or width * 2 > self.columns + _WIDE // 4 or not (words and self._draws):
            self.line(about, indent=2)
            if words:
                self.noted(words, rows=rows)
            return
        self.beside(f"  {clean.one_line(about)}", words, width, rows)

    def drawn(self, before: str, signs: str, after: str = "", look: str | None = None) -> None:
        """Print a row of signs that were drawn, with words at its left and at its right."""
        row = Text.assemble(text(before), text(signs, self._accent if look is None else look), text(after))
        row.rstrip()
        self.console.print(row, soft_wrap=True)

    def scale(self, low: int, high: int, ends: tuple[str, str], chosen: int) -> None:
        """Print a number on its scale, as a row of steps if that can be drawn, else with the meaning of the ends."""
        safe = (clean.for_terminal(ends[0]), clean.for_terminal(ends[1]))
        rows = style.steps(low, high, safe, chosen, self.columns - style.BAR_COLUMNS, cell_len)
        if not self._draws or not low <= chosen <= high or not rows:
            self.said(str(chosen))
            self.line(f"({low} {ends[0]}, {high} {ends[1]})", style.HINT, style.BAR_COLUMNS)
            return
        for row in rows:
            bar = (self._before, self._accent)
            self.console.print(Text.assemble(bar, *((words, look) for look, words in row)))

    def line(self, words: str = "", style: str = "", indent: int = 0) -> None:
        """Print words on lines of their own, broken only between words."""
        self._lines(text(words, style), indent)

    def items(self, words: Iterable[str]) -> None:
        """Print short items with commas between them; rows end between two of them."""
        rows = [""]
        for item in words:
            joined = f"{rows[-1]}, {item}" if rows[-1] else item
            if cell_len(joined) < self.columns:
                rows[-1] = joined
            else:
                rows[-1] += ","
                rows.append(item)
        for row in rows:
            self.line(row)

    def parts(self, parts: Iterable[str], style: str = "", indent: int = 0) -> None:
        """Print the parts of one thing with dots between them; rows end between two, and later rows are further in."""
        rows = [""]
        for part in filter(None, parts):
            joined = f"{rows[-1]} {self.marks.dot} {part}" if rows[-1].strip() else rows[-1] + part
            if cell_len(joined) <= self.columns - indent or not rows[-1].strip():
                rows[-1] = joined
            else:
                rows.append(f"  {part}")
        for row in rows:
            self.line(row, style, indent)

    def rule(self) -> None:
        """Draw a line across the page below a blank one; without styles, print the blank one alone."""
        self.line()
        if self._draws:
            self.console.print(Text(self.marks.left * self.columns, self._accent))

    def marked(self, words: str, marks: Callable[[str], Iterable[tuple[int, int]]]) -> None:
        """Print words as `said` does, with parts of them marked; `marks` finds these in the words as they're shown."""
        shown = text(words if self._draws else f"{_YOURS}{words}")
        for start, end in marks(shown.plain):
            shown.stylize(style.FOUND, start, end)
        self._said(shown)

    def hint(self, words: str, *commands: Command, style: str = "", indent: int = 0) -> None:
        """Print words, and below them each command, whole and on a line of its own, ready to copy."""
        self.line(words, style, indent)
        for command in commands:
            self._command(command, style, indent + 2)

    def nothing(
        self,
        none: str,
        one: str,
        unfiltered: Command | None,
        near: tuple[str, Sequence[Command]] = ("", ()),
    ) -> None:
        """Print that there are none of these, and how to go on: without the filters, or where there are none, start.

        `near` has a sentence on the nearest ones, and the commands that show them.
        """
        sentence, commands = near
        if unfiltered and sentence:
            self.hint(f"No {one} these filters. {sentence}", *commands)
            self.hint("See all with:", unfiltered)
        elif unfiltered:
            self.hint(f"No {one} these filters. See all with:", unfiltered)
        else:
            self.hint(f"There are no {none} here. Start with:", Command("reflect"))

    def row(self, words: str, style: str = "", *, rows: int = 1, indent: int = 0) -> None:
        """Print words on `rows` rows at most, with an ellipsis at the end if there are more."""
        columns = self.columns - indent
        lines = self._rows(text(words, style), columns) if rows > 1 else [text(words, style)]
        for row in self._at_most(lines, rows, columns):
            self._cut(row, columns)
            row.rstrip()
            self.console.print(Text(" " * indent) + row)

    def _cut(self, row: Text, columns: int, *, keeps_end: bool = False) -> None:
        """Cut a row that is longer, with the sign for that at its end, or before its last words if it `keeps_end`.

        The sign that rich uses grows in ASCII.
        """
        if row.cell_len > columns:
            end = _last_words(row.plain, columns // 2) if keeps_end else ""
            row.truncate(columns - len(self.marks.gap) - cell_len(end))
            row.append(self.marks.gap + end)

    def _at_most(self, lines: list[Text], rows: int, columns: int) -> list[Text]:
        """The first `rows` of these lines, with an ellipsis after a whole word if there are more; all if it's 0."""
        if 0 < rows < len(lines):
            last = lines[rows - 1]
            whole = last.plain
            last.truncate(columns - len(self.marks.gap) - 1)
            kept = len(last)
            if whole[kept : kept + 1].strip() and " " in last.plain:
                last.right_crop(kept - last.plain.rindex(" "))
            last.rstrip()
            last.append(f" {self.marks.gap}")
        return lines[: rows or None]

    def pair(self, left: str, right: str, width: int, style: str = style.KEY) -> None:
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

    def _command(self, command: Command, style: str, indent: int) -> None:
        line = clean.one_line(self.typed(command))
        row = command_row(line, self.columns, indent) if self._is_terminal else " " * indent + line
        self.console.print(text(row, style), soft_wrap=True)

    def _whole(self, words: str, style: str, indent: int = 0) -> None:
        self.console.print(Text(" " * indent) + text(clean.one_line(words), style), soft_wrap=True)

    def _lines(self, words: Text, indent: int) -> None:
        words.overflow = "ignore" if has_long_path(words.plain, self.columns - indent) else None
        for row in self._rows(words, self.columns - indent):
            self.console.print(Text(" " * indent) + row, soft_wrap=True)

    def _rows(self, words: Text, columns: int) -> list[Text]:
        whole = words.copy()
        whole.plain = _DATE.sub(lambda date: date[0].replace(" ", _HOLD), words.plain)
        rows = whole.wrap(self.console, max(columns, 1))
        for row in rows:
            row.plain = row.plain.replace(_HOLD, " ")
            row.rstrip()
        return list(rows) or [Text("")]


def text(words: str, style: str = "") -> Text:
    """Return words made safe for the terminal."""
    return Text(clean.for_terminal(words), style)


def _last_words(words: str, columns: int) -> str:
    """As many whole words from the end as have room, with the blank before them; "" if not one has."""
    end = words[-columns:]
    starts = (at for at, sign in enumerate(end) if sign == " ")
    return next((end[at:] for at in starts if cell_len(end[at:]) <= columns), "")

"""The screen of verdicts in a full terminal: every promise with its endings below it, and the keys that pick one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Dimension, FormattedTextControl, ScrollOffsets, Window

from followme.asking.picks import takes
from followme.asking.rich import keys
from followme.asking.rich.editing import Handler
from followme.asking.rich.picking import PickKeys
from followme.asking.verdicts import OPEN, label_of
from followme.asking.walk import NEXT, PAUSE, Move
from followme.kinds.base import Field
from followme.style import BAR_COLUMNS, Marks

Break = Callable[[str, int], list[str]]
"""A function that breaks words into rows with room for the bar beside them; it gets the columns of the screen."""


class VerdictKeys(PickKeys):
    """The keys of the screen: the buffer has one sign for each row, and its cursor is at the row to answer."""

    def attach(self, app: Application[Move], buffer: Buffer) -> None:
        """Take over the keys, and begin at the first row that is open, or else at the last one."""
        super().attach(app, buffer)
        self._taken: list[tuple[int, str]] = []
        first = buffer.text.find(OPEN)
        buffer.cursor_position = first if first >= 0 else len(buffer.text) - 1

    @property
    def _row(self) -> Field:
        return self.field.rows[self._buffer.cursor_position]

    def _editing_keys(self, bindings: KeyBindings) -> None:
        """Bind none: nothing is written here."""

    def _own(self) -> dict[str, Handler]:
        letters = {key for row in self.field.rows for key in row.keys}
        digits = map(str, range(1, max(len(row.keys) for row in self.field.rows) + 1))
        return {
            "<any>": self._refuse_sign,
            **dict.fromkeys([*letters, *map(str.upper, letters), *digits], self._answer),
            "up": lambda event: self._stand_at(self._buffer.cursor_position - 1),
            "down": lambda event: self._stand_at(self._buffer.cursor_position + 1),
            "backspace": self._take_back,
            "c-d": self._leaving(PAUSE),
            "<bracketed-paste>": self._refuse_sign,
        }

    @property
    def _is_whole(self) -> bool:
        return True

    def _answer(self, event: KeyPressEvent) -> None:
        """Take this ending for the row, put it on disk, and go on to the next row that is open.

        After the last one, the screen waits for what follows, since that would be a word.
        """
        in_a_word = self._goes_on_typing() and (self._refused or self._before is not None)
        row, key = self._row, event.data.lower()
        key = row.keys[int(key) - 1] if key.isdigit() and int(key) <= len(row.keys) else key
        if in_a_word or key not in row.keys:
            self._refuse()
            return
        at, text = self._buffer.cursor_position, self._buffer.text
        self._taken.append((at, text[at]))
        self._refused = False
        self._write(key)
        # An Enter that follows out of habit must not leave the next row open.
        self._be_deaf(keys.HABIT_SECONDS)
        if OPEN in self._buffer.text[at + 1 :]:
            self._go_on("")
        else:
            self._before = text

    def _go_on(self, mark: str) -> None:
        """Go on to the next row that is open, or leave the screen after the last one."""
        at = self._buffer.text.find(OPEN, self._buffer.cursor_position + 1)
        self._leave(NEXT) if at < 0 else self._stand_at(at)

    def _take_back(self, event: KeyPressEvent) -> None:
        """Open this row again; if it is open, go back to the one before and open that."""
        at, self._before = self._buffer.cursor_position, None
        if self._buffer.text[at] == OPEN:
            self._stand_at(at - 1)
        self._write(OPEN)

    def _write(self, sign: str) -> None:
        at, text = self._buffer.cursor_position, self._buffer.text
        self._buffer.document = Document(text[:at] + sign + text[at + 1 :], at)
        self.keep(self._buffer.text)

    def _stand_at(self, at: int) -> None:
        self._before = None
        self._buffer.cursor_position = min(max(at, 0), len(self.field.rows) - 1)

    def _goes_on_typing(self) -> bool:
        """Whether a sign came right before this one; if not, what was taken before stays."""
        if not (follows := self._follows()):
            self._taken.clear()
        return follows

    def _refuse_sign(self, event: KeyPressEvent) -> None:
        if event.data.isprintable() or len(event.data) > 1:
            self._goes_on_typing()
            self._refuse()

    def _refuse(self) -> None:
        """Say what is taken here, and take back all endings whose keys were a part of this word."""
        for at, sign in reversed(self._taken):
            self._buffer.cursor_position = at
            self._write(sign)
        self._taken.clear()
        self._before, self._refused = None, True
        self.footer.say(takes(self._row))


def screen_of(
    rows: Sequence[Field],
    buffer: Buffer,
    columns: Callable[[], int],
    most: Callable[[], int],
    broken: Break,
    marks: Marks,
) -> Window:
    """Return the window that shows the rows around the one to answer, `most` of them, with a bar beside a promise."""

    def fragments() -> StyleAndTextTuples:
        # The cursor's place goes with the rows: a window that changes meanwhile would move it out of them.
        shown = list(_lines(rows, buffer.text, buffer.cursor_position, columns(), broken, marks))
        own = [line for row, line in shown if row == buffer.cursor_position]
        own[-1].insert(0, ("[SetCursorPosition]", ""))
        lines = [line for _, line in shown]
        return [part for line in lines[:-1] for part in (*line, ("", "\n"))] + lines[-1]

    control = FormattedTextControl(fragments, focusable=True, show_cursor=False)
    return Window(
        control,
        height=lambda: Dimension(max=most()),
        scroll_offsets=ScrollOffsets(top=4, bottom=1),
        dont_extend_height=True,
    )


def _lines(
    rows: Sequence[Field], signs: str, here: int, columns: int, broken: Break, marks: Marks
) -> Iterator[tuple[int, StyleAndTextTuples]]:
    """The rows of the screen, each with the number of its promise."""
    for at, (row, sign) in enumerate(zip(rows, signs, strict=True)):
        first = marks.here if at == here else " "
        for number, words in enumerate(broken(row.ask, columns)):
            mark = " " if number else first
            yield at, [("class:here", mark), ("class:bar", f"{marks.bar} "), ("class:promise", words)]
        if sign == OPEN or at == here:
            look = "class:here" if at == here else "class:endings"
            ways = (
                f"{marks.picked if key == sign else key} {label}"
                for key, label in zip(row.keys, row.options, strict=True)
            )
            for words in _packed(ways, columns):
                yield at, [(look, words)]
        else:
            yield at, [("class:verdict", f"{' ' * BAR_COLUMNS}{marks.picked} {label_of(row, sign)}")]


def _packed(ways: Iterable[str], columns: int) -> list[str]:
    """The endings in as few rows as there is room for, each in one piece."""
    rows: list[str] = []
    for way in ways:
        if rows and len(rows[-1]) + 2 + len(way) < columns:
            rows[-1] += f"  {way}"
        else:
            rows.append(" " * BAR_COLUMNS + way)
    return rows

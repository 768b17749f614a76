"""The asker for a full terminal: its paper shows the questions and answers, its prompt takes what is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.layout import Window
from prompt_toolkit.output import ColorDepth, Output, create_output

from followme import style
from followme.asking import understood
from followme.asking.item import Item
from followme.asking.key_words import all_keys, how_private, toolbar
from followme.asking.last_time import always_shown, can_be_shown, last_time
from followme.asking.picks import how, offered, picked, said, typed_text
from followme.asking.rich import picking, verdicts
from followme.asking.rich.footer import LEAST_ROWS, Footer
from followme.asking.rich.keys import FieldKeys
from followme.asking.rich.paper import Paper
from followme.asking.rich.prompt import Prompt
from followme.asking.verdicts import labels_of
from followme.asking.walk import BACK, NEXT, Move, Rows
from followme.errors import NotEdited
from followme.hints import Command
from followme.kinds.base import Field
from followme.model import Value

LAST_TIME = "Ctrl+R shows what you answered last time."
PAGES = "F3 shows again what you looked back on."

BESIDE_ROWS = 4
"""The rows for the section, how far along this is, the keys, and a sentence, beside a question and its rows."""


class RichAsker:
    """Asks in a terminal that can move its cursor. Everything it shows goes to one stream.

    `breaks_rows` says that the terminal breaks rows when its window gets narrower; if not, it cuts them off.
    With `enter_is_line`, Enter and Ctrl+J change places in a text. `show_last` shows the answer from last time above
    every open question. `named` returns a command as it's typed, for answers of the entry that will be the last one.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        color: bool = True,
        unicode: bool = True,
        edit: Callable[[str], str] | None = None,
        breaks_rows: bool = True,
        enter_is_line: bool = False,
        show_last: bool = False,
        named: Callable[[Command], str] | None = None,
        keyboard: Input | None = None,
        screen: Output | None = None,
        columns: int | None = None,
    ) -> None:
        self._paper = Paper(stream, color=color, unicode=unicode, columns=columns)
        keys, drawn = keyboard or create_input(), screen or create_output(stdout=stream)
        depth = None if color else ColorDepth.DEPTH_1_BIT
        self._prompt = Prompt(keys, drawn, depth, self._paper.marks.bar, self._paper.accent, breaks_rows)
        self._edit = edit
        self._enter_is_line = enter_is_line
        self._show_last = show_last
        self._named = named
        self._item: Item | None = None
        self._pages: Rows | None = None
        self._explained = {""}
        self._complaint = ""
        self._deaf = False
        self._came_back = False
        self._announced = self._prompt.announces_pastes

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        """Print the section, how far along this is, the question and its hint."""
        self._item, self._came_back = item, False
        self._paper.line()
        self._paper.progress(number, count, item.section if first else "")
        if first and item.intro:
            self._paper.line(item.intro, style.HINT)
        for heading, words in item.quoted:
            self._paper.line(heading, style.HINT)
            self._paper.said(words)
        self._paper.line(item.ask, style.QUESTION)
        if item.hint:
            self._paper.line(item.hint, style.HINT)
        if self._show_last and always_shown(item):
            self._print_last(item.fields[0])
        elif can_be_shown(item):
            self._explain(LAST_TIME)
        if self._pages:
            self._explain(PAGES)

    def ask(self, field: Field, value: Value, typing: Callable[[Value], object]) -> Move:
        """Print what the field adds to the question, and take what is typed."""
        if self._came_back:
            self._print_question(field)
        self._print_field(field)
        text = typed_text(field, value)
        while True:
            move = self._take(field, text, typing)
            text = move.value if isinstance(move.value, str) else ""
            try:
                return Move(move.action, picked(field, text, value))
            except ValueError as error:
                if move.action != NEXT:
                    return Move(move.action, value)
                self.complain(str(error))

    def accept(self, field: Field, value: Value) -> None:
        """Print the value that was taken in place of the typed text, so that all answers stay visible."""
        for row, label in zip(field.rows, labels_of(value, len(field.rows)), strict=True):
            self._paper.said(row.ask)
            self._paper.verdict(label, row.empty)
        if field.rows:
            return
        words = said(field, value)
        if words.strip() and (drawn := self._steps(field, value)):
            self._paper.scale(drawn)
        elif words.strip():
            self._paper.said(words)
        elif field.empty:
            self._paper.line(field.empty, style.SKIPPED, indent=style.BAR_COLUMNS)

    def keep_at_hand(self, pages: Rows) -> None:
        """Have F3 show these pages from now on."""
        self._pages = pages

    def tell(self, words: str) -> None:
        """Print words that need no answer."""
        self._paper.line(words, style.HINT, indent=style.BAR_COLUMNS)

    def complain(self, sentence: str) -> bool:
        """Print why the value doesn't fit; return True, since it is asked again."""
        self._paper.line(sentence, style.COMPLAINT)
        self._complaint = sentence
        return True

    def _take(self, field: Field, text: str, typing: Callable[[Value], object]) -> Move:
        """Run one prompt. A text that can't be read as a value yet is not reported."""

        def heard(now: str) -> object:
            try:
                return typing(picked(field, now))
            except ValueError:
                return None

        footer = Footer(
            lambda: self._prompt.size,
            lambda words, columns: self._paper.rows(words, columns=columns),
            lambda columns: self._toolbar(field, columns, filled=keys.filled),
        )
        keys = self._keys(field, footer, heard)
        if self._fills_the_screen(text):
            footer.say(self._complaint)
        self._complaint = ""
        move = self._prompt.run(text, keys, footer, heard, self._screen_of(field))
        self._announced, self._deaf = keys.announced, keys.at_once
        self._came_back = move.action == BACK
        return move

    def _keys(self, field: Field, footer: Footer, heard: Callable[[str], object]) -> FieldKeys:
        """The keys of one prompt."""

        def edited(now: str) -> str:
            # Nothing is reported while the editor is open, and that may be long.
            heard(now)
            return self._edited(now)

        picks = verdicts.VerdictKeys if field.rows else picking.PickKeys
        return (FieldKeys if field.input in ("text", "line") else picks)(
            field=field,
            footer=footer,
            edit=edited,
            keep=heard,
            all_keys=lambda columns: self._key_rows(field, columns),
            last_time=lambda: self._last_time(field),
            pages=self._pages,
            announced=self._announced,
            deaf=self._deaf,
            enter_is_line=self._enter_is_line,
        )

    def _screen_of(self, field: Field) -> Callable[[Buffer], Window] | None:
        """What draws a field: rows in place of its text, or a scale above it; None if nothing does."""

        def columns() -> int:
            return self._prompt.size[1]

        if field.rows:
            return lambda buffer: verdicts.screen_of(
                field.rows, buffer, columns, self._rows_left, self._paper.rows_said, self._paper.marks
            )
        if self._steps(field):
            return lambda buffer: picking.screen_of(field, buffer, columns, self._paper.marks)
        return None

    def _rows_left(self) -> int:
        """How many rows the question and the keys leave on the screen."""
        rows, columns = self._prompt.size
        above = [self._item.ask, self._item.hint] if self._item else []
        taken = sum(len(self._paper.rows(words, columns=columns)) for words in above)
        return max(rows - taken - BESIDE_ROWS, LEAST_ROWS)

    def _steps(self, field: Field, value: Value = "") -> tuple[style.Row, ...]:
        """The rows of a scale that is drawn, with this number filled; none for any other field."""
        return picking.steps_of(field, str(value), self._paper.columns)

    def _fills_the_screen(self, text: str) -> bool:
        """Whether the text in the prompt is so long that it pushes the question out of sight."""
        rows, columns = self._prompt.size
        return len(self._paper.rows(text, columns=columns - style.BAR_COLUMNS)) + LEAST_ROWS > rows

    def _edited(self, text: str) -> str:
        if self._edit is None:
            raise NotEdited("There's no editor here. Your text hasn't changed.")
        return self._edit(text)

    def _last_time(self, field: Field) -> str | Rows:
        """The answer from last time as a part to read, or a sentence if there is none to show."""
        heading, words = last_time(self._item, field)
        if not words:
            return heading
        return lambda columns: [
            *self._paper.rows(heading, columns=columns),
            *(self._paper.marks.before + row for row in self._paper.rows_said(words, columns)),
        ]

    def _key_rows(self, field: Field, columns: int) -> list[str]:
        """All keys with their effects, in two columns."""
        keys = all_keys(field, enter_is_line=self._enter_is_line, looked_back=self._pages is not None)
        rows = [row for key, does in keys for row in self._paper.hanging(key, does, 11, columns)]
        lines = () if field.alone else how_private(self._item.question if self._item else None, self._named)
        rows += [row for line in lines for row in self._paper.rows(line, columns=columns)]
        return rows

    def _print_question(self, field: Field) -> None:
        """Print what stands above a field that is asked again, since another one was printed after it."""
        if not field.quote:
            self._paper.line()
        if self._item and (field.input == "row" or not field.ask):
            self._paper.line(self._item.ask, style.QUESTION)

    def _print_field(self, field: Field) -> None:
        if field.input == "row":
            self._paper.line(self._paper.dotted(understood.row(field)), indent=style.BAR_COLUMNS)
            return
        if field.rows:
            return
        if field.keys:
            self._paper.line(self._paper.dotted(offered(field)), style.QUESTION)
            return
        if field.quote:
            self._paper.line()
            self._paper.said(field.quote)
        if field.ask:
            self._paper.line(field.ask)
        if field.hint:
            self._paper.line(field.hint, style.HINT)
        if field.input == "digit" and not self._steps(field):
            self._paper.line(
                f"{field.low} {field.low_label}  {self._paper.marks.gap}  {field.high} {field.high_label}"
            )
        for number, option in enumerate(field.options, 1):
            self._paper.option(number, option)
        if field.input != "yesno" or field.alone:
            # Of a yes or no, the line of keys says it.
            self._explain(how(field))

    def _print_last(self, field: Field) -> None:
        heading, words = last_time(self._item, field)
        self._paper.line(heading, style.HINT)
        if words:
            self._paper.said(words)

    def _explain(self, words: str) -> None:
        """Print an explanation the first time it is needed."""
        if words not in self._explained:
            self._explained.add(words)
            self._paper.line(words, style.HINT)

    def _toolbar(self, field: Field, columns: int, *, filled: bool = False) -> str:
        keys = toolbar(field, columns, enter_is_line=self._enter_is_line, filled=filled)
        return self._paper.dotted(keys)

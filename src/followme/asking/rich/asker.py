"""The asker for a full terminal: questions printed by rich, answers typed through questionary."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.layout import Window
from prompt_toolkit.output import ColorDepth, Output, create_output
from rich.console import Console
from rich.text import Text

from followme import clean
from followme.asking import understood
from followme.asking.item import Item
from followme.asking.key_words import all_keys, toolbar
from followme.asking.last_time import always_shown, can_be_shown, last_time
from followme.asking.picks import how, picked, said, typed_text
from followme.asking.rich.footer import LEAST_ROWS, Footer, Rows
from followme.asking.rich.keys import FieldKeys
from followme.asking.rich.prompt import Prompt
from followme.asking.rich.rows import MARK_COLUMNS
from followme.asking.rich.verdicts import INDENT, VerdictKeys, screen_of
from followme.asking.verdicts import labels_of
from followme.asking.walk import NEXT, Move
from followme.errors import NotEdited
from followme.kinds.base import Field
from followme.model import Value

LAST_TIME = "Ctrl+R shows what you answered last time."


class RichAsker:
    """Asks in a terminal that can move its cursor. Everything it shows goes to one stream.

    `enter_is_line` makes Enter begin a new line in a text, and Ctrl+J go on; `show_last` shows the answer of
    last time above every open question.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        color: bool = True,
        unicode: bool = True,
        edit: Callable[[str], str] | None = None,
        enter_is_line: bool = False,
        show_last: bool = False,
        keyboard: Input | None = None,
        screen: Output | None = None,
        columns: int | None = None,
    ) -> None:
        self._console = Console(
            file=stream,
            width=columns,
            markup=False,
            emoji=False,
            highlight=False,
            no_color=not color,
            force_terminal=True,
        )
        self._prompt = Prompt(
            keyboard=keyboard or create_input(),
            screen=screen or create_output(stdout=stream),
            depth=None if color else ColorDepth.DEPTH_1_BIT,
            mark="›" if unicode else ">",
        )
        self._dot = "·" if unicode else "-"
        self._picked = "●" if unicode else "*"
        self._edit = edit
        self._enter_is_line = enter_is_line
        self._show_last = show_last
        self._item: Item | None = None
        self._explained = {""}
        self._complaint = ""
        self._deaf = False
        self._announced = self._prompt.announces_pastes

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        """Print the section, how far along this is, the question and its hint."""
        self._item = item
        self._print()
        if first and item.section:
            self._print(item.section, "bold cyan")
            if item.intro:
                self._print(item.intro, "dim")
            self._print()
        self._print(f"{number} of {count}", "dim")
        if item.quote:
            self._print(item.quote, "italic")
        self._print(item.ask, "bold")
        if item.hint:
            self._print(item.hint, "dim")
        if self._show_last and always_shown(item):
            self._print_last(item.fields[0])
        elif can_be_shown(item):
            self._explain(LAST_TIME)

    def ask(self, field: Field, value: Value, typing: Callable[[Value], object]) -> Move:
        """Print what the field adds to the question, and take what is typed."""
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
        for row, label in zip(field.rows, labels_of(field, value), strict=True):
            self._print(row.ask, "italic", indent=2)
            self._print(
                f"{self._picked} {label}" if label else row.empty, "" if label else "dim", indent=INDENT
            )
        if field.rows:
            return
        words = said(field, value)
        if words.strip():
            self._print(words, indent=2)
        elif field.empty:
            self._print(field.empty, "dim italic", indent=2)

    def tell(self, words: str) -> None:
        """Print words that need no answer."""
        self._print(words, "dim", indent=2)

    def complain(self, sentence: str) -> bool:
        """Print why the value doesn't fit; return True, since it is asked again."""
        self._print(sentence, "yellow")
        self._complaint = sentence
        return True

    def _take(self, field: Field, text: str, typing: Callable[[Value], object]) -> Move:
        """Run one prompt. A text that can't be read as a value yet is not reported."""

        def heard(now: str) -> object:
            try:
                return typing(picked(field, now))
            except ValueError:
                return None

        def edited(now: str) -> str:
            # Nothing is reported while the editor is open, and that may be long.
            heard(now)
            return self._edited(now)

        footer = Footer(
            lambda: self._prompt.size,
            lambda words, columns: self._rows(words, columns=columns),
            lambda columns: self._toolbar(field, columns),
        )
        keys = (VerdictKeys if field.rows else FieldKeys)(
            field=field,
            footer=footer,
            edit=edited,
            keep=heard,
            all_keys=lambda columns: self._key_rows(field, columns),
            last_time=lambda: self._last_time(field),
            announced=self._announced,
            deaf=self._deaf,
            enter_is_line=self._enter_is_line,
        )
        if self._fills_the_screen(text):
            footer.say(self._complaint)
        self._complaint = ""
        move = self._prompt.run(text, keys, footer, heard, self._screen_of(field))
        self._announced, self._deaf = keys.announced, keys.at_once
        return move

    def _screen_of(self, field: Field) -> Callable[[Buffer], Window] | None:
        """What shows the rows of a field in place of its text; None if it has no rows."""

        def broken(words: str, indent: int, columns: int) -> list[str]:
            return self._rows(words, indent=indent, columns=columns)

        def shown(buffer: Buffer) -> Window:
            marks = (self._prompt.mark, self._picked)
            return screen_of(field.rows, buffer, lambda: self._prompt.size[1], broken, marks)

        return shown if field.rows else None

    def _fills_the_screen(self, text: str) -> bool:
        """Whether the text in the prompt is so long that it pushes the question out of sight."""
        rows, columns = self._prompt.size
        return len(self._rows(text, columns=columns - MARK_COLUMNS)) + LEAST_ROWS > rows

    def _edited(self, text: str) -> str:
        if self._edit is None:
            raise NotEdited("There is no editor here. Your text is as it was.")
        return self._edit(text)

    def _last_time(self, field: Field) -> str | Rows:
        """The answer from last time as a part to read, or a sentence if there is none to show."""
        heading, words = last_time(self._item, field)
        if not words:
            return heading
        return lambda columns: [
            *self._rows(heading, columns=columns),
            *self._rows(words, indent=2, columns=columns),
        ]

    def _key_rows(self, field: Field, columns: int) -> list[str]:
        """All keys with their effects, in two columns."""
        keys = all_keys(field, enter_is_line=self._enter_is_line)
        return [row for key, does in keys for row in self._hanging(key, does, 11, columns)]

    def _print_field(self, field: Field) -> None:
        if field.input == "row":
            self._print(understood.row(field).replace("·", self._dot), "italic", indent=2)
            return
        if field.rows:
            return
        if field.quote:
            self._print()
            self._print(field.quote, "italic")
        if field.ask:
            self._print(field.ask)
        if field.hint:
            self._print(field.hint, "dim")
        if field.input == "digit":
            self._print(f"{field.low} {field.low_label}  …  {field.high} {field.high_label}", "cyan")
        for number, option in enumerate(field.options, 1):
            self._print_option(number, option)
        self._explain(how(field))

    def _print_last(self, field: Field) -> None:
        heading, words = last_time(self._item, field)
        self._print(heading, "dim")
        if words:
            self._print(words, "dim", indent=2)

    def _explain(self, words: str) -> None:
        """Print an explanation the first time it is needed."""
        if words not in self._explained:
            self._explained.add(words)
            self._print(words, "dim")

    def _print_option(self, number: int, option: str) -> None:
        first, *rest = map(Text, self._hanging(f"{number:>2}", option, 4))
        first.stylize("cyan", 0, 4)
        for row in (first, *rest):
            self._console.print(row)

    def _print(self, words: str = "", style: str = "", indent: int = 0) -> None:
        for row in self._rows(words, indent=indent):
            self._console.print(Text(row, style))

    def _hanging(self, head: str, words: str, indent: int, columns: int | None = None) -> list[str]:
        """A short word, and its meaning beside it."""
        first, *rest = self._rows(words, indent=indent, columns=columns)
        return [head.ljust(indent) + first.lstrip(), *rest]

    def _rows(self, words: str, *, indent: int = 0, columns: int | None = None) -> list[str]:
        """The words made safe and broken between words, with nothing after the last one of a row."""
        width = max((columns or self._console.width) - indent, 10)
        rows = Text(clean.for_terminal(words)).wrap(self._console, width)
        return [f"{' ' * indent}{row.plain}".rstrip() for row in rows] or [""]

    def _toolbar(self, field: Field, columns: int) -> str:
        return toolbar(field, columns, enter_is_line=self._enter_is_line).replace("·", self._dot)

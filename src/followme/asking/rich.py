"""The asker for a full terminal: questions printed by rich, answers typed through questionary."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TextIO

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.output import ColorDepth, Output, create_output
from prompt_toolkit.utils import get_cwidth
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from followme import clean
from followme.asking.items import Item
from followme.asking.picks import how, picked, typed_text
from followme.asking.rich_keys import bindings
from followme.asking.walk import NEXT, Move
from followme.asking.wrap import wrap
from followme.kinds.base import Field, Value

AUTOSAVE_SECONDS = 0.3

_MARK_COLUMNS = 3
_KEYS = "Enter next · Ctrl+J new line · Ctrl+O editor · Shift+Tab back · Ctrl+C pause"
_KEYS_LINE = "Enter next · Shift+Tab back · Ctrl+C pause"
_KEYS_NARROW = "Enter next · ^J line · ^C pause"
_KEYS_LINE_NARROW = "Enter next · ^C pause"


class RichAsker:
    """Asks in a terminal that can move its cursor. Everything it shows goes to one stream."""

    def __init__(
        self,
        stream: TextIO,
        *,
        color: bool = True,
        unicode: bool = True,
        keyboard: Input | None = None,
        screen: Output | None = None,
    ) -> None:
        self._console = Console(
            file=stream, markup=False, emoji=False, highlight=False, no_color=not color, force_terminal=True
        )
        self._input = keyboard or create_input()
        self._output = screen or create_output(stdout=stream)
        self._depth = None if color else ColorDepth.DEPTH_1_BIT
        self._mark = "›" if unicode else ">"
        self._told = {""}

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        """Print the section, how far along this is, the question and its hint."""
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

    def ask(self, field: Field, value: Value, typing: Callable[[Value], None]) -> Move:
        """Print what the field adds to the question, and take what is typed."""
        self._print_field(field)
        text = typed_text(field, value)
        while True:
            move = self._prompt(field, text, typing)
            try:
                found = picked(field, move.value if isinstance(move.value, str) else "")
            except ValueError as error:
                if move.way != NEXT:
                    return Move(move.way, value)
                self.complain(str(error))
                continue
            return Move(move.way, found)

    def accept(self, field: Field, value: Value) -> None:
        """Print what was taken, where the typing was, so that all answers stay in sight."""
        words = ", ".join(value) if isinstance(value, tuple) else value
        shown = Text(clean.for_terminal(words)) if words.strip() else Text(field.empty, "dim italic")
        self._console.print(Padding(shown, (0, 0, 0, 2)))

    def complain(self, sentence: str) -> bool:
        """Print why the value does not fit; it is asked again."""
        self._print(sentence, "yellow")
        return True

    def _print_field(self, field: Field) -> None:
        if field.ask:
            self._print(field.ask)
        if field.hint:
            self._print(field.hint, "dim")
        if field.way == "digit":
            self._print(f"{field.low} {field.low_label}  …  {field.high} {field.high_label}", "cyan")
        for number, option in enumerate(field.options, 1):
            self._print_option(number, option)
        if how(field) not in self._told:
            self._print(how(field), "dim")
            self._told.add(how(field))

    def _print_option(self, number: int, option: str) -> None:
        label = Text(f"{number:>2}  ", "cyan")
        label.append(clean.for_terminal(option), "default")
        label.no_wrap = False
        for at, row in enumerate(label.wrap(self._console, max(self._console.width - 4, 10))):
            self._console.print(Padding(row, (0, 0, 0, 4 if at else 0)))

    def _print(self, words: str = "", style: str = "") -> None:
        self._console.print(Text(clean.for_terminal(words), style))

    def _prompt(self, field: Field, text: str, typing: Callable[[Value], None]) -> Move:
        clear_typeahead(self._input)
        several = field.way == "text"
        question = questionary.text(
            "",
            default=text,
            qmark=self._mark,
            instruction="",
            multiline=True,
            input=self._input,
            output=self._output,
            color_depth=self._depth,
            key_bindings=bindings(field),
            bottom_toolbar=lambda: self._toolbar(several),
            prompt_continuation=" " * _MARK_COLUMNS,
            input_processors=[_WordWrap()],
            erase_when_done=True,
            enable_suspend=True,
            tempfile_suffix=".md",
            style=questionary.Style(
                [("qmark", "fg:ansicyan"), ("bottom-toolbar", "noreverse fg:ansibrightblack")]
            ),
        )
        app: Application[Move] = question.application
        _autosave(app, text, lambda now: _heard(field, now, typing))
        return app.run()

    def _toolbar(self, several: bool) -> str:
        columns = self._output.get_size().columns
        wide, narrow = (_KEYS, _KEYS_NARROW) if several else (_KEYS_LINE, _KEYS_LINE_NARROW)
        return wide if len(wide) < columns else narrow


def _heard(field: Field, text: str, typing: Callable[[Value], None]) -> None:
    """Pass on what stands in the field, where it can be read as a value already."""
    try:
        typing(picked(field, text))
    except ValueError:
        return


def _autosave(app: Application[Move], before: str, heard: Callable[[str], None]) -> None:
    """While the prompt runs, tell of changes a few times a second, whatever way the typing ends."""
    buffer: Buffer = app.current_buffer

    async def listen() -> None:
        last = before
        while True:
            await asyncio.sleep(AUTOSAVE_SECONDS)
            if buffer.text != last:
                last = buffer.text
                heard(last)

    def start() -> None:
        app.create_background_task(listen())

    app.pre_run_callables.append(start)


class _WordWrap(Processor):
    """Shows a line with its words whole; the text itself stays as it was typed."""

    def apply_transformation(self, ti: TransformationInput) -> Transformation:
        fragments = explode_text_fragments(ti.fragments)
        text = fragment_list_to_text(fragments)
        columns = max(ti.width - _MARK_COLUMNS, 1)
        found = wrap(text, columns, get_cwidth)
        shown: StyleAndTextTuples = []
        to_display: list[int] = []
        for at, fragment in enumerate(fragments):
            shown += [("", " ")] * found.pads.get(at, 0)
            to_display.append(len(shown))
            if at not in found.hidden:
                shown.append(fragment)
        to_display.append(len(shown))
        return Transformation(
            shown,
            source_to_display=lambda at: to_display[min(at, len(to_display) - 1)],
            display_to_source=lambda at: _source(to_display, at),
        )


def _source(to_display: Sequence[int], at: int) -> int:
    return max((source for source, display in enumerate(to_display) if display <= at), default=0)

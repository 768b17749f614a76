"""The asker without redraws: one printed line a question, for screen readers and simple terminals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from followme import clean
from followme.asking.items import Item
from followme.asking.picks import how, picked, typed_text
from followme.asking.walk import BACK, NEXT, PAUSE, Move
from followme.kinds.base import Field, Value

HELP = "An empty line passes over; \\ at the end of a line goes on. :back :skip :pause :help"


class PlainAsker:
    """Asks line by line; what was typed before stays if the line is empty, and :skip empties it."""

    def __init__(self, keyboard: TextIO, stream: TextIO) -> None:
        self._keyboard = keyboard
        self._stream = stream
        self._helped = False

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        """Print the section, how far along this is, the question and its hint."""
        self._print("")
        if first and item.section:
            self._print(item.section)
            self._print(item.intro)
        if not self._helped:
            self._print(HELP)
            self._helped = True
        self._print(item.quote)
        self._print(f"{number} of {count}: {item.ask}")
        self._print(item.hint)

    def ask(self, field: Field, value: Value, typing: Callable[[Value], None]) -> Move:
        """Print what the field adds to the question, and take the lines typed."""
        self._print_field(field, value)
        before = typed_text(field, value)
        while True:
            text = self._read(field)
            if text in (None, ":pause"):
                return Move(PAUSE, value)
            if text == ":back":
                return Move(BACK, value)
            if text == ":help":
                self._print(HELP)
                continue
            try:
                return Move(NEXT, "" if text == ":skip" else picked(field, text or before))
            except ValueError as error:
                self.complain(str(error))

    def accept(self, field: Field, value: Value) -> None:
        """What was typed stands there already; only nothing needs a word."""
        if not value:
            self._print(field.empty)

    def complain(self, sentence: str) -> bool:
        """Print why the value does not fit; it is asked again."""
        self._print(sentence)
        return True

    def _print_field(self, field: Field, value: Value) -> None:
        self._print(field.ask)
        self._print(field.hint)
        if field.way == "digit":
            self._print(f"{field.low} is {field.low_label}, {field.high} is {field.high_label}.")
        for number, option in enumerate(field.options, 1):
            self._print(f"{number}  {option}")
        self._print(how(field))
        if value:
            words = value if isinstance(value, str) else ", ".join(value)
            self._print(f"So far: {words} (an empty line keeps it, :skip empties it)")

    def _read(self, field: Field) -> str | None:
        """The lines typed for one field; None when the input has ended."""
        lines: list[str] = []
        while True:
            self._stream.write("> ")
            self._stream.flush()
            line = self._keyboard.readline()
            if not line:
                return None
            line = line.rstrip("\n")
            if field.way != "text" or not line.endswith("\\"):
                return "\n".join([*lines, line])
            lines.append(line[:-1])

    def _print(self, words: str) -> None:
        if words:
            self._stream.write(clean.for_terminal(words) + "\n")

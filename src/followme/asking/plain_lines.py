"""The lines typed for one field of the plain asker, and what is kept of them if typing stops early."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from followme.asking.picks import in_one_line
from followme.kinds.base import Field
from followme.model import Value

WRITTEN = ("text", "line")
"""The ways to ask for a person's own words."""

PAUSE_WORD = ":pause"


class Keyboard(Protocol):
    """The source of lines."""

    @property
    def cut(self) -> str:
        """The sentence to show if the terminal may have cut the last line, else ""."""

    def readline(self, heard: Callable[[str], object] = ..., *, ahead: bool = ...) -> str:
        """Return the next line, "" at the end of the input; `heard` gets the line so far while it is typed."""

    def follows(self) -> bool:
        """Whether more input is there already, faster than anyone types."""

    def released(self) -> AbstractContextManager[None]:
        """Within this, the keys are for another program."""


class Lines:
    """The lines of one field. `kept` is the text that a pause keeps: the lines so far, else the value before."""

    def __init__(self, field: Field, value: Value, typing: Callable[[Value], object]) -> None:
        self.kept = value
        self._value = value
        self._typing = typing
        self._way = field.input
        self._lines: list[str] = []
        self._cut = ""

    def read(
        self, keyboard: Keyboard, ask: Callable[[], object], complain: Callable[[str], object]
    ) -> str | None:
        """Return the text of all lines; None if the input ends or the last line says to pause.

        `ask` is called before each line. If a line may have been cut, `complain` gets a sentence about it, and the next
        line continues it.
        """
        while True:
            ask()
            line = keyboard.readline(self._hear, ahead=True)
            if not line:
                return None
            on = self._add(line.rstrip("\r\n"), cut=keyboard.cut)
            if self._cut:
                complain(self._cut)
            if self._way not in WRITTEN or not (on or self._cut or keyboard.follows()):
                return self._text()
            self._hear("")

    def _add(self, line: str, *, cut: str) -> bool:
        """Add a line; return whether it ends with a backslash, so that another one follows."""
        on = self._way in WRITTEN and line.endswith("\\")
        line = line.removesuffix("\\") if on else line
        if self._cut:
            self._lines[-1] += line
        else:
            self._lines.append(line)
        self._cut = cut
        return on

    def _text(self) -> str | None:
        if self._lines[-1].strip() != PAUSE_WORD:
            return self._joined(self._lines)
        self._lines.pop()
        self._keep("")
        return None

    def _hear(self, unfinished: str) -> None:
        """Keep an unfinished line too, unless it is a command such as :skip."""
        self._keep("" if unfinished.startswith(":") else unfinished)
        self._typing(self.kept)

    def _keep(self, unfinished: str) -> None:
        typed = [*self._lines, unfinished] if unfinished else self._lines
        if self._way not in WRITTEN or not typed:
            self.kept = self._value
            return
        # Only a whole line replaces an answer that was there.
        before = [self._value] if self._value and not self._lines and isinstance(self._value, str) else []
        self.kept = self._joined([*before, *typed])

    def _joined(self, lines: list[str]) -> str:
        text = "\n".join(lines)
        return in_one_line(text) if self._way == "line" else text

"""The kind `line`: an answer of one line."""

from __future__ import annotations

from typing import Any

from followme.kinds.base import Kind, Typed, Value, one_line, want_line
from followme.model import Question


class Line(Kind):
    """The line as it was written."""

    SETTINGS = frozenset({"person"})
    WAY = "line"
    SECONDS = 35

    def check(self, question: Question, value: Value) -> None:
        """One line; what is stored already is taken as it is."""
        one_line(value)

    def from_toml(self, question: Question, value: Any) -> Typed:
        """A string without a line break."""
        return {"reply": want_line(value)}

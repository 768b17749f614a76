"""The kind `line`: an answer of one line."""

from __future__ import annotations

from typing import Any

from followme.kinds.base import Kind, one_line, want_line
from followme.kinds.promise_line import name_alone
from followme.model import Question, Typed, Value


class Line(Kind):
    """The reply is the line as it was typed."""

    SETTINGS = frozenset({"person"})
    INPUT = "line"
    SECONDS = 35

    def check(self, question: Question, value: Value) -> None:
        """Require one line. Stored answers are not checked again."""
        one_line(value)
        if question.person:
            name_alone(str(value))

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept a string without a line break."""
        return {"reply": want_line(value)}

"""The kind `line`: an answer of one line."""

from __future__ import annotations

from typing import Any

from followme.kinds.base import Kind, one_line, want_line
from followme.kinds.promise_line import name_alone
from followme.model import Question, Reply, Typed, Value
from followme.names import unmarked


class Line(Kind):
    """The reply is the line as it was typed; a person has no mark."""

    SETTINGS = frozenset({"person"})
    INPUT = "line"
    SECONDS = 35

    def check(self, question: Question, value: Value) -> None:
        """Require one line. Stored answers are not checked again."""
        one_line(value)
        if question.person:
            name_alone(str(value))

    def reply(self, question: Question, value: Value) -> Reply:
        """Return the line; a person without the `@` before them."""
        return unmarked(str(value)) if question.person else value

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept a string without a line break."""
        return {"reply": want_line(value)}

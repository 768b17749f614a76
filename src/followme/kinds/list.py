"""The kind `list`: several short texts, one on each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from followme.kinds.base import Kind, want_line, want_list
from followme.model import Question, Typed, Value


class List(Kind):
    """The reply is the lines that have words; they are typed as one text."""

    SETTINGS = frozenset({"most"})
    INPUT = "text"
    HINT = "One on each line."
    SECONDS = 60

    def faults(self, question: Question) -> Iterator[tuple[str, str]]:
        """Require a sensible `most`."""
        if question.most is not None and not 1 <= question.most <= 50:
            yield "most", "it must be between 1 and 50"

    def reply(self, question: Question, value: Value) -> tuple[str, ...]:
        """Return the lines. Raises ValueError if there are more than the question takes."""
        lines = value.splitlines() if isinstance(value, str) else value
        items = tuple(line.strip() for line in lines if line.strip())
        if question.most is not None and len(items) > question.most:
            raise ValueError(f"It takes at most {question.most} lines, and there are {len(items)}.")
        return items

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept a list of lines."""
        return self.from_words(question, want_list(value))

    def from_words(self, question: Question, words: Sequence[str]) -> Typed:
        """Accept one text for each item."""
        text = "\n".join(want_line(item) for item in words)
        if not self.reply(question, text):
            raise ValueError("Its answer is empty; write something, or skip it with --skip.")
        return {"reply": text}

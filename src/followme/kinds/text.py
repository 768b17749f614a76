"""The kind `text`: an answer of several lines."""

from __future__ import annotations

from typing import Any

from followme.kinds.base import Kind, want_text
from followme.model import Question, Typed


class Text(Kind):
    """The reply is the text as it was typed."""

    INPUT = "text"
    SECONDS = 100

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept a string."""
        return {"reply": want_text(value)}

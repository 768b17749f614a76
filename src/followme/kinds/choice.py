"""The kind `choice`: one of the options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from followme.errors import quoted
from followme.kinds.base import Kind, want_text
from followme.model import Question, Reply, Typed, Value


class Choice(Kind):
    """The reply is one option, in its own words."""

    SETTINGS = frozenset({"options", "formerly"})
    INPUT = "one"
    SECONDS = 20

    def faults(self, question: Question) -> Iterator[tuple[str, str]]:
        """Require at least two different options, each of one line, and for each former one an option of today."""
        if len(question.options) < 2:
            yield "options", 'it needs at least two; write options = ["…", "…"]'
        if len({option.casefold() for option in question.options}) < len(question.options):
            yield "options", "two options are the same; each must be different"
        if any(not option.strip() or len(option.splitlines()) > 1 for option in question.options):
            yield "options", "every option must be one line of text"
        for old, new in question.formerly:
            if old in question.offered:
                yield "formerly", f"{quoted(old)} is still one of the options; remove it here or there"
            if new not in question.offered:
                yield (
                    "formerly",
                    f"{quoted(new)} isn't one of the options; name the one that replaced {quoted(old)}",
                )

    def reply(self, question: Question, value: Value) -> Reply:
        """Return the option that is meant."""
        return option_of(question, value if isinstance(value, str) else "")

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept the words of one option."""
        return {"reply": option_of(question, want_text(value))}


def option_of(question: Question, words: str) -> str:
    """Return the option that these words mean; capitals don't matter. Raises ValueError if there is none."""
    for option in question.offered:
        if option.casefold() == words.strip().casefold():
            return option
    raise ValueError(f"{quoted(words.strip())} isn't one of its options: {', '.join(question.offered)}.")

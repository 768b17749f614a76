"""The kind `yesno`: yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from followme.errors import toml_word
from followme.kinds.base import Kind, only
from followme.model import Question, Typed, Value


class YesNo(Kind):
    """The reply is True for yes, False for no."""

    INPUT = "yesno"
    SECONDS = 10

    def reply(self, question: Question, value: Value) -> bool:
        """Return whether it is yes."""
        return said_yes(str(value))

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept true or false."""
        if not isinstance(value, bool):
            raise ValueError(f"It wants true or false, not {toml_word(value)}.")
        return {"reply": "yes" if value else "no"}

    def from_words(self, question: Question, words: Sequence[str]) -> Typed:
        """Accept the word yes or no."""
        return {"reply": "yes" if said_yes(only(words)) else "no"}


def said_yes(words: str) -> bool:
    """Return whether the word is yes. Raises ValueError for any word but yes and no."""
    meaning = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
    try:
        return meaning[words.strip().casefold()]
    except KeyError:
        raise ValueError("It takes yes or no.") from None

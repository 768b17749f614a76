"""The kind `yesno`: yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from followme.errors import toml_word
from followme.kinds.base import Field, Given, Typed, answered, only, text_of
from followme.model import Question

SETTINGS: frozenset[str] = frozenset()


def seconds(question: Question) -> int:
    """Reading it, and an answer in full."""
    return 10


def faults(question: Question) -> Iterable[tuple[str, str]]:
    """Nothing can be wrong with it."""
    return ()


def fields(question: Question, today: date) -> tuple[Field, ...]:
    """The yes or no."""
    return (Field(name="reply", way="yesno"),)


def give(question: Question, typed: Typed, today: date) -> Given:
    """True for yes."""
    text = text_of(typed)
    return answered(question, said_yes(text) if text else None)


def from_toml(question: Question, value: Any) -> Typed:
    """true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"It wants true or false, not {toml_word(value)}.")
    return {"reply": "yes" if value else "no"}


def from_words(question: Question, words: Sequence[str]) -> Typed:
    """The word yes or no."""
    return {"reply": "yes" if said_yes(only(words)) else "no"}


def said_yes(words: str) -> bool:
    """Whether the word is yes rather than no; raises ValueError for any other word."""
    meaning = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
    try:
        return meaning[words.strip().casefold()]
    except KeyError:
        raise ValueError("It takes yes or no.") from None

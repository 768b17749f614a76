"""The kind `text`: an answer of several lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from followme.kinds.base import Field, Given, Typed, answered, only, text_of, want_text
from followme.model import Question

SETTINGS: frozenset[str] = frozenset()


def seconds(question: Question) -> int:
    """Reading it, and an answer in full."""
    return 100


def faults(question: Question) -> Iterable[tuple[str, str]]:
    """Nothing can be wrong with it."""
    return ()


def fields(question: Question, today: date) -> tuple[Field, ...]:
    """The text itself."""
    return (Field(name="reply", way="text"),)


def give(question: Question, typed: Typed, today: date) -> Given:
    """The text as it was written."""
    return answered(question, text_of(typed) or None)


def from_toml(question: Question, value: Any) -> Typed:
    """A string."""
    return {"reply": want_text(value)}


def from_words(question: Question, words: Sequence[str]) -> Typed:
    """One text."""
    return from_toml(question, only(words))

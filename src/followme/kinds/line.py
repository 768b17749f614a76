"""The kind `line`: an answer of one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from followme.kinds.base import Field, Given, Typed, answered, one_line, only, text_of, want_line
from followme.model import Question

SETTINGS = frozenset({"person"})


def seconds(question: Question) -> int:
    """Reading it, and an answer in full."""
    return 35


def faults(question: Question) -> Iterable[tuple[str, str]]:
    """Nothing can be wrong with it."""
    return ()


def fields(question: Question, today: date) -> tuple[Field, ...]:
    """The line itself."""
    return (Field(name="reply", way="line", check=one_line),)


def give(question: Question, typed: Typed, today: date) -> Given:
    """The line as it was written."""
    return answered(question, text_of(typed) or None)


def from_toml(question: Question, value: Any) -> Typed:
    """A string without a line break."""
    return {"reply": want_line(value)}


def from_words(question: Question, words: Sequence[str]) -> Typed:
    """One line."""
    return from_toml(question, only(words))

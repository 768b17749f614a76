"""The kind `choice`: one of the options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from followme.errors import quoted
from followme.kinds.base import Field, Given, Typed, answered, only, text_of, want_text
from followme.model import Question

SETTINGS = frozenset({"options"})


def seconds(question: Question) -> int:
    """Reading it, and an answer in full."""
    return 20


def faults(question: Question) -> Iterator[tuple[str, str]]:
    """It needs at least two different options, each of one line."""
    if len(question.options) < 2:
        yield "options", 'it needs at least two; write options = ["…", "…"]'
    if len({option.casefold() for option in question.options}) < len(question.options):
        yield "options", "two options are the same; each must be different"
    if any(not option.strip() or len(option.splitlines()) > 1 for option in question.options):
        yield "options", "every option must be one line of text"


def fields(question: Question, today: date) -> tuple[Field, ...]:
    """The pick."""
    return (
        Field(
            name="reply",
            way="one",
            options=question.options,
            check=lambda value: option_of(question, value if isinstance(value, str) else ""),
        ),
    )


def give(question: Question, typed: Typed, today: date) -> Given:
    """The option's own words."""
    text = text_of(typed)
    return answered(question, option_of(question, text) if text else None)


def from_toml(question: Question, value: Any) -> Typed:
    """An option's words."""
    return {"reply": option_of(question, want_text(value))}


def from_words(question: Question, words: Sequence[str]) -> Typed:
    """An option's words."""
    return from_toml(question, only(words))


def option_of(question: Question, words: str) -> str:
    """The option meant by these words, large and small letters alike; raises ValueError."""
    for option in question.offered:
        if option.casefold() == words.strip().casefold():
            return option
    raise ValueError(f"{quoted(words.strip())} is not one of its options: {', '.join(question.offered)}.")

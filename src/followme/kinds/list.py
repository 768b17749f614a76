"""The kind `list`: several short texts, one a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from followme.errors import toml_word
from followme.kinds.base import Field, Given, Typed, Value, answered, text_of, want_line
from followme.model import Question

SETTINGS = frozenset({"most"})


def seconds(question: Question) -> int:
    """Reading it, and an answer in full."""
    return 60


def faults(question: Question) -> Iterator[tuple[str, str]]:
    """A sensible `most`."""
    if question.most is not None and not 1 <= question.most <= 50:
        yield "most", "it must lie between 1 and 50"


def fields(question: Question, today: date) -> tuple[Field, ...]:
    """The lines, typed as one text."""
    return (
        Field(
            name="reply", way="text", hint="One on each line.", check=lambda value: _items(question, value)
        ),
    )


def give(question: Question, typed: Typed, today: date) -> Given:
    """The lines that have words."""
    return answered(question, _items(question, text_of(typed)) or None)


def from_toml(question: Question, value: Any) -> Typed:
    """A list of lines."""
    if not isinstance(value, list):
        raise ValueError(f'It wants a list such as ["…", "…"], not {toml_word(value)}.')
    return from_words(question, value)


def from_words(question: Question, words: Sequence[str]) -> Typed:
    """One text an item."""
    text = "\n".join(want_line(item) for item in words)
    if not _items(question, text):
        raise ValueError("Its answer is empty; write something, or pass it over with --skip.")
    return {"reply": text}


def _items(question: Question, value: Value) -> tuple[str, ...]:
    lines = value.splitlines() if isinstance(value, str) else value
    items = tuple(line.strip() for line in lines if line.strip())
    if question.most is not None and len(items) > question.most:
        raise ValueError(f"It takes at most {question.most} lines, and there are {len(items)}.")
    return items

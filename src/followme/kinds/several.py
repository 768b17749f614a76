"""The kind `several`: any of the options, at most as many as the question allows, or the one that says none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from followme.errors import quoted, toml_word
from followme.kinds.base import Field, Given, Typed, Value, answered, picks_of, want_text
from followme.kinds.choice import faults as option_faults
from followme.kinds.choice import option_of
from followme.model import Question

SETTINGS = frozenset({"options", "none", "most"})


def seconds(question: Question) -> int:
    """Reading it, and an answer in full."""
    return 20


def faults(question: Question) -> Iterator[tuple[str, str]]:
    """The options as for a choice, a `none` that is none of them, and a sensible `most`."""
    yield from option_faults(question)
    if question.none.casefold() in {option.casefold() for option in question.options}:
        yield "none", "it is one of the options too; remove it there, for it always goes alone"
    if len(question.none.splitlines()) > 1:
        yield "none", "it must be one line of text"
    if question.most is not None and not 1 <= question.most <= max(1, len(question.options)):
        yield "most", f"it must lie between 1 and the number of options ({len(question.options)})"


def fields(question: Question, today: date) -> tuple[Field, ...]:
    """The picks."""
    return (
        Field(
            name="reply",
            way="some",
            options=question.offered,
            most=question.most,
            check=lambda value: _fit(question, value),
        ),
    )


def give(question: Question, typed: Typed, today: date) -> Given:
    """The options picked, in the order of the set."""
    picks = picks_of(typed)
    return answered(question, _fit(question, picks) or None)


def from_toml(question: Question, value: Any) -> Typed:
    """A list of options' words."""
    if not isinstance(value, list):
        raise ValueError(f'It wants a list such as ["…", "…"], not {toml_word(value)}.')
    return from_words(question, [want_text(words) for words in value])


def from_words(question: Question, words: Sequence[str]) -> Typed:
    """One text an option."""
    if not words:
        raise ValueError("Its answer is empty; pick something, or pass it over with --skip.")
    return {"reply": _fit(question, tuple(words))}


def _fit(question: Question, value: Value) -> tuple[str, ...]:
    picks = {option_of(question, words) for words in value}
    if question.most is not None and len(picks) > question.most:
        raise ValueError(f"It takes at most {question.most}, and {len(picks)} were picked.")
    if question.none in picks and len(picks) > 1:
        raise ValueError(f"{quoted(question.none)} goes alone; leave it out, or leave the others out.")
    return tuple(option for option in question.offered if option in picks)

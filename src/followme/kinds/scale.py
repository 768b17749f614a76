"""The kind `scale`: one whole number between two labeled ends, and if the question wants it, the fact behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from followme.errors import quoted, toml_word
from followme.kinds.base import Field, Kind, Response, answered, has, one_line, only, text_of, want_line
from followme.model import Question, Typed, Value

FACT = "What's behind that number?"


LEAST, MOST = -100, 1000
"""The ends between which a scale can be."""

_NUMBER = re.compile("-?[0-9]{1,4}")


class Scale(Kind):
    """The reply is the number; its ends and the fact go with it."""

    SETTINGS = frozenset({"low", "high", "low_label", "high_label", "fact"})
    INPUT = "digit"

    def seconds(self, question: Question) -> int:
        """Return the seconds to read it and to answer it in full."""
        return 40 if question.fact else 15

    def faults(self, question: Question) -> Iterator[tuple[str, str]]:
        """Require two ends, in order, labeled, and not too far out."""
        low, high = question.low, question.high
        if low is None:
            yield "low", 'a scale needs its lowest number; write "low = 0"'
        if high is None:
            yield "high", 'a scale needs its highest number; write "high = 5"'
        for key, end in (("low", low), ("high", high)):
            if end is not None and not LEAST <= end <= MOST:
                yield key, f"{end} is out of range; write a whole number from {LEAST} to {MOST}"
        if low is not None and high is not None and low >= high:
            yield "high", f"the highest number ({high}) must be above the lowest ({low})"
        for key, label in (("low_label", question.low_label), ("high_label", question.high_label)):
            if not label:
                yield key, f'a number needs words at both ends; add {key} = "…"'

    def fields(self, question: Question, today: date) -> tuple[Field, ...]:
        """Return the field for the number, then one for the fact if the question wants it."""
        number = replace(
            super().fields(question, today)[0],
            low=question.low or 0,
            high=question.high or 0,
            low_label=question.low_label,
            high_label=question.high_label,
        )
        fact = Field(
            name="fact", input="line", ask=FACT, empty="none given", applies=has("reply"), check=one_line
        )
        return (number, fact) if question.fact else (number,)

    def reply(self, question: Question, value: Value) -> int:
        """Return the number."""
        low, high = question.low or 0, question.high or 0
        text = value.strip() if isinstance(value, str) else ""
        if not (_NUMBER.fullmatch(text) and low <= int(text) <= high):
            raise ValueError(f"It takes one number from {low} to {high}.")
        return int(text)

    def respond(self, question: Question, typed: Typed, today: date) -> Response:
        """Return the number with its ends, and the fact."""
        text = text_of(typed)
        reply = self.reply(question, text) if text else None
        return answered(question, reply, fact=text_of(typed, "fact") if text else "", scale=True)

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept a whole number, or a table {reply = 4, fact = "…"}."""
        table = value if isinstance(value, dict) else {"reply": value}
        unknown = sorted(table.keys() - {"reply", "fact"})
        if unknown:
            raise ValueError(f"It has no {quoted(unknown[0])}; a scale takes reply and fact.")
        if "reply" not in table:
            raise ValueError('It needs its number; write {reply = 4, fact = "…"}.')
        reply = table["reply"]
        if not isinstance(reply, int) or isinstance(reply, bool):
            raise ValueError(
                f"It wants a whole number from {question.low} to {question.high}, not {toml_word(reply)}."
            )
        typed = {"reply": str(self.reply(question, str(reply)))}
        return typed | {"fact": want_line(table["fact"])} if "fact" in table else typed

    def from_words(self, question: Question, words: Sequence[str]) -> Typed:
        """Accept one number."""
        return {"reply": str(self.reply(question, only(words)))}

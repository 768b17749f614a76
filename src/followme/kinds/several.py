"""The kind `several`: some of the options, up to the number the question allows, or the option for none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from followme.errors import quoted
from followme.kinds.base import want_list, want_text
from followme.kinds.choice import Choice, option_of
from followme.model import Question, Typed, Value


class Several(Choice):
    """The reply is the options picked, in the order of the set."""

    SETTINGS = frozenset({"options", "none", "formerly", "most"})
    INPUT = "some"

    def faults(self, question: Question) -> Iterator[tuple[str, str]]:
        """Require options as for a choice, a `none` that isn't one of them, and a sensible `most`."""
        yield from super().faults(question)
        if question.none.casefold() in {option.casefold() for option in question.options}:
            yield "none", "it's also one of the options; remove it there, since it always goes alone"
        if len(question.none.splitlines()) > 1:
            yield "none", "it must be one line of text"
        if question.most is not None and not 1 <= question.most <= max(1, len(question.options)):
            yield "most", f"it must be between 1 and the number of options ({len(question.options)})"

    def reply(self, question: Question, value: Value) -> tuple[str, ...]:
        """Return the options that are meant. Raises ValueError if there are too many, or if `none` is not alone."""
        picks = {option_of(question, words) for words in value}
        if question.most is not None and len(picks) > question.most:
            raise ValueError(f"It takes at most {question.most}, and {len(picks)} were picked.")
        if question.none in picks and len(picks) > 1:
            raise ValueError(f"{quoted(question.none)} goes alone; leave out either that or the others.")
        return tuple(option for option in question.offered if option in picks)

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept a list of options."""
        return self.from_words(question, [want_text(words) for words in want_list(value)])

    def from_words(self, question: Question, words: Sequence[str]) -> Typed:
        """Accept one text for each option."""
        if not words:
            raise ValueError("Its answer is empty; pick something, or skip it with --skip.")
        return {"reply": self.reply(question, tuple(words))}

"""What a question kind is: the fields it asks for, and how typed text becomes an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from followme.errors import toml_word
from followme.model import Answer, Outcome, Promise, Question, Reply, is_blank
from followme.model import Typed as Typed
from followme.model import Value as Value

SKIPPED = "passed over"
"""What leaving a question empty means, where nothing else is said."""


def always(typed: Typed) -> bool:
    """A field that is asked whatever was typed before it."""
    return True


def has(name: str) -> Callable[[Typed], bool]:
    """A field that is asked only once another one has been filled."""
    return lambda typed: bool(typed.get(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to type or pick. A question has one or several; the first one left empty skips them all.

    `way` is how an asker asks for it: "text" (several lines), "line", "digit", "one" (of the options),
    "some" (of the options), "yesno" (the value is "yes" or "no") or "enter" (nothing but that key). `ask`
    is empty where the question's own words are meant; `empty` says what leaving it empty means. `wanted` tells
    from what was typed before whether to ask at all, `check` raises ValueError with the sentence to show, and
    `settle` puts what was taken into words that mean the same on any day.
    """

    name: str
    way: str
    ask: str = ""
    hint: str = ""
    empty: str = SKIPPED
    options: tuple[str, ...] = ()
    low: int = 0
    high: int = 9
    low_label: str = ""
    high_label: str = ""
    most: int | None = None
    wanted: Callable[[Typed], bool] = always
    check: Callable[[Value], object] | None = None
    settle: Callable[[Value], Value] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given: an answer (or a skip), promises, whose refs the entry will number, or an outcome."""

    answer: Answer | None = None
    promises: tuple[Promise, ...] = ()
    outcome: Outcome | None = None


class Kind:
    """A question kind: one file in this package, which says only what is different about it.

    `SETTINGS` are the keys of a question that only this kind understands, `WAY` is how it is asked for, `HINT` what
    is said about that, and `SECONDS` how long it takes to read a question and to answer it in full.
    """

    SETTINGS: frozenset[str] = frozenset()
    WAY = ""
    HINT = ""
    SECONDS = 0

    def seconds(self, question: Question) -> int:
        """How long it takes to read the question and to answer it in full."""
        return self.SECONDS

    def faults(self, question: Question) -> Iterable[tuple[str, str]]:
        """What is wrong with the question's settings, as (key, sentence with the remedy)."""
        return ()

    def fields(self, question: Question, today: date) -> tuple[Field, ...]:
        """What to ask for, in order."""
        return (
            Field(
                name="reply",
                way=self.WAY,
                hint=self.HINT,
                options=question.offered,
                most=question.most,
                check=lambda value: self.check(question, value),
            ),
        )

    def check(self, question: Question, value: Value) -> None:
        """Raise ValueError with a sentence where the value does not fit."""
        self.reply(question, value)

    def reply(self, question: Question, value: Value) -> Reply:
        """What a value that is not blank says; raises ValueError with a sentence where it does not fit."""
        return value

    def give(self, question: Question, typed: Typed, today: date) -> Given:
        """The answer, from what was typed; raises ValueError with a sentence where it does not fit."""
        value = typed.get("reply", "")
        return answered(question, None if is_blank(value) else self.reply(question, value))

    def from_toml(self, question: Question, value: Any) -> Typed:
        """What a batch value means as typed text; raises ValueError with a sentence where it does not fit."""
        raise NotImplementedError

    def from_words(self, question: Question, words: Sequence[str]) -> Typed:
        """What the texts given by `--answer KEY=TEXT` mean; raises ValueError as `from_toml` does."""
        return self.from_toml(question, only(words))


def answered(question: Question, reply: Reply | None, *, fact: str = "", scale: bool = False) -> Given:
    """The question's answer with its wording as asked; no reply means it was skipped."""
    return Given(
        answer=Answer(
            key=question.key,
            kind=question.kind,
            question=question.ask,
            reply=reply,
            low=question.low if scale else None,
            high=question.high if scale else None,
            low_label=question.low_label if scale else "",
            high_label=question.high_label if scale else "",
            fact=fact,
            private=question.private,
            person=question.person,
        )
    )


def text_of(typed: Typed, name: str = "reply") -> str:
    """The words typed into a field, "" where there are none or only blanks."""
    value = typed.get(name, "")
    return value if isinstance(value, str) and value.strip() else ""


def only(words: Sequence[str]) -> str:
    """The one text given; raises ValueError where there are several."""
    if len(words) != 1:
        raise ValueError("It takes one answer, and several were given; give one.")
    return words[0]


def want_text(value: Any) -> str:
    """The value as words; raises ValueError where it is something else or blank."""
    if not isinstance(value, str):
        raise ValueError(f"It wants text in quotes, not {toml_word(value)}.")
    if not value.strip():
        raise ValueError("Its answer is empty; write one, or pass it over with --skip.")
    return value


def want_list(value: Any) -> list[Any]:
    """The value as a list; raises ValueError where it is something else."""
    if not isinstance(value, list):
        raise ValueError(f'It wants a list such as ["…", "…"], not {toml_word(value)}.')
    return value


def want_line(value: Any) -> str:
    """The value as one line of words; raises ValueError."""
    text = want_text(value)
    one_line(text)
    return text


def one_line(value: Value) -> None:
    """Raise ValueError unless the value is one line."""
    if isinstance(value, str) and len(value.splitlines()) > 1:
        raise ValueError("It takes one line.")

"""The base of all question kinds: the fields they ask for, and how typed text becomes an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any

from followme.errors import toml_word
from followme.frozen import frozen
from followme.model import Answer, Outcome, Promise, Question, Reply, Typed, Value, is_blank

ADJUST, REWORD, ADD = "adjust", "reword", "add"
"""What a person can do with the row that shows what was understood, beside keeping it."""

SKIPPED = "skipped"
"""The effect of leaving a question empty, unless its field says otherwise."""


def always(typed: Typed) -> bool:
    """Return True: the field is always asked."""
    return True


def never(typed: Typed) -> bool:
    """Return False: the field is never aside."""
    return False


def has(name: str) -> Callable[[Typed], bool]:
    """Return a condition that is met if something was typed in the field with this name."""
    return lambda typed: bool(typed.get(name))


@frozen(kw_only=True)
class Field:
    """One thing to type or pick. A question has one or more fields; leaving the first one empty skips the question.

    `input` is how an asker asks for it: "text" (several lines), "line", "digit", "one" (of the options),
    "some" (of the options), "yesno" (the value is "yes" or "no"), "row" (what was understood, as `ask`, and the yes
    or no question about it as `hint`, "" for none), "verdicts" (one of the options of each of its `rows`, all on one
    screen) or "enter" (only that key). If `ask` is empty, the question's own words are shown. `quote` is what the
    field is about, shown above it. `keys` has the letter that picks each option, if letters do. `empty` says what
    leaving the field empty does. `check` raises ValueError with the sentence to show. `settle` turns the value into
    words that mean the same on any day, and `shown` these into words for a person. `no` says what n does where Enter is
    a yes. `alone` says that it stands outside a reflection, so there is nothing to go back to and nothing to pause.

    `drops` is the sentence to show first where leaving it empty would lose words typed before. `remark` returns what
    may surprise in the value as typed, or "".

    `applies` decides from what was typed before whether to ask for this field. A field that is `aside` is asked only if
    a move at the row leads to it or to another one before it; `turns` has the field for each of these moves. `read`
    returns what a value says for other fields, given everything typed before it; whenever the value changes, they take
    this over. `start` returns the value to begin with where none was typed, and `now` the field with what depends on
    the others.
    """

    name: str
    input: str
    ask: str = ""
    quote: str = ""
    hint: str = ""
    empty: str = SKIPPED
    drops: str = ""
    options: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    rows: tuple[Field, ...] = ()
    low: int = 0
    high: int = 9
    low_label: str = ""
    high_label: str = ""
    most: int | None = None
    no: str = "for later"
    alone: bool = False
    applies: Callable[[Typed], bool] = always
    check: Callable[[Value], object] | None = None
    settle: Callable[[Value], Value] | None = None
    shown: Callable[[Value], str] | None = None
    remark: Callable[[str], str] | None = None
    aside: Callable[[Typed], bool] = never
    turns: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[Value, Typed], Typed] | None = None
    start: Callable[[Typed], Value] | None = None
    now: Callable[[Typed], Field] | None = None


@frozen(kw_only=True)
class Response:
    """The result of one question: an answer or a skip, promises (the entry numbers their refs), or outcomes."""

    answer: Answer | None = None
    promises: tuple[Promise, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


class Kind:
    """A question kind. Each kind is one file in this package, which has only what differs from this class.

    `SETTINGS` has the keys of a question that only this kind understands. `INPUT` is the `input` of its field, and
    `HINT` the hint. `SECONDS` is the time to read a question and answer it in full.
    """

    SETTINGS: frozenset[str] = frozenset()
    INPUT = ""
    HINT = ""
    SECONDS = 0

    def seconds(self, question: Question) -> int:
        """Return the seconds to read the question and to answer it in full."""
        return self.SECONDS

    def faults(self, question: Question) -> Iterable[tuple[str, str]]:
        """Return what is wrong with the question's settings, each as (key, sentence with the remedy)."""
        return ()

    def fields(self, question: Question, today: date) -> tuple[Field, ...]:
        """Return the fields to ask for, in order."""
        return (
            Field(
                name="reply",
                input=self.INPUT,
                hint=self.HINT,
                options=question.offered,
                most=question.most,
                check=lambda value: self.check(question, value),
            ),
        )

    def check(self, question: Question, value: Value) -> None:
        """Raise ValueError with a sentence if the value doesn't fit."""
        self.reply(question, value)

    def reply(self, question: Question, value: Value) -> Reply:
        """Return the reply for a value that isn't blank. Raises ValueError with a sentence if it doesn't fit."""
        return value

    def respond(self, question: Question, typed: Typed, today: date) -> Response:
        """Return the answer, from everything typed. Raises ValueError with a sentence if it doesn't fit."""
        value = typed.get("reply", "")
        return answered(question, None if is_blank(value) else self.reply(question, value))

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Return a value from an answers file as typed text. Raises ValueError with a sentence if it doesn't fit."""
        raise NotImplementedError

    def from_words(self, question: Question, words: Sequence[str]) -> Typed:
        """Return the texts of `--answer KEY=TEXT` as if they had been typed. Raises ValueError as `from_toml` does."""
        return self.from_toml(question, only(words))


def answered(question: Question, reply: Reply | None, *, fact: str = "", scale: bool = False) -> Response:
    """Return the answer to a question, with its wording as asked; None as the reply means it was skipped."""
    return Response(
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
    """Return the words typed into a field, "" if there are none or only blanks."""
    value = typed.get(name, "")
    return value if isinstance(value, str) and value.strip() else ""


def only(words: Sequence[str]) -> str:
    """Return the only text. Raises ValueError if there are more or fewer than one."""
    if len(words) != 1:
        raise ValueError("It takes one answer, but several were given; give one.")
    return words[0]


def want_text(value: Any) -> str:
    """Return the value if it is a text. Raises ValueError if it isn't, or if it is blank."""
    if not isinstance(value, str):
        raise ValueError(f"It wants text in quotes, not {toml_word(value)}.")
    if not value.strip():
        raise ValueError("Its answer is empty; write one, or skip it with --skip.")
    return value


def want_list(value: Any) -> list[Any]:
    """Return the value if it is a list. Raises ValueError if it isn't."""
    if not isinstance(value, list):
        raise ValueError(f'It wants a list such as ["…", "…"], not {toml_word(value)}.')
    return value


def want_line(value: Any) -> str:
    """Return the value if it is one line of text. Raises ValueError if it isn't."""
    text = want_text(value)
    one_line(text)
    return text


def one_line(value: Value) -> None:
    """Raise ValueError unless the value is one line."""
    if isinstance(value, str) and len(value.splitlines()) > 1:
        raise ValueError("It takes one line.")

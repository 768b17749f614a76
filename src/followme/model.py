"""The records everything else is about: questions and prompt sets, progress, answers, promises and entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import NamedTuple, Self

Reply = str | int | bool | tuple[str, ...]
"""What an answer holds: words, a whole number, yes or no, or several short texts."""

Value = str | tuple[str, ...]
"""What one field holds while it is being typed: words, or the labels that were picked."""

Typed = Mapping[str, Value]
"""All that was typed for one question: field name -> value. Nothing typed is an absent field."""

NOTE, OUTCOME = "note", "outcome"
RESERVED_SETS = frozenset({NOTE, OUTCOME})
"""Sets that followme itself writes between sittings; counts of weeks and trends leave them out."""

RETURN = "return"
"""The shipped set that is offered after missed weeks."""

_ONCE_EVENTS = frozenset({"after", "one-on-one"})
"""Sets whose entries are about one event without saying so: they were written before there was a key for it."""

_ONCE_PERSON = "talk-with"
"""The question whose reply was the person of an entry before there was a key for it."""

OPEN_KINDS = frozenset({"text", "line", "list"})
"""Kinds answered in one's own words; only these may have variants."""

RESULTS = ("kept", "partly", "not-kept", "not-yet", "not-needed", "replaced")
"""What can become of a promise; all but "not-yet" close it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The condition under which a question is asked: a test on another question of the same sitting.

    `test` is one of "below", "above", "is", "includes", "answered"; `value` is what it compares with.
    """

    key: str
    test: str
    value: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing asked. Its key never changes; the same key in two sets is the same question.

    `recall` has the keys of questions whose answers are shown above this one. `person` says that its reply is
    the person an entry is about.
    """

    key: str
    kind: str
    ask: str
    hint: str = ""
    low: int | None = None
    high: int | None = None
    low_label: str = ""
    high_label: str = ""
    fact: bool = False
    options: tuple[str, ...] = ()
    none: str = ""
    most: int | None = None
    promise: str = "do"
    variants: tuple[str, ...] = ()
    recall: tuple[str, ...] = ()
    every: int = 1
    when: When | None = None
    private: bool = False
    optional: bool = False
    person: bool = False

    @property
    def offered(self) -> tuple[str, ...]:
        """All that can be picked: the options, and last the one that goes alone."""
        return (*self.options, self.none) if self.none else self.options


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that stand together under a title; `pick` asks only so many of them, longest unasked first."""

    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    pick: int | None = None

    @property
    def turns(self) -> tuple[tuple[Question, ...], ...]:
        """What takes a turn where it picks: a question, with those of the section that hang on it by `when`."""
        turns: list[list[Question]] = []
        for question in self.questions:
            key = question.when.key if question.when else ""
            joined = next((turn for turn in turns if key in [each.key for each in turn]), None)
            joined.append(question) if joined is not None else turns.append([question])
        return tuple(map(tuple, turns))


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSet:
    """A set of questions as a TOML file holds it; `name` is the stem of that file.

    `look_back` is how many weeks are shown before the first question. `event` says that it is about one event,
    not about the week; None where its file says nothing.
    """

    name: str
    title: str
    sections: tuple[Section, ...]
    about: str = ""
    cadence: str = "any"
    minutes: int | None = None
    look_back: int | None = None
    private: bool = False
    event: bool | None = None
    source: str = ""

    @property
    def questions(self) -> Iterator[Question]:
        """All questions, in the order of the file."""
        return (question for section in self.sections for question in section.questions)

    @property
    def about_event(self) -> bool:
        """Whether it is about one event, and not about the week."""
        return _about_event(self.event, self.name)

    @property
    def about_talk(self) -> bool:
        """Whether it is about a talk with a person."""
        return self.about_event and any(question.person for question in self.questions)

    def with_each(self, change: Callable[[Question], Question]) -> PromptSet:
        """The same set, every question changed."""
        sections = (
            replace(section, questions=tuple(map(change, section.questions))) for section in self.sections
        )
        return replace(self, sections=tuple(sections))


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a sitting has come: what was typed for each item, which were left, and where it stands."""

    typed: Mapping[str, Typed] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    at: str = ""

    def with_typed(self, key: str, name: str, value: Value) -> Self:
        """The same, with this value in this field."""
        return replace(self, typed={**self.typed, key: {**self.typed.get(key, {}), name: value}})

    def left(self, key: str) -> Self:
        """The same, with this item finished."""
        return self if key in self.done else replace(self, done=(*self.done, key))

    def broken_off(self, key: str) -> Self:
        """The same, with this item finished as far as it came: a field that is empty by then was not decided."""
        if key in self.done:
            return self
        typed = {name: value for name, value in self.typed.get(key, {}).items() if not is_blank(value)}
        return replace(self, typed={**self.typed, key: typed}).left(key)

    @property
    def has_words(self) -> bool:
        """Whether anything was typed or picked."""
        return any(any(fields.values()) for fields in self.typed.values())


def is_blank(value: Value) -> bool:
    """Whether nothing was typed or picked, or blanks alone."""
    return not (value.strip() if isinstance(value, str) else value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question's key, the wording as it was asked, and the reply; no reply means it was skipped.

    `person` says that the reply is the person the entry is about.
    """

    key: str
    kind: str
    question: str
    reply: Reply | None = None
    low: int | None = None
    high: int | None = None
    low_label: str = ""
    high_label: str = ""
    fact: str = ""
    private: bool = False
    person: bool = False

    @property
    def skipped(self) -> bool:
        """Asked and passed over."""
        return self.reply is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the leader will do (kind "do"), or the one question to take to one person (kind "ask").

    `who` took it on, "" for the writer; `to` is who waits for it, or who will be asked. `by` is the last day
    meant, without it the promise is due at the next sitting; `told` says whether `to` knows; `origin` is the
    reference of the promise it was made smaller or handed on from.
    """

    ref: str
    text: str
    kind: str = "do"
    occasion: str = ""
    who: str = ""
    to: str = ""
    by: date | None = None
    told: bool | None = None
    origin: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a promise, named by its full reference `ENTRY-ID/pN`; `result` is one of RESULTS."""

    promise: str
    result: str
    note: str = ""
    told: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finished sitting. `minutes` is active time; `week` is an ISO week such as "2026-W47".

    `event` says whether it is about one event, and not about its week; None where its set did not say. An entry
    typed by hand may lack an id (""), a set ("") or an offset in its date.
    """

    id: str
    date: datetime
    week: str
    set: str
    minutes: int | None = None
    private: bool = False
    event: bool | None = None
    answers: tuple[Answer, ...] = ()
    promises: tuple[Promise, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def made(self) -> Iterator[tuple[str, Promise]]:
        """Its promises, each with its full reference `ENTRY-ID/pN`; those of a private entry are private."""
        promises = self.promises
        if self.private:
            promises = tuple(replace(promise, private=True) for promise in promises)
        return ((f"{self.id}/{promise.ref}", promise) for promise in promises)

    @property
    def moment(self) -> datetime:
        """Its date as it compares with others: one typed by hand may lack an offset, and is taken as UTC."""
        return self.date if self.date.tzinfo else self.date.replace(tzinfo=UTC)

    @property
    def about_event(self) -> bool:
        """Whether it is about one event, and not about its week."""
        return _about_event(self.event, self.set)

    @property
    def is_reflection(self) -> bool:
        """Whether somebody sat down for it, about a week or an event: it was not written between sittings."""
        return self.set not in RESERVED_SETS

    @property
    def is_sitting(self) -> bool:
        """Whether it is a week's sitting: neither written between sittings nor about one event."""
        return counts_for_week(self.set, self.event)

    @property
    def person(self) -> str | None:
        """Who it is about: "" where that was asked and skipped, None where it was not asked."""
        asked = (each for each in self.answers if each.person or each.key == _ONCE_PERSON)
        return next((str(each.reply or "") for each in asked), None)


class Located(NamedTuple):
    """An entry and where its block stands: the bytes of the journal from `start` up to `end`."""

    entry: Entry
    start: int
    end: int


def counts_for_week(of: str, event: bool | None) -> bool:
    """Whether an entry of this set that says this about an event is a week's sitting."""
    return of not in RESERVED_SETS and not _about_event(event, of)


def _about_event(said: bool | None, name: str) -> bool:
    return name in _ONCE_EVENTS if said is None else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a person has settled for good; `breaks` are planned absences, each its first and last day.

    `enter` is what the key does in a long answer: "next" question or new "line".
    """

    journal: str = ""
    set: str = "weekly"
    review_day: str = "friday"
    breaks: tuple[tuple[date, date], ...] = ()
    plain: bool = False
    enter: str = "next"
    show_last: bool = False
    editor: str = ""

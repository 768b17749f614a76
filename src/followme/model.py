"""The records that all code works with: questions, prompt sets, progress, answers, promises and entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime
from typing import NamedTuple, Self

from followme.frozen import frozen

Reply = str | int | bool | tuple[str, ...]
"""The content of an answer: words, a whole number, yes or no, or several short texts."""

Value = str | tuple[str, ...]
"""The content of one field while someone types: words, or the labels that were picked."""

Typed = Mapping[str, Value]
"""Everything typed for one question: field name -> value. A field with nothing typed is absent."""

NOTE, OUTCOME, PROMISE = "note", "outcome", "promise"
RESERVED_SETS = frozenset({NOTE, OUTCOME, PROMISE})
"""Sets of entries written between sittings; counts of weeks and trends leave them out."""

ID_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
"""The letters that end an id: none that look alike, no vowels but a and e."""

QUARTER, YEAR = "quarter", "year"
"""What a set can look back on besides a number of weeks."""

RETURN = "return"
"""The shipped set that is offered after missed weeks."""

_ONCE_EVENTS = frozenset({"after", "one-on-one"})
"""Sets whose entries are about one event even where they lack the key `event`, which did not exist at first."""

_ONCE_PERSON = "talk-with"
"""The question whose reply names the person of an entry where no answer has the key `person`."""

OPEN_KINDS = frozenset({"text", "line", "list"})
"""Kinds that people answer in their own words; only these may have variants."""

PICKED_KINDS = frozenset({"choice", "several"})
"""Kinds whose replies are words of the question, and not the writer's."""

RESULTS = ("kept", "partly", "not-kept", "not-yet", "not-needed", "replaced")
"""The results an outcome can have; all but "not-yet" close a promise."""


@frozen(kw_only=True)
class When:
    """The condition under which a question is asked: a test on another question of the same sitting."""

    # The key of the other question.
    key: str
    # "below", "above", "is", "not", "includes" or "answered".
    test: str
    # The value that the test compares the reply with; "includes" can have several, any of which will do.
    value: Reply

    @property
    def words(self) -> tuple[str, ...]:
        """The texts it compares with; () if it compares with a number, or with yes or no."""
        if isinstance(self.value, str):
            return (self.value,)
        return self.value if isinstance(self.value, tuple) else ()


@frozen(kw_only=True)
class Question:
    """One question of a prompt set. The same key in two sets is the same question."""

    # The name of the question in files; it never changes.
    key: str
    # The name of its kind, a key of `kinds.KINDS`.
    kind: str
    # The wording that is asked.
    ask: str
    # A line shown below the wording; "" if it has none.
    hint: str = ""
    # The lowest number of a scale; None for other kinds.
    low: int | None = None
    # The highest number of a scale; None for other kinds.
    high: int | None = None
    # The meaning of the lowest number; "" for other kinds.
    low_label: str = ""
    # The meaning of the highest number; "" for other kinds.
    high_label: str = ""
    # Whether a scale also asks for the fact behind the number.
    fact: bool = False
    # The options of a choice or of several; () for other kinds.
    options: tuple[str, ...] = ()
    # The option of several that can only be picked alone; "" if it has none.
    none: str = ""
    # Each option that was reworded, with the option that took its place; () if there are none.
    formerly: tuple[tuple[str, str], ...] = ()
    # The most options, lines or promises that an answer takes; None if the kind decides.
    most: int | None = None
    # The sort of promise that it asks for: "do" or "ask".
    promise: str = "do"
    # The other wordings of an open question; () if it has none.
    variants: tuple[str, ...] = ()
    # When its wording changes: "sitting" for every time it is asked, "quarter" for once a quarter.
    vary: str = "sitting"
    # The idea it asks about; one sitting never picks two questions of the same idea. "" if it doesn't say.
    idea: str = ""
    # The keys of earlier questions whose answers are shown above this one; () if there are none.
    recall: tuple[str, ...] = ()
    # How often it is asked: 1 in every sitting with its set, 2 in every second one.
    every: int = 1
    # The condition under which it is asked; None if it always is.
    when: When | None = None
    # Whether exports leave its answers out.
    private: bool = False
    # Whether answers from a file may leave it out; a person may skip any question.
    optional: bool = False
    # Whether its reply names the person the entry is about.
    person: bool = False

    @property
    def offered(self) -> tuple[str, ...]:
        """The options, and after them the one that can only be picked alone."""
        return (*self.options, self.none) if self.none else self.options


@frozen(kw_only=True)
class Section:
    """Questions that stand together under a title."""

    # The title.
    title: str
    # Its questions, in the order of the file.
    questions: tuple[Question, ...]
    # A sentence shown below the title; "" if it has none.
    intro: str = ""
    # How many turns one sitting asks, the longest unasked first; None for all of them.
    pick: int | None = None
    # Whether it rests while a question to a person is open, which the sitting asks about instead.
    spare: bool = False

    @property
    def turns(self) -> tuple[tuple[Question, ...], ...]:
        """The groups that `pick` chooses among: each question with those that depend on it by `when`."""
        turns: list[list[Question]] = []
        for question in self.questions:
            key = question.when.key if question.when else ""
            joined = next((turn for turn in turns if key in [each.key for each in turn]), None)
            joined.append(question) if joined is not None else turns.append([question])
        return tuple(map(tuple, turns))


@frozen(kw_only=True)
class PromptSet:
    """A set of questions as its TOML file holds it."""

    # The name of its file without .toml.
    name: str
    # The title that people see.
    title: str
    # Its sections, in the order of the file.
    sections: tuple[Section, ...]
    # A sentence on what it is for; "" if its file has none.
    about: str = ""
    # How often it is meant to be used: one of `promptfile.cadences.CADENCES`.
    cadence: str = "any"
    # The minutes that a sitting takes, as its file says; None if it doesn't.
    minutes: int | None = None
    # What is shown before the first question: a number of past weeks, QUARTER or YEAR; None for nothing.
    look_back: int | str | None = None
    # Whether exports leave its entries out.
    private: bool = False
    # Whether it is about one event instead of the week; None if its file doesn't say.
    event: bool | None = None
    # Where its questions come from; "" if its file doesn't say.
    source: str = ""

    @property
    def questions(self) -> Iterator[Question]:
        """Its questions, in the order of the file."""
        return (question for section in self.sections for question in section.questions)

    @property
    def about_event(self) -> bool:
        """Whether it is about one event, or one day, instead of the week."""
        return _about_event(self.event, self.name) or (self.event is None and self.cadence == "daily")

    @property
    def about_talk(self) -> bool:
        """Whether it is about a talk with one person."""
        return self.about_event and any(question.person for question in self.questions)

    def with_each(self, change: Callable[[Question], Question]) -> PromptSet:
        """The same set with `change` applied to every question."""
        sections = (
            replace(section, questions=tuple(map(change, section.questions))) for section in self.sections
        )
        return replace(self, sections=tuple(sections))


@frozen(kw_only=True)
class Progress:
    """How far a sitting has come."""

    # Everything typed, by the key of its item; an item where nothing was typed may be absent.
    typed: Mapping[str, Typed] = field(default_factory=dict)
    # The keys of the items that are finished, answered or skipped, in the order they were finished.
    done: tuple[str, ...] = ()
    # The key of the item being asked, or asking.state.AT_END; "" at the beginning.
    at: str = ""

    def with_typed(self, key: str, name: str, value: Value) -> Self:
        """The same progress with this value in this field of this item."""
        return replace(self, typed={**self.typed, key: {**self.typed.get(key, {}), name: value}})

    def left(self, key: str) -> Self:
        """The same progress with this item finished."""
        return self if key in self.done else replace(self, done=(*self.done, key))

    def broken_off(self, key: str) -> Self:
        """The same progress with this item finished early: its empty fields become absent."""
        if key in self.done:
            return self
        typed = {name: value for name, value in self.typed.get(key, {}).items() if not is_blank(value)}
        return replace(self, typed={**self.typed, key: typed}).left(key)

    @property
    def has_words(self) -> bool:
        """Whether anything was typed or picked."""
        return any(any(fields.values()) for fields in self.typed.values())


def is_blank(value: Value) -> bool:
    """Whether nothing was picked, and nothing typed but blanks."""
    return not (value.strip() if isinstance(value, str) else value)


@frozen(kw_only=True)
class Answer:
    """A question that was asked, and the reply."""

    # The key of the question.
    key: str
    # The kind of the question; it may be one that this version doesn't know.
    kind: str
    # The wording as it was asked.
    question: str
    # The reply; None if the question was skipped.
    reply: Reply | None = None
    # The lowest number of the scale; None for other kinds.
    low: int | None = None
    # The highest number of the scale; None for other kinds.
    high: int | None = None
    # The meaning of the lowest number; "" for other kinds.
    low_label: str = ""
    # The meaning of the highest number; "" for other kinds.
    high_label: str = ""
    # The fact behind the number of a scale; "" if none was given.
    fact: str = ""
    # Whether the reply was in the writer's words, and these were dropped.
    forgotten: bool = False
    # Whether exports leave the answer out.
    private: bool = False
    # Whether the reply names the person the entry is about.
    person: bool = False

    @property
    def skipped(self) -> bool:
        """Whether the question was asked and skipped."""
        return self.reply is None and not self.forgotten

    @property
    def names_person(self) -> bool:
        """Whether its question asks for the person the entry is about."""
        return self.person or self.key == _ONCE_PERSON


@frozen(kw_only=True)
class Promise:
    """Something the leader will do (kind "do"), or one question to take to one person (kind "ask")."""

    # Its number within its entry, such as "p1"; "" before it has one.
    ref: str
    # The promise or the question, in the writer's words; "" if these were dropped.
    text: str
    # "do" or "ask".
    kind: str = "do"
    # The cue: the day, meeting or moment to do it; "" if none was named.
    occasion: str = ""
    # The person who took it on; "" for the writer.
    who: str = ""
    # The person it is promised to, or the person to ask; "" if none was named.
    to: str = ""
    # The last day to do it; None if it is due at the next sitting.
    by: date | None = None
    # Whether the person named in `to` knows about it; None if that was not asked.
    told: bool | None = None
    # The full reference of the promise that it replaces; "" if it replaces none.
    origin: str = ""
    # Whether exports leave it out.
    private: bool = False


@frozen(kw_only=True)
class Outcome:
    """What became of a promise."""

    # The full reference of the promise, `ENTRY-ID/pN`.
    promise: str
    # One of RESULTS.
    result: str
    # The writer's words about it, or for a question the answer they heard; "" if there are none.
    note: str = ""
    # Whether the person it was promised to knows about the result; None if that was not asked.
    told: bool | None = None


Day = date
"""A date by another name, for records that have a field `date`."""


@frozen(kw_only=True)
class Entry:
    """One finished sitting, or something written between two sittings."""

    # Its id, such as "20261120T151000-k7q2m"; "" if it was typed by hand without one.
    id: str
    # The local time it was finished, with its offset; an entry typed by hand may have no offset.
    date: datetime
    # The ISO week it is for, such as "2026-W47".
    week: str
    # The name of its prompt set, or one of RESERVED_SETS; "" if it was typed by hand without one.
    set: str
    # The minutes of active time; None if they were not counted.
    minutes: int | None = None
    # Whether exports leave all of it out.
    private: bool = False
    # Whether it is about one event instead of its week; None if its set didn't say.
    event: bool | None = None
    # The program it was imported from, such as "jrnl"; "" if it was written here.
    imported: str = ""
    # The id of the entry that it is another version of, kept by a merge until one of the two is deleted; "" for none.
    conflict: str = ""
    # The answer, "ENTRY-ID/KEY", or the entry, "ENTRY-ID", that it is a later word on; "" for none.
    about: str = ""
    # The day on which its words were dropped; None if they weren't.
    forgotten: Day | None = None
    # Its answers, skipped ones included; questions that were never reached are absent.
    answers: tuple[Answer, ...] = ()
    # The promises made in it; () if there are none.
    promises: tuple[Promise, ...] = ()
    # What it says became of earlier promises; () if it says nothing.
    outcomes: tuple[Outcome, ...] = ()

    @property
    def made(self) -> Iterator[tuple[str, Promise]]:
        """Its promises, each with its full reference `ENTRY-ID/pN`; those of a private entry are private."""
        promises = self.promises
        if self.private:
            promises = tuple(replace(promise, private=True) for promise in promises)
        return ((f"{self.id}/{promise.ref}", promise) for promise in promises)

    @property
    def about_id(self) -> str:
        """The id of the entry that it is a later word on; "" if it's on none."""
        return self.about.partition("/")[0]

    @property
    def day(self) -> Day:
        """The local day it was finished."""
        return self.date.date()

    @property
    def moment(self) -> datetime:
        """Its date, in a form that compares with others: without an offset, it counts as UTC."""
        return self.date if self.date.tzinfo else self.date.replace(tzinfo=UTC)

    @property
    def about_event(self) -> bool:
        """Whether it is about one event instead of its week."""
        return _about_event(self.event, self.set)

    @property
    def is_reflection(self) -> bool:
        """Whether it is a reflection, on a week or an event, and not something written between sittings."""
        return self.set not in RESERVED_SETS

    @property
    def is_sitting(self) -> bool:
        """Whether it counts as its week's sitting: a reflection on a week, made here or imported as one.

        The other version that a merge kept doesn't.
        """
        return not self.conflict and counts_for_week(self.set, self.event, imported=bool(self.imported))

    @property
    def is_captured(self) -> bool:
        """Whether it is a note for the next sitting, and not a later word on something earlier."""
        return self.set == NOTE and not self.about

    @property
    def person(self) -> str | None:
        """The person it is about; "" if that was asked and skipped, None if it was not asked."""
        asked = (each for each in self.answers if each.names_person)
        return next((str(each.reply or "") for each in asked), None)


class Located(NamedTuple):
    """An entry and where its block stands in the journal."""

    # The entry.
    entry: Entry
    # The offset of the block's first byte.
    start: int
    # The offset of the byte after its last.
    end: int


class Part(NamedTuple):
    """A run of bytes of the journal from one entry header to the next, for merging."""

    # The id of the entry; "" if it has none, or if the bytes couldn't be read.
    id: str
    # The bytes as they are in the file.
    data: bytes
    # Whether the bytes are an entry that could be read.
    readable: bool = True
    # The entry, if the bytes have been read.
    entry: Entry | None = None


def counts_for_week(of: str, event: bool | None, *, imported: bool) -> bool:
    """Whether an entry with this set and this value of `event` counts as its week's sitting.

    An imported entry only does if it says that it is about no event.
    """
    said = event is False if imported else not _about_event(event, of)
    return of not in RESERVED_SETS and said


def _about_event(said: bool | None, name: str) -> bool:
    return name in _ONCE_EVENTS if said is None else said


@frozen(kw_only=True)
class Config:
    """The settings in a person's configuration file."""

    # The path of the journal; "" for the default.
    journal: str = ""
    # The name of the prompt set for a week.
    set: str = "weekly"
    # The weekday from which this week's reflection is due, in English and lowercase.
    review_day: str = "friday"
    # The month in which the company's year starts, in English and lowercase.
    year_starts: str = "january"
    # Planned absences, each with its first and last day; () if there are none.
    breaks: tuple[tuple[date, date], ...] = ()
    # Whether to ask without redrawing the screen.
    plain: bool = False
    # The effect of Enter in a long answer: "next" for the next question, "line" for a new line.
    enter: str = "next"
    # Whether to show the answer from last time.
    show_last: bool = False
    # The command line of the person's editor; "" if none is set.
    editor: str = ""
    # The folder whose text files become notes; "" for none.
    inbox: str = ""
    # The command line to run after an entry is saved; "" for none.
    after_save: str = ""
    # Whether to sync in the background after an entry is saved.
    sync_auto: bool = False
    # How long words are kept before `doctor` reminds of forgetting them, such as "2y"; "" for always.
    keep: str = ""

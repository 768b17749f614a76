"""What a sitting asks, one item at a time: the set's questions, and before them the promises that are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from followme.asking.nudge import offer, with_more
from followme.dates import iso_week
from followme.insight.earlier import Earlier, course, earlier
from followme.insight.promises import OpenPromise, promise_words
from followme.kinds import KINDS
from followme.kinds.base import Field, Given, Typed, has, one_line, text_of
from followme.kinds.yesno import said_yes
from followme.model import Entry, Outcome, Promise, PromptSet, Question, Section, When

PROMISED = "What you promised"
HEARD = "What you wanted to ask"


def _nothing(typed: Typed) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing asked in a sitting, with the fields it takes and what makes an answer of them.

    `key` is the question's key, or the full reference of the promise asked about. `before` are the earlier
    answers to it, oldest first; `after` gives what is said once it has been answered, "" for nothing.
    """

    key: str
    section: str
    ask: str
    fields: tuple[Field, ...]
    give: Callable[[Typed], Given]
    intro: str = ""
    hint: str = ""
    quote: str = ""
    when: When | None = None
    question: Question | None = None
    before: tuple[Earlier, ...] = ()
    after: Callable[[Typed], str] = _nothing


def items_of(
    planned: PromptSet, due: Sequence[OpenPromise], today: date, past: Sequence[Entry] = ()
) -> tuple[Item, ...]:
    """The items of a sitting that began on `today`: the due promises first, then the planned questions.

    `past` holds the latest entries, oldest first.
    """
    asked = [_about(each) for each in due]
    asked += [
        item_of(question, today, section, earlier(past, question.key))
        for section in planned.sections
        for question in section.questions
    ]
    return tuple(asked)


def by_words(items: Iterable[Item]) -> dict[str, Item]:
    """The items by their words, as options to choose from; those in the same words are told apart by a number."""
    found: dict[str, Item] = {}
    for item in items:
        words = item.quote or item.ask
        found[words if words not in found else f"{words} ({len(found) + 1})"] = item
    return found


def item_of(
    question: Question, today: date, section: Section | None = None, before: tuple[Earlier, ...] = ()
) -> Item:
    """A question of a set as an item."""
    kind = KINDS[question.kind]

    def give(typed: Typed) -> Given:
        return with_more(question, kind.give(question, typed, today), typed)

    def after(typed: Typed) -> str:
        answer = give(typed).answer
        return course(before, answer, iso_week(today)[:4]) if answer and question.kind == "scale" else ""

    return Item(
        key=question.key,
        section=section.title if section else "",
        intro=section.intro if section else "",
        ask=question.ask,
        hint=question.hint,
        fields=(*kind.fields(question, today), *offer(question, before)),
        give=give,
        when=question.when,
        question=question,
        before=before,
        after=after,
    )


def due_table(due: Sequence[OpenPromise]) -> list[dict[str, Any]]:
    """The due promises as TOML tables, for the draft."""
    return [
        {"ref": each.ref, "week": each.week, "kind": each.promise.kind, "text": each.promise.text}
        | {"occasion": each.promise.occasion, "to": each.promise.to}
        for each in due
    ]


def due_from_table(tables: Sequence[Mapping[str, Any]]) -> tuple[OpenPromise, ...]:
    """The due promises that `due_table` wrote."""
    return tuple(
        OpenPromise(
            str(table["ref"]),
            Promise(
                ref=str(table["ref"]).rpartition("/")[2],
                kind=str(table["kind"]),
                text=str(table["text"]),
                occasion=str(table.get("occasion", "")),
                to=str(table.get("to", "")),
            ),
            str(table["week"]),
        )
        for table in tables
    )


_ENDINGS = {"kept": "kept", "partly": "partly", "not kept": "not-kept", "not yet": "not-yet"}
_ENDINGS |= {"no longer needed": "not-needed"}
_HEARD = {"I asked": "kept", "not yet": "not-yet", "no longer needed": "not-needed"}
_SHORT_OF_KEPT = ("partly", "not-kept", "not-yet")


def _about(due: OpenPromise) -> Item:
    """The item that asks what became of a promise; an empty answer leaves it open."""
    asking = due.promise.kind == "ask"
    endings = _HEARD if asking else _ENDINGS
    return Item(
        key=due.ref,
        section=HEARD if asking else PROMISED,
        ask=f"Did you ask {due.promise.to}?" if asking else "What became of it?",
        hint="Enter leaves it open.",
        quote=due.promise.text if asking else promise_words(due.promise),
        fields=_heard_fields() if asking else _kept_fields(due.promise),
        give=lambda typed: Given(outcome=_outcome(due.ref, typed, endings)),
    )


def _kept_fields(promise: Promise) -> tuple[Field, ...]:
    result = Field(name="result", way="one", options=tuple(_ENDINGS), empty="left open")
    note = Field(
        name="note",
        way="line",
        ask="What came in between?",
        empty="nothing noted",
        wanted=_short_of_kept,
        check=one_line,
    )
    told = Field(
        name="told", way="yesno", ask=f"Does {promise.to} know?", empty="not said", wanted=_short_of_kept
    )
    return (result, note, told) if promise.to else (result, note)


def _heard_fields() -> tuple[Field, ...]:
    heard = "What did you hear, and what will you do with it?"
    return (
        Field(name="result", way="one", options=tuple(_HEARD), empty="left open"),
        Field(
            name="note", way="line", ask=heard, empty="nothing noted", wanted=has("result"), check=one_line
        ),
    )


def _short_of_kept(typed: Typed) -> bool:
    return _ENDINGS.get(text_of(typed, "result")) in _SHORT_OF_KEPT


def _outcome(ref: str, typed: Typed, endings: Mapping[str, str]) -> Outcome | None:
    result = endings.get(text_of(typed, "result"))
    told = text_of(typed, "told")
    if result is None:
        return None
    return Outcome(
        promise=ref,
        result=result,
        note=text_of(typed, "note").strip(),
        told=said_yes(told) if told and result in _SHORT_OF_KEPT else None,
    )


def typed_outcome(due: OpenPromise, outcome: Outcome) -> Typed:
    """What would have been typed for this outcome; raises ValueError where it cannot be an ending of this."""
    endings = _HEARD if due.promise.kind == "ask" else _ENDINGS
    label = next((label for label, result in endings.items() if result == outcome.result), None)
    if label is None:
        raise ValueError(f"{outcome.result!r} is no ending; it can be {', '.join(endings.values())}.")
    typed = {"result": label, "note": outcome.note}
    return typed if outcome.told is None else typed | {"told": "yes" if outcome.told else "no"}

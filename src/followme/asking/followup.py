"""What is asked about one due promise besides its ending: a line, who was told, and an offer to change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from followme.asking.endings import endings, result_of, words_of
from followme.dates import shown_day
from followme.days_to_come import examples
from followme.errors import either
from followme.insight.people import names
from followme.insight.promises import OpenPromise, promise_words
from followme.kinds.base import SKIPPED, Field, Response, one_line, text_of
from followme.kinds.promise_fields import day_field, promised_day, want_person
from followme.kinds.promise_line import line_of, read_line, read_person, this_week
from followme.kinds.yesno import said_yes
from followme.model import Outcome, Promise, Typed

SMALLER, DAY, NEW_DAY, ON = "make it smaller", "give it a day", "give it a new day", "hand it off"

FALLS_SHORT = ("partly", "not-kept", "not-yet")
"""The results after which someone may still be waiting for news."""

_DETAILS = {SMALLER: "smaller", DAY: "day", NEW_DAY: "day", ON: "who"}
"""Each way to change a promise, and the field for its details."""

RESULT = "result"
"""The field for the ending, in words."""

NAMES = ("note", "told", "change", "smaller", "day", "who")
"""The fields that are asked after the ending."""


def typed_outcome(due: OpenPromise, outcome: Outcome, change: Mapping[str, str]) -> Typed:
    """Return this outcome as typed text; if it replaces the promise, `change` has text, by, or to (who takes it on).

    Raises ValueError if the promise can't end this way.
    """
    if outcome.result == "replaced" and due.promise.kind == "do":
        return _typed_change(due, outcome, change)
    if change:
        raise ValueError(f"{next(iter(change))} is for a promise that is replaced; leave it out.")
    words = words_of(due, outcome.result)
    if not words:
        known = either([each.result for each in endings(due)])
        raise ValueError(f"{outcome.result!r} isn't an ending; it can be {known}.")
    typed = {RESULT: words, "note": outcome.note}
    return typed if outcome.told is None else typed | {"told": "yes" if outcome.told else "no"}


def open_with(person: str, opened: Sequence[OpenPromise], today: date) -> str:
    """Return what is open with a person, one line each, "" if nothing is."""
    lines = [about(each, today) for each in opened if names(each.promise, person)]
    return "\n".join([f"Open with {person.strip()}:", *lines]) if lines else ""


def about(due: OpenPromise, today: date) -> str:
    """Return the promise in words, and what was heard to a question that was asked."""
    heard = f"\nYou heard: {due.heard}" if due.heard else ""
    return promise_words(due.promise, today) + heard


def details(due: OpenPromise, today: date) -> tuple[Field, ...]:
    """Return what is asked about a promise after its ending, in a sitting begun on `today`."""

    def ended(*results: str) -> Callable[[Typed], bool]:
        return lambda typed: result_of(due, text_of(typed, RESULT)) in results

    if due.promise.kind == "ask":
        ask = "What did you hear?" if due.heard is None else "What did you do with it?"
        return (_note(about(due, today), ask, ended("kept", "partly")),)
    fell_short = ended(*FALLS_SHORT)
    told = Field(
        name="told",
        input="yesno",
        ask=f"Have you told {due.promise.to} where it stands?",
        empty=SKIPPED,
        # Someone who never knew about the promise isn't waiting.
        applies=lambda typed: bool(due.promise.to) and due.promise.told is not False and fell_short(typed),
    )
    fields = (_note(about(due, today), "What got in the way?", fell_short), told)
    passed = due.promise.by is not None and due.promise.by <= today
    if not (due.returns or passed):
        return fields
    return (*fields, *_change_fields(due, today, ended("not-yet")))


def _change_fields(due: OpenPromise, today: date, again: Callable[[Typed], bool]) -> tuple[Field, ...]:
    """The offer to change a promise that has come back before, or whose day has come.

    A promise that was handed off can't be made smaller.
    """
    day = "is today" if due.promise.by == today else "has passed"
    why = "This one has come back before." if due.returns else f"Its day {day}."
    left_out = {SMALLER if due.promise.who else "", DAY if due.promise.by else NEW_DAY}
    change = Field(
        name="change",
        input="one",
        ask=f"{why} What would help you keep it?",
        hint="Press Enter to leave it as it is.",
        empty="left as it is",
        options=tuple(option for option in _DETAILS if option not in left_out),
        applies=again,
    )
    smaller = Field(
        name="smaller",
        input="line",
        ask="What's the smaller step?",
        empty=change.empty,
        check=one_line,
        settle=lambda value: _step(str(value), today),
        remark=lambda typed: this_week(typed, today),
    )
    new_day = day_field("day", today, ask="By when?", hint=f"Such as {examples(today)}.", empty=change.empty)
    who = replace(
        smaller,
        name="who",
        ask="Who takes it on?",
        check=lambda value: want_person(value, today),
        settle=lambda value: _taker(str(value), today),
    )

    def if_picked(field: Field) -> Field:
        return replace(field, applies=lambda typed: again(typed) and _detail(typed) == field.name)

    return (change, *map(if_picked, (smaller, new_day, who)))


def _step(typed: str, today: date) -> str:
    """A smaller step with its day in words that mean the same tomorrow; without a day as it was typed."""
    said = read_line(typed, today)
    return line_of(said.words, said.to, said.by, today) if said.by else typed


def _taker(typed: str, today: date) -> str:
    """Who takes it on, without a mark, and the day in words that mean the same tomorrow."""
    person, by = read_person(typed, today)
    return f"{person} by {shown_day(by, today)}" if by else person


def _detail(typed: Typed) -> str:
    """The field for the details of the change that was picked, "" if none was."""
    return _DETAILS.get(text_of(typed, "change"), "")


def _note(quote: str, ask: str, applies: Callable[[Typed], bool]) -> Field:
    return Field(
        name="note",
        input="line",
        quote=quote,
        ask=ask,
        empty="nothing noted",
        applies=applies,
        check=one_line,
    )


def response(due: OpenPromise, typed: Typed, today: date) -> Response:
    """Return what became of a promise, and the promise that replaces it if it was changed; nothing if left open."""
    result = result_of(due, text_of(typed, RESULT))
    if not result:
        return Response()
    told = text_of(typed, "told")
    outcome = Outcome(
        promise=due.ref,
        result=result,
        note=text_of(typed, "note").strip(),
        told=said_yes(told) if told and result in FALLS_SHORT else None,
    )
    new = _changed(due, typed, today) if result == "not-yet" else None
    if new is None:
        return Response(outcomes=(outcome,))
    return Response(outcomes=(replace(outcome, result="replaced"),), promises=(new,))


def _changed(due: OpenPromise, typed: Typed, today: date) -> Promise | None:
    """The promise that replaces this one, if the person chose a change and gave its details."""
    detail = _detail(typed)
    said = text_of(typed, detail).strip()
    if not said:
        return None
    # The person still knows about the promise if they were told earlier or just now.
    now = text_of(typed, "told")
    told = True if now and said_yes(now) else due.promise.told
    new = replace(due.promise, ref="", origin=due.ref, by=None, told=told)
    if detail == "day":
        return replace(new, by=promised_day(said, today))
    if detail == "who":
        person, by = read_person(said, today)
        return replace(new, who=person, by=by)
    step = read_line(said, today)
    if step.to:
        new = replace(new, to=step.to, told=told if step.to == due.promise.to else None)
    return replace(new, text=step.words, by=step.by)


def _typed_change(due: OpenPromise, outcome: Outcome, change: Mapping[str, str]) -> Typed:
    options = {"text": SMALLER, "by": DAY, "to": ON}
    if len(change) != 1:
        raise ValueError(
            "a replaced promise needs one of text (made smaller), by (a day) or to (handed off)."
        )
    ((key, said),) = change.items()
    if due.promise.who and options[key] == SMALLER:
        raise ValueError("text is for a promise of your own, and this one was handed off; leave it out.")
    again = words_of(due, "not-yet")
    return {RESULT: again, "note": outcome.note, "change": options[key], _DETAILS[options[key]]: said}

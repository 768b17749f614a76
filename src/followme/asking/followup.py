"""Questions on what became of a promise: its endings, and an offer to change it when it comes back again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from followme.asking.item import Item, held
from followme.insight.people import names
from followme.insight.promises import OpenPromise, promise_words
from followme.kinds.base import Field, Response, one_line, text_of
from followme.kinds.promise_fields import day_field, promised_day
from followme.kinds.yesno import said_yes
from followme.model import Outcome, Promise, Typed
from followme.records import to_table, values_of

PROMISED = "What you promised"
HEARD = "What you wanted to ask"
HANDED_ON = "What you handed on"

KEPT_ENDINGS = {
    "kept": "kept",
    "partly": "partly",
    "not kept": "not-kept",
    "not yet": "not-yet",
    "no longer needed": "not-needed",
}
ASKED_ENDINGS = {
    "I asked, and I will do something about it": "partly",
    "I asked, and that is all": "kept",
    "not yet": "not-yet",
    "no longer needed": "not-needed",
}
HEARD_ENDINGS = {
    "I did something with it": "kept",
    "not yet": "not-yet",
    "there is nothing to do": "not-needed",
}
HANDED_ENDINGS = {
    "yes": "kept",
    "no": "not-kept",
    "not yet": "not-yet",
    "no longer needed": "not-needed",
}

SMALLER, DAY, ON = "make it smaller", "give it a day", "hand it on"

FALLS_SHORT = ("partly", "not-kept", "not-yet")
"""The results after which someone may still be waiting for news."""

_DETAILS = {SMALLER: "smaller", DAY: "day", ON: "whom"}
"""Each way to change a promise, and the field for its details."""


def follow_up(due: OpenPromise, today: date, *, brief: bool = False) -> Item:
    """Return the item that asks about a promise in a sitting begun on `today`; an empty answer leaves it open.

    With `brief`, one key answers it.
    """
    fields = _fields(due, today)
    return Item(
        key=due.ref,
        section=HEARD if due.promise.kind == "ask" else HANDED_ON if due.promise.who else PROMISED,
        ask=_ask(due),
        hint="Enter leaves it open.",
        quote=_quote(due),
        fields=fields[:1] if brief else fields,
        respond=held(lambda typed: _response(due, typed, today)),
    )


def endings(due: OpenPromise) -> Mapping[str, str]:
    """Return the endings that a promise can have now: the words for a person -> the result."""
    if due.promise.kind != "ask":
        return HANDED_ENDINGS if due.promise.who else KEPT_ENDINGS
    return ASKED_ENDINGS if due.heard is None else HEARD_ENDINGS


def typed_outcome(due: OpenPromise, outcome: Outcome, change: Mapping[str, str]) -> Typed:
    """Return this outcome as typed text; if it replaces the promise, `change` has text, by, or to (who takes it on).

    Raises ValueError if the promise can't end this way.
    """
    if outcome.result == "replaced" and due.promise.kind == "do":
        return _typed_change(due, outcome, change)
    if change:
        raise ValueError(f"{next(iter(change))} is for a promise that is replaced; leave it out.")
    label = next((label for label, result in endings(due).items() if result == outcome.result), None)
    if label is None:
        known = ", ".join(endings(due).values())
        raise ValueError(f"{outcome.result!r} is no ending; it can be {known}.")
    typed = {"result": label, "note": outcome.note}
    return typed if outcome.told is None else typed | {"told": "yes" if outcome.told else "no"}


def open_with(person: str, opened: Sequence[OpenPromise]) -> str:
    """Return what is open with a person, one line each, "" if nothing is."""
    lines = [_quote(each) for each in opened if names(each.promise, person)]
    return "\n".join([f"Open with {person.strip()}:", *lines]) if lines else ""


def due_table(due: Sequence[OpenPromise]) -> list[dict[str, Any]]:
    """Return the due promises as TOML tables for the draft."""
    return [
        {**to_table(each.promise), "ref": each.ref, "week": each.week, "returns": each.returns}
        | ({} if each.heard is None else {"heard": each.heard})
        for each in due
    ]


def due_from_table(tables: Sequence[Mapping[str, Any]]) -> tuple[OpenPromise, ...]:
    """Return the due promises that `due_table` wrote. Raises KeyError, TypeError or ValueError for other tables."""
    return tuple(
        OpenPromise(
            ref=str(table["ref"]),
            promise=Promise(**values_of(Promise, table) | {"ref": str(table["ref"]).rpartition("/")[2]}),
            week=str(table["week"]),
            returns=int(table.get("returns", 0)),
            heard=table.get("heard"),
        )
        for table in tables
    )


def _ask(due: OpenPromise) -> str:
    if due.promise.kind != "ask":
        return f"Did {due.promise.who} take it on?" if due.promise.who else "What became of it?"
    return f"Did you ask {due.promise.to or 'it'}?" if due.heard is None else "What came of it?"


def _quote(due: OpenPromise) -> str:
    heard = f"\nYou heard: {due.heard}" if due.heard else ""
    return promise_words(due.promise) + heard


def _fields(due: OpenPromise, today: date) -> tuple[Field, ...]:
    result = Field(name="result", input="one", options=tuple(endings(due)), empty="left open")
    if due.promise.kind == "ask":
        ask = "What did you hear?" if due.heard is None else "What did you do with it?"
        return (result, _note(ask, _was_asked))
    told = Field(
        name="told",
        input="yesno",
        ask=f"Does {due.promise.to} know where it stands?",
        empty="not said",
        # Someone who never knew about the promise isn't waiting.
        applies=lambda typed: bool(due.promise.to) and due.promise.told is not False and fell_short(typed),
    )

    def fell_short(typed: Typed) -> bool:
        return endings(due).get(text_of(typed, "result")) in FALLS_SHORT

    fields = (result, _note("What got in the way, or is still missing?", fell_short), told)
    return (*fields, *_change_fields(due, today)) if due.returns else fields


def _change_fields(due: OpenPromise, today: date) -> tuple[Field, ...]:
    """The offer to change a promise that came back again; one that was handed on can't be made smaller."""
    options = [option for option in _DETAILS if option != SMALLER or not due.promise.who]
    change = Field(
        name="change",
        input="one",
        ask="It has come back before. What would help?",
        hint="Enter leaves it as it is.",
        empty="left as it is",
        options=tuple(options),
        applies=lambda typed: text_of(typed, "result") == "not yet",
    )
    asks = {SMALLER: "What is the smaller step?", DAY: "By when?", ON: "Who takes it on?"}
    details = (
        day_field(_DETAILS[option], today, ask=ask, empty="left as it is")
        if option == DAY
        else Field(name=_DETAILS[option], input="line", ask=ask, empty="left as it is", check=one_line)
        for option, ask in asks.items()
        if option in options
    )
    applies = (_chosen(option) for option in asks if option in options)
    return (change, *(replace(field, applies=each) for field, each in zip(details, applies, strict=True)))


def _note(ask: str, applies: Callable[[Typed], bool]) -> Field:
    return Field(name="note", input="line", ask=ask, empty="nothing noted", applies=applies, check=one_line)


def _response(due: OpenPromise, typed: Typed, today: date) -> Response:
    result = endings(due).get(text_of(typed, "result"))
    if result is None:
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
        return Response(outcome=outcome)
    return Response(outcome=replace(outcome, result="replaced"), promises=(new,))


def _changed(due: OpenPromise, typed: Typed, today: date) -> Promise | None:
    """The promise that replaces this one, if the person chose a change and gave its details."""
    chosen = text_of(typed, "change")
    said = text_of(typed, _DETAILS.get(chosen, "")).strip()
    if not said:
        return None
    # The person still knows about the promise if they were told earlier or just now.
    now = text_of(typed, "told")
    told = True if now and said_yes(now) else due.promise.told
    new = replace(due.promise, ref="", origin=due.ref, by=None, told=told)
    if chosen == SMALLER:
        return replace(new, text=said)
    return replace(new, by=promised_day(said, today)) if chosen == DAY else replace(new, who=said)


def _typed_change(due: OpenPromise, outcome: Outcome, change: Mapping[str, str]) -> Typed:
    options = {"text": SMALLER, "by": DAY, "to": ON}
    if len(change) != 1:
        raise ValueError("a replaced promise needs one of text (made smaller), by (a day) or to (handed on).")
    ((key, said),) = change.items()
    if due.promise.who and options[key] == SMALLER:
        raise ValueError("text is for a promise of your own, and this one was handed on; leave it out.")
    return {"result": "not yet", "note": outcome.note, "change": options[key], _DETAILS[options[key]]: said}


def _chosen(option: str) -> Callable[[Typed], bool]:
    return lambda typed: text_of(typed, "result") == "not yet" and text_of(typed, "change") == option


def _was_asked(typed: Typed) -> bool:
    return text_of(typed, "result").startswith("I ")

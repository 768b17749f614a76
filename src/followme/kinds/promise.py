"""The kind `promise`: something the leader will do and when, or one question to take to one person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from followme.days_to_come import coming_day
from followme.errors import quoted, toml_word
from followme.kinds.base import (
    SKIPPED,
    Field,
    Given,
    Kind,
    Typed,
    Value,
    always,
    answered,
    has,
    one_line,
    text_of,
    want_line,
)
from followme.kinds.yesno import said_yes
from followme.model import Promise, Question

MOST = 3
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
WHO = "Who will you ask?"
PARTS = ("text", "occasion", "to", "by", "told")
SOON = timedelta(days=11)
"""How far ahead the day in the example is."""


class PromiseKind(Kind):
    """The reply is promises, which get their refs from the entry."""

    SETTINGS = frozenset({"most", "promise"})

    def seconds(self, question: Question) -> int:
        """Return the seconds for one promise with all its parts, or for one question and its person."""
        return 25 if question.promise == "ask" else 65

    def faults(self, question: Question) -> Iterator[tuple[str, str]]:
        """Require at most three promises in a sitting, and a known sort."""
        if question.most is not None and not 1 <= question.most <= MOST:
            yield "most", f"it must lie between 1 and {MOST}; more promises than that are rarely kept"
        if question.promise not in ("do", "ask"):
            yield "promise", 'it must be "do" (what you will do) or "ask" (a question to take to a person)'

    def fields(self, question: Question, today: date) -> tuple[Field, ...]:
        """Return the parts of each promise; an empty first part ends the question."""
        parts = _ask_fields if question.promise == "ask" else _do_fields
        return tuple(field for number in range(1, (question.most or 1) + 1) for field in parts(number, today))

    def give(self, question: Question, typed: Typed, today: date) -> Given:
        """Return the promises, without refs; if nothing was typed, the question is skipped.

        A question for no one counts as skipped. Raises ValueError if the person to ask has not been decided yet.
        """
        promises = []
        for number in range(1, (question.most or 1) + 1):
            part = {name: text_of(typed, name + _tail(number)).strip() for name in PARTS}
            if not part["text"]:
                break
            if question.promise == "do" or part["to"]:
                promises.append(_promise(question, part, today))
            elif "to" + _tail(number) not in typed:
                raise ValueError(WHO)
        return Given(promises=tuple(promises)) if promises else answered(question, None)

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept an array of tables with the parts of each promise, or one such table."""
        tables = [value] if isinstance(value, dict) else value
        if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
            raise ValueError(
                f'It wants tables such as {{text = "…", occasion = "…"}}, not {toml_word(value)}.'
            )
        if len(tables) > (question.most or 1):
            raise ValueError(f"It takes at most {question.most or 1}, and {len(tables)} were given.")
        typed: dict[str, Value] = {}
        for number, table in enumerate(tables, 1):
            typed |= {name + _tail(number): words for name, words in _parts(question, table).items()}
        return typed

    def from_words(self, question: Question, words: Sequence[str]) -> Typed:
        """Accept one text for each promise; its other parts need the TOML form."""
        return self.from_toml(question, [{"text": text} for text in words])


def _line(name: str, wanted: Callable[[Typed], bool], *, ask: str, hint: str = "", empty: str) -> Field:
    return Field(name=name, way="line", ask=ask, hint=hint, empty=empty, wanted=wanted, check=one_line)


def _what(number: int, hint: str = "", more: str = "") -> Field:
    """The field for the words of a promise; a later promise is asked for only after the one before it."""
    if number == 1:
        return _line("text", always, ask="", hint=hint, empty=SKIPPED)
    before = has("text" + _tail(number - 1))
    return _line("text" + _tail(number), before, ask="Another one?", hint=more, empty="no")


def _do_fields(number: int, today: date) -> tuple[Field, ...]:
    tail = _tail(number)
    what, to = has("text" + tail), has("to" + tail)
    when, nobody = "When … Enter: on no special one.", "A name. Enter: nobody but you."
    return (
        _what(number, "I will …", "I will … Enter: no, that is all."),
        _line(
            "occasion" + tail,
            what,
            ask="On what occasion will you do it?",
            hint=when,
            empty="on no special one",
        ),
        _line("to" + tail, what, ask="To whom do you promise it?", hint=nobody, empty="nobody but you"),
        Field(
            name="by" + tail,
            way="line",
            ask="By when?",
            hint=f"Such as {today + SOON}, friday, 2w. Enter: by the next sitting.",
            empty="by the next sitting",
            wanted=what,
            check=lambda value: due_day(value, today),
            settle=lambda value: due_day(value, today).isoformat(),
        ),
        Field(name="told" + tail, way="yesno", ask="Do they know of it?", empty="not said", wanted=to),
    )


def _ask_fields(number: int, today: date) -> tuple[Field, ...]:
    tail, drop = _tail(number), "A name. Press Enter to drop this question."
    to = _line("to" + tail, has("text" + tail), ask=WHO, hint=drop, empty="no one")
    return (_what(number), to)


def _promise(question: Question, part: dict[str, str], today: date) -> Promise:
    return Promise(
        ref="",
        kind=question.promise,
        occasion=part["occasion"],
        text=part["text"],
        to=part["to"],
        by=promised_day(part["by"], today) if part["by"] else None,
        told=said_yes(part["told"]) if part["told"] else None,
        private=question.private,
    )


def promised_day(value: Value, today: date) -> date:
    """Return the day that was typed: an ISO date as it is, even if it has passed, else the day that the words mean."""
    if isinstance(value, str) and _ISO.fullmatch(value.strip()):
        return date.fromisoformat(value.strip())
    return due_day(value, today)


def due_day(value: Value, today: date) -> date:
    """Return the coming day that is meant. Raises ValueError with a sentence."""
    return coming_day(value if isinstance(value, str) else "", today)


def _parts(question: Question, table: dict[str, Any]) -> dict[str, str]:
    unknown = sorted(table.keys() - set(PARTS))
    if unknown:
        raise ValueError(f"A promise has no {quoted(unknown[0])}; it has {', '.join(PARTS)}.")
    if "text" not in table:
        raise ValueError('A promise needs its text; add text = "…".')
    if question.promise == "ask" and "to" not in table:
        raise ValueError('A question needs the person it goes to; add to = "…".')
    parts: dict[str, str] = {
        name: want_line(table[name]) for name in ("occasion", "text", "to") if name in table
    }
    if "by" in table:
        parts["by"] = _toml_day(table["by"])
    if "told" in table:
        if not isinstance(table["told"], bool):
            raise ValueError(f"told wants true or false, not {toml_word(table['told'])}.")
        parts["told"] = "yes" if table["told"] else "no"
    return parts


def _toml_day(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return want_line(value)


def _tail(number: int) -> str:
    return f"-{number}" if number > 1 else ""

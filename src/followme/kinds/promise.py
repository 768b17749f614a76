"""The kind `promise`: something the leader will do and when, or one question to take to one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from followme.errors import quoted, toml_word
from followme.kinds.base import Field, Kind, Response, answered, text_of, want_line
from followme.kinds.promise_fields import (
    WHO,
    cue_field,
    parts_of,
    promise_fields,
    promised_day,
    tail,
    told_field,
)
from followme.kinds.promise_line import name_alone, read_person
from followme.kinds.yesno import said_yes
from followme.model import Promise, Question, Typed, Value

MOST = 3
PARTS = ("text", "occasion", "to", "by", "told")


class PromiseKind(Kind):
    """The reply is promises, which get their refs from the entry."""

    SETTINGS = frozenset({"most", "promise"})

    def seconds(self, question: Question) -> int:
        """Return the seconds for one promise with all its parts, or for one question and its person."""
        return 25 if question.promise == "ask" else 45

    def faults(self, question: Question) -> Iterator[tuple[str, str]]:
        """Require at most three promises in a sitting, and a known sort."""
        if question.most is not None and not 1 <= question.most <= MOST:
            yield "most", f"it must be between 1 and {MOST}; people rarely keep more"
        if question.promise not in ("do", "ask"):
            yield "promise", 'it must be "do" (what you will do) or "ask" (a question to take to a person)'

    def fields(self, question: Question, today: date) -> tuple[Field, ...]:
        """Return what is asked for each promise, and then the cues; an empty first line skips the question.

        Whoever adds another promise has its words in mind, and would type them for the cue of the one before.
        """
        numbers = _numbers(question)
        fields = (field for number in numbers for field in promise_fields(question, number, today))
        if question.promise == "ask":
            return tuple(fields)
        cues = ((told_field(number), cue_field(number, len(numbers))) for number in numbers)
        return (*fields, *(each for pair in cues for each in pair))

    def respond(self, question: Question, typed: Typed, today: date) -> Response:
        """Return the promises, without refs; if nothing was typed, the question is skipped.

        A question for no one counts as skipped. Raises ValueError if the person to ask has not been decided yet.
        """
        promises = []
        for number in _numbers(question):
            line = text_of(typed, "line" + tail(number))
            if line and not text_of(typed, "text" + tail(number)):
                # Whoever typed it was stopped before it was read.
                typed = {**typed, **parts_of(line, number, today)}
            part = {name: text_of(typed, name + tail(number)).strip() for name in PARTS}
            if part["text"] and (question.promise == "do" or part["to"]):
                promises.append(_promise(question, part, today))
            elif part["text"] and "to" + tail(number) not in typed:
                raise ValueError(f"{WHO} End the line with their name, such as @Ana.")
        return Response(promises=tuple(promises)) if promises else answered(question, None)

    def from_toml(self, question: Question, value: Any) -> Typed:
        """Accept a line or an array of lines, or tables with the parts of each promise."""
        given = value if isinstance(value, list) else [value]
        if not given or not all(isinstance(each, (str, dict)) for each in given):
            raise ValueError(f'It wants a line such as "… @Ben by fri", or tables, not {toml_word(value)}.')
        if len(given) > (question.most or 1):
            raise ValueError(f"It takes at most {question.most or 1}, and {len(given)} were given.")
        typed: dict[str, Value] = {}
        for number, each in enumerate(given, 1):
            typed |= _lined(each, number) if isinstance(each, str) else _tabled(question, each, number)
        return typed

    def from_words(self, question: Question, words: Sequence[str]) -> Typed:
        """Accept one line for each promise."""
        return self.from_toml(question, list(words))


def _numbers(question: Question) -> range:
    return range(1, (question.most or 1) + 1)


def _promise(question: Question, part: dict[str, str], today: date) -> Promise:
    to, by = read_person(part["to"], today) if part["to"] else ("", None)
    return Promise(
        ref="",
        kind=question.promise,
        occasion=part["occasion"],
        text=part["text"],
        to=to,
        by=promised_day(part["by"], today) if part["by"] else by,
        told=said_yes(part["told"]) if part["told"] and question.promise == "do" else None,
        private=question.private,
    )


def _lined(line: str, number: int) -> Typed:
    """A line as if it had been typed."""
    return {"line" + tail(number): want_line(line)}


def _tabled(question: Question, table: dict[str, Any], number: int) -> Typed:
    """A table as if its parts had been typed one by one."""
    parts = _parts(question, table)
    return {name + tail(number): words for name, words in {"line": parts["text"], **parts}.items()}


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
    if "to" in parts:
        name_alone(parts["to"])
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

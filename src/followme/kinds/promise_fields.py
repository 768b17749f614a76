"""What is asked for one promise: its line, the row that shows what was understood, the parts of it, and the cue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from followme.dates import shown_day
from followme.days_to_come import coming_day, examples, iso_day
from followme.kinds.base import ADD, ADJUST, REWORD, SKIPPED, Field, always, has, one_line, text_of
from followme.kinds.promise_line import (
    day_words,
    line_of,
    mistyped_day,
    not_another,
    person_alone,
    read_line,
    read_person,
    row_words,
    this_week,
    this_week_of,
    told_question,
    wants_another,
)
from followme.model import Question, Typed, Value
from followme.names import is_same_name

WHO = "Who will you ask?"
READ = ("text", "to", "by", "told")
"""The parts that the line is read into, and what depends on them."""


def tail(number: int) -> str:
    """Return the ending of the field names of a promise: "" for the first, "-2" for the second."""
    return f"-{number}" if number > 1 else ""


def promise_fields(question: Question, number: int, today: date) -> tuple[Field, ...]:
    """Return what is asked for a promise, or for a question to one person, without the cue: the first is number 1."""
    to, by = _to(number, today, asks=question.promise == "ask"), _by(number, today)
    return (_line(question, number, today), to, by, _row(question, number, today))


def told_field(number: int) -> Field:
    """Return the question whether they were told, for a promise after which another one was added in its place."""
    end, name = tail(number), "told" + tail(number)
    text, to, line = "text" + end, "to" + end, "line" + tail(number + 1)
    told = Field(
        name=name,
        input="yesno",
        applies=lambda typed: has(text)(typed) and has(to)(typed) and line in typed,
        aside=has(name),
    )

    def now(typed: Typed) -> Field:
        words = text_of(typed, text)
        return replace(told, quote=words, ask=told_question(words, text_of(typed, to)))

    return replace(told, now=now)


def parts_of(line: str, number: int, today: date) -> dict[str, Value]:
    """Return the parts of a line as if they had been typed, with those that it lacks left out."""
    said = read_line(line, today)
    parts = {"text": said.words, "to": said.to, "by": said.by.isoformat() if said.by else ""}
    return {name + tail(number): words for name, words in parts.items() if words}


def day_field(name: str, today: date, *, ask: str = "By when?", hint: str = "", empty: str) -> Field:
    """Return the field for a day to come."""
    return Field(
        name=name,
        input="line",
        ask=ask,
        hint=hint,
        empty=empty,
        check=lambda value: due_day(value, today),
        settle=lambda value: due_day(value, today).isoformat(),
        shown=lambda value: _shown(value, today),
        remark=lambda typed: this_week_of(typed, today),
    )


def want_person(value: Value, today: date) -> None:
    """Raise ValueError with a sentence unless this is one line with a person, and nothing but a day beside them."""
    one_line(value)
    person_alone(str(value), today)


def promised_day(value: Value, today: date) -> date:
    """Return the day that was typed: an ISO date as it is, even if it has passed, else the day that the words mean."""
    return iso_day(str(value)) or due_day(value, today)


def due_day(value: Value, today: date) -> date:
    """Return the coming day that is meant. Raises ValueError with a sentence."""
    return coming_day(value if isinstance(value, str) else "", today)


def _shown(value: Value, today: date) -> str:
    day = iso_day(str(value))
    return shown_day(day, today) if day else str(value)


def _line(question: Question, number: int, today: date) -> Field:
    """The line; a later one is asked for if the line, the row or a cue before it says so."""
    own, text, before = "line" + tail(number), has("text" + tail(number)), "line" + tail(number - 1)
    asks = question.promise == "ask"
    hint = "Say who at the end: @Name." if asks else "I will … Add who and when at the end: @Name by fri."

    def said(value: Value, typed: Typed) -> Typed:
        parts = parts_of(str(value), number, today)
        told = _told_still(typed, text_of(parts, "to" + tail(number)), number, today)
        return {name + tail(number): "" for name in READ} | parts | told

    return Field(
        name=own,
        input="line",
        ask="What's the next one?" if number > 1 else "",
        hint=hint,
        empty="no more" if number > 1 else SKIPPED,
        applies=always
        if number == 1
        else lambda typed: own in typed or text(typed) or wants_another(text_of(typed, before)),
        check=one_line,
        read=said,
        start=lambda typed: _line_before(typed, number, today),
    )


def _line_before(typed: Typed, number: int, today: date) -> str:
    """The line for parts that have none, as an older version left them in a draft."""
    text, to, by = (text_of(typed, name + tail(number)) for name in ("text", "to", "by"))
    return line_of(text, to, iso_day(by), today) if text else ""


def _to(number: int, today: date, *, asks: bool) -> Field:
    """The person; only a question for no one yet asks for one without having been told to."""
    name, by = "to" + tail(number), "by" + tail(number)

    def said(value: Value, before: Typed) -> Typed:
        person, day = _person_and_day(value, today)
        told = _told_still(before, person, number, today)
        return {**told, by: day.isoformat()} if day else told

    return Field(
        name=name,
        input="line",
        ask=WHO if asks else "Who do you promise it to?",
        hint="A name. Enter twice drops this question." if asks else "A name. Enter: yourself.",
        empty="no one" if asks else "to yourself",
        drops="Without a name, your question is dropped. Press Enter again to drop it." if asks else "",
        applies=has("text" + tail(number)),
        check=lambda value: want_person(value, today),
        settle=lambda value: read_person(str(value), today)[0],
        remark=lambda typed: this_week(typed, today),
        # A name left unfit on the way back is asked for again.
        aside=lambda typed: _fits(want_person, typed.get(name, ""), today) and (not asks or has(name)(typed)),
        read=said,
    )


def _told_still(before: Typed, to: str, number: int, today: date) -> dict[str, Value]:
    """Whether they were told, as it was answered before if that was of the same person; else nothing."""
    name, (person, _) = "told" + tail(number), _person_and_day(text_of(before, "to" + tail(number)), today)
    return {name: text_of(before, name) if is_same_name(person, to) else ""}


def _person_and_day(value: Value, today: date) -> tuple[str, date | None]:
    """The person and the day that were typed, or the words as they are where they can't be read yet."""
    try:
        return read_person(str(value), today)
    except ValueError:
        return str(value).strip(), None


def _by(number: int, today: date) -> Field:
    name, hint = "by" + tail(number), f"Such as {examples(today)}. Enter: by your next reflection."
    field = day_field(name, today, hint=hint, empty="by your next reflection")
    # A day left unfit on the way back is asked for again.
    return replace(
        field,
        applies=has("text" + tail(number)),
        aside=lambda typed: _fits(promised_day, typed.get(name, ""), today),
    )


def _fits(check: Callable[[Value, date], object], value: Value, today: date) -> bool:
    try:
        if value:
            check(value, today)
    except ValueError:
        return False
    return True


def _row(question: Question, number: int, today: date) -> Field:
    end, asks = tail(number), question.promise == "ask"
    turns = {ADJUST: "to" + end, REWORD: "line" + end}
    if number < (question.most or 1):
        turns[ADD] = "line" + tail(number + 1)
    row = Field(name="told" + end, input="row", empty="", turns=turns)
    text, to = has("text" + end), has("to" + end)
    return replace(
        row,
        applies=lambda typed: text(typed) and (to(typed) or not asks),
        now=partial(_as_understood, row, number, today, asks),
    )


def _as_understood(row: Field, number: int, today: date, asks: bool, typed: Typed) -> Field:
    to, _ = _person_and_day(text_of(typed, "to" + tail(number)), today)
    by = text_of(typed, "by" + tail(number)).strip()
    question = told_question(text_of(typed, "text" + tail(number)), to) if to and not asks else ""
    line = text_of(typed, "line" + tail(number))
    day = iso_day(by)
    # Nothing is said of a day that isn't the line's.
    read = read_line(line, today).by
    remark = "" if day != read else this_week(line, today) if day else mistyped_day(line, today)
    return replace(row, ask=row_words(to, day_words(day, today) if day else by, remark), hint=question)


def cue_field(number: int, most: int) -> Field:
    """Return the field for the cue of a promise, which names the promise if there are several.

    From there, one more may be added, up to `most` of them.
    """
    cue = Field(
        name="occasion" + tail(number),
        input="line",
        ask="What's your cue?",
        hint="A day, a meeting, a moment. Enter: none.",
        empty="no cue",
        applies=has("text" + tail(number)),
        check=_cue,
    )

    def now(typed: Typed) -> Field:
        words = [text_of(typed, "text" + tail(each)) for each in range(1, most + 1)]
        turns = {ADD: "line" + tail(words.index("") + 1)} if "" in words else {}
        return replace(cue, quote=words[number - 1] if any(words[1:]) else "", turns=turns)

    return replace(cue, now=now)


def _cue(value: Value) -> None:
    one_line(value)
    not_another(str(value))

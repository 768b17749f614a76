"""What a change makes of an entry, thing by thing, in words: before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from followme.dates import week_title
from followme.frozen import frozen
from followme.insight.digest import reply_words
from followme.insight.promises import ending_words, promise_words
from followme.model import Answer, Entry, Outcome, Promise

NEAR = 100
"""How many characters are shown at least on each side of a difference."""


@frozen
class Difference:
    """One thing that changes, under its title; "" where there was nothing before, or is nothing after."""

    title: str
    before: str
    after: str


def differences(old: Entry, new: Entry, today: date) -> Iterator[Difference]:
    """Yield what differs between two versions of an entry, as read `today`."""
    if old.week != new.week:
        yield Difference("Week", _week(old, today), _week(new, today))
    if old.private != new.private:
        yield Difference("The whole entry", *map(_private, (old, new)))
    parts: tuple[tuple[Sequence[Any], Sequence[Any]], ...] = (
        (old.answers, new.answers),
        (old.promises, new.promises),
        (old.outcomes, new.outcomes),
    )
    for before, after in parts:
        there, here = _named(before), _named(after)
        for name in {**there, **here}:
            one, other = there.get(name), here.get(name)
            if one != other:
                shown = _around(_words(one, old.day), _words(other, old.day))
                yield Difference(_title(here.get(name, one)), *shown)


def _around(before: str, after: str) -> tuple[str, str]:
    """Two versions of a text, without what's the same in both far from where they differ."""
    least = min(len(before), len(after))
    same = next((at for at in range(least) if before[at] != after[at]), least)
    tail = next((at for at in range(least - same) if before[-1 - at] != after[-1 - at]), least - same)
    first = before.rfind(" ", 0, same - NEAR) + 1 if same > NEAR else 0

    def cut(text: str) -> str:
        end = text.find(" ", len(text) - tail + NEAR) if tail > NEAR else -1
        return ("… " if first else "") + (text[first:] if end < 0 else f"{text[first:end]} …")

    return cut(before), cut(after)


def _named(records: Sequence[Any]) -> Mapping[tuple[str, int], Any]:
    """The records by name; records with the same name are numbered."""
    named: dict[tuple[str, int], Any] = {}
    for record in records:
        name = record.key if isinstance(record, Answer) else getattr(record, "ref", "") or record.promise
        number = sum(known == name for known, _ in named)
        named[name, number] = record
    return named


def _title(record: Answer | Promise | Outcome) -> str:
    if isinstance(record, Answer):
        return record.question or record.key
    return "Promise" if isinstance(record, Promise) else "Ending"


def _words(record: Answer | Promise | Outcome | None, day: date) -> str:
    if record is None:
        return ""
    if isinstance(record, Answer):
        words = (
            "skipped"
            if record.skipped
            else "forgotten"
            if record.forgotten
            else "\n".join(filter(None, (reply_words(record), record.fact)))
        )
    elif isinstance(record, Promise):
        told = "" if record.told is None else "\n(told)" if record.told else "\n(not told)"
        words = promise_words(record, day) + told
    else:
        words = ": ".join(filter(None, (ending_words(record, None), record.note)))
    return f"{words}\n(private)" if getattr(record, "private", False) else words


def _private(entry: Entry) -> str:
    return "private" if entry.private else "not private"


def _week(entry: Entry, today: date) -> str:
    return f"{week_title(entry.week, today)} ({entry.week})"

"""What was answered before to the same question: the course of a scale, and whether a text nearly repeats it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from followme.model import Answer, Entry

ALIKE = 0.85
"""The share of equal words, in order, from which an answer counts as nearly a repetition."""

SHORTEST = 5
"""Answers of fewer words are alike by nature."""

_WORDS = 400
_COURSE = 3


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier answer to a question, and the entry it stands in."""

    entry: Entry
    answer: Answer


def earlier(entries: Iterable[Entry], key: str) -> tuple[Earlier, ...]:
    """The answers to the question with this key, in the order of the entries; skipped ones are left out."""
    return tuple(
        Earlier(entry, answer)
        for entry in entries
        for answer in entry.answers
        if answer.key == key and not answer.skipped
    )


def comparable(answers: Iterable[Earlier], asked: Answer) -> list[tuple[Earlier, int]]:
    """The answers with their values that lie between the same two ends as this one."""
    same = (each for each in answers if (each.answer.low, each.answer.high) == (asked.low, asked.high))
    return [(each, each.answer.reply) for each in same if isinstance(each.answer.reply, int)]


def course(before: Sequence[Earlier], now: Answer, year: str) -> str:
    """The latest values of a scale beside this one's, and the last fact; "" where there is nothing to compare.

    Only values between the same two ends are compared. `year` is that of this sitting; weeks of another one
    are named with theirs.
    """
    values = comparable(before, now)[-_COURSE:]
    if not values or not isinstance(now.reply, int):
        return ""
    past = ", ".join(f"{_short(each.entry.week, year)} {value}" for each, value in values)
    last = values[-1][0]
    said = f"Earlier: {past}. Now: {now.reply}."
    fact = last.answer.fact
    return f"{said}\nThe fact of {_short(last.entry.week, year)}: {fact}" if fact else said


def _short(week: str, year: str) -> str:
    return week.removeprefix(f"{year}-")


def repeats(text: str, before: Iterable[str]) -> bool:
    """Whether a text nearly repeats one of those before it: word by word, on this machine, without a score."""
    words = _words(text)
    return len(words) >= SHORTEST and any(_alike(words, _words(other)) for other in before)


def _alike(one: list[str], other: list[str]) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?\"'()").casefold() for word in text.split()[:_WORDS]]

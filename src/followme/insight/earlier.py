"""Earlier answers to the same question: the course of a scale, and whether a text nearly repeats one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher

from followme.dates import week_day
from followme.frozen import frozen
from followme.model import Answer, Entry

ALIKE = 0.85
"""The share of words that must be equal and in the same order before an answer counts as nearly a repetition."""

SHORTEST = 5
"""The fewest words an answer needs to be compared; shorter answers are often alike by chance."""

_WORDS = 400
_COURSE = 3


@frozen
class Earlier:
    """An earlier answer to a question, and the entry it stands in."""

    entry: Entry
    answer: Answer

    @property
    def private(self) -> bool:
        """Whether exports leave it out."""
        return self.answer.private or self.entry.private


def earlier(entries: Iterable[Entry], key: str) -> tuple[Earlier, ...]:
    """The answers to the question with this key, in the order of the entries, without skipped and forgotten ones."""
    return tuple(
        Earlier(entry, answer)
        for entry in entries
        for answer in entry.answers
        if answer.key == key and answer.reply is not None
    )


def comparable(answers: Iterable[Earlier], asked: Answer) -> list[tuple[Earlier, int]]:
    """The answers on a scale with the same two ends as this one, each with its value."""
    same = (each for each in answers if (each.answer.low, each.answer.high) == (asked.low, asked.high))
    return [(each, each.answer.reply) for each in same if isinstance(each.answer.reply, int)]


def course(before: Sequence[Earlier], now: Answer, today: date) -> str:
    """The latest values of a scale beside this one, and the last fact; "" if there is nothing to compare.

    Only values on a scale with the same two ends are compared, each with the Monday of its week, as read `today`.
    """
    values = comparable(before, now)[-_COURSE:]
    if not values or not isinstance(now.reply, int):
        return ""
    past = ", ".join(f"{value} ({_day(each, today)})" for each, value in values)
    last = values[-1][0]
    said = f"Earlier: {past}. Now: {now.reply}."
    fact = last.answer.fact
    return f"{said}\nIn the week of {_day(last, today)}, you wrote: {fact}" if fact else said


def _day(one: Earlier, today: date) -> str:
    return week_day(one.entry.week, today)


def repeats(text: str, before: Iterable[str]) -> bool:
    """Whether a text nearly repeats one of the texts before it, compared word by word."""
    words = _words(text)
    return len(words) >= SHORTEST and any(_alike(words, _words(other)) for other in before)


def _alike(one: list[str], other: list[str]) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?\"'()").casefold() for word in text.split()[:_WORDS]]

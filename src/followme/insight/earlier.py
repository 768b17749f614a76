"""What was answered before to the same question, and whether a new answer nearly repeats it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from followme.model import Answer, Entry

ALIKE = 0.85
"""The share of equal words, in order, from which an answer counts as nearly a repetition."""

SHORTEST = 5
"""Answers of fewer words are alike by nature."""

_WORDS = 400


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


def repeats(text: str, before: Iterable[str]) -> bool:
    """Whether a text nearly repeats one of those before it: word by word, on this machine, without a score."""
    words = _words(text)
    return len(words) >= SHORTEST and any(_alike(words, _words(other)) for other in before)


def _alike(one: list[str], other: list[str]) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?\"'()").casefold() for word in text.split()[:_WORDS]]

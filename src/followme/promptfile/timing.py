"""How long a sitting takes with a prompt set, and how many questions it asks, both at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from followme.kinds import KINDS
from followme.model import PromptSet, Question, Section

OPENING, SUMMARY, WEEK = 25, 20, 10
"""Seconds to arrive, to read one's own answers at the end, and for each week that is shown first."""


def minutes(found: PromptSet) -> int:
    """About how many minutes a sitting takes; the promises that are due come on top."""
    return max(1, round(seconds(found) / 60))


def seconds(found: PromptSet) -> int:
    """How long a sitting takes in which everything is asked that one sitting can ask."""
    spent = {way: sum(map(_seconds, asked)) for way, asked in _ways(found).items()}
    return OPENING + SUMMARY + WEEK * (found.look_back or 0) + _most(spent)


def questions(found: PromptSet) -> int:
    """How many questions a sitting asks at most."""
    return _most({way: len(asked) for way, asked in _ways(found).items()})


def _most(amounts: Mapping[tuple[str, str], int]) -> int:
    """The sum, in which of several ways that exclude each other only the largest counts."""
    largest: dict[str, int] = {}
    for (key, _), amount in amounts.items():
        largest[key] = max(largest.get(key, 0), amount)
    return sum(largest.values())


def _ways(found: PromptSet) -> dict[tuple[str, str], list[Question]]:
    """The questions by the answer that they hang on; one answer excludes another one to the same question."""
    ways: dict[tuple[str, str], list[Question]] = {}
    for section in found.sections:
        for question in _picked(section):
            when = question.when
            way = (when.key, str(when.value)) if when and when.test == "is" else ("", "")
            ways.setdefault(way, []).append(question)
    return ways


def _picked(section: Section) -> Iterator[Question]:
    """The questions of a section that one sitting asks: where it picks, those that take longest."""
    if section.pick is None:
        return iter(section.questions)
    turns = sorted(section.turns, key=lambda turn: sum(map(_seconds, turn)), reverse=True)
    return (question for turn in turns[: section.pick] for question in turn)


def _seconds(question: Question) -> int:
    return KINDS[question.kind].seconds(question)

"""How long a sitting with a prompt set takes at most, and how many questions it asks at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from followme.kinds import KINDS
from followme.model import QUARTER, YEAR, PromptSet, Question, Section

OPENING, SUMMARY, WEEK, DUE = 25, 20, 10, 15
"""Seconds for the opening, for reading the answers at the end, for each past week shown, and for each due promise."""

_PERIODS = {QUARTER: 13, YEAR: 52}


def minutes(prompt_set: PromptSet) -> int:
    """Return about how many minutes a sitting takes at most, without the promises that are due."""
    return max(1, round(seconds(prompt_set) / 60))


def minutes_with(prompt_set: PromptSet, due: int) -> int:
    """Return about how many minutes a sitting takes that also asks about `due` promises."""
    asked = 60 * prompt_set.minutes if prompt_set.minutes else seconds(prompt_set)
    return max(1, round((asked + DUE * due) / 60))


def seconds(prompt_set: PromptSet) -> int:
    """Return how many seconds a sitting takes if it asks everything that one sitting can ask."""
    spent = {branch: sum(map(_seconds, asked)) for branch, asked in _branches(prompt_set).items()}
    return OPENING + SUMMARY + WEEK * _weeks(prompt_set) + _most(spent)


def _weeks(prompt_set: PromptSet) -> int:
    """How many past weeks it shows."""
    look_back = prompt_set.look_back or 0
    return look_back if isinstance(look_back, int) else _PERIODS[look_back]


def questions(prompt_set: PromptSet) -> int:
    """Return how many questions a sitting asks at most."""
    return _most({branch: len(asked) for branch, asked in _branches(prompt_set).items()})


def _most(amounts: Mapping[tuple[str, str], int]) -> int:
    """The sum of these amounts, where only the largest of several branches that exclude each other counts."""
    largest: dict[str, int] = {}
    for (key, _), amount in amounts.items():
        largest[key] = max(largest.get(key, 0), amount)
    return sum(largest.values())


def _branches(prompt_set: PromptSet) -> dict[tuple[str, str], list[Question]]:
    """The questions by the answer that they depend on; different answers to one question exclude each other."""
    branches: dict[tuple[str, str], list[Question]] = {}
    for section in prompt_set.sections:
        for question in _picked(section):
            when = question.when
            branch = (
                (when.key, f"{when.test} {when.value}") if when and when.test in ("is", "not") else ("", "")
            )
            branches.setdefault(branch, []).append(question)
    return branches


def _picked(section: Section) -> Iterator[Question]:
    """The questions of a section that one sitting asks; if it picks some, those that take longest."""
    if section.pick is None:
        return iter(section.questions)
    turns = sorted(section.turns, key=lambda turn: sum(map(_seconds, turn)), reverse=True)
    return (question for turn in turns[: section.pick] for question in turn)


def _seconds(question: Question) -> int:
    return KINDS[question.kind].seconds(question)

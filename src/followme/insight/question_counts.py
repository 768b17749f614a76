"""Every question of a journal, with how often it was answered and skipped, and when last."""

from __future__ import annotations

from collections.abc import Sequence

from followme.frozen import frozen
from followme.model import Answer, Entry


@frozen(kw_only=True)
class QuestionCounts:
    """A question as it was last asked, how often it was answered and skipped, and the week of its last answer or ""."""

    key: str
    kind: str
    question: str
    answered: int
    skipped: int
    last: str


def questions_of(reflections: Sequence[Entry]) -> tuple[QuestionCounts, ...]:
    """Return the questions of reflections sorted by week, the one asked latest first. Promises leave no answer."""
    latest: dict[str, Answer] = {}
    answered: dict[str, int] = {}
    skipped: dict[str, int] = {}
    last: dict[str, str] = {}
    for entry in reversed(reflections):
        # Of two answers to the same question, the first one counts.
        for answer in entry.answers:
            key = answer.key
            if key not in latest:
                latest[key] = answer
            if answer.skipped:
                skipped[key] = skipped.get(key, 0) + 1
            else:
                answered[key] = answered.get(key, 0) + 1
                if key not in last:
                    last[key] = entry.week
    return tuple(
        QuestionCounts(
            key=key,
            kind=answer.kind,
            question=answer.question,
            answered=answered.get(key, 0),
            skipped=skipped.get(key, 0),
            last=last.get(key, ""),
        )
        for key, answer in latest.items()
        if answer.kind != "promise"
    )

"""Every question of a journal, with how often it was answered and skipped, and when last."""

from __future__ import annotations

from collections.abc import Iterable

from followme.frozen import frozen
from followme.insight.weeks import by_week
from followme.model import Answer, Entry


@frozen(kw_only=True)
class Asked:
    """A question as it was last asked, how often it was answered and skipped, and the week of its last answer or ""."""

    key: str
    kind: str
    question: str
    answered: int
    skipped: int
    last: str


def questions_of(reflections: Iterable[Entry]) -> tuple[Asked, ...]:
    """Return the questions of reflections sorted by week, the one asked latest first. Promises leave no answer."""
    latest: dict[str, Entry] = {}
    answered: dict[str, int] = {}
    skipped: dict[str, int] = {}
    last: dict[str, str] = {}
    for entry in reflections:
        for answer in entry.answers:
            key = answer.key
            latest[key] = entry
            if answer.skipped:
                skipped[key] = skipped.get(key, 0) + 1
            else:
                answered[key] = answered.get(key, 0) + 1
                last[key] = entry.week
    # Each with the entry that asked it last, and its place there.
    asked = [
        (by_week(entry), -place, answer)
        for entry in {id(entry): entry for entry in latest.values()}.values()
        for place, answer in enumerate(_once(entry))
        if latest[answer.key] is entry and answer.kind != "promise"
    ]
    return tuple(
        Asked(
            key=answer.key,
            kind=answer.kind,
            question=answer.question,
            answered=answered.get(answer.key, 0),
            skipped=skipped.get(answer.key, 0),
            last=last.get(answer.key, ""),
        )
        for _, _, answer in sorted(asked, key=lambda each: each[:2], reverse=True)
    )


def _once(entry: Entry) -> Iterable[Answer]:
    """The answers of an entry, and of two to the same question the first one."""
    first: dict[str, Answer] = {}
    for answer in entry.answers:
        first.setdefault(answer.key, answer)
    return first.values()

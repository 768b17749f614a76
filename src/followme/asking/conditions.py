"""Conditions under which questions are asked: which replies meet them, and how many questions they add at least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from followme.asking.item import Item
from followme.model import Question, Reply, When

PROMISED = "promised"
"""The reply that conditions see for a question whose promises are stored without an answer."""


def meets(when: When, reply: Reply | None, *, skipped: bool) -> bool:
    """Return whether this reply meets a condition; None if there is none, and `skipped` if it was asked for."""
    if when.test == "answered":
        return (reply is not None) == when.value
    if reply is None:
        return when.test == "not" and skipped
    if when.test == "includes":
        return isinstance(reply, tuple) and not set(when.words).isdisjoint(reply)
    if when.test in ("is", "not"):
        return (reply == when.value) == (when.test == "is")
    return _compare(when, reply)


def least_added(item: Item, items: Sequence[Item]) -> int:
    """Return how many of these items any answer to this one adds at least, with those that these add in turn."""
    depend = [each for each in items if each.when and each.when.key == item.key]
    if not depend or not item.question:
        return 0
    ways = [
        [each for each in depend if each.when and meets(each.when, reply, skipped=True)]
        for reply in _replies(item.question, depend)
    ]
    return min(sum(1 + least_added(each, items) for each in way) for way in ways)


def _replies(question: Question, depend: Sequence[Item]) -> Iterator[Reply | None]:
    """Yield replies that meet, one or another, all conditions that can be met together, and a skip."""
    yield None
    if question.kind == "promise":
        yield PROMISED
    elif question.kind == "yesno":
        yield from (True, False)
    elif question.low is not None and question.high is not None:
        yield from range(question.low, question.high + 1)
    elif question.kind == "several":
        yield from (question.options, (question.none,))
    else:
        named = (word for each in depend if each.when for word in each.when.words)
        yield from (*question.options, *named, "…")


def _compare(when: When, reply: Reply) -> bool:
    if not isinstance(reply, int) or not isinstance(when.value, int):
        return False
    return reply < when.value if when.test == "below" else reply > when.value

"""Conditions under which questions are asked: which replies meet them, and how many questions they bring at least."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

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


Least = tuple[int, int]
"""How many questions an item comes to at least, with all that hang on it: if it isn't asked, and if it is."""


def least_asked(items: Sequence[Item], given: Mapping[str, Reply | None]) -> dict[str, Least]:
    """Return how many questions each item comes to at least; `given` has the replies so far, None for a skip.

    An item hangs on one item at most, which stands before it. So the least of an item follows from the least of those
    that hang on it, and a reply, which leaves one of the ways over which this is the least, makes nothing smaller.
    """
    least: dict[str, Least] = {}
    hang: dict[str, list[tuple[When, Least]]] = defaultdict(list)
    for item in reversed(items):
        least[item.key] = _least(item, hang[item.key], given)
        if item.when:
            hang[item.when.key].append((item.when, least[item.key]))
    return least


def _least(item: Item, hang: Sequence[tuple[When, Least]], given: Mapping[str, Reply | None]) -> Least:
    def added(reply: Reply | None, *, skipped: bool = True) -> int:
        """How many questions hang on the item and are asked at least after this reply."""
        return sum(least[meets(when, reply, skipped=skipped)] for when, least in hang)

    if item.key in given:
        return added(given[item.key]), 1 + added(given[item.key])
    if not item.question:
        return added(None, skipped=False), 1 + added(None)
    named = [word for when, _ in hang for word in when.words]
    ways = [added(reply) for reply in _replies(item.question, named)]
    if item.question.kind == "several":
        # Options go together in too many ways to try, so each condition is taken by itself: that's never more.
        tested = [(least, meets(when, (), skipped=True), when.test) for when, least in hang]
        ways.append(sum(least[met] if test == "answered" else min(least) for least, met, test in tested))
    # A condition "answered = false" is met, too, where the question is never asked.
    return added(None, skipped=False), 1 + min(ways)


def _replies(question: Question, named: Sequence[str]) -> Iterator[Reply | None]:
    """Yield a skip, and replies that meet every condition that can be met, given the words they name."""
    yield None
    if question.kind == "promise":
        yield PROMISED
    elif question.kind == "yesno":
        yield from (True, False)
    elif question.low is not None and question.high is not None:
        yield from range(question.low, question.high + 1)
    elif question.kind != "several":
        yield from (*question.options, *named, "…")


def _compare(when: When, reply: Reply) -> bool:
    if not isinstance(reply, int) or not isinstance(when.value, int):
        return False
    return reply < when.value if when.test == "below" else reply > when.value

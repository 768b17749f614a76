"""A sitting as it stands: what it can ask and what was typed so far, and all that follows from these two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from followme.asking.item import Item
from followme.asking.talk import in_talk
from followme.kinds.base import Given, Typed
from followme.model import Progress, Reply, When

END = "."
"""Where a sitting stands when everything has been asked; no question can have this key."""

PROMISED = "promised"
"""What stands for the answer to a question whose promises are stored by themselves."""


@dataclass(frozen=True, slots=True)
class State:
    """The items of a sitting, in order, and its progress: a draft, or what else holds what was typed."""

    items: Sequence[Item]
    progress: Progress

    @property
    def wanted(self) -> list[Item]:
        """The items that apply by the answers so far."""
        return [item for item in self.items if self.applies(item.when)]

    @property
    def done(self) -> list[Item]:
        """The items that were left with an answer or a skip, and still apply."""
        return [item for item in self.wanted if item.key in self.progress.done]

    def typed(self, item: Item) -> Typed:
        """What was typed for an item."""
        return self.progress.typed.get(item.key, {})

    def was_reached(self, item: Item) -> bool:
        """Whether an item was left, or has words."""
        return item.key in self.progress.done or any(self.typed(item).values())

    def given(self, item: Item) -> Given | None:
        """What was given for an item; None where what was typed makes no answer, as after going back."""
        try:
            return item.give(self.typed(item))
        except ValueError:
            return None

    def applies(self, when: When | None) -> bool:
        """Whether the condition holds for the answers so far; an unanswered question fulfils only its absence."""
        if when is None:
            return True
        reply = self._reply(when.key)
        if when.test == "answered":
            return (reply is not None) == when.value
        if reply is None:
            return False
        if when.test == "includes":
            return isinstance(reply, tuple) and when.value in reply
        if when.test == "is":
            return reply == when.value
        return _compare(when, reply)

    def as_it_is(self, item: Item) -> Item:
        """The item as this sitting asks it: once that is about a person, with what is about them and no one else."""
        person = None if item.asks_who else self._person
        return item if person is None else in_talk(item.about(person) if item.about else item, person)

    def with_recalled(self, item: Item) -> Item:
        """The item with what was answered to the questions that it recalls above it."""
        if not item.recall.keys:
            return item
        given = [found for each in self.done if (found := self.given(each))]
        return replace(item, quote=item.recall.words([each.answer for each in given if each.answer]))

    @property
    def count(self) -> int:
        """How many questions there may be: those that apply, and the most that answers to come may add."""
        ways: dict[str, Counter[str]] = {}
        for item in self.items:
            when = item.when
            if when and when.key not in self.progress.done and not self.applies(when):
                ways.setdefault(when.key, Counter()).update([f"{when.test} {when.value}"])
        wanted = self.wanted
        return len(wanted) + sum(max(ways[item.key].values()) for item in wanted if item.key in ways)

    @property
    def concluded(self) -> Self:
        """The same as if the sitting ended here; the words of questions not yet left come along."""
        found = self
        for item in self.items:
            if any(found.typed(item).values()) and found.applies(item.when):
                found = replace(found, progress=found.progress.broken_off(item.key))
        return replace(found, progress=replace(found.progress, at=END))

    @property
    def _person(self) -> str | None:
        """Who the sitting is about: "" where that was skipped, None as long as it was not asked."""
        item = next((each for each in self.done if each.asks_who), None)
        reply = item and self._reply(item.key)
        return None if item is None else reply.strip() if isinstance(reply, str) else ""

    def _reply(self, key: str) -> Reply | None:
        item = next((each for each in self.items if each.key == key), None)
        if item is None or key not in self.progress.done:
            return None
        given = self.given(item)
        if given is None:
            # In a talk, who will be asked is known without being said.
            return PROMISED if item.talk else None
        return given.answer.reply if given.answer else (PROMISED if given.promises else None)


def _compare(when: When, reply: Reply) -> bool:
    if not isinstance(reply, int) or not isinstance(when.value, int):
        return False
    return reply < when.value if when.test == "below" else reply > when.value

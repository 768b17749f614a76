"""The state of a sitting: what it can ask, what was typed so far, and everything that follows from these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from followme.asking.item import Item
from followme.asking.talk import in_talk
from followme.kinds.base import Response
from followme.model import Progress, Reply, Typed, When

AT_END = "."
"""The value of `Progress.at` when everything has been asked; no question can have this key."""

PROMISED = "promised"
"""The reply that conditions see for a question whose promises are stored without an answer."""


@dataclass(frozen=True, slots=True)
class State:
    """The items of a sitting, in order, and its progress, which may be a draft."""

    items: Sequence[Item]
    progress: Progress

    @property
    def applicable(self) -> list[Item]:
        """The items that apply, given the answers so far."""
        return [item for item in self.items if self.applies(item.when)]

    @property
    def done(self) -> list[Item]:
        """The items that were answered or skipped, and still apply."""
        return [item for item in self.applicable if item.key in self.progress.done]

    def typed(self, item: Item) -> Typed:
        """Return everything typed for an item."""
        return self.progress.typed.get(item.key, {})

    def was_reached(self, item: Item) -> bool:
        """Return whether an item was finished, or has words."""
        return item.key in self.progress.done or any(self.typed(item).values())

    def response(self, item: Item) -> Response | None:
        """Return the result of an item; None if the typed text makes no answer, as can happen after going back."""
        try:
            return item.respond(self.typed(item))
        except ValueError:
            return None

    def applies(self, when: When | None) -> bool:
        """Return whether the answers so far meet it; a skipped question meets `answered = false` and `not`."""
        if when is None:
            return True
        reply = self._reply(when.key)
        if when.test == "answered":
            return (reply is not None) == when.value
        if reply is None:
            return when.test == "not" and when.key in self.progress.done
        if when.test == "includes":
            return isinstance(reply, tuple) and not set(when.words).isdisjoint(reply)
        if when.test in ("is", "not"):
            return (reply == when.value) == (when.test == "is")
        return _compare(when, reply)

    def as_it_is(self, item: Item) -> Item:
        """Return the item as this sitting asks it: once its person is known, without earlier answers about others."""
        person = None if item.asks_who else self._person
        return item if person is None else in_talk(item.about(person) if item.about else item, person)

    def with_recalled(self, item: Item) -> Item:
        """Return the item with the answers that it recalls above it."""
        if not item.recall.keys:
            return item
        responses = [response for each in self.done if (response := self.response(each))]
        return replace(item, quote=item.recall.words([each.answer for each in responses if each.answer]))

    @property
    def count(self) -> int:
        """How many questions there may be: those that apply, and the most that later answers can add."""
        branches: dict[str, Counter[str]] = {}
        for item in self.items:
            when = item.when
            if when and when.key not in self.progress.done and not self.applies(when):
                branches.setdefault(when.key, Counter()).update([f"{when.test} {when.value}"])
        applicable = self.applicable
        return len(applicable) + sum(
            max(branches[item.key].values()) for item in applicable if item.key in branches
        )

    @property
    def concluded(self) -> Self:
        """Return the state as if the sitting ended here, with the words of unfinished questions included."""
        state = self
        for item in self.items:
            if any(state.typed(item).values()) and state.applies(item.when):
                state = replace(state, progress=state.progress.broken_off(item.key))
        return replace(state, progress=replace(state.progress, at=AT_END))

    @property
    def _person(self) -> str | None:
        """The person the sitting is about; "" if that was skipped, None if it was not asked yet."""
        item = next((each for each in self.done if each.asks_who), None)
        reply = item and self._reply(item.key)
        return None if item is None else reply.strip() if isinstance(reply, str) else ""

    def _reply(self, key: str) -> Reply | None:
        item = next((each for each in self.items if each.key == key), None)
        if item is None or key not in self.progress.done:
            return None
        response = self.response(item)
        if response is None:
            # In a talk, the person to ask is known already.
            return PROMISED if item.talk else None
        return response.answer.reply if response.answer else (PROMISED if response.promises else None)


def _compare(when: When, reply: Reply) -> bool:
    if not isinstance(reply, int) or not isinstance(when.value, int):
        return False
    return reply < when.value if when.test == "below" else reply > when.value

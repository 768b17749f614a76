"""The state of a sitting: what it can ask, what was typed so far, and everything that follows from these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from followme.asking.conditions import PROMISED, least_asked, meets
from followme.asking.item import Item
from followme.asking.talk import in_talk
from followme.frozen import frozen
from followme.kinds.base import Response
from followme.model import Progress, Reply, Typed, When

AT_END = "."
"""The value of `Progress.at` when everything has been asked; no question can have this key."""


@frozen
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
        return meets(when, self._reply(when.key), skipped=when.key in self.progress.done)

    def as_it_is(self, item: Item) -> Item:
        """Return the item as this sitting asks it: once its person is known, without earlier answers about others."""
        person = None if item.asks_who else self._person
        return item if person is None else in_talk(item.about(person) if item.about else item, person)

    def with_recalled(self, item: Item) -> Item:
        """Return the item with the answers that it recalls above it."""
        if not item.recall.keys:
            return item
        responses = [response for each in self.done if (response := self.response(each))]
        return replace(item, quoted=item.recall.quoted([each.answer for each in responses if each.answer]))

    def number(self, item: Item) -> int:
        """Return the number of a question, counted from 1 among those that a person is asked.

        An item is what a person feels as one question, with all its fields: a promise with its row and its cue, a scale
        with its fact, the due promises with what follows from their endings. This and `count` alone say so.
        """
        return self.applicable.index(item) + 1

    @property
    def count(self) -> int:
        """How many questions a person is asked at least; what they answer can make it larger, and never smaller."""
        given = {item.key: self._reply(item.key) for item in self.items if item.key in self.progress.done}
        least = least_asked(self.items, given)
        first = [item for item in self.items if not item.when or item.when.key not in least]
        return sum(least[item.key][self.applies(item.when)] for item in first)

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

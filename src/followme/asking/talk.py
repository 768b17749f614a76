"""A talk with one person: promises made in it are made to them, and they know about them."""

from __future__ import annotations

from dataclasses import replace

from followme.asking.item import Item
from followme.insight.people import is_same
from followme.kinds.base import text_of
from followme.model import Typed

_SETTLED = ("to", "told")
"""The parts of a promise that are known from the talk."""


def in_talk(item: Item, person: str) -> Item:
    """Return the item for when the person is known: a promise in a talk is made to them. Other items don't change."""
    if not (item.talk and person):
        return item
    fields = (field for field in item.fields if field.name.partition("-")[0] not in _SETTLED)
    return replace(item, fields=tuple(fields), give=lambda typed: item.give(_settled(item, person, typed)))


def _settled(item: Item, person: str, typed: Typed) -> Typed:
    """The typed text with the person of the talk; answers from a file may name someone else."""
    settled = dict(typed)
    for field in item.fields:
        part, _, number = field.name.partition("-")
        to = f"to-{number}" if number else "to"
        if part == "to":
            settled[to] = text_of(typed, to) or person
        if part == "told" and not text_of(typed, field.name) and is_same(text_of(settled, to), person):
            settled[field.name] = "yes"
    return settled

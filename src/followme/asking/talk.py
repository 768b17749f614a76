"""A talk with one person: what is promised in it is promised to them, and they have heard it."""

from __future__ import annotations

from dataclasses import replace

from followme.asking.item import Item
from followme.insight.people import is_same
from followme.kinds.base import Typed, text_of

_SETTLED = ("to", "told")
"""The parts of a promise that the talk itself answers."""


def in_talk(item: Item, person: str) -> Item:
    """The item as it is asked once the person is known: a promise of a talk is to them. Any other stays as it is."""
    if not (item.talk and person):
        return item
    fields = (field for field in item.fields if field.name.partition("-")[0] not in _SETTLED)
    return replace(item, fields=tuple(fields), give=lambda typed: item.give(_settled(item, person, typed)))


def _settled(item: Item, person: str, typed: Typed) -> Typed:
    """What was typed, with the person of the talk; answers that were given all at once may name another one."""
    found = dict(typed)
    for field in item.fields:
        part, _, number = field.name.partition("-")
        to = f"to-{number}" if number else "to"
        if part == "to":
            found[to] = text_of(typed, to) or person
        if part == "told" and not text_of(typed, field.name) and is_same(text_of(found, to), person):
            found[field.name] = "yes"
    return found

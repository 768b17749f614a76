"""A talk with one person: promises made in it are made to them, and they know about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from followme.asking.item import Item
from followme.kinds.base import Field, text_of
from followme.model import Typed
from followme.names import is_same_name


def in_talk(item: Item, person: str) -> Item:
    """Return the item for when the person is known: a promise in a talk is made to them. Other items don't change."""
    if not (item.talk and person):
        return item

    def settled(typed: Typed) -> Typed:
        return _settled(item, person, typed)

    fields = tuple(_in_talk(field, person, settled) for field in item.fields)
    return replace(item, fields=fields, respond=lambda typed: item.respond(settled(typed)))


def _in_talk(field: Field, person: str, settled: Callable[[Typed], Typed]) -> Field:
    """The field for when the person is known: it names them, and a row doesn't ask whether they've been told."""

    def now(typed: Typed) -> Field:
        shown = field.now(settled(typed)) if field.now else field
        to = text_of(settled(typed), field.name.replace("told", "to"))
        return replace(shown, hint="") if field.input == "row" and is_same_name(to, person) else shown

    return replace(
        field,
        applies=lambda typed: field.applies(settled(typed)),
        aside=lambda typed: field.aside(settled(typed)),
        start=(lambda typed: person) if field.name.partition("-")[0] == "to" else field.start,
        now=now,
    )


def _settled(item: Item, person: str, typed: Typed) -> Typed:
    """The typed text with the person of the talk; the line, or answers from a file, may name someone else."""
    filled = dict(typed)
    for field in item.fields:
        part, _, number = field.name.partition("-")
        to = f"to-{number}" if number else "to"
        if part == "to":
            filled[to] = text_of(typed, to) or person
        if part == "told" and not text_of(typed, field.name) and is_same_name(text_of(filled, to), person):
            filled[field.name] = "yes"
    return filled

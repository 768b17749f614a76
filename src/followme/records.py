"""Records as tables of a file and back: the name of each key, its type, and the value of a key that is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from followme.errors import TOML_WANTED
from followme.model import Answer, Entry, Outcome, Promise

PARTS: Mapping[str, type] = {"answer": Answer, "promise": Promise, "outcome": Outcome}
"""The tables inside an entry, in the order of the file."""

NEVER = object()
"""Equal to no value: a key with this as its absent value is never left out."""

_NAMES = {
    "origin": "from",
    "answers": "answer",
    "promises": "promise",
    "outcomes": "outcome",
    "sections": "section",
    "questions": "question",
}
"""The keys that have another name than the field of their record, by that field."""

_FIRST: Mapping[type, tuple[str, ...]] = {
    Answer: ("key", "kind", "question", "low", "high", "low_label", "high_label", "reply", "skipped"),
    Promise: ("ref", "kind", "occasion", "text"),
}
"""The fields that come first in a file, for records where the file has another order; the others follow in theirs."""

_ABSENT: Mapping[type, Mapping[str, object]] = {
    Entry: {"id": "", "set": ""},
    Answer: {"question": "", "skipped": False},
    Promise: {"kind": NEVER},
}
"""The value of a key that is left out, where it isn't the default of its field."""

_TYPES = {"str": str, "int": int, "bool": bool}


class Key(NamedTuple):
    """A key of a table, and the field of the record that has its value.

    `type` is the type that the value must have in a file, None if its reader checks that. The key is left out if the
    value is `absent`.
    """

    name: str
    field: str
    type: type | None
    absent: object


@cache
def keys_of(record: type) -> tuple[Key, ...]:
    """Return the keys of a record's table, in the order of the file.

    They follow from the record itself: one more field with a default is one more key, left out at that default.
    """
    known = {field.name: field for field in fields(record)}
    absent = {name: NEVER if field.default is MISSING else field.default for name, field in known.items()}
    absent |= _ABSENT.get(record, {})
    types = {name: str(field.type).removesuffix(" | None") for name, field in known.items()}
    # The only key without a field: an answer without a reply has it.
    types["skipped"] = "bool"
    return tuple(
        Key(
            name=_NAMES.get(name, name),
            field=name,
            type=list if types[name].startswith("tuple[") else _TYPES.get(types[name]),
            absent=absent[name],
        )
        for name in dict.fromkeys((*_FIRST.get(record, ()), *known))
    )


def to_table(record: object) -> dict[str, Any]:
    """Return the table of a record, with a list for each tuple. Records inside it stay records."""
    of: type = type(record)
    names, get = _for_writing(of)
    return {
        name: list(value) if isinstance(value, tuple) else value
        for (name, absent), value in zip(names, get(record), strict=True)
        if value is not None and value is not absent and value != absent
    }


def values_of(record: type, table: Mapping[str, object]) -> dict[str, Any]:
    """Return the values that a table has for the fields of a record. Unknown keys are ignored.

    A key that is left out has its value only if that isn't the default of the field.

    Raises ValueError with a sentence for a value of another type.
    """
    known, absent = _for_reading(record)
    values = absent.copy()
    for name, value in table.items():
        if name in known:
            field, kind = known[name]
            # Exactly this type, since isinstance takes true for a whole number.
            if kind is not None and type(value) is not kind:
                raise ValueError(f'"{name}" must be {TOML_WANTED[kind]}.')
            values[field] = value
    return values


@cache
def _for_writing(record: type) -> tuple[list[tuple[str, object]], Callable[[object], tuple[Any, ...]]]:
    """The keys for quick writing: the name of each and its absent value, and what gets their values from a record."""
    keys = keys_of(record)
    return [(key.name, key.absent) for key in keys], attrgetter(*(key.field for key in keys))


@cache
def _for_reading(record: type) -> tuple[dict[str, tuple[str, type | None]], dict[str, Any]]:
    """The keys for quick reading: the field and the type of each, and by field the value of one that is left out."""
    keys = keys_of(record)
    absent = {key.field: key.absent for key in keys if key.field in _ABSENT.get(record, {})}
    return (
        {key.name: (key.field, key.type) for key in keys},
        {field: value for field, value in absent.items() if value is not NEVER},
    )

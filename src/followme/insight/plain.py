"""Records as plain values for JSON, the same for `--json` and for an export."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from followme.model import Entry, Promise


def entry_values(entry: Entry) -> dict[str, Any]:
    """Return a whole entry, with the full reference of each promise."""
    return {
        **head_values(entry),
        "private": entry.private,
        "event": entry.about_event,
        "person": entry.person or None,
        "answers": [{**values(answer), "skipped": answer.skipped} for answer in entry.answers],
        "promises": [promise_values(*made) for made in entry.made],
        "outcomes": [values(outcome) for outcome in entry.outcomes],
    }


def head_values(entry: Entry) -> dict[str, Any]:
    """Return the head of an entry: id, week, date, set and minutes."""
    return {key: _value(getattr(entry, key)) for key in ("id", "week", "date", "set", "minutes")}


def promise_values(reference: str, promise: Promise) -> dict[str, Any]:
    """Return a promise with its full reference."""
    table = values(promise)
    table["from"] = table.pop("origin")
    return {"reference": reference, **table}


def values(record: Any, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the values of a record by field name, except the fields in `without`.

    An empty text becomes None, except in `reply`. A date becomes ISO text, and a record within becomes a table of
    its values, unchanged.
    """
    table = {}
    for name in (field.name for field in fields(record) if field.name not in without):
        value = getattr(record, name)
        table[name] = None if value == "" and name != "reply" else _value(value)
    return table


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: _value(getattr(value, field.name)) for field in fields(value)}
    return value

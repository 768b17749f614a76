"""Records as plain values for JSON, the same for `--json` and for an export."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from followme.insight.later import Later, LaterWords, on_answer, on_entry
from followme.model import Answer, Entry, Promise
from followme.records import PARTS

_DAYS: Mapping[str, Callable[[str], date]] = {
    "date": datetime.fromisoformat,
    "by": date.fromisoformat,
    "forgotten": date.fromisoformat,
}
"""How the keys of the journal with dates are read from ISO text."""

_REPLY = frozenset({"kind", "reply", "fact", "forgotten", "private", "person"})
"""What an answer has beside its question."""

# Entries alone need no promises' ledger.
if TYPE_CHECKING:
    from followme.insight.ledger import Row


def entry_values(entry: Entry, later: LaterWords) -> dict[str, Any]:
    """Return a whole entry, with the full reference of each promise, and with what `later` has on it."""
    return {
        **head_values(entry),
        "private": entry.private,
        "event": entry.about_event,
        "person": entry.person or None,
        **elsewhere_values(entry),
        "about": entry.about or None,
        "forgotten": _value(entry.forgotten),
        "later": later_values(on_entry(later, entry)),
        "answers": [
            {
                **values(answer),
                "skipped": answer.skipped,
                "later": later_values(on_answer(later, entry, answer)),
            }
            for answer in entry.answers
        ],
        "promises": [promise_values(*made) for made in entry.made],
        "outcomes": [values(outcome) for outcome in entry.outcomes],
    }


def elsewhere_values(entry: Entry) -> dict[str, Any]:
    """Return what an entry is another version of, and the program it was imported from."""
    return {"conflict": entry.conflict or None, "imported": entry.imported or None}


def head_values(entry: Entry) -> dict[str, Any]:
    """Return the head of an entry: id, week, date, set and minutes."""
    return {key: _value(getattr(entry, key)) for key in ("id", "week", "date", "set", "minutes")}


def asked_values(answer: Answer) -> dict[str, Any]:
    """Return what an answer has of its question: key, wording and ends."""
    return values(answer, _REPLY)


def later_values(words: Iterable[Later]) -> list[dict[str, Any]]:
    """Return later words on an answer or an entry."""
    return [values(each, {"key"}) for each in words]


def promise_values(reference: str, promise: Promise) -> dict[str, Any]:
    """Return a promise with its full reference."""
    table = values(promise)
    table["from"] = table.pop("origin")
    return {"reference": reference, **table}


def row_values(row: Row) -> dict[str, Any]:
    """Return a promise with its state, and everything that became of it."""
    state = {"week": row.week, "state": row.state, "result": row.result or None}
    outcomes = [
        {**values(each), "date": day.isoformat()} for each, day in zip(row.outcomes, row.days, strict=True)
    ]
    return {**promise_values(row.ref, row.promise), **state, "outcomes": outcomes}


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


def journal_table(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table of the journal that has these values, as an export in JSON has them.

    A text in the place of a date stays one if it isn't a date, for the reader of the table to refuse.
    """
    return {key: _from_plain(key, value) for key, value in values.items()}


def _from_plain(key: str, value: Any) -> Any:
    if key in PARTS and isinstance(value, list):
        return [journal_table(each) if isinstance(each, Mapping) else each for each in value]
    if key in _DAYS and isinstance(value, str):
        with suppress(ValueError):
            return _DAYS[key](value)
    return value


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: _value(getattr(value, field.name)) for field in fields(value)}
    return value

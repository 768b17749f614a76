"""The due promises as TOML tables for the draft, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from followme.insight.promises import OpenPromise
from followme.model import Promise
from followme.records import to_table, values_of


def due_table(due: Sequence[OpenPromise]) -> list[dict[str, Any]]:
    """Return the due promises as TOML tables for the draft."""
    return [
        {**to_table(each.promise), "ref": each.ref, "week": each.week, "returns": each.returns}
        | ({} if each.heard is None else {"heard": each.heard})
        for each in due
    ]


def due_from_table(tables: Sequence[Mapping[str, Any]]) -> tuple[OpenPromise, ...]:
    """Return the due promises that `due_table` wrote. Raises KeyError, TypeError or ValueError for other tables."""
    return tuple(
        OpenPromise(
            ref=str(table["ref"]),
            promise=Promise(**values_of(Promise, table) | {"ref": str(table["ref"]).rpartition("/")[2]}),
            week=str(table["week"]),
            returns=int(table.get("returns", 0)),
            heard=table.get("heard"),
        )
        for table in tables
    )

"""JSON that another program wrote: read under limits, with a sentence for each fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from followme.imports.records import File, NotRead, Unreadable, words_of
from followme.model import Entry


def is_object(file: File) -> bool:
    """Return whether a file begins as a JSON object does."""
    return file.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def json_of(file: File) -> dict[str, Any]:
    """Return the object in a JSON file. Raises Unreadable."""
    try:
        document = json.loads(words_of(file))
    except json.JSONDecodeError as error:
        raise Unreadable(f"It isn't JSON: line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise Unreadable("Its brackets are nested too deeply.") from None
    if not isinstance(document, dict):
        raise Unreadable("It isn't a JSON object.")
    return document


def entries_of(
    file: File, listed: object, entry: Callable[[dict[str, Any]], Entry]
) -> Iterator[Entry | NotRead]:
    """Yield the entry that each of the listed tables is, or why it isn't one: what `entry` raises as ValueError.

    Raises Unreadable if that isn't a list.
    """
    if not isinstance(listed, list):
        raise Unreadable('It has no "entries".')
    for number, table in enumerate(listed, 1):
        try:
            if not isinstance(table, dict):
                raise ValueError("It isn't an entry.")
            yield entry(table)
        except ValueError as error:
            yield NotRead(f"{file.name}, entry {number}", str(error))


def text_at(table: Mapping[str, Any], key: str) -> str:
    """Return the text at a key; "" if there is none. Raises ValueError for anything else."""
    value = table.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f'Its "{key}" isn\'t text.')
    return value


def list_at(table: Mapping[str, Any], key: str) -> list[Any]:
    """Return the list at a key; [] for anything else."""
    value = table.get(key)
    return value if isinstance(value, list) else []

"""Entries of followme's own JSON export: they keep their ids and count as they did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from followme.imports.jsonfile import entries_of, json_of
from followme.imports.records import File, NotRead, Taken, Unreadable, taken
from followme.insight.entry_tables import from_table
from followme.insight.ids import is_id
from followme.insight.plain import journal_table
from followme.model import Entry

PROGRAM = "followme"

SCHEMA = 1
"""The newest schema that this version reads."""


def read(files: Sequence[File]) -> Taken:
    """Return the entries of exports that followme wrote as JSON."""
    return taken(files, _in_file)


def looks_like_json(document: Mapping[str, Any]) -> bool:
    """Return whether a JSON document is an export of followme."""
    return document.get("program") == PROGRAM


def _in_file(file: File) -> Iterator[Entry | NotRead]:
    document = json_of(file)
    if document.get("schema") != SCHEMA:
        raise Unreadable("This followme doesn't know its schema. Update followme.")
    if "numbers" in document:
        raise Unreadable("It has only numbers, and they don't make an entry.")
    return entries_of(file, document.get("entries"), _entry)


def _entry(values: Mapping[str, Any]) -> Entry:
    entry = from_table(journal_table(values))
    if not is_id(entry.id):
        raise ValueError('Its "id" isn\'t one that followme makes.')
    return entry

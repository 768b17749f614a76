"""An entry as a block of TOML: the layout of format 1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import tomli_w

from followme.dates import iso_week
from followme.insight.entry_tables import plain_offset
from followme.journal.file.parsing import HEADER
from followme.model import Entry
from followme.records import PARTS, keys_of, to_table

# Compiled by `re` where entries are written: most commands only read.
_LOOKALIKE = f"(?m)^{HEADER.format(bom=chr(0xFEFF))}$"

_UNESCAPED = bytes({*b"\t\n", *range(32, 127), *range(128, 256)} - {*b'"\\'})
"""The bytes that stand in a text as they are."""


def to_toml(entry: Entry) -> str:
    """Return the block of an entry, from its header line to one final line feed, exactly in the layout of format 1."""
    table = to_table(settled(entry))
    inner = [(f"[[entry.{part}]]", row) for part in PARTS for row in table.pop(part, ())]
    tables = [("[[entry]]", table), *((header, to_table(row)) for header, row in inner)]
    return "\n".join(table_text(header, table) for header, table in tables)


def settled(entry: Entry) -> Entry:
    """Return the entry as a file can have it: line feeds only, no lone surrogates, a week, numbered promises."""
    entry = _settled(entry)
    promises = (
        promise if promise.ref else replace(promise, ref=f"p{number}")
        for number, promise in enumerate(entry.promises, 1)
    )
    return replace(
        entry,
        date=plain_offset(entry.date),
        week=entry.week or iso_week(entry.date),
        promises=tuple(promises),
    )


def storable(text: str) -> str:
    """Return the text with LF line ends, and with U+FFFD in place of lone surrogates, which UTF-8 can't have."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _settled(record: Any) -> Any:
    """The record with storable texts, itself if they are: making each of its parts anew takes ten times as long."""
    of: type = type(record)
    changed = {}
    for key in keys_of(of):
        value = getattr(record, key.field)
        if value and isinstance(value, (str, tuple)) and (fit := _storable(value)) != value:
            changed[key.field] = fit
    return replace(record, **changed) if changed else record


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    return tuple(map(_storable, value)) if isinstance(value, tuple) else _settled(value)


def table_text(header: str, table: Mapping[str, object]) -> str:
    """Return a table as text: its header line, and a line for each key, with those of texts of several lines."""
    return header + "\n" + "".join(f"{key} = {value_text(value)}\n" for key, value in table.items())


def value_text(value: object) -> str:
    """Return a value as TOML. No line of it looks like the header of an entry."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and not value.encode(errors="surrogatepass").translate(None, _UNESCAPED):
        # As the library writes it, which looks at one character after the other.
        text = f'"""\n{value}"""' if "\n" in value else f'"{value}"'
    else:
        text = tomli_w.dumps({"v": value}, multiline_strings=True)[len("v = ") : -1]
    if "[[" not in text:
        return text
    # A reader finds entries by their header lines, so no line of an answer may look like one.
    return re.sub(_LOOKALIKE, lambda line: line[0].replace("[", "\\u005b", 1), text)

"""A journal's bytes in the parts that a merge works with, and the tables of one entry's block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from followme.insight.merge import HEAD, Table
from followme.journal.file import parsing
from followme.journal.file.blocks import Block
from followme.journal.file.parsing import NotParsed
from followme.model import Part
from followme.records import PARTS
from followme.tables.positions import statements

_HEADER = re.compile(rb"(?m)^[ \t]*\[\[[ \t]*entry[ \t]*\.[ \t]*(\w+)[ \t]*\]\]")

_KEYS = {"answer": "key", "promise": "ref", "outcome": "promise"}
"""The key that tells the tables of a name apart."""


_ID = re.compile(rb"""(?m)^id[ \t]*=[ \t]*["']([\w-]{1,60})["']""")


def part_of(block: Block) -> Part:
    """Return a block as a part. One that can't be read keeps the id that stands in it."""
    if block.entry:
        return Part(block.entry.id, block.data, entry=block.entry)
    found = _ID.search(block.data)
    return Part(found[1].decode() if found else "", block.data, readable=False)


def assignments_of(preamble: bytes) -> dict[str, bytes]:
    """Return the lines of each key before the first entry, and those of each table there by its header.

    Nothing if they can't be read.
    """
    try:
        parsing.parse(preamble)
    except NotParsed:
        return {}
    lines = preamble.splitlines(keepends=True)
    found: dict[str, bytes] = {}
    header = ""
    for each in statements(preamble.decode(errors="replace")):
        data = b"".join(lines[each.line - 1 : each.last])
        if each.text.lstrip().startswith("["):
            header = each.text.strip()
        key = header or each.text.partition("=")[0].strip()
        found[key] = found.get(key, b"") + data
    return found


def tables_of(data: bytes) -> tuple[Table, ...]:
    """Return the tables of a block that is an entry, its own keys first; their bytes join to the block.

    A block that isn't laid out in such tables is one table. Raises NotParsed.
    """
    whole = parsing.parse_block(data)
    starts = [match.start() for match in _HEADER.finditer(data)]
    cuts = [data[start:end] for start, end in zip([0, *starts], [*starts, len(data)], strict=True)]
    try:
        tables = tuple(map(_table, cuts, [HEAD, *(match[1].decode() for match in _HEADER.finditer(data))]))
    except (NotParsed, LookupError):
        tables = ()
    if not tables or _values(tables) != whole:
        return (Table(HEAD, "", data, whole),)
    return _numbered(tables)


def _table(data: bytes, name: str) -> Table:
    document = parsing.parse(data, verdict=False)
    if name == HEAD:
        return Table(HEAD, "", data, document["entry"][0])
    values: Mapping[str, object] = document["entry"][name][0] if name in PARTS else document["?"]
    return Table(name, str(values.get(_KEYS[name], "")), data, values)


def _values(tables: tuple[Table, ...]) -> Mapping[str, object]:
    """The values of the whole block that these tables make."""
    head, *inner = tables
    whole = dict(head.values)
    for table in inner:
        whole[table.name] = [*whole.get(table.name, ()), table.values]  # type: ignore[misc]
    return whole


def _numbered(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables, with a number in the key of each that has the name and the key of an earlier one."""
    seen: Counter[tuple[str, str]] = Counter()
    numbered = []
    for table in tables:
        seen[table.name, table.key] += 1
        count = seen[table.name, table.key]
        numbered.append(table if count == 1 else table._replace(key=f"{table.key} {count}"))
    return tuple(numbered)

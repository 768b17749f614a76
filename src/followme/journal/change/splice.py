"""One block of the journal with another content: only values that differ change, and every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from followme.frozen import mutable
from followme.insight import entry_tables
from followme.journal.file import codec, parsing
from followme.journal.file.parsing import BOM
from followme.model import Entry
from followme.records import PARTS, keys_of, to_table
from followme.tables.assign import NotAssigned, assigned
from followme.tables.positions import Statement, statements

_HEADER = re.compile(r"\[\[\s*(?:entry|\"entry\"|'entry')\s*(?:\.\s*[\"']?(\w+)[\"']?\s*)?\]\]")

_LINE = re.compile(r"[^\n]*\n|[^\n]+")

Record = Any
"""An entry, or an answer, a promise or an outcome of it."""


class NotSpliced(Exception):
    """The block is written in a way in which its values can't be changed without touching anything else."""


@mutable
class _Table:
    """A table in the text of a block: the part of the entry that it is, "" for the entry itself, None if unknown.

    `head` has its header line, `body` its keys, and `rest` the blank lines and comments before the next header.
    """

    part: str | None
    head: str
    body: str
    rest: str

    @property
    def text(self) -> str:
        """All of its text in the block."""
        return self.head + self.body + self.rest


def spliced(data: bytes, meant: Entry) -> bytes:
    """Return the bytes of a block with the content of the entry `meant`. Comments and unknown keys stay.

    An answer, promise or outcome that `meant` lacks goes with its whole table, and a new one gets a table of its own.
    Raises NotSpliced.
    """
    before = entry_tables.from_table(parsing.parse_block(data))
    meant = codec.settled(meant)
    if before == meant:
        return data
    mark = BOM if data.startswith(BOM) else b""
    text = data.removeprefix(mark).decode()
    newline = "\r\n" if "\r\n" in text else "\n"
    tables = list(_tables(text))
    try:
        _change(tables, before, meant, newline)
        new = mark + "".join(table.text for table in tables).encode()
        if entry_tables.from_table(parsing.parse_block(new)) == meant:
            return new
    except (NotAssigned, ValueError):
        pass
    raise NotSpliced


def _tables(text: str) -> Iterator[_Table]:
    """The tables of a block, in order; together they are all of its text."""
    lines = _LINE.findall(text)
    found = list(statements(text))
    heads = [at for at, each in enumerate(found) if each.text.lstrip().startswith("[")]
    if not heads or heads[0] != 0:
        raise NotSpliced
    starts = [0, *(found[at].line - 1 for at in heads[1:]), len(lines)]
    for number, at in enumerate(heads):
        inside = found[at : heads[number + 1] if number + 1 < len(heads) else len(found)]
        head, last, end = found[at].last, inside[-1].last, starts[number + 1]
        match = _HEADER.fullmatch(found[at].text.strip())
        yield _Table(
            part=(match[1] or "") if match else None,
            head="".join(lines[starts[number] : head]),
            body="".join(lines[head:last]),
            rest="".join(lines[last:end]),
        )


def _change(tables: list[_Table], before: Entry, meant: Entry, newline: str) -> None:
    _assign(tables[0], before, meant, newline)
    for part in PARTS:
        name = f"{part}s"
        old, new = getattr(before, name), getattr(meant, name)
        if old != new:
            _change_part(tables, part, old, new, newline)


def _change_part(
    tables: list[_Table], part: str, old: Sequence[Record], new: Sequence[Record], newline: str
) -> None:
    own = [table for table in tables if table.part == part]
    if len(own) != len(old):
        raise NotSpliced  # They are written within another table.
    matched = dict(_matches(old, new))
    above = _last_before(tables, part)
    for at, record in enumerate(new):
        if at in matched:
            above = own[matched[at]]
            _assign(above, old[matched[at]], record, newline)
        else:
            place = _position(tables, above)
            above = _added(part, record, tables[place], newline)
            tables.insert(place + 1, above)
    for at, table in enumerate(own):
        if at not in matched.values():
            _remove(tables, table)


def _matches(old: Sequence[Record], new: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """For each new record, its number and that of the old one with the same name, unless it wasn't there before."""
    at = 0
    for number, record in enumerate(new):
        if (
            found := next((n for n in range(at, len(old)) if _name(old[n]) == _name(record)), None)
        ) is not None:
            yield number, found
            at = found + 1


def _name(record: Record) -> str:
    """The value of its first key, by which it is the same record: its key, its ref, or the promise it is about."""
    of: type = type(record)
    return str(getattr(record, keys_of(of)[0].field))


def _position(tables: Sequence[_Table], table: _Table) -> int:
    """The position of the last table that belongs to this one: unknown tables below it are parts of it."""
    at = next(at for at, each in enumerate(tables) if each is table)
    while at + 1 < len(tables) and tables[at + 1].part is None:
        at += 1
    return at


def _last_before(tables: Sequence[_Table], part: str) -> _Table:
    """The table below which the first of this part goes: the last one of an earlier part, or the entry itself."""
    earlier = ("", *list(PARTS)[: list(PARTS).index(part)])
    return [table for table in tables if table.part in earlier][-1]


def _added(part: str, record: Record, above: _Table, newline: str) -> _Table:
    """A new table, which takes over what stood between the one above it and the next header."""
    head, _, body = codec.table_text(f"[[entry.{part}]]", to_table(record)).partition("\n")
    if not above.text.endswith("\n"):
        above.rest += newline
        above.rest, rest = above.rest + newline, ""
    else:
        above.rest, rest = newline, above.rest
    return _Table(part, head + newline, body.replace("\n", newline), rest)


def _remove(tables: list[_Table], table: _Table) -> None:
    """Remove a table and the unknown ones that belong to it; comments beside it stay."""
    at = next(at for at, each in enumerate(tables) if each is table)
    last = _position(tables, table)
    above = tables[at - 1]
    above.rest = (above.rest if above.rest.strip() else "") + tables[last].rest
    del tables[at : last + 1]


def _assign(table: _Table, old: Record, new: Record, newline: str) -> None:
    before, after = _values(old), _values(new)
    for name in [*before, *(name for name in after if name not in before)]:
        if before.get(name) != after.get(name):
            value = codec.value_text(after[name]).replace("\n", newline) if name in after else None
            table.body = _assigned(table.body, name, value, type(new), newline)


def _assigned(body: str, name: str, value: str | None, record: type, newline: str) -> str:
    """The body with this key changed; a new key goes where followme would write it."""
    if body and not body.endswith("\n"):
        body += newline
    order = [key.name for key in keys_of(record)]
    if record.__name__ == "Answer" and name == "reply":
        order = [key for key in order if key != "skipped"]
    found = [(each, _key(each)) for each in statements(body)]
    if value is None or any(key == name for _, key in found):
        return assigned(body, name, value)
    earlier = [each.last for each, key in found if key in order[: order.index(name)]]
    lines = _LINE.findall(body)
    at = max(earlier, default=0)
    return "".join(lines[:at]) + f"{name} = {value}{newline}" + "".join(lines[at:])


def _key(statement: Statement) -> str:
    return statement.text.partition("=")[0].strip().strip("\"'")


def _values(record: Record) -> Mapping[str, Any]:
    return {name: value for name, value in to_table(record).items() if name not in PARTS}

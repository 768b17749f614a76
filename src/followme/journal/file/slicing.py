"""Finding promises and outcomes in a journal's bytes without parsing the answers beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from followme.insight.book import closes
from followme.journal.file import codec, parsing
from followme.model import RESULTS, Entry, counts_for_week

USUAL = b"[[entry]]"
"""A header as followme writes it, at the beginning of a line."""

_MORE = r"""(?:[\w-]+ = (?!\"\"\"|'''|[\[{])[^\n]*\n)*"""
"""More lines of a table, each with a value that ends on it."""


def _lines(*first: str) -> str:
    """The pattern of a header's end, of the lines that followme writes first below it, and of those after."""
    return "".join(rf"{line}\r?\n" for line in (r"\]\]", *first)) + _MORE


_HEAD = _lines(
    r'id = "(?P<id>[\w-]+)"',
    r"date = (?P<date>\d{4}-(?:0[1-9]|1[0-2])-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d[+-][01]\d:[0-5]\d)",
    r'week = "(?P<week>\d{4}-W\d\d)"',
    r'set = "(?P<set>[^"\\\n]*)"',
)
_PROMISE = _lines(r'ref = "(?P<ref>\w+)"', r'kind = "(?P<kind>\w+)"')
_OUTCOME = _lines(r'promise = "(?P<of>[\w/-]+)"', r'result = "(?P<result>[\w-]+)"')
_TABLE = re.compile(
    (
        rf"\n\[\[entry(?:(?P<head>{_HEAD}(?=\r?\n\[\[entry|[\r\n]*\Z))"
        rf"|(?P<promise>\.promise{_PROMISE})|(?P<outcome>\.outcome{_OUTCOME})|(?P<other>\]\]))"
    ).encode()
)
"""The tables that are looked for, as followme writes them, and any other line where an entry begins."""

_ALL_BUT_SIGNS = bytes(set(range(256)) - set(b'[]"wW-'))
"""Brackets and quotes make headers and texts; "w" is in "answer" and "week" alone, and "-W" in the value of a week."""

_EVENT = b"\nevent = "
_CLOSING = {
    (kind.encode(), each.encode()) for kind in ("do", "ask") for each in RESULTS if closes(kind, each)
}


@dataclass(slots=True)
class Slice:
    """What stands from one usual header to the next, without the answers.

    It is `sound` if nothing in it stands otherwise than followme writes it; else only parsing can tell. `head`
    has the entry's own lines, and of them id, date, week and set. A promise has its full reference, its kind and
    its lines, an outcome the reference of its promise, its result and its lines.
    """

    start: int
    sound: bool
    head: tuple[bytes, ...]
    end: int = 0
    promises: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    outcomes: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)

    @property
    def week(self) -> str:
        """The week of the entry."""
        return self.head[3].decode()

    @property
    def set(self) -> str:
        """The prompt set of the entry."""
        return self.head[4].decode(errors="replace")

    @property
    def is_sitting(self) -> bool:
        """Whether the entry is a week's sitting."""
        _, said, value = self.head[0].partition(_EVENT)
        return counts_for_week(self.set, value.startswith(b"true") if said else None)

    @property
    def entry(self) -> Entry:
        """The entry without its answers. Raises ValueError where its lines cannot be read."""
        tables = (self.head[0], *(lines for _, _, lines in (*self.promises, *self.outcomes)))
        return codec.from_table(parsing.parse_block(b"".join(tables)))


def slices(data: bytes, start: int) -> list[Slice]:
    """The entries in these bytes, which begin with a usual header at this place in the file, in file order."""
    found = _cut(b"\n" + data)
    plain = _is_plain(data, found)
    for each in found:
        if data.count(b'"', each.start, each.end) % 2:
            each.sound = False
        if not plain and each.sound:
            each.sound = _is_plain(data[each.start : each.end], [each])
        each.start += start
        each.end += start
    return found


def settle(found: Sequence[Slice], others: Iterable[Entry]) -> None:
    """Take out of the slices each promise that its latest outcome has closed, and all its outcomes.

    `others` are all other entries; a promise that they tell of stays.
    """
    latest: dict[bytes, tuple[Slice, bytes]] = {}
    for each in found:
        for ref, result, _ in each.outcomes:
            if ref not in latest or _is_later(each, latest[ref][0]):
                latest[ref] = each, result
    for entry in others:
        for name in (*dict(entry.made), *(outcome.promise for outcome in entry.outcomes)):
            latest.pop(name.encode(), None)
    closed = {
        ref
        for each in found
        for ref, kind, _ in each.promises
        if ref in latest and (kind, latest[ref][1]) in _CLOSING
    }
    for each in found:
        each.promises = [one for one in each.promises if one[0] not in closed]
        each.outcomes = [one for one in each.outcomes if one[0] not in closed]


def _is_later(one: Slice, other: Slice) -> bool:
    """Whether it is of a later date, or stands later with the same one."""
    try:
        return _moment(one) >= _moment(other)
    except ValueError:
        return False


def _moment(one: Slice) -> datetime:
    return datetime.fromisoformat(one.head[2].decode())


def _cut(data: bytes) -> list[Slice]:
    """The entries, each sound if its promises and outcomes are its end, with nothing else between them."""
    found: list[Slice] = []
    end = 0  # of the promise or outcome before
    for table in _TABLE.finditer(data):
        start, kind = table.start(), table.lastgroup
        if end and data[end:start].strip(b"\r\n"):
            found[-1].sound = False
        if kind == "promise":
            name, what = table.group("ref", "kind")
            found[-1].promises.append((b"%b/%b" % (found[-1].head[1] or b"", name), what, table[0]))
            end = table.end()
        elif kind == "outcome":
            of, result = table.group("of", "result")
            found[-1].outcomes.append((of, result, table[0]))
            end = table.end()
        else:
            if found:
                found[-1].end = start
            found.append(Slice(start, kind == "head", table.group(0, "id", "date", "week", "set")))
            end = 0
    found[-1].end = len(data) - 1
    found[-1].sound &= not (end and data[end:].strip(b"\r\n"))
    return found


def _is_plain(data: bytes, found: Sequence[Slice]) -> bool:
    """Whether these bytes have no headers but those found and those of answers, and no lines of other entries."""
    signs = data.translate(None, _ALL_BUT_SIGNS)
    tables = sum(1 + len(each.promises) + len(each.outcomes) for each in found)
    return signs.count(b"[[") == tables + signs.count(b"[[w]]") and signs.count(b'w"-W"') == len(found)

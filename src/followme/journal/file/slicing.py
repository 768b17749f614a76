"""Slicing: promises and outcomes in a journal's bytes, without parsing the answers beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date, datetime
from functools import cache

from followme.frozen import mutable
from followme.insight.book import closes, is_rated
from followme.model import NOTE, RESULTS, Entry, Outcome, Promise, counts_for_week
from followme.records import NEVER, keys_of

USUAL = b"[[entry]]"
"""A header as followme writes it, at the beginning of a line."""

_CHARS = r"[ !#-\[\]-~\x80-\xff]++"
"""Anything but control characters, quotes and backslashes; `_is_plain` finds bytes that aren't UTF-8."""

_TEXT = rf'"(?:{_CHARS}|\\["\\bfnrt])*+"'
_DAY = (
    r"(?!0000)\d{4}-(?:02-(?:0[1-9]|1\d|2[0-8])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
    r"|(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01]))"
)
_VALUES: dict[type | None, str] = {str: _TEXT, bool: "(?:true|false)", int: r"(?:0|[1-9]\d{0,8})", None: _DAY}
"""Values as followme writes them: by the type of their key, or a day. February 29 is left to the parser."""


def _lines(record: type, **known: str) -> str:
    """The pattern of the end of a header, and of all lines that followme may write below it, in its order."""
    lines = [r"\]\]\r?\n"]
    for name, of, kind, absent in keys_of(record):
        if kind is not list:
            line = rf"{name} = {known.get(of, _VALUES[kind])}\r?\n"
            lines.append(line if absent is NEVER or of in known else f"(?:{line})?+")
    return "".join(lines)


@cache
def _table() -> re.Pattern[bytes]:
    """The tables to look for, as followme writes them, and any other line where an entry begins.

    Compiling it takes a while, and short journals have no use for it.
    """
    head = _lines(
        Entry,
        id=r'"(?P<id>[\w-]+)"',
        date=rf"(?P<date>{_DAY}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d[+-](?:[01]\d|2[0-3]):[0-5]\d)",
        week=r'"(?P<week>\d{4}-W\d\d)"',
        set=rf'"(?P<set>(?:{_CHARS})*+)"',
    )
    promise = _lines(Promise, ref=r'"(?P<ref>\w+)"', kind=r'"(?P<kind>\w+)"')
    outcome = _lines(Outcome, promise=r'"(?P<of>[\w/-]+)"', result=rf'"(?P<result>{"|".join(RESULTS)})"')
    return re.compile(
        (
            rf"\n\[\[entry(?:(?P<head>{head}(?=\r?\n\[\[entry|[\r\n]*\Z))"
            rf"|(?P<promise>\.promise{promise})|(?P<outcome>\.outcome{outcome})|(?P<other>\]\]))"
        ).encode()
    )


_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_ALL_BUT_SIGNS = bytes(set(range(128)) - set(b'[].">wW-<' + _CONTROLS))
"""Brackets, dots and quotes make headers and strings; "w" is in "answer" and "week" alone, "-W" in the value of a week.

Control characters, conflict marks and bytes that aren't UTF-8 are damage wherever they are.
"""

_SECONDS = len("2026-11-20T16:04:11")
_MARKS = (b"<" * 7, b">" * 7)

_BY = b"\nby = "
_EVENT = b"\nevent = "
_IMPORTED = b"\nimported = "
_CONFLICT = b"\nconflict = "
_ABOUT = b"\nabout = "
_WHO = b"\nwho = "
_WORDS = re.compile(rb"\ntext = (.*)")


@mutable
class Slice:
    """The bytes from one usual header to the next, without the answers unless someone asks for these.

    It is `sound` if all of it is as followme writes it, so that its tables can be read for certain; if not, it must be
    parsed. `head` has the entry's own lines, then its id, date, week and set. `first` is where its first promise or
    outcome begins, 0 if it has none. A promise has its full reference, its kind and its lines, an outcome the reference
    of its promise, its result and its lines.
    """

    start: int
    sound: bool
    head: tuple[bytes, ...]
    end: int = 0
    first: int = 0
    answers: bytes = b""
    promises: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    outcomes: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)

    @property
    def week(self) -> str:
        """The week of the entry."""
        return self.head[3].decode()

    @property
    def set(self) -> str:
        """The prompt set of the entry."""
        return self.head[4].decode()

    @property
    def day(self) -> date:
        """The local day the entry was finished."""
        return date.fromisoformat(self.head[2][:10].decode())

    @property
    def is_sitting(self) -> bool:
        """Whether the entry is a week's sitting."""
        _, said, value = self.head[0].partition(_EVENT)
        return counts_for_week(
            self.set, value.startswith(b"true") if said else None, imported=_IMPORTED in self.head[0]
        )

    @property
    def is_captured(self) -> bool:
        """Whether the entry is a note for the next sitting."""
        return self.set == NOTE and _ABOUT not in self.head[0]

    @property
    def tables(self) -> bytes:
        """The entry's own lines, and those of its promises and outcomes, without the answers."""
        return b"".join((self.head[0], *(lines for _, _, lines in (*self.promises, *self.outcomes))))

    @property
    def last_days(self) -> Iterator[tuple[date | None, str]]:
        """The last day of each promise, None for one without, and its kind."""
        for _, kind, lines in self.promises:
            _, _, after = lines.partition(_BY)
            yield date.fromisoformat(after[:10].decode()) if after else None, kind.decode()


def slices(data: bytes, start: int, *, answers: bool = False) -> list[Slice]:
    """Return the entries in these bytes, in file order. They begin with a usual header, `start` bytes into the file.

    With `answers`, they have the bytes of their answers.
    """
    lines = b"\n" + data
    cut = _cut(lines)
    if answers:
        for each in cut:
            each.answers = lines[each.start + len(each.head[0]) : each.first or each.end]
    if not _is_plain(data, cut):
        for each in cut:
            each.sound = each.sound and _is_plain(data[each.start : each.end], [each])
    for each in cut:
        each.start += start
        each.end += start
    return cut


def settle(found: Sequence[Slice], others: Iterable[Entry]) -> list[str]:
    """Take out of the slices each promise that its latest outcome has closed, and all its outcomes.

    `others` are all other entries; a promise that they mention stays. Returns the results of the promises taken out,
    if they count in the rate.
    """
    latest: dict[bytes, tuple[Slice, bytes]] = {}
    for each in found:
        for ref, result, _ in each.outcomes:
            if ref not in latest or _is_later(each, latest[ref][0]):
                latest[ref] = each, result
    for entry in others:
        for told in refs_of(entry):
            latest.pop(told.encode(), None)
    closed = [
        (ref, kind, lines)
        for each in found
        for ref, kind, lines in each.promises
        if ref in latest and _closes(kind, latest[ref][1])
    ]
    refs = {ref for ref, *_ in closed}
    if len(refs) < len(closed):
        # Two entries share an id: each promise with different words counts, as in the book.
        closed = list({(one[0], _words(one[2])): one for one in closed}.values())
    for each in found:
        if each.promises:
            each.promises = [one for one in each.promises if one[0] not in refs]
        if each.outcomes:
            each.outcomes = [one for one in each.outcomes if one[0] not in refs]
    rated = (ref for ref, kind, lines in closed if is_rated(kind.decode(), handed_off=_WHO in lines))
    return [latest[ref][1].decode() for ref in rated]


def _words(lines: bytes) -> bytes:
    found = _WORDS.search(lines)
    return found[1] if found else b""


def refs_of(entry: Entry) -> list[str]:
    """Return the references of all promises that an entry makes or mentions."""
    return [*dict(entry.made), *(outcome.promise for outcome in entry.outcomes)]


@cache
def _closes(kind: bytes, result: bytes) -> bool:
    return closes(kind.decode(), result.decode())


def _is_later(one: Slice, other: Slice) -> bool:
    """Whether the first is later by date; with equal dates, it is, since it is later in the file."""
    mine, theirs = one.head[2], other.head[2]
    if mine[_SECONDS:] == theirs[_SECONDS:]:  # the same offset
        return mine >= theirs
    return datetime.fromisoformat(mine.decode()) >= datetime.fromisoformat(theirs.decode())


def _cut(data: bytes) -> list[Slice]:
    """The entries; one is sound if its promises and outcomes are at its end, with nothing else between them."""
    entries: list[Slice] = []
    end = 0  # of the previous promise or outcome
    for table in _table().finditer(data):
        start, kind = table.start(), table.lastgroup
        if end and data[end:start].strip(b"\r\n"):
            entries[-1].sound = False
        if kind in ("promise", "outcome"):
            entries[-1].first = entries[-1].first or start
        if kind == "promise":
            name, what = table.group("ref", "kind")
            entries[-1].promises.append((b"%b/%b" % (entries[-1].head[1] or b"", name), what, table[0]))
            end = table.end()
        elif kind == "outcome":
            of, result = table.group("of", "result")
            entries[-1].outcomes.append((of, result, table[0]))
            end = table.end()
        else:
            if entries:
                entries[-1].end = start
            # The other version that a merge kept counts for nothing; it is rare, and the parsed entry says so.
            usual = kind == "head" and _CONFLICT not in table[0]
            entries.append(Slice(start, usual, table.group(0, "id", "date", "week", "set")))
            end = 0
    entries[-1].end = len(data) - 1
    entries[-1].sound &= not (end and data[end:].strip(b"\r\n"))
    return entries


def _is_plain(data: bytes, entries: Sequence[Slice]) -> bool:
    """Whether no byte of these slices shows further tables, or damage.

    They have no other headers but those of answers, no lines of other entries, and no string that is open at the end
    of a slice.
    """
    signs = data.translate(None, _ALL_BUT_SIGNS)
    tables = sum(1 + len(each.promises) + len(each.outcomes) for each in entries)
    _, *contents = signs.split(b"[[]]")
    return (
        signs.count(b"[[") == tables + signs.count(b"[[.w]]")
        and signs.count(b'w"-W"') == len(contents) == len(entries)
        and not any(each.count(b'"') % 2 for each in contents)
        and len(signs.translate(None, _CONTROLS)) == len(signs)
        and not any(mark in signs for mark in _MARKS)
        and _is_utf8(signs)
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True

"""Entries in brief: their answers without longer words, from bytes that are as followme writes them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from followme.insight import entry_tables
from followme.journal.file import parsing
from followme.journal.file.slicing import Slice
from followme.model import Answer, Entry
from followme.records import keys_of, values_of

_ROW_END, _ROWS_END = rb'(?:[^"\\\n]++|\\[^\n])*+"', rb'""(?:[^"\\]++|\\(?s:.)|"(?!""))*+"""'
_PLAIN_ROW_END, _PLAIN_ROWS_END = rb'[^"]*+"', rb'""(?:[^"]++|"(?!""))*+"""'
"""The end of a text of one row and of several, and of texts without a backslash, which are found twice as fast.

A row may have no line break. The plain one leaves that to the parser.
"""

_LIST = rb'\[(?:[\s,]*+"%b)*+[\s,]*+\]' % _ROW_END
_NUMBER = rb"-?(?:0|[1-9]\d{0,8})"
_GROUPS = 5


@cache
def _pattern(*, plain: bool) -> re.Pattern[bytes]:
    """The pattern of an answer as followme writes it; its groups are the arguments of `_answer`."""
    row = b'"' + (_PLAIN_ROW_END if plain else _ROW_END)
    values: dict[type | None, bytes] = {str: row, int: _NUMBER, bool: b"true"}
    kinds = {key.name: key.type for key in keys_of(Answer)}
    names = list(kinds)
    head, tail = names[: names.index("reply")], names[names.index("skipped") + 1 :]
    tail.remove("fact")
    assert head[:2] == ["key", "kind"]
    before, after = (
        b"".join(rb"(?:%b = %b\r?\n)?+" % (name.encode(), values[kinds[name]]) for name in part)
        for part in (head[2:], tail)
    )
    text_end = rb"(?:%b|%b)" % (_PLAIN_ROWS_END if plain else _ROWS_END, _ROW_END)
    return re.compile(
        rb"\[\[entry\.answer\]\]\r?\n"
        rb'(key = "[\w-]++"\r?\nkind = "[\w-]++"\r?\n%b)'
        rb"(?:skipped = true|reply = (?:(%b|%b|true|false)|(\")%b))\r?\n"
        rb"(?:fact = (\"%b)\r?\n)?+(%b)[\r\n]*+" % (before, _NUMBER, _LIST, text_end, text_end, after)
    )


_MORE = re.compile(rb"\n(?:event|imported|conflict|about) = ")
"""What most entries don't have, and what decides whether they count."""

_TYPES = {b'"': str, b"[": tuple, b"t": bool, b"f": bool}
"""The type of a reply by its first byte, if it isn't a number."""


def in_brief(each: Slice) -> Entry | None:
    """Return the entry of a sound slice with its answers in brief; None if it must be parsed.

    A number has its fact, and what was picked of several options is whole; another reply is "" unless it was skipped.
    The promises and outcomes are left out.
    """
    between, *parts = _pattern(plain=b"\\" not in each.answers).split(each.answers)
    # Nothing but these answers and blank lines, so that no answer was found inside of a text.
    if between.strip(b"\r\n") or any(parts[_GROUPS :: _GROUPS + 1]):
        return None
    columns = (parts[number :: _GROUPS + 1] for number in range(_GROUPS))
    try:
        answers = tuple(filter(None, map(_answer, *columns)))
    except parsing.NotParsed:  # a line break in a row, or an escape that TOML doesn't have
        return None
    if len(answers) * (_GROUPS + 1) < len(parts):
        return None
    lines, name, date, week, of = each.head
    if _MORE.search(lines):
        (table,) = parsing.parse_sound([lines])
        return replace(entry_tables.from_table(table), answers=answers)
    return Entry(
        id=name.decode(),
        date=datetime.fromisoformat(date.decode()),
        week=week.decode(),
        set=of.decode(),
        answers=answers,
    )


def _answer(
    head: bytes, value: bytes | None, quote: bytes | None, fact: bytes | None, tail: bytes
) -> Answer | None:
    """The answer in brief; None if its reply doesn't fit its kind.

    The reply is a `value`, or text that begins with a `quote`, or it was skipped.
    """
    sign = quote or (value[:1] if value else b"")
    brief = _without_words(head, tail, _TYPES.get(sign, int) if sign else None)
    if not (value and brief):
        return brief
    if sign not in _TYPES:
        return Answer(**_values(head, tail), reply=int(value), fact=_text(fact) if fact else "")
    return Answer(**_values(head, tail), reply=_texts(value)) if brief.kind == "several" else brief


@lru_cache(maxsize=4096)
def _without_words(head: bytes, tail: bytes, of: type | None = None) -> Answer | None:
    """An answer with "" for a reply of this type, or skipped without a type: the same one for thousands of entries.

    Returns None if a reply of this type doesn't fit the kind.
    """
    values = _values(head, tail)
    if of is None:
        return Answer(**values)
    return Answer(**values, reply="") if entry_tables.FITS.get(values["kind"], of) is of else None


@lru_cache(maxsize=4096)
def _values(head: bytes, tail: bytes) -> dict[str, Any]:
    """The values of an answer but for its reply and its fact."""
    values = values_of(Answer, parsing.parse(head + tail))
    del values["skipped"]
    return values


@lru_cache(maxsize=4096)
def _texts(reply: bytes) -> tuple[str, ...]:
    return tuple(parsing.parse(b"v = " + reply)["v"])


def _text(value: bytes) -> str:
    if b"\\" in value or value.startswith(b'"""'):
        return str(parsing.parse(b"v = " + value)["v"])
    return value[1:-1].decode()

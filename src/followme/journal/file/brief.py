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
    """The pattern of an answer as followme writes it.

    Its groups are the lines before the reply, the first byte of the reply, all of it if it is a number or a list, the
    fact, and the lines after it.
    """
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
        rb"(?:skipped = true|reply = (?=(.))(?:(%b|%b)|true|false|\"%b))\r?\n"
        rb"(?:fact = (\"%b)\r?\n)?+(%b)[\r\n]*+" % (before, _NUMBER, _LIST, text_end, text_end, after)
    )


_MORE = re.compile(rb"\n(?:event|imported|conflict|about) = ")
"""What most entries don't have, and what decides whether they count."""

_TYPES = {None: None, b'"': str, b"[": tuple, b"t": bool, b"f": bool}
"""The type of a reply by its first byte, if it isn't a number; None for a question that was skipped."""


def in_brief(each: Slice) -> Entry | None:
    """Return the entry of a sound slice with its answers in brief; None if it must be parsed.

    A number has its fact, and what was picked of several options is whole; another reply is "" unless it was skipped.
    The promises and outcomes are left out.
    """
    between, *parts = _pattern(plain=b"\\" not in each.answers).split(each.answers)
    # Nothing but these answers and blank lines, so that no answer was found inside of a text.
    if between.strip(b"\r\n") or any(parts[_GROUPS :: _GROUPS + 1]):
        return None
    heads, signs, replies, facts, tails = (parts[number :: _GROUPS + 1] for number in range(_GROUPS))
    try:
        briefs = list(map(_without_words, heads, tails, signs))
        for at, reply in enumerate(replies):
            if reply and (brief := briefs[at]):
                if not reply.startswith(b"["):
                    briefs[at] = _number(heads[at], tails[at], reply, facts[at])
                elif brief.kind == "several":
                    briefs[at] = _picks(heads[at], tails[at], reply)
    except parsing.NotParsed:  # a line break in a row, or an escape that TOML doesn't have
        return None
    answers = tuple(filter(None, briefs))
    if len(answers) < len(briefs):
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


@lru_cache(maxsize=4096)
def _without_words(head: bytes, tail: bytes, sign: bytes | None) -> Answer | None:
    """An answer with "" for a reply that begins with this byte, or skipped: the same one for thousands of entries.

    Returns None if such a reply doesn't fit the kind.
    """
    values, of = _values(head, tail), _TYPES.get(sign, int)
    if of is None:
        return Answer(**values)
    return Answer(**values, reply="") if entry_tables.FITS.get(values["kind"], of) is of else None


def _number(head: bytes, tail: bytes, reply: bytes, fact: bytes | None) -> Answer:
    return Answer(**_values(head, tail), reply=int(reply), fact=_text(fact) if fact else "")


@lru_cache(maxsize=4096)
def _picks(head: bytes, tail: bytes, reply: bytes) -> Answer:
    """An answer with what was picked of several options, the same one for many entries."""
    return Answer(**_values(head, tail), reply=tuple(parsing.parse(b"v = " + reply)["v"]))


@lru_cache(maxsize=4096)
def _values(head: bytes, tail: bytes) -> dict[str, Any]:
    """The values of an answer but for its reply and its fact."""
    values = values_of(Answer, parsing.parse(head + tail))
    del values["skipped"]
    return values


def _text(value: bytes) -> str:
    if b"\\" in value or value.startswith(b'"""'):
        return str(parsing.parse(b"v = " + value)["v"])
    return value[1:-1].decode()

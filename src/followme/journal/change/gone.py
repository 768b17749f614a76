"""The list `gone` in the preamble: ids that followme deleted here, so that a merge doesn't bring them back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import tomli_w

from followme.hints import Command
from followme.journal.change.swap import NotRewritten
from followme.journal.file import reading
from followme.journal.file.blocks import headers
from followme.journal.file.parsing import BOM, NotParsed, parse
from followme.tables.assign import NotAssigned, assigned

KEY = "gone"

UNREADABLE = (
    "followme notes deleted entries before the first entry, and can't read the lines there. To fix them:"
)

FEW = 20
"""Up to this many ids are looked for one by one."""

_FORMAT_LINE = re.compile(rb"(?m)^format[ \t]*=[^\n]*\n")
_ID_LINE = re.compile(rb'\nid = "([^"\n]*)"')
_ANY_ID_LINE = re.compile(rb"(?m)^[ \t]*id[ \t]*=[ \t]*[\"']([^\"'\n]+)[\"']")


class Preamble(NamedTuple):
    """The bytes before the first entry, which are the preamble, and the new ones that replace them."""

    old: bytes
    new: bytes


def listed(data: bytes) -> tuple[str, ...]:
    """Return the ids in the list of a journal with these bytes; none if it can't be read."""
    return _listed(_table(_preamble(data)) or {})


def changed(data: bytes, *, away: Collection[str], back: Collection[str]) -> Preamble | None:
    """Return the lines before the first entry with a changed list: with the ids `away`, and without those `back`.

    None if the list stays. An id that another block still has isn't gone. Raises NotRewritten if it can't be changed.
    """
    if not away and not back:
        return None
    old = _preamble(data)
    table = _table(old)
    before = _listed(table or {})
    after = [each for each in before if each not in back]
    after += [each for each in away if each not in after]
    if tuple(after) == before:
        return None
    return Preamble(old, with_list(old, after))


def with_list(preamble: bytes, ids: Collection[str]) -> bytes:
    """Return the lines before the first entry with this list in place of theirs. Raises NotRewritten if it can't be."""
    table = _table(preamble)
    if table is None and ids:
        raise NotRewritten(UNREADABLE, Command("doctor"))
    table = table or {}
    return preamble if tuple(ids) == _listed(table) else _with_list(preamble, ids, has_one=KEY in table)


def check_readable(preamble: bytes) -> None:
    """Raise NotRewritten if the lines before the first entry can't be read."""
    if _table(preamble) is None:
        raise NotRewritten(UNREADABLE, Command("doctor"))


def ids_in(data: bytes) -> Counter[str]:
    """Return how many blocks in these bytes have each id, as followme writes them."""
    return Counter(each.decode(errors="replace") for each in _ID_LINE.findall(data))


def still_there(data: bytes, taken_out: Sequence[bytes], ids: Collection[str]) -> set[str]:
    """Return those of these ids that a block still has when the bytes `taken_out` are gone from these bytes."""
    if len(ids) > FEW:
        there = ids_in(data) - sum(map(ids_in, taken_out), Counter())
        return {each for each in ids if there[each]}
    lines = {each: f'\nid = "{each}"'.encode() for each in ids}
    return {
        each for each, line in lines.items() if data.count(line) > sum(one.count(line) for one in taken_out)
    }


def id_of(block: bytes) -> str:
    """Return the id in a block's bytes, without parsing them; "" if it has none."""
    found = _ANY_ID_LINE.search(block)
    return found[1].decode(errors="replace") if found else ""


def _preamble(data: bytes) -> bytes:
    size = reading.CHUNK
    while not (found := headers(data[:size])) and size < len(data):
        size *= 4
    return data[: found[0] if found else len(data)]


def _table(preamble: bytes) -> Mapping[str, object] | None:
    try:
        return parse(preamble)
    except NotParsed:
        return None


def _listed(table: Mapping[str, object]) -> tuple[str, ...]:
    listed = table.get(KEY)
    return tuple(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else ()


def _with_list(preamble: bytes, ids: Collection[str], *, has_one: bool) -> bytes:
    line = tomli_w.dumps({KEY: list(ids)}).encode()
    if b"\r\n" in preamble:
        line = line.replace(b"\n", b"\r\n")
    if has_one:
        value = line.decode().partition("=")[2].strip() if ids else None
        try:
            return assigned(preamble.decode(), KEY, value).encode()
        except (ValueError, NotAssigned):
            raise NotRewritten(
                f'The list "{KEY}" before the first entry is written in a way that followme can\'t change. Write it '
                "without comments."
            ) from None
    below = _FORMAT_LINE.search(preamble)
    new = preamble[: below.end()] + line + preamble[below.end() :] if below else preamble
    if _listed(_table(new) or {}) == tuple(ids):
        return new
    # At the very beginning, it can't be inside anything else.
    mark = BOM if preamble.startswith(BOM) else b""
    return mark + line + preamble[len(mark) :]

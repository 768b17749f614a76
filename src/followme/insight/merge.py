"""Merging two versions of a journal, with or without the version that both came from: parts in, parts out.

Absent never means deleted: only an id that a version lists as gone is a deletion, and where the common version is
known, it takes away only an entry that is unchanged since then. Whatever can't be settled stays twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from hashlib import sha256
from itertools import accumulate
from typing import NamedTuple

from followme.frozen import frozen
from followme.insight.ids import id_from
from followme.insight.merge_order import in_order
from followme.model import Part

HEAD = "entry"
"""The name of the table that holds an entry's own keys."""

_ID_LINE = re.compile(rb"""(?m)^[ \t]*(?:id|"id"|'id')[ \t]*=[ \t]*(?:"[^"\n]*"|'[^'\n]*')""")
_CONFLICT_LINE = re.compile(rb"""(?m)^[ \t]*conflict[ \t]*=[ \t]*(?:"[^"\n]*"|'[^'\n]*')[ \t]*\r?\n""")
_BLANK = re.compile(rb"\n[ \t]*\r?\n\Z")
_COMMENT = re.compile(rb"(?m)^[ \t]*#[^\r\n]*")


class Table(NamedTuple):
    """One table of a block: its name, its key among the tables of that name, its bytes, and their values."""

    name: str
    key: str
    data: bytes
    values: Mapping[str, object]


Cut = Callable[[bytes], tuple[Table, ...]]
"""Cuts the bytes of an entry into its tables, the entry's own first; joined, they are the same bytes."""


@frozen(kw_only=True)
class Version:
    """A journal to merge: the bytes before its parts, without the ids that are gone; its parts; and those ids."""

    preamble: bytes = b""
    parts: tuple[Part, ...] = ()
    gone: tuple[str, ...] = ()
    # The lines of each key and each table of the preamble, if it can be read.
    keys: Mapping[str, bytes] = field(default_factory=dict)


@frozen(kw_only=True)
class Merged(Version):
    """Two versions as one. `conflicts` has the ids of the entries that stay in both of their versions."""

    conflicts: tuple[str, ...] = ()


class Difference(NamedTuple):
    """The parts that a version lacks, those that change, in their new form, and those that go."""

    added: tuple[Part, ...]
    changed: tuple[Part, ...]
    removed: tuple[Part, ...]


class Step(NamedTuple):
    """Bytes that take the place of others: `old` ones at `start`, none for an insertion; `new` ones, none to remove."""

    start: int
    old: bytes
    new: bytes


def merge(lead: Version, other: Version, base: Version | None = None, *, cut: Cut) -> Merged:
    """Return two versions as one, in the order of `lead`; `base` is the version that both came from, if it is known.

    An entry that only one of them has goes behind the last one with an earlier time in its id. A part without such an
    id stays behind the part that it followed. Whichever of the two leads, the parts are the same.
    """
    ours, theirs, old = (_named(each.parts) if each else {} for each in (lead, other, base))
    settled = frozenset(base.gone) if base else frozenset()
    deleted = {*lead.gone} - {*ours} - settled | {*other.gone} - {*theirs} - settled
    kept: dict[str, tuple[Part, ...]] = {}
    for name in (*ours, *(each for each in theirs if each not in ours)):
        one, two, was = ours.get(name), theirs.get(name), old.get(name)
        if one and two:
            first, *twins = _settled(one, two, was, cut)
            kept[name] = (first, *(each for each in twins if _is_new(each, ours, theirs, deleted)))
        elif (alone := one or two) and not _is_dropped(alone, was, name in deleted):
            kept[name] = (alone,)
    parts = tuple(in_order(ours, theirs, kept))
    return Merged(
        preamble=_joined_preamble(lead, other, base),
        parts=parts,
        gone=tuple(sorted({*lead.gone, *other.gone} - {part.id for part in parts})),
        conflicts=tuple(first.id for first, *twins in kept.values() if any(twin.id for twin in twins)),
    )


def difference(before: Version, after: Version) -> Difference:
    """Return what has to happen to `before` so that it has the parts of `after`."""
    old, new = _named(before.parts), _named(after.parts)
    return Difference(
        added=tuple(part for name, part in new.items() if name not in old),
        changed=tuple(part for name, part in new.items() if name in old and not _is_same(part, old[name])),
        removed=tuple(part for name, part in old.items() if name not in new),
    )


def steps(before: Version, after: Version, start: int) -> Iterator[Step]:
    """Yield what turns the bytes of `before`, whose parts begin at `start`, into those of `after`, in any order.

    What both have must be in the same order. Whatever isn't changed keeps every byte, but for a blank line behind it.
    """
    old, new = _named(before.parts), _named(after.parts)
    begins = dict(
        zip(old, accumulate((len(part.data) for part in before.parts), initial=start), strict=False)
    )
    end = start + sum(len(part.data) for part in before.parts)
    yield from (Step(begins[name], part.data, b"") for name, part in old.items() if name not in new)
    groups: list[tuple[str, list[bytes]]] = [("", [])]
    for name, part in new.items():
        if name in old:
            groups.append((name, []))
        else:
            groups[-1][1].append(part.data.rstrip() + b"\n")
    for name, added in groups:
        was, at = old.get(name), begins.get(name, start)
        data = was.data if was else before.preamble
        stays = data if was is None or _is_same(was, new[name]) else new[name].data.rstrip() + _blank_of(data)
        if added and not _BLANK.search(stays):
            stays = stays.rstrip(b"\r\n") + b"\n\n" if stays.strip() else stays
        if was and stays != data:
            yield Step(at, data, stays)
        if added:
            at += len(was.data) if was else 0
            yield Step(at, b"", b"\n".join(added) + (b"\n" if at < end else b""))


def _blank_of(data: bytes) -> bytes:
    return data[len(data.rstrip()) :]


def _named(parts: Iterable[Part]) -> dict[str, Part]:
    """The parts by names that are the same in every version: the id, or else a digest, and a number for a double."""
    named: dict[str, Part] = {}
    for part in parts:
        name = part.id or f"{sha256(plain(part.data)).hexdigest()} "
        if name in named:
            name = f"{name} {sha256(plain(part.data)).hexdigest()}"
        while name in named:
            name += "+"
        named[name] = part
    return named


def _is_dropped(alone: Part, was: Part | None, deleted: bool) -> bool:
    """Whether a part that only one version has must go: it was deleted, or it was damage that is fixed now."""
    if alone.id:
        return deleted and (was is None or _is_same(alone, was))
    return not alone.readable and was is not None


def _is_new(twin: Part, ours: Mapping[str, Part], theirs: Mapping[str, Part], deleted: Iterable[str]) -> bool:
    """Whether the other version of an entry isn't there already, and wasn't deleted."""
    return not any(twin.id in each for each in (ours, theirs, deleted))


# --- One entry in two versions ----------------------------------------------------------------------------


def _settled(one: Part, two: Part, was: Part | None, cut: Cut) -> tuple[Part, ...]:
    """The version of a part that stays; both versions, if neither of them may go."""
    if _is_same(one, two):
        return (max(one, two, key=_by_length),)
    if was and _is_same(one, was):
        return (two,)
    if was and _is_same(two, was):
        return (one,)
    if not (one.readable and two.readable):
        first, second = sorted((one, two), key=lambda part: (not part.readable, part.data))
        # What can't be read has no id, so that it stays behind the other one as it is.
        return (first, second._replace(id=""))
    mine, yours = cut(one.data), cut(two.data)
    forgotten = [(day, part) for part, of in ((one, mine), (two, yours)) if (day := _forgotten(of))]
    if forgotten:
        return (max(forgotten, key=lambda each: (each[0], each[1].data))[1],)
    joined = _joined(mine, yours, cut(was.data) if was and was.readable else None)
    if joined is not None:
        return (Part(one.id, joined),)
    (_, first, _), (_, second, tables) = sorted(
        ((_digest(mine), one, mine), (_digest(yours), two, yours)), key=lambda each: (each[0], each[1].data)
    )
    return (first, _twin(second, tables, first.id))


def _joined(mine: Sequence[Table], yours: Sequence[Table], was: Sequence[Table] | None) -> bytes | None:
    """The bytes of an entry with what changed in either version; None if both changed the same thing, or may have."""
    ours, theirs, old = (
        {(each.name, each.key): each for each in tables or ()} for tables in (mine, yours, was)
    )
    if was is None and ours.keys() != theirs.keys():
        return None
    tables = []
    for name in _woven([*ours], [*theirs]):
        one, two, before = ours.get(name), theirs.get(name), old.get(name)
        if one and two:
            data = _one_table(one, two, before)
            if data is None:
                return None
            tables.append(data)
        elif (left := one or two) and not (before and before.values == left.values):
            tables.append(left.data)
    return b"".join(each if each.endswith(b"\n") else each + b"\n" for each in tables)


def _one_table(one: Table, two: Table, before: Table | None) -> bytes | None:
    """The bytes of a table that both versions have; None if both changed it to something else."""
    if before and two.data == before.data:
        return one.data
    if before and one.data == before.data:
        return two.data
    if one.values == two.values:
        stays, goes = sorted((one, two), key=lambda each: (len(each.data), each.data), reverse=True)
    elif before and two.values == before.values:
        stays, goes = one, two
    elif before and one.values == before.values:
        stays, goes = two, one
    else:
        return None
    known = set(_COMMENT.findall(before.data)) if before else set()
    return _with_lines(stays.data, [line for line in _COMMENT.findall(goes.data) if line not in known])


def _woven(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Both lists of tables as one: ours, and what only they have behind what it followed."""
    woven = list(ours)
    for at, name in enumerate(theirs):
        if name not in ours:
            before = [woven.index(each) for each in theirs[:at] if each[0] == name[0]]
            same = [index for index, each in enumerate(woven) if each[0] == name[0]]
            woven.insert(before[-1] + 1 if before else same[0] if same else len(woven), name)
    return woven


def _twin(part: Part, tables: Sequence[Table], of: str) -> Part:
    """The version of an entry that stays beside the one that keeps the id."""
    head = tables[0]
    moment = head.values.get("date")
    if not isinstance(moment, datetime):
        moment = datetime(*moment.timetuple()[:3]) if isinstance(moment, date) else datetime.min
    new = id_from(moment, _digest(tables))
    data = _CONFLICT_LINE.sub(b"", head.data)
    lines = f'id = "{new}"\nconflict = "{of}"'.encode()
    data = _ID_LINE.sub(lambda _: lines, data, count=1)
    return Part(new, b"".join((data, *(each.data for each in tables[1:]))))


def settled_for(data: bytes, cut: Cut) -> bytes:
    """Return the bytes of an entry without the line that makes it another version of one that is deleted now."""
    head, *rest = cut(data)
    return b"".join((_CONFLICT_LINE.sub(b"", head.data), *(each.data for each in rest)))


def _forgotten(tables: Sequence[Table]) -> date | None:
    """The day an entry's words were dropped."""
    day = tables[0].values.get("forgotten")
    return day if isinstance(day, date) else None


def _digest(tables: Iterable[Table]) -> str:
    """A digest of what an entry says, whatever its layout, its id, and what it is another version of."""
    said = sorted(
        (
            table.name,
            table.key,
            sorted((k, repr(v)) for k, v in table.values.items() if k not in ("id", "conflict")),
        )
        for table in tables
    )
    return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def plain(data: bytes) -> bytes:
    """Return the bytes of a part with LF line ends, and without blank lines around them."""
    return data.replace(b"\r\n", b"\n").strip()


def _is_same(one: Part, two: Part) -> bool:
    """Whether two parts differ in nothing but line ends and blank lines around them."""
    return one.data == two.data or plain(one.data) == plain(two.data)


def _by_length(part: Part) -> tuple[int, bytes]:
    return len(part.data), part.data


def _with_lines(data: bytes, lines: Iterable[bytes]) -> bytes:
    """These bytes, with the lines they lack below their last one."""
    missing = [line for line in lines if line.strip() not in map(bytes.strip, data.splitlines())]
    body = data.rstrip()
    return b"\n".join([body, *missing]) + (data[len(body) :] or b"\n") if missing else data


# --- What stands before the entries -----------------------------------------------------------------------


def _joined_preamble(lead: Version, other: Version, base: Version | None) -> bytes:
    """The bytes before the parts: the version that changed; if both did, that of `lead` with what only the other has.

    Where they differ in a key, the value in `lead` stays, and the other one becomes a comment.
    """
    if base and plain(lead.preamble) == plain(base.preamble) and other.keys:
        return other.preamble
    if base and plain(other.preamble) == plain(base.preamble):
        return lead.preamble
    ours, was = lead.preamble, base.keys if base else {}
    keys, tables, comments = list[bytes](), list[bytes](), _COMMENT.findall(other.preamble)
    for key, lines in other.keys.items():
        mine = lead.keys.get(key)
        if was.get(key) == lines or (mine and mine.split() == lines.split()):
            continue
        if mine is None:
            (tables if key.startswith("[") else keys).append(lines.rstrip())
        elif mine == was.get(key):
            ours = ours.replace(mine, lines, 1)
        else:
            comments += [b"# " + line for line in lines.splitlines()]
    # A key below the header of a table would be one of that table.
    header = next((lines for key, lines in lead.keys.items() if key.startswith("[")), b"")
    at = ours.find(header) if header else len(ours)
    return _with_lines(_with_lines(ours[:at], keys) + ours[at:], [*comments, *tables])

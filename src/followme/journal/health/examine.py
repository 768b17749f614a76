"""Problems in a journal's bytes, entry by entry: damage, conflict marks, ids, misplaced keys, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches

from followme.frozen import frozen
from followme.insight.book import book
from followme.insight.findings import Finding
from followme.insight.wording import all_of, counted
from followme.journal.file import parsing, reading
from followme.journal.file.blocks import Block
from followme.model import Entry
from followme.records import PARTS, keys_of

KEYS: Mapping[str, frozenset[str]] = {
    part: frozenset(key.name for key in keys_of(record)) for part, record in {"": Entry, **PARTS}.items()
}
"""The keys of format 1, by table; "" is the entry itself."""

BY_HAND = "Fix it in a text editor"

_MARKS = re.compile(rb"(?m)^(?:<{7}|>{7})(?: |\r?$)")


@frozen
class Placed:
    """A block and its first and last line in the file."""

    block: Block
    first: int
    last: int

    @property
    def lines(self) -> str:
        """The lines in words."""
        return f"line {self.first}" if self.first == self.last else f"lines {self.first}-{self.last}"

    @property
    def name(self) -> str:
        """The entry in words: its day and its lines, but none of its own words."""
        day = f" of {self.block.entry.date.date()}" if self.block.entry else ""
        return f"The entry{day} ({self.lines})"

    def finding(self, kind: str, what: str, remedy: str, *, repair: str = "", note: bool = False) -> Finding:
        """Return a finding about these lines."""
        return Finding(
            kind=kind,
            what=what,
            remedy=remedy,
            first_line=self.first,
            last_line=self.last,
            repair=repair,
            note=note,
        )


@frozen
class Resaving:
    """A way in which another program may have saved the file, and how to save it right."""

    what: str
    remedy: str
    undone: Callable[[bytes], bytes]
    only_ascii: bool = False

    def explains(self, data: bytes) -> bool:
        """Return whether these bytes are entries once the change is undone."""
        undone = self.undone(data)
        if undone == data:
            return False
        blocks = reading.blocks_of(undone)
        return bool(blocks) and all(one.entry for one in blocks)


RESAVINGS = (
    Resaving(
        "The journal isn't stored as UTF-8. It seems to be Windows-1252 or Latin-1.",
        "Open it in a text editor with that encoding and save it as UTF-8.",
        lambda data: data.decode("latin-1").encode(),
        only_ascii=True,
    ),
    Resaving(
        "Some lines in the journal end with a lone carriage return, as on very old computers.",
        "Save it in a text editor with Unix line ends.",
        lambda data: re.sub(rb"\r(?!\n)", b"\n", data),
    ),
)


def examine(data: bytes, blocks: Iterable[Block], now: datetime) -> list[Finding]:
    """Return the findings on a journal, given by its bytes and their blocks: problems first, then notes."""
    all_placed = placed(data, blocks)
    good = [one for one in all_placed if one.block.entry]
    return [
        *_damaged(all_placed),
        *_conflicts(good),
        *_same_ids(good),
        *_without_id(good),
        *_strange_keys(good),
        *_dates(good, now),
        *_endings(good),
    ]


def placed(data: bytes, blocks: Iterable[Block]) -> list[Placed]:
    """Return the blocks with their lines, in file order."""
    in_lines, at, line = [], 0, 1
    for block in blocks:
        line += data.count(b"\n", at, block.start)
        at = block.start
        in_lines.append(Placed(block, line, line + block.data.rstrip(b"\r\n").count(b"\n")))
    return in_lines


def saved_otherwise(blocks: Sequence[Block]) -> tuple[Resaving, list[Block]] | None:
    """Return how another program saved the file, and the blocks that can't be read for that reason; None if none."""
    for resaving in RESAVINGS:
        # If other entries have such characters in UTF-8, the whole file isn't in another encoding.
        if resaving.only_ascii and not all(one.data.isascii() for one in blocks if one.entry):
            continue
        if broken := [one for one in blocks if one.error and resaving.explains(one.data)]:
            return resaving, broken
    return None


def movable(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that can't be read, without those that only need to be saved in another way."""
    otherwise = saved_otherwise(blocks)
    kept = {one.start for one in otherwise[1]} if otherwise else set()
    return [one for one in blocks if one.error and one.start not in kept]


# --- The checks -------------------------------------------------------------------------------------------


def _damaged(damaged: Sequence[Placed]) -> Iterator[Finding]:
    blocks = [one.block for one in damaged]
    if otherwise := saved_otherwise(blocks):
        resaving, those = otherwise
        count = counted(len(those), "part", "parts")
        yield Finding(
            kind="encoding",
            what=f"{resaving.what} Because of that, {count} of it can't be read.",
            remedy=resaving.remedy,
        )
    moving = {one.start for one in movable(blocks)}
    for one in damaged:
        if one.block.start in moving:
            marks = "; it has conflict markers from a version control tool" * bool(
                _MARKS.search(one.block.data)
            )
            yield one.finding(
                "damaged",
                reading.damage(one.block, one.first).reason,
                f"{BY_HAND}{marks}, or let the repair move it out of the journal, byte for byte.",
                repair=f"Move {one.lines} of the journal, byte for byte, to a file of damaged parts.",
            )


def _conflicts(good: Iterable[Placed]) -> Iterator[Finding]:
    for one in good:
        if mark := _MARKS.search(one.block.data):
            line = one.first + one.block.data.count(b"\n", 0, mark.start())
            yield one.finding(
                "conflict",
                f"{one.name} has a conflict marker from a version control tool inside a text, at line "
                f"{line}.",
                f"{BY_HAND}: keep the lines you want, and remove the markers.",
            )


def _same_ids(good: Iterable[Placed]) -> Iterator[Finding]:
    by_id: dict[str, list[Placed]] = {}
    for one in good:
        if name := _entry(one).id:
            by_id.setdefault(name, []).append(one)
    for name, those in by_id.items():
        if len(those) > 1:
            where = all_of([one.lines for one in those])
            same = len({one.block.data.strip() for one in those}) == 1
            yield those[-1].finding(
                "same-id",
                f"{len(those)} entries have the id {name}: {where}.",
                "They're the same; remove one."
                if same
                else "Change one letter at the end of one of the ids; promises refer to entries by id.",
            )


def _without_id(good: Iterable[Placed]) -> Iterator[Finding]:
    for one in good:
        if not _entry(one).id:
            yield one.finding(
                "no-id",
                f"{one.name} has no id, so its promises can't be closed.",
                "Give it an id, or let the repair make one from its date.",
                repair=f"Give an id to the entry in {one.lines}.",
            )


def _strange_keys(good: Iterable[Placed]) -> Iterator[Finding]:
    for one in good:
        table = parsing.parse_block(one.block.data)
        rows = [("", table), *((part, row) for part in PARTS for row in _rows(table, part))]
        for part, row in rows:
            for key in row:
                if key not in KEYS[part] and (meant := _meant(part, key, row)):
                    where = f"its [[entry.{part}]]" if part else "it"
                    yield one.finding(
                        "key", f'{one.name} has "{key}" in {where}, where it has no effect.', meant
                    )


def _meant(part: str, key: str, row: Collection[str]) -> str:
    """The advice for a key that is probably misplaced or misspelled; "" if it may be the writer's own key."""
    if key == "format":
        return "It belongs before the first [[entry]] line; move it there, or remove it."
    if part and key in KEYS[""]:
        return "It belongs right below the [[entry]] line; move it there."
    close = get_close_matches(key, KEYS[part].difference(row), 1, 0.8)
    return f'If you meant "{close[0]}", correct it.' if close else ""


def _dates(good: Iterable[Placed], now: datetime) -> Iterator[Finding]:
    back: list[Placed] = []
    latest: datetime | None = None
    for one in good:
        moment = _entry(one).date
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=now.tzinfo)
        if moment > now + timedelta(days=1):
            yield one.finding(
                "future",
                f"{one.name} is dated in the future.",
                "If a clock was wrong, correct the date.",
                note=True,
            )
        if latest is not None and moment < latest:
            back.append(one)
        latest = moment
    if back:
        yield back[0].finding(
            "order",
            f"{counted(len(back), 'entry is', 'entries are')} after a later one, the first at line "
            f"{back[0].first}.",
            "That's not a problem: they're listed in this order, and their dates count.",
            note=True,
        )


def _endings(good: Sequence[Placed]) -> Iterator[Finding]:
    telling: dict[str, list[Placed]] = {}
    for one in good:
        for ref in {outcome.promise for outcome in _entry(one).outcomes}:
            telling.setdefault(ref, []).append(one)
    for each in book(map(_entry, good)):
        if each.ended_before:
            those = telling[each.ref]
            where = all_of([one.lines for one in those])
            yield those[-1].finding(
                "outcomes",
                f"The promise {each.ref} got another outcome after it was closed: {where}.",
                "The latest one counts. If it's wrong, delete its [[entry.outcome]] in a text editor.",
                note=True,
            )


def _entry(one: Placed) -> Entry:
    assert one.block.entry is not None, "only blocks that were read come here"
    return one.block.entry


def _rows(table: Mapping[str, object], part: str) -> list[Mapping[str, object]]:
    rows = table.get(part, [])
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []

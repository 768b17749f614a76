"""What takes a logged change back: worked out from bytes alone, of the journal now and of the backup before it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import groupby

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal.change import gone, log
from followme.journal.change.log import Logged, Touched, digest
from followme.journal.change.rewrite import Change
from followme.journal.file import reading
from followme.journal.file.blocks import Block, headers
from followme.model import Entry

FINAL = {
    log.PURGE: "The last change left is a purge. It deleted for good, so undo goes no further.",
    log.FORGET: "The last change left is a forget. It dropped words for good, so undo goes no further.",
    log.SYNC: "The last change left came from a sync. Other computers have it too, so undo goes no further.",
}
"""The changes that undo neither takes back nor goes past, each with the sentence that says so."""

FEW = 50
"""For up to this many ids, only the blocks that mention one are parsed."""

MARGIN = 7
"""How many headers to go further than that: a text with lines like headers makes one block of up to six pieces."""

_HEADER = b"\n[[entry]]"


class CannotUndo(FollowmeError):
    """The change can't be taken back; the text says why."""


class NothingToUndo(FollowmeError):
    """No change is left that could be taken back."""


@frozen
class Pair:
    """A block now, and the one that takes its place; None if there is none. `id` is its entry's, "" without one."""

    id: str
    now: Block | None
    then: Block | None


@frozen(kw_only=True)
class Step:
    """What undo does: the change that it takes back, its blocks now and then, and the changes to the bytes.

    `seen` is the journal that this was worked out from, and `newest` the last line of the log. `unknown` is the id of
    the journal's last entry if followme neither noted nor saw it before that change, else "".
    """

    logged: Logged
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]
    seen: bytes
    newest: Logged | None
    unknown: str = ""

    @property
    def gain(self) -> int:
        """How many entries it adds."""
        return sum(_is_entry(pair.then) - _is_entry(pair.now) for pair in self.pairs)

    @property
    def carried(self) -> frozenset[bytes]:
        """The blocks that come back although they can't be read."""
        return frozenset(
            change_back(pair).strip() for pair in self.pairs if pair.then and not pair.then.entry
        )


def _is_entry(block: Block | None) -> bool:
    return block is not None and block.entry is not None


def change_back(pair: Pair) -> bytes:
    """The bytes of the block that comes back, with the blank lines that are at the end of its place now."""
    if pair.then is None:
        return b""
    old = pair.then.data
    return old if pair.now is None else old.rstrip() + pair.now.data[len(pair.now.data.rstrip()) :]


class Text:
    """The bytes of a journal; only the blocks that are looked for are parsed."""

    def __init__(self, data: bytes):
        self.data = data

    def blocks(self, ids: Collection[str]) -> list[Block]:
        """Return the blocks that mention one of these ids, in file order; all blocks for "" or many ids."""
        if "" in ids or len(ids) > FEW:
            return reading.blocks_of(self.data)
        texts = [each.encode() for each in ids]
        places = [at for text in texts for at in (self.data.find(text), self.data.rfind(text)) if at >= 0]
        if not places:
            return []
        start, end = self._header_before(min(places)), self._header_after(max(places))
        found = reading.newest_of(self.data[start:end], lambda piece: any(text in piece for text in texts))
        return [replace(block, start=block.start + start) for block in found][::-1]

    def entry(self, name: str) -> Block | None:
        """Return the block with this id; None if there is none."""
        own = (block for block in self.blocks({name}) if block.entry and block.entry.id == name)
        return next(own, None)

    def ids_before(self, start: int) -> Iterator[str]:
        """Yield the ids of the blocks before this offset, the nearest first."""
        while start > 0:
            before = self.data.rfind(_HEADER, 0, start - 1) + 1
            if name := gone.id_of(self.data[before:start]):
                yield name
            start = before

    def _header_before(self, at: int) -> int:
        for _ in range(MARGIN):
            at = self.data.rfind(_HEADER, 0, max(at, 0))
        return at + 1

    def _header_after(self, at: int) -> int:
        for _ in range(MARGIN):
            at = self.data.find(_HEADER, at + 1)
            if at < 0:
                return len(self.data)
        return at + 1


class Present:
    """Blocks of the journal now, by their ids and by the digests of their bytes."""

    def __init__(self, blocks: Sequence[Block]):
        self.blocks = blocks
        self.by_digest = {digest(block.data): block for block in blocks}
        self.by_id = {gone.id_of(block.data): block for block in reversed(blocks)}

    def standing(self, each: Touched) -> Block | None:
        """Return the block as the change left it, else another with its id, else None."""
        return self.by_digest.get(each.after) or (self.by_id.get(each.id) if each.id else None)

    def now(self, each: Touched) -> str:
        """Return the digest of the block; "" if there is none."""
        if each.before in self.by_digest:
            return each.before
        block = self.standing(each)
        return digest(block.data) if block else ""


class Walk:
    """Goes back through the log, and finds which blocks are still as a line left them, or as they were before it."""

    def __init__(self, text: Text):
        self._text = text
        self._before: dict[str, str] = {}

    def made(self, one: Logged) -> tuple[list[Touched], Present]:
        """Return what the change of this line made of blocks, and these blocks now; the lines come newest first.

        Nothing if the change was never made, since its line comes first and then a kill may come.
        """
        present = Present(self._text.blocks({each.id for each in one.blocks}))
        found = [each for each in one.blocks if self._after(each, present) != each.before]
        self._before |= {_key(each): each.before for each in found}
        return found, present

    def _after(self, each: Touched, present: Present) -> str:
        """The digest of a block after this change and before all that came later."""
        known = self._before.get(_key(each))
        return present.now(each) if known is None else known


def _key(each: Touched) -> str:
    """What names a block through time: its id, or for one without, its bytes."""
    return each.id or f"{each.before or each.after}"


# --- Which change -----------------------------------------------------------------------------------------


def next_step(
    newest: Sequence[Logged | None], now: bytes, last: str, backup: Callable[[str], bytes | None]
) -> Step:
    """Return what takes back the newest change that still stands; `newest` has the log, the newest line first.

    `last` is the id of the last entry in the journal `now`, and `backup` reads a backup by its name. Raises CannotUndo
    and NothingToUndo.
    """
    text = Text(now)
    one, made, present = _newest_made(newest, Walk(text))
    old = cache(partial(_old_text, one.backup, backup))
    pairs = tuple(_pairs(made, present, old))
    changes = tuple(_changes(pairs, text, old))
    known = {each.id for line in newest if line for each in line.blocks}
    was_there = last in known or last.encode() in ((one.backup and backup(one.backup)) or b"")
    unknown = "" if was_there else last
    return Step(logged=one, pairs=pairs, changes=changes, seen=now, newest=newest[0], unknown=unknown)


def _newest_made(newest: Iterable[Logged | None], walk: Walk) -> tuple[Logged, Sequence[Touched], Present]:
    """The newest change that was made and not taken back, by undo or by hand, with the blocks that still differ.

    Raises CannotUndo and NothingToUndo.
    """
    taken_back: set[str] = set()
    for one in newest:
        if one is None:
            raise CannotUndo("A line in the log of changes can't be read, so undo goes no further.")
        made, present = walk.made(one)
        is_final = one.verb in FINAL and not one.blocks
        if one.mark in taken_back or not (made or is_final):
            continue
        if one.verb in FINAL:
            raise CannotUndo(FINAL[one.verb])
        if one.undone:
            taken_back.add(one.undone)
            continue
        standing = [each for each in made if present.now(each) != each.before]
        if standing:
            return one, standing, present
    raise NothingToUndo("There's nothing to undo: no change in the log is left.")


def _old_text(name: str, backup: Callable[[str], bytes | None]) -> Text:
    data = backup(name)
    if data is None:
        raise CannotUndo(f"The backup {name} isn't there anymore, so undo goes no further.")
    return Text(data)


def _pairs(made: Sequence[Touched], present: Present, old: Callable[[], Text]) -> list[Pair]:
    """The blocks now and then that taking these changes back concerns. Raises CannotUndo."""
    standing = [(each, present.standing(each)) for each in made]
    for each, block in standing:
        _check_as_left(each, block)
    once = {}
    if any(each.before for each in made):
        once = {digest(block.data): block for block in old().blocks({each.id for each in made})}
    pairs = [Pair(each.id, block, _then(each, once)) for each, block in standing]
    _check_no_outcome(pairs, present.blocks)
    return pairs


def _check_as_left(each: Touched, block: Block | None) -> None:
    if (digest(block.data) if block else "") != each.after:
        name = each.id or "A part"
        raise CannotUndo(
            f"{name} was changed after that, and not by followme. Undo would lose that, so it goes no further."
        )


def _then(each: Touched, once: dict[str, Block]) -> Block | None:
    if not each.before:
        return None
    if each.before not in once:
        raise CannotUndo(f"The backup no longer has {each.id or 'what was there'}, so undo goes no further.")
    return once[each.before]


def _check_no_outcome(pairs: Iterable[Pair], blocks: Iterable[Block]) -> None:
    """Raise CannotUndo if a promise would go whose outcome is in an entry that stays; `blocks` mention the ids."""
    refs: set[str] = set()
    going: set[str] = set()
    for pair in pairs:
        refs |= _refs(pair.now) - _refs(pair.then)
        going |= {pair.id} if pair.now and not pair.then else set()
    for entry in entries_of(blocks) if refs else ():
        if entry.id not in going and any(each.promise in refs for each in entry.outcomes):
            raise CannotUndo(
                f"{entry.id} says what became of a promise that would go, so undo goes no further. Delete that first."
            )


def _refs(block: Block | None) -> set[str]:
    return {ref for ref, _ in block.entry.made} if block and block.entry else set()


# --- The bytes --------------------------------------------------------------------------------------------


def _changes(pairs: Sequence[Pair], text: Text, old: Callable[[], Text]) -> Iterator[Change]:
    for pair in pairs:
        if pair.now:
            yield Change(pair.now.start, pair.now.data, change_back(pair))
    back = sorted((pair.then for pair in pairs if pair.then and not pair.now), key=lambda block: block.start)
    away = {pair.id for pair in pairs if not pair.now}
    placed = [(_place(block, away, old(), text), block) for block in back]
    for place, group in groupby(placed, key=lambda one: one[0]):
        yield Change(place, b"", _inserted([block for _, block in group], is_end=place == len(text.data)))


def _place(block: Block, away: Collection[str], old: Text, text: Text) -> int:
    """Where a block comes back: behind the nearest one before it that isn't `away`, else before all others."""
    if headers(block.data)[:1] != [0]:
        raise CannotUndo("The lines before the first entry can't be put back. They're in the backup.")
    names = (name for name in old.ids_before(block.start) if name not in away)
    nearest = next(filter(None, map(text.entry, names)), None)
    return nearest.end if nearest else next(iter(headers(text.data)), len(text.data))


def _inserted(blocks: Sequence[Block], *, is_end: bool) -> bytes:
    """The bytes of these blocks, each with a blank line behind it, but for the last one at the journal's end."""
    *most, last = (block.data for block in blocks)
    return b"".join(map(_with_blank_line, most)) + (last if is_end else _with_blank_line(last))


def _with_blank_line(data: bytes) -> bytes:
    missing = 2 - data[len(data.rstrip()) :].count(b"\n")
    return data + b"\n" * max(missing, 0)


def entries_of(blocks: Iterable[Block | None]) -> list[Entry]:
    """Return the entries in these blocks."""
    return [block.entry for block in blocks if block and block.entry]

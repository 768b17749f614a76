"""Forgetting: entries from before a day lose their words, in the journal and in every copy that followme keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.insight.forgetting import Dropped, dropped, forgotten, open_promises
from followme.insight.people import is_known
from followme.insight.renaming import places_in, text_without, without_name
from followme.journal import kept
from followme.journal.change import backups, log, purge
from followme.journal.change.rewrite import Change, rewrite
from followme.journal.change.splice import NotSpliced, spliced
from followme.journal.change.swap import read_snapshot
from followme.journal.file import codec, parsing, reading
from followme.journal.file.blocks import Block
from followme.journal.file.lock import held
from followme.journal.file.modes import why
from followme.journal.file.paths import Paths
from followme.model import Entry
from followme.records import PARTS, keys_of
from followme.tables.positions import comments


@frozen
class Forgetting:
    """What would be forgotten: the changes of the journal, what goes with them, and how many backups change too.

    `ids` are all entries from before the day. `extras` are comments and unknown keys in the blocks that change, in
    their own words. `damaged` counts parts that can't be read, which stay. `drafts` says whether drafts or half edits
    have such words.
    """

    before: date
    on: date
    still_open: frozenset[str]
    changes: tuple[Change, ...]
    ids: frozenset[str]
    gone: Dropped
    extras: tuple[str, ...]
    damaged: int
    backups: int
    drafts: bool

    @property
    def is_empty(self) -> bool:
        """Whether neither the journal nor a copy has such words."""
        return not (self.changes or self.backups or self.drafts)


@frozen
class Forgotten:
    """The result: how many backups were rewritten, and the files that may still have such words."""

    backups: int
    left: tuple[Path, ...]


def planned(paths: Paths, before: date, on: date) -> Forgetting:
    """Return what forgetting the words of all entries from before a day would change. Raises CannotOpen and NotText."""
    blocks = reading.blocks_of(read_snapshot(Path(paths.real)).data)
    still_open = open_promises(each.entry for each in blocks if each.entry)
    old = [(each, entry) for each in blocks if (entry := each.entry) and entry.day < before]
    found = [(each, entry, bare) for each, entry in old if (bare := _bare(each, entry, on, still_open))]
    ids = frozenset(entry.id for _, entry in old)
    return Forgetting(
        before=before,
        on=on,
        still_open=still_open,
        changes=tuple(
            Change(each.start, each.data, each.with_text(codec.to_toml(bare))) for each, _, bare in found
        ),
        ids=ids,
        gone=dropped(
            ((entry, bare) for _, entry, bare in found),
            kept=sum(ref in still_open for _, entry in old for ref, _ in entry.made),
        ),
        extras=tuple(extra for each, _, _ in found for extra in _extras(each)),
        damaged=sum(each.entry is None for each in blocks),
        backups=purge.count_differing(paths, lambda data: without_words(data, before, on, still_open)),
        drafts=purge.is_in_drafts(paths, ids, but=still_open),
    )


def forget(paths: Paths, plan: Forgetting, now: datetime) -> Forgotten:
    """Drop these words from the journal, and then from every copy. A second call finishes what a kill interrupted.

    Raises as `rewrite` does, and FollowmeError with the copy that can't be rewritten.
    """

    def bare(data: bytes) -> bytes:
        return without_words(data, plan.before, plan.on, plan.still_open)

    if plan.changes:
        rewrite(paths, plan.changes, verb=log.FORGET, now=now)
    with held(paths), _told(paths):
        purge.forget_changes(paths, log.FORGET, now)
        count = purge.rewrite_backups(paths, bare)
        purge.from_drafts(paths, plan.ids, but=plan.still_open)
    return Forgotten(count, (*_unread(paths), *purge.copies_with(paths, lambda data: bare(data) != data)))


def is_in_copies(paths: Paths, name: str) -> bool:
    """Return whether a backup knows someone with this name, or a draft or a half edit has it.

    A word that no entry makes a name, such as one mistyped, isn't anyone's.
    """
    copies = (each.path.read_bytes() for each in backups.listed(paths))
    entries = (block.entry for data in copies for block in reading.blocks_of(data) if block.entry)
    return is_known(entries, name) or any(_drafts_naming(paths, name))


def forget_name(paths: Paths, changes: Sequence[Change], name: str, now: datetime) -> Forgotten:
    """Make these changes, which take a name out of the journal, and take it out of every copy.

    A second call finishes what a kill interrupted. Raises as `forget` does.
    """
    if changes:
        rewrite(paths, changes, verb=log.FORGET, now=now)
    with held(paths), _told(paths):
        purge.forget_changes(paths, log.FORGET, now)
        count = purge.rewrite_backups(paths, lambda data: _without_name(data, name))
        purge.in_drafts(paths, lambda text: text_without(text, name))
    copies = purge.copies_with(paths, lambda data: _without_name(data, name) != data)
    return Forgotten(count, (*_unread(paths), *_drafts_naming(paths, name), *copies))


def _drafts_naming(paths: Paths, name: str) -> Iterator[Path]:
    """The files of drafts and half edits that name this person, those of an editor too."""
    for path, data in purge.unfinished(paths):
        text = data.decode(errors="replace")
        if text_without(text, name) != text:
            yield path


def _without_name(data: bytes, name: str) -> bytes:
    """The bytes of a journal with "someone" in the place of this name."""

    def bare(block: Block, entry: Entry) -> bytes:
        found = places_in(entry, name)
        if not found:
            return block.data
        new = without_name(entry, found)
        try:
            return spliced(block.data, new)
        except NotSpliced:
            return block.with_text(codec.to_toml(new))

    return purge.with_each_block(data, bare)


@contextmanager
def _told(paths: Paths) -> Iterator[None]:
    """Within this, an error of the system says that the journal is done, and a copy isn't."""
    try:
        yield
    except OSError as error:
        raise FollowmeError(
            f"The journal no longer has these words, but a copy does. "
            f"{why(error, error.filename or paths.backups)} Fix that and forget again."
        ) from error


def without_words(data: bytes, before: date, on: date, still_open: Collection[str]) -> bytes:
    """Return the bytes of a journal without the words of entries from before this day; damaged parts stay."""

    def bare(block: Block, entry: Entry) -> bytes:
        new = _bare(block, entry, on, still_open) if entry.day < before else None
        return block.with_text(codec.to_toml(new)) if new else block.data

    return purge.with_each_block(data, bare)


def _bare(block: Block, entry: Entry, on: date, still_open: Collection[str]) -> Entry | None:
    """The entry without its words; None if neither the entry nor the rest of its block has any to drop."""
    bare = forgotten(entry, on, still_open)
    return bare if bare != entry or any(_extras(block)) else None


def _extras(block: Block) -> Iterator[str]:
    """The comments and unknown keys in a block, in their own words."""
    text = parsing.decode(block.data)
    if "#" in text:
        yield from comments(text)
    table = parsing.parse_block(block.data)
    yield from _unknown(table, Entry)
    for part, record in PARTS.items():
        rows = table.get(part)
        for row in rows if isinstance(rows, list) else ():
            yield from _unknown(row, record)


def _unknown(table: Mapping[str, object], record: type) -> Iterator[str]:
    known = {key.name for key in keys_of(record)}
    return (f"{name} = {value}" for name, value in table.items() if name not in known)


def _unread(paths: Paths) -> Iterator[Path]:
    """The files that may have such words where they can't be read: damaged parts moved out, and backups with some."""
    for home in kept.homes(paths):
        yield from (path for path in kept.listed(home, ".toml") if path.name.startswith("damaged-"))
    for each in backups.listed(paths):
        if any(block.error for block in reading.blocks_of(each.path.read_bytes())):
            yield each.path

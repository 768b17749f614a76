"""Words that were removed for good: whether this machine removed them, and its backups if another one did."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from followme.journal.change import log, purge
from followme.journal.change.purge import Purged
from followme.journal.change.swap import read_snapshot
from followme.journal.file import reading
from followme.journal.file.blocks import Block
from followme.journal.file.lock import held
from followme.journal.file.paths import Paths
from followme.model import Entry


def was_forgotten(paths: Paths, last: str) -> bool:
    """Return whether words were purged or forgotten here since the last sync, so that no older version may stay.

    `last` is the mark of the newest change at that sync. At the first one with a remote, this is whether they ever
    were.
    """
    for each in log.newest(paths):
        if each and each.mark == last:
            return False
        if each and each.verb in (log.FORGET, log.PURGE):
            return True
    return False


def outdated(paths: Paths, ids: Collection[str]) -> int:
    """Return how many backups differ from the journal in these entries. Raises CannotOpen and OSError."""
    now = _present(paths, ids)
    return purge.count_differing(paths, lambda data: _as_now(data, ids, now))


def renew(paths: Paths, ids: Collection[str], now: datetime) -> Purged:
    """Give every backup these entries as the journal has them, and remove the deleted ones from backups and drafts.

    Raises OSError, NotRewritten and CannotOpen; a second call finishes it. The backups go last, since `outdated` looks
    at them alone.
    """
    with held(paths):
        present = _present(paths, ids)
        gone = {each for each in ids if each not in present}
        purge.forget_changes(paths, log.PURGE, now)
        purge.from_drafts(paths, gone)
        count = purge.rewrite_backups(paths, lambda data: _as_now(data, ids, present))
    return Purged(count, tuple(purge.left(paths, gone)) if gone else ())


def _present(paths: Paths, ids: Collection[str]) -> Mapping[str, bytes]:
    """The blocks of these entries in the journal."""
    blocks = reading.blocks_of(read_snapshot(Path(paths.real)).data)
    return {each.entry.id: each.data for each in blocks if each.entry and each.entry.id in ids}


def _as_now(data: bytes, ids: Collection[str], present: Mapping[str, bytes]) -> bytes:
    """The bytes of a backup with these entries as they are in the journal now."""

    def as_now(block: Block, entry: Entry) -> bytes:
        now = present.get(entry.id, b"") if entry.id in ids else block.data
        return block.data if now.rstrip() == block.data.rstrip() else now

    return purge.with_each_block(data, as_now)

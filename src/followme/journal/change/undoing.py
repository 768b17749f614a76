"""Undoing: the last change that followme made is taken back, or the journal goes back to a backup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from followme.frozen import frozen
from followme.journal import kept
from followme.journal.change import backups, gone, log, rewrite
from followme.journal.change.backups import Backup
from followme.journal.change.inverse import CannotUndo, Step, next_step
from followme.journal.change.log import Logged, Touched, digest
from followme.journal.change.swap import ChangedMeanwhile, Snapshot, read_snapshot
from followme.journal.file import reading
from followme.journal.file.blocks import headers
from followme.journal.file.lock import held
from followme.journal.file.paths import Paths
from followme.journal.memory import check_not_shrunk

MEANWHILE = "The journal has changed in the meantime. Look again."


def planned(paths: Paths) -> Step:
    """Return what undo would do now. Raises CannotUndo, NothingToUndo, CannotOpen and NotText."""
    return _planned(paths, read_snapshot(Path(paths.real)))


def undo(paths: Paths, step: Step, now: datetime) -> Path:
    """Do what was planned, and return the path of the backup made before. Raises errors as `rewrite` does.

    Raises ChangedMeanwhile if anything has changed since.
    """
    with rewrite.as_it_was(paths), held(paths):
        rewrite.finish_drafts(paths)
        check_not_shrunk(paths)
        snapshot = read_snapshot(Path(paths.real))
        if snapshot.data != step.seen or next(log.newest(paths), None) != step.newest:
            raise ChangedMeanwhile(MEANWHILE)
        logged = Logged(time=now, verb=log.UNDO, undone=step.logged.mark)
        return rewrite.apply(paths, snapshot, step.changes, logged, gain=step.gain, carried=step.carried)


def _planned(paths: Paths, snapshot: Snapshot) -> Step:
    reading.check_is_text(snapshot.path, snapshot.data[: reading.HEAD])

    def backup(name: str) -> bytes | None:
        found = next((one for one in backups.listed(paths) if one.path.name == name), None)
        return content(found) if found else None

    return next_step(list(log.newest(paths)), snapshot.data, rewrite.last_of(snapshot.data), backup)


def content(backup: Backup) -> bytes:
    """Return the bytes of a backup. Raises CannotUndo if it can't be read."""
    try:
        return kept.read(backup.path, backup.size)
    except (OSError, ValueError) as error:
        raise CannotUndo(f"The backup {backup.path.stem} can't be read. {error}") from error


# --- Back to a backup -------------------------------------------------------------------------------------


Digests = Mapping[str, str]
"""The digest of each block by the id of its entry, in file order."""


@frozen
class Difference:
    """What going back to a backup does: the ids of the entries that come back, go, or change, in file order.

    `entries` is how many entries the backup has, and `blocks` has their blocks. An id is "" for parts without one.
    """

    entries: int
    back: tuple[str, ...]
    away: tuple[str, ...]
    changed: tuple[str, ...]
    blocks: tuple[Touched, ...]

    @property
    def is_none(self) -> bool:
        """Whether all entries are the same."""
        return not (self.back or self.away or self.changed)


def difference(present: Digests, past: Digests) -> Difference:
    """Return what differs between the blocks of the journal now and then, by their ids and their bytes."""
    ids = list(dict.fromkeys([*past, *present]))
    differ = [each for each in ids if present.get(each) != past.get(each)]
    return Difference(
        entries=len(past),
        back=tuple(each for each in differ if each not in present),
        away=tuple(each for each in differ if each not in past),
        changed=tuple(each for each in differ if each in past and each in present),
        blocks=tuple(Touched(each, present.get(each, ""), past.get(each, "")) for each in differ if each),
    )


def restore(paths: Paths, backup: Backup, expected: bytes, now: datetime) -> Path:
    """Let the journal be what it was in a backup, and return the path of the backup of what it is now.

    `expected` is the journal as it was looked at. The list `gone` gets the entries that go. Raises ChangedMeanwhile if
    the journal is another by now, and errors as `rewrite` does, but for Shrunk: a backup may bring a lost end back.
    """
    with rewrite.as_it_was(paths), held(paths):
        rewrite.finish_drafts(paths)
        snapshot = read_snapshot(Path(paths.real))
        rewrite.check_may_rewrite(snapshot)
        if snapshot.data != expected:
            raise ChangedMeanwhile(MEANWHILE)
        data = content(backup)
        differs = difference(digests(snapshot.data), digests(data))
        away = [*gone.listed(snapshot.data), *differs.away]
        there = gone.ids_in(data)
        preamble = gone.changed(data, away=[each for each in away if each and each not in there], back=there)
        if preamble:
            data = preamble.new + data[len(preamble.old) :]
        logged = Logged(time=now, verb=log.RESTORE, blocks=differs.blocks)
        return rewrite.replace_journal(paths, snapshot, data, logged)


def digests(data: bytes) -> Digests:
    """Return the digest of each block, by the id of its entry; "" stands for those without one."""
    starts = headers(data)
    found: dict[str, str] = {}
    for start, end in pairwise([*starts, len(data)]):
        block = data[start:end]
        found[gone.id_of(block)] = digest(block)
    return found

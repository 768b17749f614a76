"""Replacing the journal: new bytes in a file beside it, a backup, then the swap, all at once or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal.change import backups, log
from followme.journal.change.log import Logged
from followme.journal.file import reading
from followme.journal.file.append import opened
from followme.journal.file.lock import is_at, lock_opened
from followme.journal.file.modes import (
    NO_LINK,
    SAFE_OPEN,
    let_go,
    make_like,
    open_to_read,
    private_folder,
    read_at,
    replace_file,
    sync_file,
    why,
    write_all,
    write_private,
)
from followme.journal.file.paths import Paths


class NotRewritten(FollowmeError):
    """The journal was not changed; the text says why, and what to do."""


class ChangedMeanwhile(NotRewritten):
    """The bytes to change aren't there anymore: someone changed the journal in the meantime."""


@frozen
class Snapshot:
    """The journal's bytes, and what the system knew about the file when they were read; None if there was no file."""

    path: Path
    data: bytes
    known: os.stat_result | None

    def is_unchanged(self) -> bool:
        """Return whether the file is still the same, with the same bytes."""
        now = read_snapshot(self.path)
        return now.data == self.data and marks(now.known) == marks(self.known)


def read_snapshot(path: Path) -> Snapshot:
    """Return all of the journal. Raises CannotOpen."""
    file = open_to_read(path)
    if file is None:
        return Snapshot(path, b"", None)
    with file:
        data = file.read()
        return Snapshot(path, data, os.fstat(file.fileno()))


def marks(known: os.stat_result | None) -> tuple[int, ...] | None:
    """Return values that change if someone writes to a file, or puts another one in its place."""
    return known and (known.st_size, known.st_mtime_ns, known.st_ino)


@contextmanager
def watched(snapshot: Snapshot) -> Iterator[int | None]:
    """Keep the old file open and locked while a new one replaces it. Yields its handle, None if there is none.

    So a writer with another state folder waits; if it can't, we see what it adds to the old file. On Windows, an open
    file can't be replaced, so there is no handle. Raises OSError.
    """
    handle = None if sys.platform == "win32" or snapshot.known is None else _opened(snapshot.path)
    try:
        if handle is not None:
            lock_opened(handle)
        yield handle
    finally:
        if handle is not None:
            let_go(handle)


def _opened(path: Path) -> int | None:
    try:
        # Some network drives lock only files that are open for writing.
        return os.open(path, os.O_RDWR | SAFE_OPEN | NO_LINK)
    except FileNotFoundError:
        return None
    except PermissionError:
        return os.open(path, os.O_RDONLY | SAFE_OPEN | NO_LINK)


def sweep(paths: Paths) -> None:
    """Remove the file that an interrupted rewrite left beside the journal, unless another home's rewrite is going on.

    Raises OSError.
    """
    handle = _opened(Path(paths.real))
    try:
        if handle is None or lock_opened(handle, 0) is not False:
            paths.replacement.unlink(missing_ok=True)
    finally:
        if handle is not None:
            let_go(handle)


def swap(paths: Paths, snapshot: Snapshot, data: bytes, logged: Logged) -> Path:
    """Replace the journal with the new bytes, and return the path of the backup. On any error, all is as it was.

    `logged` is in the log before the journal changes. If a kill leaves it there without the change, undo sees that.
    """
    if snapshot.known is None:
        private_folder(snapshot.path.parent)
    backup = None
    try:
        paths.replacement.unlink(missing_ok=True)
        made = _fill(paths.replacement, data, snapshot)
        backup = backups.make(paths, snapshot.data, logged.time)
        logged = replace(logged, backup=backup.name)
        log.add(paths, logged, sync=True)
        if not snapshot.is_unchanged() or not _is(paths.replacement, made):
            raise ChangedMeanwhile("Another program changed it at the same moment. Try again.")
        replace_file(paths.replacement, snapshot.path)
    except BaseException:
        # The new file is still there if it hasn't become the journal.
        if os.path.lexists(paths.replacement):
            with suppress(OSError):
                paths.replacement.unlink()
            if backup is not None:
                log.take_back(paths, logged)
                with suppress(OSError):
                    backup.unlink()
        raise
    return backup


def bring_over(paths: Paths, snapshot: Snapshot, old: int | None, backup: Path) -> None:
    """Copy to the new file what another home added to the old one at the very moment of the swap.

    Raises FollowmeError if that fails; then it is in the backup, if the backup can be written.
    """
    try:
        if old is not None and marks(os.fstat(old)) != marks(snapshot.known):
            _add_late(paths, snapshot, read_at(old, 0, os.fstat(old).st_size), is_at(old, backup), backup)
    except OSError as error:
        raise FollowmeError(
            "The journal is changed, but a change that another program made at the same moment may be "
            "missing. "
            f"{why(error, error.filename or paths.journal)} Look for it in {backup}"
        ) from error


def _add_late(paths: Paths, snapshot: Snapshot, now: bytes, linked: bool, backup: Path) -> None:
    if not linked:
        # The backup is a copy, so it has only what was there before.
        write_private(backup, now, sync=True)
    late = now[len(snapshot.data) :].strip(b"\n")
    if not now.startswith(snapshot.data) or any(one.error for one in reading.blocks_of(late)):
        raise FollowmeError(
            "The journal is changed, but a change that another program made at the same moment is missing. "
            f"Look for it in {backup}"
        )
    with opened(paths) as end:
        if not end.has(late, 0):
            end.add(end.lead().encode() + late + b"\n")


def _fill(replacement: Path, data: bytes, snapshot: Snapshot) -> os.stat_result:
    """Write the new file beside the journal, with the same owner, mode and attributes, and read it back."""
    handle = os.open(replacement, os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE_OPEN | NO_LINK, 0o600)
    try:
        write_all(handle, data)
        if snapshot.known is not None:
            make_like(handle, snapshot.path, snapshot.known)
        sync_file(handle)
        made = os.fstat(handle)
    finally:
        os.close(handle)
    if replacement.read_bytes() != data:
        raise OSError(errno.EIO, "the file doesn't hold what was written")
    return made


def _is(path: Path, made: os.stat_result) -> bool:
    """Whether this is still the file we made. Another home's rewrite gives its own new file the same name."""
    try:
        return os.path.samestat(os.stat(path), made)
    except FileNotFoundError:
        return False

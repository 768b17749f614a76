"""The lock around writing: one writer at a time among all windows on this machine."""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from followme.errors import FollowmeError
from followme.journal import kept
from followme.journal.file.modes import NO_LINK, SAFE_OPEN, let_go, why, write_private
from followme.journal.file.paths import Paths

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LIMIT = 10.0
"""Seconds to wait for another writer, which needs milliseconds."""

OTHER_HOME_LIMIT = 3.0
"""Seconds to wait for a writer with another state folder, or another program that has locked the journal itself."""

PAUSE = 0.02
"""Seconds between two tries."""


class Busy(FollowmeError):
    """Another process holds the journal's lock and doesn't release it."""


class Taken(Exception):
    """Someone else held the file lock for the whole waiting time."""


class FileLock:
    """A lock on a file that only its owner can read. Any thread of this process can release it.

    The system releases it when the process ends, however it ends. The file itself stays.
    """

    def __init__(self, path: Path):
        self.path = path
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._handle is not None

    def acquire(self, limit: float = 0.0) -> None:
        """Take the lock, after waiting up to `limit` seconds. Raises Taken, and OSError if there are no locks."""
        if not _within(limit, self._taken):
            raise Taken

    def release(self) -> None:
        """Release the lock, if it is held."""
        handle, self._handle = self._handle, None
        if handle is not None:
            let_go(handle)

    def _taken(self) -> bool:
        """Try once to take the lock; return whether that worked."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | SAFE_OPEN | NO_LINK, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(errno.EINVAL, "it isn't an ordinary file", str(self.path))
            if _lock(handle) and is_at(handle, self.path):
                self._handle = handle
        finally:
            if self._handle != handle:
                let_go(handle)
        return self._handle == handle


def _within(limit: float, attempt: Callable[[], bool]) -> bool:
    """Try at least once, and again and again for up to `limit` seconds. Return whether that worked."""
    for _ in range(round(limit / PAUSE)):
        if attempt():
            return True
        time.sleep(PAUSE)
    return attempt()


def _lock(handle: int) -> bool:
    """Lock the opened file until it is closed. Return whether that worked: it fails if someone else has locked it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def lock_opened(handle: int, limit: float = OTHER_HOME_LIMIT) -> bool | None:
    """Lock the opened journal itself until it is closed. Return None if the system has no such locks, False if taken.

    The lock of a journal is in a state folder, so it doesn't keep out anyone with another one, such as root or a second
    machine. This lock does, where it exists, and no save depends on it. On Windows it would keep readers out too.
    """
    if sys.platform == "win32":
        return None
    try:
        return _within(limit, lambda: _lock(handle))
    except OSError:
        return None


def is_at(handle: int, path: str | Path) -> bool:
    """Return whether the opened file is still the one at this path. A lock on a removed file locks nothing."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


@contextmanager
def held(paths: Paths, *, limit: float = LIMIT) -> Iterator[None]:
    """Hold the lock of a journal, for recovery and writing only, never while someone types or has an editor open.

    The lock file is in the state folder and is never deleted, since a lock on a file that a rewrite replaces, or that
    someone removes, locks nothing. Ctrl+C ends the waiting, but not the work. Raises Busy after `limit` seconds, and
    FollowmeError if the system has no locks there.
    """
    lock = _locked(paths, limit)
    try:
        with suppress(OSError):
            write_private(paths.holder, f"{os.getpid()}\n".encode(), sync=False)
        with _undisturbed():
            yield
    finally:
        lock.release()


def _locked(paths: Paths, limit: float) -> FileLock:
    refused = None
    for path in paths.lock_files:
        try:
            kept.prepare(paths, path.parent)
            lock = FileLock(path)
            lock.acquire(limit)
            return lock
        except Taken:
            raise Busy(f"{_holder(paths)} is writing to the journal and hasn't finished. Close it.") from None
        except OSError as error:
            refused = refused or error
    assert refused, "there is one lock file at least"
    raise FollowmeError(f"The journal can't be locked. {why(refused, paths.lock)}") from refused


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ignore Ctrl+C inside the `with` statement, so that work of a few milliseconds is finished."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)


def _holder(paths: Paths) -> str:
    """The holder of the lock in words, as far as it is known: the process, and the time since when."""
    try:
        number = int(kept.read(paths.holder, 100))
        since = datetime.fromtimestamp(os.stat(paths.holder).st_mtime)
    except (OSError, ValueError, OverflowError):
        return "Another followme"
    return f"Another followme (process {number}, since {since:%H:%M})"

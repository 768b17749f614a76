"""The lock around writing: one writer at a time, over all windows of this machine."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from followme.errors import FollowmeError
from followme.journal.files import private_folder, why, write_private
from followme.journal.place import Place

LIMIT = 10.0
"""Seconds to wait for another writer, who needs milliseconds."""


class Busy(FollowmeError):
    """Another process holds the journal's lock and does not let go."""


@contextmanager
def held(place: Place, *, limit: float = LIMIT) -> Iterator[None]:
    """Hold the lock of a journal. Never around typing or an editor: recovery and writing only.

    The lock file lies in the state folder and is never deleted, since locking a file that a rewrite
    replaces, or that somebody removes, locks nothing. Ctrl+C ends the waiting, but not the work. Raises Busy
    after `limit` seconds, and FollowmeError where there can be no lock.
    """
    lock = _locked(place, limit)
    try:
        with suppress(OSError):
            write_private(place.holder, f"{os.getpid()}\n".encode(), sync=False)
        with _undisturbed():
            yield
    finally:
        lock.release()


def _locked(place: Place, limit: float) -> FileLock:
    refused = None
    for path in place.lock_files:
        try:
            private_folder(path.parent)
            lock = file_lock(path)
            lock.acquire(timeout=limit, poll_interval=0.02)
            return lock
        except Timeout:
            raise Busy(f"{_holder(place)} is writing to the journal and does not finish.") from None
        except OSError as error:
            refused = refused or error
    assert refused, "there is one lock file at least"
    raise FollowmeError(f"The journal cannot be locked. {why(refused, place.lock)}") from refused


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Within this, Ctrl+C does nothing: what takes milliseconds is finished."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)


def file_lock(path: Path) -> FileLock:
    """A lock that any thread of this process may let go, on a file readable by its owner alone."""
    return FileLock(path, mode=0o600, thread_local=False)


def _holder(place: Place) -> str:
    """Who holds the lock, as well as we know: the process, and since when."""
    try:
        number = int(place.holder.read_text("ascii"))
        since = datetime.fromtimestamp(place.holder.stat().st_mtime)
    except (OSError, ValueError):
        return "Another followme"
    return f"Another followme (process {number}, since {since:%H:%M})"

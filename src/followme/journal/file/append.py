"""The journal's end: the only code that opens the journal to write, and it only adds."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from followme.journal.file.lock import is_at, lock_opened
from followme.journal.file.modes import (
    NO_LINK,
    SAFE_OPEN,
    CannotOpen,
    check_can_make,
    check_is_file,
    let_go,
    private_folder,
    read_at,
    sync_file,
    sync_folder,
    why,
    write_all,
)
from followme.journal.file.paths import Paths
from followme.journal.file.reading import HEAD, PATIENCE, check_is_text

PREAMBLE = "# followme journal - safe to edit by hand\nformat = 1\n"

MOST_NULS = 64 * 1024
"""How many NUL bytes a power cut may leave after a write."""

TRIES = 5
"""How many times to try again to open the journal, or add to it, because another file has its name by now."""

_ADDING = os.O_RDWR | os.O_APPEND | SAFE_OPEN | NO_LINK


class JournalEnd:
    """The end of the opened journal; used under the lock only."""

    def __init__(self, paths: Paths):
        self.paths = paths
        self._handle = _opened(paths)

    @property
    def size(self) -> int:
        """The journal's size now, in bytes."""
        return os.fstat(self._handle).st_size

    @property
    def is_current(self) -> bool:
        """Whether the opened file still has the journal's name; False if the system doesn't say."""
        with suppress(OSError):
            return is_at(self._handle, self.paths.real)
        return False

    def follow(self) -> None:
        """Switch to the file that has the journal's name now. Raises errors as `opened` does."""
        handle = _opened(self.paths)
        self.close()
        self._handle = handle

    def close(self) -> None:
        """Close the file. An error doesn't matter here, since everything was synced."""
        let_go(self._handle)

    def lead(self) -> str:
        """Return the text between the present end and a new block: the preamble, or at most one blank line."""
        size = self.size
        if size == 0:
            return PREAMBLE + "\n"
        last = read_at(self._handle, max(0, size - 2), 2)
        if last == b"\n\n":
            return ""
        return "\n" if last.endswith(b"\n") else "\n\n"

    def holds(self, start: int, data: bytes) -> bool:
        """Return whether these bytes stand at `start`, and no NUL bytes follow them."""
        there = read_at(self._handle, start, len(data) + 1)
        return there.startswith(data) and there[-1:] != b"\0"

    def has(self, data: bytes, start: int) -> bool:
        """Return whether these bytes are in the file. Looks after `start` first, then everywhere."""
        return any(data in read_at(self._handle, at, self.size) for at in (start, 0))

    def is_ours(self, start: int, data: bytes) -> bool:
        """Return whether all bytes from `start` on are a write of `data`: whole, a beginning, or with NUL bytes in it.

        Only then may it be cut off, since `data` has everything that is cut. False if nothing is there.
        """
        room = self.size - start
        if not 0 < room <= len(data) + MOST_NULS:
            return False
        there = read_at(self._handle, start, room)
        if there[len(data) :].strip(b"\0"):
            return False
        return data.startswith(there) or all(a in (b, 0) for a, b in zip(there, data, strict=False))

    def cut(self, size: int) -> None:
        """Remove everything that was written after `size`."""
        os.ftruncate(self._handle, size)

    def sync(self) -> None:
        """Write the journal to stable storage."""
        sync_file(self._handle)

    def add(self, data: bytes) -> None:
        """Add these bytes, sync, and read them back. After an OSError, the bytes written so far are removed.

        The sync is not tried twice: after a failed one, a second may succeed although the bytes are lost.
        """
        start = self.size
        try:
            write_all(self._handle, data)
            self.sync()
            if data not in read_at(self._handle, start, self.size - start):
                raise OSError(errno.EIO, "the file doesn't hold what was written")
        except OSError:
            # If this fails too, recovery does it later.
            with suppress(OSError):
                # A system that failed to keep the first write may still have kept the last one.
                if self.is_ours(start, data) or read_at(self._handle, start, len(data) + 1) in data:
                    self.cut(start)
            raise


def check_can_add(paths: Paths) -> None:
    """Check before anyone types whether an entry could be added now. Makes nothing.

    Raises CannotOpen if the journal isn't an ordinary file, may not be written, or is on a read-only disk, and NotText
    if followme can't add in its encoding.
    """
    path = Path(paths.real)
    known = check_is_file(paths.journal)
    try:
        if known:
            handle = os.open(path, _ADDING)
            try:
                check_is_text(paths.journal, read_at(handle, 0, HEAD))
            finally:
                let_go(handle)
        else:
            check_can_make(path)
    except OSError as error:
        raise CannotOpen(
            f"{why(error, error.filename or path)} Nothing could be added there. Fix that, or give "
            f"another journal with --journal."
        ) from error


@contextmanager
def opened(paths: Paths) -> Iterator[JournalEnd]:
    """Open the journal to add to it. If it is missing, make it, readable by its owner alone.

    Raises OSError, CannotOpen if it isn't an ordinary file, and NotText for an encoding that followme can't read.
    """
    end = JournalEnd(paths)
    try:
        yield end
    finally:
        end.close()


def _opened(paths: Paths) -> int:
    """The opened file that has the journal's name. It is locked itself, so that no other home writes to it."""
    for _ in range(TRIES):
        handle, made = _open_or_make(paths)
        try:
            if handle is not None and _is_ready(paths, handle, made=made):
                kept, handle = handle, None
                return kept
        finally:
            if handle is not None:
                let_go(handle)
    raise OSError(errno.EAGAIN, "another program keeps putting other files there", paths.real)


def _is_ready(paths: Paths, handle: int, *, made: bool) -> bool:
    """Whether the opened file, which no other home writes to now, is the journal. Raises CannotOpen and NotText."""
    check_is_file(paths.real)
    locked = lock_opened(handle)
    if not is_at(handle, paths.real):
        return False
    if made:
        sync_folder(os.path.dirname(paths.real))
    elif not locked:
        _wait_for_a_beginning(handle)
    check_is_text(paths.journal, read_at(handle, 0, HEAD))
    return True


def _open_or_make(paths: Paths) -> tuple[int | None, bool]:
    """The opened journal, and whether it was made just now; None for the file if it appeared or vanished meanwhile."""
    path = Path(paths.real)
    make = check_is_file(paths.journal) is None
    if make:
        private_folder(path.parent)
    try:
        # Links were followed above; one that someone has made since isn't.
        handle = os.open(path, _ADDING | (os.O_CREAT | os.O_EXCL if make else 0), 0o600)
    except (FileExistsError, FileNotFoundError):
        return None, False
    return handle, make


def _wait_for_a_beginning(handle: int) -> None:
    """Wait a moment for another home that has just made the file: without locks, both would write the preamble."""
    for _ in range(TRIES):
        if os.fstat(handle).st_size:
            return
        time.sleep(PATIENCE)

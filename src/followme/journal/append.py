"""The journal's end: the only place where the journal is opened to be written, and nothing but added to."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from followme.journal.files import (
    NO_LINK,
    SHY,
    CannotOpen,
    check_can_make,
    check_is_file,
    private_folder,
    read_at,
    sync_file,
    sync_folder,
    why,
    write_all,
)
from followme.journal.place import Place

PREAMBLE = "# followme journal - safe to edit by hand\nformat = 1\n"

SPARE = 64 * 1024
"""How many NUL bytes a power cut may leave after a write."""


class End:
    """The end of the opened journal; used under the lock only."""

    def __init__(self, handle: int):
        self._handle = handle

    @property
    def size(self) -> int:
        """The journal's size now, in bytes."""
        return os.fstat(self._handle).st_size

    def lead(self) -> str:
        """What goes between the present end and a new block: the preamble, or up to one blank line."""
        size = self.size
        if size == 0:
            return PREAMBLE + "\n"
        last = read_at(self._handle, max(0, size - 2), 2)
        if last == b"\n\n":
            return ""
        return "\n" if last.endswith(b"\n") else "\n\n"

    def holds(self, start: int, data: bytes) -> bool:
        """Do these bytes stand at `start`, whatever follows them but NUL bytes?"""
        found = read_at(self._handle, start, len(data) + 1)
        return found.startswith(data) and found[-1:] != b"\0"

    def is_ours(self, start: int, data: bytes) -> bool:
        """Is all that stands from `start` on a write of `data`: whole, a part of it, or with NUL bytes in it?

        Only then may it be cut off: nothing is lost by it but what `data` has.
        """
        room = self.size - start
        if not 0 <= room <= len(data) + SPARE:
            return False
        found = read_at(self._handle, start, room)
        if found[len(data) :].strip(b"\0"):
            return False
        return found in data or all(a in (b, 0) for a, b in zip(found, data, strict=False))

    def cut(self, size: int) -> None:
        """Take back what was written after `size`."""
        os.ftruncate(self._handle, size)

    def sync(self) -> None:
        """Bring the journal to stable storage."""
        sync_file(self._handle)

    def add(self, data: bytes) -> None:
        """Add these bytes, sync, and read them back. On any OSError what was written of them is taken back.

        The sync is not tried twice: after a failed one, a second may succeed although the bytes are lost.
        """
        start = self.size
        try:
            write_all(self._handle, data)
            self.sync()
            if data not in read_at(self._handle, start, self.size - start):
                raise OSError(errno.EIO, "what was written is not what is there")
        except OSError:
            # If this fails as well, recovery does it later.
            with suppress(OSError):
                if self.is_ours(start, data):
                    self.cut(start)
            raise


def check_can_add(place: Place) -> None:
    """Find out before anybody types whether an entry could be added as things stand; makes nothing.

    Raises CannotOpen for what is no ordinary file, may not be written, or lies on a read-only disk.
    """
    path = Path(place.real)
    known = check_is_file(place.journal)
    try:
        if known:
            os.close(os.open(path, os.O_RDWR | os.O_APPEND | SHY | NO_LINK))
        else:
            check_can_make(path)
    except OSError as error:
        raise CannotOpen(
            f"{why(error, error.filename or path)} Nothing could be added there: mend that, or give another "
            "journal with --journal."
        ) from error


@contextmanager
def opened(place: Place) -> Iterator[End]:
    """Open the journal to add to it, and make it, for its owner alone, if it is not there.

    Raises OSError, and CannotOpen for what is no ordinary file.
    """
    path = Path(place.real)
    new = check_is_file(place.journal) is None
    if new:
        private_folder(path.parent)
    # Links were followed above; one that was put there since is not.
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | SHY | NO_LINK, 0o600)
    try:
        check_is_file(path)
        if new:
            sync_folder(path.parent)
        yield End(handle)
    finally:
        os.close(handle)

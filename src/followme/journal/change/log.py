"""The log of changes: one line for each write to the journal, without a word of what was written."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal import kept
from followme.journal.file.modes import (
    NO_LINK,
    SAFE_OPEN,
    let_go,
    private_folder,
    read_at,
    sync_file,
    sync_folder,
    write_all,
    write_private,
)
from followme.journal.file.paths import Paths

if TYPE_CHECKING:
    # A sync that has nothing to do reads the log, and no block.
    from followme.journal.file.blocks import Block

ADD, EDIT, DELETE, IMPORT, MERGE, REPAIR, UNDO = "add", "edit", "delete", "import", "merge", "repair", "undo"
FORGET, PURGE, SYNC, RENAME, RESTORE = "forget", "purge", "sync", "rename", "restore"

MOST = 4_000_000
"""The most bytes of a log. If it grows beyond that, the older half goes."""

_ADDING = os.O_RDWR | os.O_CREAT | os.O_APPEND | SAFE_OPEN | NO_LINK


class Touched(NamedTuple):
    """A block that a write changed: its entry's id, "" if it has none, and the digests of its bytes before and after.

    A digest is "" where there was no such block.
    """

    id: str
    before: str
    after: str


@frozen(kw_only=True)
class Logged:
    """A write to the journal, as the log has it."""

    # When it was made, in UTC.
    time: datetime
    # What it was: ADD, EDIT, and so on.
    verb: str
    # The blocks that it changed.
    blocks: tuple[Touched, ...] = ()
    # The name of the backup that was made before it; "" for an add, which makes none.
    backup: str = ""
    # The mark of the change that this one took back; "" if it took back none.
    undone: str = ""

    @property
    def line(self) -> bytes:
        """Its line in the log."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values |= {"time": f"{self.time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
        return json.dumps({name: value for name, value in values.items() if value}).encode() + b"\n"

    @property
    def mark(self) -> str:
        """A digest of its line, by which a later line names it."""
        return sha256(self.line).hexdigest()[:16]


def digest(block: bytes) -> str:
    """Return the digest of a block without the blank lines at its end, which come and go with its neighbor."""
    return sha256(block.rstrip()).hexdigest()[:16]


def touched(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Touched]:
    """Yield what became of the blocks before: changed in their order if the number stayed, else taken out or put in."""
    if len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            yield Touched(_id(new) or _id(old), digest(old.data), digest(new.data))
    else:
        yield from (Touched(_id(one), digest(one.data), "") for one in before)
        yield from (Touched(_id(one), "", digest(one.data)) for one in after)


def _id(block: Block) -> str:
    return block.entry.id if block.entry else ""


# --- The file ---------------------------------------------------------------------------------------------


def add(paths: Paths, one: Logged, *, sync: bool) -> None:
    """Add a line under the journal's lock; with `sync`, it's on the disk when this returns. Raises OSError.

    What an interrupted write left behind the last whole line is removed first: that change was never made, or its
    entry is still in a draft.
    """
    private_folder(paths.changes.parent)
    is_new = not os.path.lexists(paths.changes)
    handle = os.open(paths.changes, _ADDING, 0o600)
    try:
        size = _without_half_a_line(handle)
        try:
            write_all(handle, one.line)
            if sync:
                sync_file(handle)
        except OSError:
            with suppress(OSError):
                os.ftruncate(handle, size)
            raise
    finally:
        let_go(handle)
    if sync and is_new:
        sync_folder(paths.changes.parent)
    if size > MOST:
        with suppress(OSError, ValueError):
            _shorten(paths)


def take_back(paths: Paths, one: Logged) -> None:
    """Remove this line if it's the last one, since its change was not made. Ignores failures: undo looks for itself."""
    with suppress(OSError):
        handle = os.open(paths.changes, os.O_RDWR | SAFE_OPEN | NO_LINK)
        try:
            at = os.fstat(handle).st_size - len(one.line)
            if at >= 0 and read_at(handle, at, len(one.line)) == one.line:
                os.ftruncate(handle, at)
        finally:
            let_go(handle)


def newest(paths: Paths) -> Iterator[Logged | None]:
    """Yield the changes, the newest first, and None for each line that can't be read; nothing if there is no log.

    Raises FollowmeError if the log can't be read.
    """
    try:
        data = kept.read(paths.changes)
    except FileNotFoundError:
        return
    except ValueError as error:
        raise FollowmeError(f"The log of changes can't be read. {error}") from error
    *lines, half = data.split(b"\n")
    del half
    yield from map(_logged, reversed(lines))


def replaced(paths: Paths, lines: Iterable[Logged]) -> None:
    """Put a log of these lines alone, given oldest first, in the place of the old one. Raises OSError."""
    private_folder(paths.changes.parent)
    write_private(paths.changes, b"".join(one.line for one in lines), sync=True)


def _logged(line: bytes) -> Logged | None:
    try:
        table = json.loads(line)
        blocks = tuple(Touched(*map(str, each)) for each in table.pop("blocks", ()))
        time = datetime.fromisoformat(table.pop("time"))
        one = Logged(time=time, blocks=blocks, **table)
        return one if one.line == line + b"\n" else None
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None


def _without_half_a_line(handle: int) -> int:
    """Remove what follows the last line feed, and return the size. Raises OSError, also if it isn't a file."""
    known = os.fstat(handle)
    if not stat.S_ISREG(known.st_mode):
        raise OSError(errno.EINVAL, "it isn't an ordinary file")
    size = known.st_size
    if size and read_at(handle, size - 1, 1) != b"\n":
        size = read_at(handle, 0, size).rfind(b"\n") + 1
        os.ftruncate(handle, size)
    return size


def _shorten(paths: Paths) -> None:
    """Keep the newest lines that fit into half of MOST, the last one in any case."""
    lines = kept.read(paths.changes).splitlines(keepends=True)
    room, first = MOST // 2, len(lines)
    while first and (first == len(lines) or room >= len(lines[first - 1])):
        first -= 1
        room -= len(lines[first])
    write_private(paths.changes, b"".join(lines[first:]), sync=True)

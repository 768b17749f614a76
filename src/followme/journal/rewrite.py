"""Rewriting the journal: exactly the named bytes change, after a backup, and at once or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from followme.errors import FollowmeError
from followme.journal import backups, drafts, parsing, reading, recovery
from followme.journal.blocks import Block
from followme.journal.files import (
    NO_LINK,
    SHY,
    open_to_read,
    private_folder,
    replace_file,
    sync_file,
    sync_folder,
    why,
    write_all,
)
from followme.journal.lock import held
from followme.journal.memory import check_not_shrunk, expect, remember
from followme.journal.place import Place
from followme.journal.recovery import Recovery

AS_IT_WAS = "The journal is as it was."


class NotRewritten(FollowmeError):
    """The journal was not changed; the text says why, and what to do."""


class ChangedMeanwhile(NotRewritten):
    """What was to be changed is not there any more: somebody changed the journal in the meantime."""


@dataclass(frozen=True, slots=True)
class Change:
    """Bytes that stand at `start` in the journal, and what takes their place; no `new` bytes remove them.

    If they moved since they were read, they are found again where they are. To insert, leave `old` empty.
    """

    start: int
    old: bytes
    new: bytes = b""


@dataclass(frozen=True, slots=True)
class Source:
    """The journal's bytes, and what the system knew of the file when they were read; None: no file."""

    path: Path
    data: bytes
    known: os.stat_result | None

    def is_unchanged(self) -> bool:
        """Is the file still the same, with the same bytes?"""
        now = read_source(self.path)
        return now.data == self.data and _marks(now.known) == _marks(self.known)


def rewrite(place: Place, changes: Iterable[Change], *, gain: int = 0, now: datetime) -> Path:
    """Make these changes under the lock, and say where the backup of the old journal is.

    `gain` is by how many the entries become more; a deletion of two has -2. Finished drafts are brought
    into the journal first, since they know their place by its size.
    Raises NotRewritten, ChangedMeanwhile among them; Shrunk and Busy as saving does; CannotOpen and NotText.
    """
    with as_it_was(place), held(place):
        finish_drafts(place)
        check_not_shrunk(place)
        return apply(place, read_source(Path(place.real)), changes, gain=gain, now=now)


def finish_drafts(place: Place) -> Recovery:
    """Bring finished drafts into the journal, under the lock, before its size changes: by that they know their place.

    Raises NotRewritten if one has to wait; then its half entry may still be at the journal's end.
    """
    dead = drafts.finished(place)
    try:
        done = recovery.finish(place, dead)
    finally:
        for one in dead:
            one.close()
    if done.waiting:
        raise NotRewritten(f"Nothing else is changed until this is done. {done.waiting[0]}")
    return done


@contextmanager
def as_it_was(place: Place) -> Iterator[None]:
    """Say in a sentence what the system refused, for as long as the journal is as it was: raises NotRewritten."""
    try:
        yield
    except OSError as error:
        raise NotRewritten(f"{AS_IT_WAS} {why(error, error.filename or place.journal)}") from error


def read_source(path: Path) -> Source:
    """All of the journal. Raises CannotOpen."""
    file = open_to_read(path)
    if file is None:
        return Source(path, b"", None)
    with file:
        data = file.read()
        return Source(path, data, os.fstat(file.fileno()))


def apply(place: Place, source: Source, changes: Iterable[Change], *, gain: int, now: datetime) -> Path:
    """The same for bytes that were read under the lock, which is still held."""
    check_may_rewrite(source)
    spans = _located(source.data, changes)
    data = _spliced(source.data, spans)
    _check(reading.blocks_of(source.data), reading.blocks_of(data), spans, gain)
    return put(place, source, data, now)


def put(place: Place, source: Source, data: bytes, now: datetime) -> Path:
    """Put these bytes in the place of the whole journal, unchecked; under the lock, as when a backup is restored."""
    last = next((one.entry.id for one in reversed(reading.blocks_of(data)) if one.entry), "")
    # Whether this comes to its end or not, the journal is not taken for one cut short elsewhere.
    expect(place, min(len(source.data), len(data)), last)
    with as_it_was(place):
        backup = _swap(place, source, data, now)
    try:
        sync_folder(source.path.parent)
    except OSError as error:
        raise FollowmeError(
            f"The journal is changed, but that may not outlast a power cut. {why(error, place.journal)} "
            f"What it was before is in {backup}"
        ) from error
    finally:
        remember(place, last)
        backups.settle(place, backup)
    return backup


# --- The new bytes ----------------------------------------------------------------------------------------


def check_may_rewrite(source: Source) -> None:
    """Raise NotRewritten for a journal that only a newer followme, or only an editor, can change safely."""
    number = reading.format_of(source.data[: reading.CHUNK])
    if number is not None and number > reading.FORMAT:
        raise NotRewritten(
            f"{source.path} has format {number}, and this followme changes nothing beyond format "
            f"{reading.FORMAT}. Update followme first."
        )
    if parsing.is_utf16(source.data[:32]):
        raise NotRewritten(f"{source.path} is stored as UTF-16. Save it as UTF-8 in your editor first.")


def _located(data: bytes, changes: Iterable[Change]) -> list[tuple[int, int, bytes]]:
    """Where each change begins and ends now, in file order. Raises ChangedMeanwhile."""
    spans = sorted((*_place_of(data, one), one.new) for one in changes)
    if any(left[1] > right[0] for left, right in pairwise(spans)):
        raise NotRewritten(f"{AS_IT_WAS} Two changes are about the same lines; make one after the other.")
    return spans


def _place_of(data: bytes, one: Change) -> tuple[int, int]:
    start = one.start
    if not data.startswith(one.old, start) or start > len(data):
        if data.count(one.old) != 1:
            raise ChangedMeanwhile(
                f"{AS_IT_WAS} What was to be changed has been changed in the meantime. Look at it, and try again."
            )
        start = data.index(one.old)
    return start, start + len(one.old)


def _spliced(data: bytes, spans: Sequence[tuple[int, int, bytes]]) -> bytes:
    parts, at = [], 0
    for start, end, new in spans:
        parts += [data[at:start], new]
        at = end
    return b"".join([*parts, data[at:]])


def _check(
    before: Sequence[Block], after: Sequence[Block], spans: Sequence[tuple[int, int, bytes]], gain: int
) -> None:
    """Raise NotRewritten unless the new blocks are what was asked for, and nothing else.

    Every block that no change touches must be a block again, with the same bytes and the same verdict; all
    others must be entries, as many as promised.
    """
    untouched = {one.start + shift: one for one, shift in _untouched(before, spans)}
    for one in after:
        same = untouched.pop(one.start, None)
        if same is None and one.fault:
            raise NotRewritten(f"{AS_IT_WAS} What would be new in it could not be read. {one.fault.sentence}")
        if same is not None and (same.data, same.entry) != (one.data, one.entry):
            break
    else:
        if not untouched:
            return _check_count(_count(before) + gain, _count(after))
    raise NotRewritten(f"{AS_IT_WAS} The change would have altered an entry beside it.")


def _untouched(
    blocks: Iterable[Block], spans: Sequence[tuple[int, int, bytes]]
) -> Iterator[tuple[Block, int]]:
    """The blocks that no change touches, and by how much each moves."""
    for one in blocks:
        if not any(start < one.end and one.start < end for start, end, _ in spans):
            yield one, sum(len(new) - (end - start) for start, end, new in spans if start <= one.start)


def _check_count(right: int, found: int) -> None:
    if found != right:
        raise NotRewritten(f"{AS_IT_WAS} It would hold {found} entries, and {right} are right.")


def _count(blocks: Iterable[Block]) -> int:
    return sum(one.entry is not None for one in blocks)


# --- The file ---------------------------------------------------------------------------------------------


def _swap(place: Place, source: Source, data: bytes, now: datetime) -> Path:
    """Put the new bytes in the journal's place, after a backup. On any error, all is as it was."""
    if source.known is None:
        private_folder(source.path.parent)
    backup = None
    try:
        place.fresh.unlink(missing_ok=True)
        _fill(place.fresh, data, source)
        backup = backups.make(place, source.data, now)
        if not source.is_unchanged():
            raise ChangedMeanwhile(f"{AS_IT_WAS} Another program changed it at this very moment. Try again.")
        replace_file(place.fresh, source.path)
    except BaseException:
        # It is still there as long as it has not become the journal.
        if os.path.lexists(place.fresh):
            with suppress(OSError):
                place.fresh.unlink()
            if backup is not None:
                with suppress(OSError):
                    backup.unlink()
        raise
    return backup


def _fill(fresh: Path, data: bytes, source: Source) -> None:
    """Write the new file beside the journal, like it in owner, mode and attributes, and read it back."""
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | SHY | NO_LINK, 0o600)
    try:
        write_all(handle, data)
        if source.known is not None:
            _make_like(handle, source.path, source.known)
        sync_file(handle)
    finally:
        os.close(handle)
    if fresh.read_bytes() != data:
        raise OSError(errno.EIO, "what was written is not what is there")


def _make_like(handle: int, path: Path, known: os.stat_result) -> None:
    """Give an opened file the owner, mode and attributes of another, as far as the system permits."""
    if sys.platform == "win32":
        return
    mode = stat.S_IMODE(known.st_mode) & 0o777
    made = os.fstat(handle)
    if (made.st_uid, made.st_gid) != (known.st_uid, known.st_gid):
        try:
            os.fchown(handle, known.st_uid, known.st_gid)
        except OSError:
            # What was for the old group must not become another group's.
            mode &= 0o700
    os.fchmod(handle, mode)
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(path):
                with suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(path, name))


def _marks(known: os.stat_result | None) -> tuple[int, ...] | None:
    """What changes when somebody writes to a file, or puts another in its place."""
    return known and (known.st_size, known.st_mtime_ns, known.st_ino)

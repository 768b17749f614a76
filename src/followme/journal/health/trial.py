"""A trial of what a save needs: the journal, room on its disk, and a folder for drafts and locks."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from followme.errors import FollowmeError
from followme.hints import Command
from followme.insight.findings import Finding
from followme.journal import kept
from followme.journal.file.append import check_can_add
from followme.journal.file.lock import FileLock, Taken
from followme.journal.file.modes import (
    FORBIDDEN,
    FULL,
    let_go,
    nearest,
    sync_file,
    why,
    write_all,
    write_private,
)
from followme.journal.file.paths import Paths

ROOM = 256 * 1024
"""How many bytes should be free: for a long reflection, and the draft that has it twice."""

TRIED = "followme-tries"
"""The name of the files that are made, and removed at once."""


PATIENCE = 2.0
"""Seconds to wait for another doctor, which needs milliseconds."""


def tried(paths: Paths, *, readable: bool) -> Iterator[Finding]:
    """Yield a finding for each thing that keeps an entry from being saved, or would soon. Leaves nothing behind.

    A journal that isn't `readable` has a finding already.
    """
    if readable:
        try:
            check_can_add(paths)
        except FollowmeError as error:
            yield Finding(kind="cannot-add", what=str(error))
    yield from _room(paths)
    yield from _homes(paths)


def _room(paths: Paths) -> Iterator[Finding]:
    """A finding if the journal's disk has no room: by its numbers, and by a small write, which shows a quota."""
    if sys.platform == "win32":
        return
    folder = nearest(Path(paths.real).parent)
    what = ""
    try:
        disk = os.statvfs(folder)
        free = (disk.f_bavail if os.geteuid() else disk.f_bfree) * disk.f_frsize
        # Some network drives have no such numbers.
        if disk.f_blocks and free < ROOM:
            what = f"The disk that holds {paths.journal} has only {free // 1024} KB left."
        else:
            _try_room(folder)
    except OSError as error:
        if error.errno in FULL:
            what = f"The disk that holds {paths.journal} won't take {ROOM // 1024} KB more from you."
    if what:
        yield Finding(kind="room", what=what, remedy="Free up space on it, or get your limit raised.")


def _try_room(folder: Path) -> None:
    """Write a little into a folder. Raises OSError.

    If the system allows it, the file has no name: no cloud folder sees it, and a kill removes it too.
    """
    try:
        handle = os.open(folder, getattr(os, "O_TMPFILE", 0) | os.O_WRONLY, 0o600)
    except OSError as error:
        if error.errno in FULL:
            raise
        _write_away(folder / f".{TRIED}")
        return
    try:
        write_all(handle, bytes(ROOM))
        sync_file(handle)
    finally:
        let_go(handle)


def _write_away(path: Path) -> None:
    """Write a little into a file, and remove it. Raises OSError."""
    try:
        write_private(path, bytes(ROOM), sync=True)
    finally:
        with suppress(OSError):
            path.unlink()


def _homes(paths: Paths) -> Iterator[Finding]:
    """A finding if drafts and locks can't be made in the state folder, with the folder where they are made instead."""
    refused = _refused(paths, paths.state)
    if refused is None:
        return
    other = next((home for home in paths.fallbacks if _refused(paths, home) is None), None)
    reason = f"{paths.state} can't hold drafts and locks. {why(refused, refused.filename or paths.state)}"
    if other is None:
        what = f"{reason} No other folder can hold them either, so nothing can be saved."
    else:
        what = f"{reason} Until that's fixed, they're in {other}, which a restart empties."
    remedy, commands = _remedy(refused, paths.state)
    yield Finding(kind="state", what=what, remedy=remedy, commands=commands)


def _refused(paths: Paths, home: Path) -> OSError | None:
    """The system's error if a lock and a draft can't be made in this folder; None if they can."""
    missing = [
        level for level in (home / "locks", home / "drafts", home, *home.parents) if not _is_there(level)
    ]
    lock, is_ours = FileLock(home / "locks" / TRIED), True
    try:
        kept.prepare(paths, lock.path.parent)
        lock.acquire(PATIENCE)
        _try_draft(paths, home / "drafts")
    except Taken:
        # If another doctor does it all the time, both can be made too.
        is_ours = False
    except OSError as error:
        return error
    finally:
        if is_ours:
            with suppress(OSError):
                lock.path.unlink()
        lock.release()
        for level in missing:
            with suppress(OSError):
                os.rmdir(level)
    return None


def _is_there(path: Path) -> bool:
    """Whether something is there, or it is out of reach."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except OSError:
        pass
    return True


def _try_draft(paths: Paths, folder: Path) -> None:
    """Write a draft, in place of what a killed doctor left, and remove it."""
    kept.prepare(paths, folder)
    _write_away(folder / TRIED)


def _remedy(refused: OSError, state: Path) -> tuple[str, tuple[Command, ...]]:
    """The advice, and the commands to type."""
    if refused.errno in FULL:
        return "Free up space on that disk.", ()
    if refused.errno in FORBIDDEN and sys.platform != "win32":
        folder = str(nearest(state))
        with suppress(OSError):
            if os.stat(folder).st_uid != os.geteuid():
                return "Make it yours again with:", (
                    Command("chown", "-R", str(os.geteuid()), folder, of="sudo"),
                )
        return "Give yourself the right to write there with:", (Command("-R", "u+rwX", folder, of="chmod"),)
    if refused.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
        return "That disk has no locks. Name a folder on another disk in XDG_STATE_HOME.", ()
    return "Fix that, or name another folder in XDG_STATE_HOME.", ()

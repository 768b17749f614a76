"""Careful handling of files: opened only if they are files, written whole or not at all, synced to the disk itself."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from followme.errors import FollowmeError

if sys.platform != "win32":
    import fcntl

# A flag that a platform lacks is 0 there. Windows would translate line ends without O_BINARY.
BINARY = getattr(os, "O_BINARY", 0)
SAFE_OPEN = BINARY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags to open a file with: its bytes as they are, closed to other programs, and no waiting for a pipe."""

NO_LINK = getattr(os, "O_NOFOLLOW", 0)

NOT_SUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY, errno.ENOSYS}
"""The errors of a drive that has no sync; any other error means that the save failed."""

FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
FORBIDDEN = {errno.EACCES, errno.EPERM}


class CannotOpen(FollowmeError):
    """The journal is there but cannot be used: a folder, a pipe, no permission, a link to nothing."""


def why(error: OSError, path: str | Path) -> str:
    """Return one sentence for the system's error about a file."""
    if error.errno in FULL:
        return f"There's no room left on the disk for {path}."
    if error.errno == errno.EROFS:
        return f"The disk that holds {path} is read-only."
    if error.errno in FORBIDDEN:
        return f"The system doesn't allow it: {path}{_mode(path)}."
    if error.errno == errno.EIO:
        return f"The disk reported an error at {path}; it may be failing."
    return f"The system refused {path}: {error.strerror or error}."


def _mode(path: str | Path) -> str:
    try:
        return f" has the mode {stat.S_IMODE(os.stat(path).st_mode):04o}"
    except OSError:
        return " is out of reach"


def check_is_file(path: str | Path) -> os.stat_result | None:
    """Return what the system knows about the file, None if nothing is there. Never opens it, so never blocks.

    Raises CannotOpen for a folder, a pipe, a device, and a link that leads nowhere or in a circle.
    """
    try:
        known = os.stat(path)
    except FileNotFoundError:
        if os.path.islink(path):
            raise CannotOpen(
                f"{path} is a link to a file that isn't there. Bring that file back, or remove the link."
            ) from None
        return None
    except OSError as error:
        raise CannotOpen(
            f"{why(error, path)} Give another journal with --journal, or fix the path."
        ) from error
    if not stat.S_ISREG(known.st_mode):
        kind = "is a folder" if stat.S_ISDIR(known.st_mode) else "isn't an ordinary file"
        raise CannotOpen(f"{path} {kind}, so it can't be a journal. Give a file with --journal.")
    return known


def size_of(path: Path) -> int:
    """Return how many bytes a file has; 0 if it is missing or out of reach, which opening it says."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def check_can_make(path: Path) -> None:
    """Raise OSError if no file could be made at `path`, whose folders may be missing. Makes nothing."""
    folder = nearest(path.parent)
    if not os.access(folder, os.W_OK | os.X_OK):
        number = errno.EROFS if _is_read_only(folder) else errno.EACCES
        raise OSError(number, os.strerror(number), str(folder))


def nearest(folder: Path) -> Path:
    """Return the folder, or its nearest parent that exists."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    return folder


def _is_read_only(folder: Path) -> bool:
    """Whether its whole disk is read-only; False on Windows, which doesn't say."""
    if sys.platform == "win32":
        return False
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


class Opened(io.BufferedReader):
    """A file opened to be read. In its `with` statement, every OSError is raised as CannotOpen."""

    def __init__(self, path: str | Path):
        self.path = path
        super().__init__(io.FileIO(os.open(path, os.O_RDONLY | SAFE_OPEN)))

    def close(self) -> None:
        """Close it. What the system says then doesn't matter, as the file was only read."""
        with suppress(OSError):
            super().close()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()
        if isinstance(error, OSError):
            raise CannotOpen(why(error, self.path)) from error


def open_to_read(path: str | Path) -> BinaryIO | None:
    """Return the file, opened to be read, None if nothing is there. Raises CannotOpen."""
    if check_is_file(path) is None:
        return None
    try:
        return Opened(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotOpen(why(error, path)) from error


def tail_of(path: Path, length: int) -> bytes:
    """Return up to this many of the journal's last bytes, b"" if there is no file. Raises CannotOpen."""
    file = open_to_read(path)
    if file is None:
        return b""
    with file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - length))
        return file.read(length)


def private_folder(path: Path) -> None:
    """Make the folder and its missing parents, each readable by its owner alone."""
    missing = []
    while not path.is_dir():
        missing.append(path)
        if path == path.parent:  # A drive that is missing; making it fails below.
            break
        path = path.parent
    for level in reversed(missing):
        try:
            os.mkdir(level, 0o700)
        except FileExistsError as error:
            if (
                not level.is_dir()
            ):  # It is a file or a link to nothing, not a folder that someone has just made.
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(level)) from error
            continue
        sync_folder(level.parent)


def leads_to_strangers(folder: Path) -> Path | None:
    """Return the real path of a folder reached through a link, if someone else could write there or swap the folder.

    They could then read, add or remove files there. None if there is no such danger.
    """
    if os.name == "nt" or not any(map(os.path.islink, (folder, *folder.parents))):
        return None
    real = Path(os.path.realpath(folder))
    try:
        is_folder = stat.S_ISDIR(os.stat(real).st_mode)
    except FileNotFoundError:
        is_folder = True  # It would be made there.
    except OSError:
        is_folder = False
    return real if is_folder and is_strangers(real) else None


def is_strangers(folder: Path) -> bool:
    """Return whether someone else could write in this folder, or put another in its place, as far as modes show."""
    if sys.platform == "win32":
        return False
    for level in (folder, *folder.parents):
        try:
            known = os.stat(level)
        except FileNotFoundError:
            continue
        except OSError:
            return True
        # In a sticky folder such as /tmp, each file belongs to the one who made it.
        shielded = known.st_mode & stat.S_ISVTX and level != folder
        if known.st_uid not in (0, os.geteuid()) or (known.st_mode & stat.S_IWOTH and not shielded):
            return True
    return False


def write_all(handle: int, data: bytes) -> None:
    """Write all of these bytes, in one call if the system takes them in one."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def write_private(
    path: Path,
    data: bytes | Iterable[bytes],
    *,
    sync: bool,
    temporary: str = ".new",
    still_latest: Callable[[], bool] = lambda: True,
    like: os.stat_result | None = None,
) -> None:
    """Write `data` to `path`, readable by its owner alone. The old or the new file is there at every moment, whole.

    If making its pieces stops with an error or Ctrl+C, the old file stays.

    With `like`, what the system knows of the old file, the new one gets its owner, mode and attributes.

    With `sync` it is on the disk when this returns, as far as the system can promise. `still_latest` is asked at
    the last moment whether these bytes are still the latest; if not, nothing is written there.
    """
    new = path.with_name(path.name + temporary)
    # Ctrl+C may come as soon as the file is made, before anything else is done.
    try:
        _write_new(new, (data,) if isinstance(data, bytes) else data, path, like, sync=sync)
        if still_latest():
            replace_file(new, path)
        else:
            new.unlink()
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    if sync:
        sync_folder(path.parent)


def _write_new(
    new: Path, pieces: Iterable[bytes], path: Path, like: os.stat_result | None, *, sync: bool
) -> None:
    handle = _opened_new(new)
    try:
        for piece in pieces:
            write_all(handle, piece)
        if like is not None:
            make_like(handle, path, like)
        if sync:
            sync_file(handle)
    finally:
        os.close(handle)


def _opened_new(new: Path) -> int:
    """A handle of a file that is certainly new, so that no one else has it open or can read it."""
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY | NO_LINK
    try:
        return os.open(new, how, 0o600)
    except FileExistsError:
        # A killed process left it behind, or someone else put it there.
        new.unlink()
        return os.open(new, how, 0o600)


def make_like(handle: int, path: Path, known: os.stat_result) -> None:
    """Give an opened file the owner, mode and attributes of another, as far as the system permits."""
    if sys.platform == "win32":
        return
    mode = stat.S_IMODE(known.st_mode) & 0o777
    made = os.fstat(handle)
    if (made.st_uid, made.st_gid) != (known.st_uid, known.st_gid):
        try:
            os.fchown(handle, known.st_uid, known.st_gid)
        except OSError:
            # The old group's rights mustn't become another group's.
            mode &= 0o700
    os.fchmod(handle, mode)
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(path):
                with suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(path, name))


def replace_file(new: Path, path: Path) -> None:
    """Rename the new file to `path`. Windows refuses while someone reads the old one, so this tries a few times."""
    for attempt in range(10):
        try:
            os.replace(new, path)
        except PermissionError:
            if os.name != "nt" or attempt == 9:
                raise
            time.sleep(0.05)
        else:
            return


def sync_file(handle: int) -> None:
    """Write the file to stable storage. A drive without sync isn't an error."""
    try:
        if sys.platform == "darwin":
            # There, fsync only reaches the drive's own cache.
            try:
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            except OSError:
                os.fsync(handle)
        else:
            os.fsync(handle)
    except OSError as error:
        if error.errno not in NOT_SUPPORTED:
            raise


def sync_folder(path: str | Path) -> None:
    """Write the names in a folder to stable storage. Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY | SAFE_OPEN)
    try:
        sync_file(handle)
    finally:
        let_go(handle)


def let_go(handle: int) -> None:
    """Close a file that was read, synced or locked. An error doesn't matter by then."""
    with suppress(OSError):
        os.close(handle)


def read_at(handle: int, start: int, length: int) -> bytes:
    """Return `length` bytes from `start`; fewer only at the file's end."""
    os.lseek(handle, start, os.SEEK_SET)
    return read_on(handle, length)


def read_on(handle: int, length: int) -> bytes:
    """Return the next `length` bytes; fewer only at the file's end."""
    parts = []
    while length > 0 and (part := os.read(handle, length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)

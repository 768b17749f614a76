"""The files that followme keeps for a journal: read, listed and made so that a bad file or folder harms nothing."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from followme.journal.file.modes import NO_LINK, SAFE_OPEN, let_go, private_folder, read_on, why
from followme.journal.file.paths import Paths

MOST = 64_000_000
"""The most bytes of a file: a draft holds its words twice, and answers in batch may have 16 MB."""


def read(path: Path, most: int = MOST) -> bytes:
    """Return all bytes of a file that followme keeps. Never waits, and follows no link.

    Raises FileNotFoundError, and ValueError with a sentence if it isn't an ordinary file, has
    more than `most` bytes, or the system refuses it.
    """
    try:
        if not is_ordinary(path):
            raise ValueError(f"{path} isn't an ordinary file.")
        handle = os.open(path, os.O_RDONLY | SAFE_OPEN | NO_LINK)
        try:
            data = read_on(handle, most + 1)
        finally:
            let_go(handle)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError(why(error, path)) from error
    if len(data) > most:
        raise ValueError(f"{path} is larger than {most:,} bytes.")
    return data


def version(path: Path) -> tuple[int, ...]:
    """Return values that change when the file does; () if it is missing or out of reach."""
    try:
        known = os.stat(path)
    except OSError:
        return ()
    return known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns, known.st_ctime_ns


def is_ordinary(path: Path) -> bool:
    """Return whether a file is an ordinary one, not a folder, link, pipe or device. Raises OSError."""
    return stat.S_ISREG(os.lstat(path).st_mode)


def halves(paths: Paths) -> tuple[Path, ...]:
    """Return where a killed process leaves a memory or a log of changes that is half-written."""
    return tuple(path.with_name(f"{path.name}.new") for path in (paths.memory, paths.changes))


def sweep(paths: Paths) -> None:
    """Remove a memory and a log of changes that are half-written, under the journal's lock. Ignores failures."""
    for path in halves(paths):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def strange(paths: Paths) -> Iterator[Path]:
    """Yield the paths that aren't ordinary files, among this journal's locks and backups and the locks of drafts."""
    searched = [(paths.backups, "", "")]
    searched += [(home / "locks", paths.name, "") for home in homes(paths)]
    searched += [(home / "drafts", "", ".lock") for home in homes(paths)]
    for folder, beginning, ending in searched:
        for path in listed(folder, ending):
            with suppress(OSError):
                if path.name.startswith(beginning) and not is_ordinary(path):
                    yield path


def listed(folder: Path, ending: str) -> list[Path]:
    """Return the paths in the folder that have this ending, sorted; none if the folder is missing or out of reach."""
    try:
        return sorted(folder / name for name in os.listdir(folder) if name.endswith(ending))
    except OSError:
        return []


def is_ours(folder: Path) -> bool:
    """Return whether a folder is there, isn't a link, and is ours alone. Windows has no such owners and modes."""
    try:
        known = os.lstat(folder)
    except OSError:
        return False
    if sys.platform == "win32":
        return stat.S_ISDIR(known.st_mode)
    is_private = known.st_uid == os.geteuid() and not stat.S_IMODE(known.st_mode) & 0o077
    return stat.S_ISDIR(known.st_mode) and is_private


def homes(paths: Paths) -> tuple[Path, ...]:
    """Return the folders in which drafts may be: the state folder, and the fallbacks that are ours alone."""
    return (paths.state, *filter(is_ours, paths.fallbacks))


def prepare(paths: Paths, folder: Path) -> None:
    """Make a folder for drafts or locks. Raises OSError, also if a fallback belongs to someone else."""
    fallback = next((one for one in paths.fallbacks if folder.is_relative_to(one)), None)
    if fallback is not None:
        private_folder(fallback)
        if not is_ours(fallback):
            raise PermissionError(1, "others can get at it", str(fallback))
    private_folder(folder)

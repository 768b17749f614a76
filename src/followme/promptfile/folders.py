"""The files of prompt sets: where they are, and which one a name means."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL}
"""What the system says where no file has such a name, and where the way there is closed."""


def is_path(name: str) -> bool:
    """Whether this name is a path."""
    return "/" in name or "\\" in name or name.endswith(".toml")


def all_files(folders: Iterable[Path]) -> list[Path]:
    """Return the set files of all folders, earlier folders first; each name is listed once."""
    files: dict[str, Path] = {}
    for folder in folders:
        for path in files_in(folder):
            if is_there(path):
                files.setdefault(path.stem, path)
    return list(files.values())


def file_of(name: str, folders: Iterable[Path]) -> Path | None:
    """Return the file of a set: a path as it is, else the first in these folders with that name; None if none has."""
    if is_path(name):
        return Path(name)
    return next(filter(is_there, (folder / f"{name}.toml" for folder in folders)), None)


def files_in(folder: Path) -> list[Path]:
    """Return what is named like a set in the folder, sorted; nothing where the folder is missing or out of reach."""
    with suppress(OSError):
        return sorted(folder / name for name in os.listdir(folder) if name.endswith(".toml"))
    return []


def is_there(path: Path) -> bool:
    """Return whether a file is at this path.

    False where the way there is closed, so that the next folder is looked in. True after any other error, such as
    one of the disk: the file may be there, and reading it says what is wrong.
    """
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except ValueError:
        return False
    except OSError as error:
        return error.errno not in _NOT_THERE


def is_out_of_reach(folder: Path) -> bool:
    """Return whether something is there that can't be read as a folder."""
    try:
        os.lstat(folder)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return not (os.path.isdir(folder) and os.access(folder, os.R_OK | os.X_OK))

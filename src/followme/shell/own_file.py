"""A file of the person's own that a command edits in its place, such as the settings or a prompt set."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from followme.errors import FollowmeError
from followme.journal.file.modes import private_folder, why, write_private
from followme.shell.target_file import free_ending, is_journal


def is_file(path: Path) -> bool:
    """Return whether a file is there, or a link leads to one. Raises FollowmeError where that can't be told."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise FollowmeError(why(error, path)) from None


def refuse_journal(path: Path) -> None:
    """Raise FollowmeError if the file is a journal, or can't be read."""
    try:
        is_one = is_journal(path)
    except OSError as error:
        raise FollowmeError(why(error, path)) from None
    if is_one:
        raise FollowmeError(f"{path} is a journal, so nothing else goes there. Name another file.")


def check_own(path: Path) -> None:
    """Raise FollowmeError unless this is a file of the person's own that may be edited, or a place for one."""
    if not is_file(path) and os.path.lexists(path):
        if not os.path.exists(path):
            raise FollowmeError(
                f"{path} is a link to a file that isn't there. Bring that file back, or remove the link."
            )
        raise FollowmeError(f"{path} isn't a file, so it was left alone. Remove it, or name another.")
    refuse_journal(path)


def rewrite(path: Path, before: bytes | None, data: bytes) -> None:
    """Put new bytes in the place of a file that held `before`, None for no file; its link, owner and mode stay.

    Raises FollowmeError, with the file as it is, if that fails or another program has changed the file meanwhile.
    """

    def still_latest() -> bool:
        if (path.read_bytes() if os.path.lexists(path) else None) == before:
            return True
        raise FollowmeError(
            f"Another program changed {path} at this moment, so it's left as it is. Try again."
        )

    try:
        known = None if before is None else os.stat(path)
        replace(path, data, still_latest=still_latest, like=known)
    except OSError as error:
        raise FollowmeError(why(error, path)) from None


def replace(path: Path, data: bytes, **how: Any) -> None:
    """Put bytes in a file's place, at once or not at all; a link stays. `how` is as in `write_private`.

    Raises OSError.
    """
    real = Path(os.path.realpath(path))
    private_folder(real.parent)
    write_private(real, data, sync=True, temporary=free_ending(real), **how)

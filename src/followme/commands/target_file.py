"""A file that a person named to be written: checked before, and put in place whole or not at all."""

from __future__ import annotations

from pathlib import Path

from followme.errors import FollowmeError
from followme.journal.files import write_private


def check(target: Path, force: bool) -> None:
    """Raise FollowmeError unless something may be written there; what exists only with `force`."""
    try:
        is_there, is_file = target.exists(), target.is_file()
    except OSError as error:
        raise _unwritable(target, error) from error
    if is_there and not is_file:
        raise FollowmeError(f"{target} is no file, and is left as it is. Name a file, or use - for stdout.")
    if is_there and not force:
        raise FollowmeError(
            f"{target} exists already, and is left as it is. Replace it with --force, or name another."
        )


def put(target: Path, text: str) -> None:
    """Put the text in the file's place at once, or leave what was there: half a file helps nobody.

    Where a link leads to the file, the file is replaced; what is new is readable by its owner alone.
    Raises FollowmeError.
    """
    try:
        write_private(target.resolve(), text.encode(), sync=False, temporary=".part")
    except OSError as error:
        raise _unwritable(target, error) from error


def _unwritable(target: Path, error: OSError) -> FollowmeError:
    return FollowmeError(f"{target} could not be written ({error.strerror}). Name another place.")

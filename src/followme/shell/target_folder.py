"""A folder that files are exported to: what followme wrote there itself may be replaced, and nothing else."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from dataclasses import field
from hashlib import sha256
from pathlib import Path

from followme.env import Env
from followme.errors import FollowmeError
from followme.frozen import mutable
from followme.insight.wording import all_of
from followme.journal.file.modes import private_folder, why, write_private
from followme.shell.target_file import free_ending, refuse_kept

LIST = ".followme-export.json"
"""The file in the folder that lists what followme wrote there, with a digest of each file."""


@mutable
class Written:
    """What became of the files: their names, by whether they are new, changed, the same, or left alone.

    `edited` were written by followme and changed since by someone, `foreign` weren't written by followme, and `others`
    are of earlier exports and not of this one.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What became of the files, in words: "3 new, 1 changed and 7 as they were"."""
        parts = ((self.new, "new"), (self.changed, "changed"), (self.same, "as they were"))
        return all_of([f"{len(names)} {how}" for names, how in parts if names]) or "none"


def check(env: Env, folder: Path) -> None:
    """Raise FollowmeError if the folder can't take files, or if it is one of followme's own."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise FollowmeError(f"{folder} isn't a folder, so it was left alone. Name a folder.")
    refuse_kept(env, folder / LIST)


def fill(
    folder: Path, files: Iterable[tuple[str, str]], *, force: bool = False, dry_run: bool = False
) -> Written:
    """Write the files whose text isn't there yet, and return what became of each.

    A file that followme wrote and someone changed since is replaced only with `force`. One that followme didn't write
    stays, and so does anything that isn't a file. Raises FollowmeError.
    """
    listed = _listed(folder)
    before, written = dict(listed), Written()
    try:
        for name, text in files:
            _write(folder, name, text.encode(), listed, written, force=force, dry_run=dry_run)
        told = {*written.new, *written.changed, *written.same, *written.edited, *written.foreign}
        written.others = [name for name in listed if name not in told and os.path.lexists(folder / name)]
    except OSError as error:
        raise FollowmeError(why(error, error.filename or folder)) from error
    finally:
        if listed != before and not dry_run:
            _put(folder / LIST, json.dumps({"schema": 1, "files": listed}, indent=0).encode())
    return written


def _write(
    folder: Path,
    name: str,
    data: bytes,
    listed: dict[str, str],
    written: Written,
    *,
    force: bool,
    dry_run: bool,
) -> None:
    path, now, ours = folder / name, _now(folder / name), listed.get(name)
    if now == data:
        written.same.append(name)
    elif os.path.lexists(path) and (now is None or ours is None):
        written.foreign.append(name)
        return
    elif now is not None and ours != _digest(now) and not force:
        written.edited.append(name)
        return
    else:
        (written.new if now is None else written.changed).append(name)
        if not dry_run:
            _put(path, data)
    listed[name] = _digest(data)


def _now(path: Path) -> bytes | None:
    """The bytes of a file; None if there is none, or what's there isn't a file, such as a link."""
    try:
        is_file = stat.S_ISREG(os.lstat(path).st_mode)
    except FileNotFoundError:
        return None
    return path.read_bytes() if is_file else None


def _put(path: Path, data: bytes) -> None:
    private_folder(path.parent)
    write_private(path, data, sync=False, temporary=free_ending(path))


def _listed(folder: Path) -> dict[str, str]:
    """The files that followme wrote into the folder, with their digests; none if there is no list."""
    path = folder / LIST
    try:
        data = _now(path)
        if data is None and os.path.lexists(path):
            raise FollowmeError(
                f"{path} isn't a file, so nothing was written. Remove it, or name another folder."
            )
        files = json.loads(data or b'{"files": {}}')["files"]
        return {name: digest for name, digest in files.items() if isinstance(digest, str)}
    except OSError as error:
        raise FollowmeError(why(error, path)) from error
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FollowmeError(
            f"{path} can't be read, so nothing was written. Remove it; then files with other words are left alone."
        ) from None


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()

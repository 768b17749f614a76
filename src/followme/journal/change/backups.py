"""Backups: the journal before each rewrite, and how long each is kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal import kept
from followme.journal.file.modes import check_is_file, private_folder, sync_folder, write_private
from followme.journal.file.paths import Paths

NEWEST = 10
"""How many of the latest backups are kept, whatever their age."""

PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (7, lambda made: made.date()),
    (4, lambda made: made.isocalendar()[:2]),
    (12, lambda made: (made.year, made.month)),
)
"""For how many days, weeks and months the latest backup of each is kept as well."""

_NAME = "%Y%m%dT%H%M%SZ"


@frozen
class Backup:
    """A copy of the journal just before a rewrite: when it was `made` (in UTC), and its `size` in bytes."""

    path: Path
    made: datetime
    size: int


def listed(paths: Paths) -> tuple[Backup, ...]:
    """Return the backups of this journal, the newest first. Files in the folder with other names aren't ours."""
    backups = []
    for path in sorted(kept.listed(paths.backups, ".toml"), key=lambda path: path.stem, reverse=True):
        with suppress(ValueError, OSError):
            made = datetime.fromisoformat(path.stem[:16])
            if path.stem.startswith(made.strftime(_NAME)) and kept.is_ordinary(path):
                backups.append(Backup(path, made, os.stat(path).st_size))
    return tuple(backups)


def make(paths: Paths, data: bytes, now: datetime) -> Path:
    """Keep the present journal on stable storage, and return the backup's path. The journal's lock is held.

    The backup is a second name of the file, which costs nothing, since the rewrite makes a new file. If the system
    has no second names, or the file has others already, under which it may still be written, `data` is copied.
    Raises OSError.
    """
    private_folder(paths.backups)
    sweep(paths)
    path = _free_path(paths, now)
    known = check_is_file(paths.real)
    if known is not None and known.st_nlink == 1:
        try:
            os.link(paths.real, path)
        except OSError:
            pass  # Another disk, or one without second names.
        else:
            try:
                sync_folder(paths.backups)
            except OSError:
                path.unlink()
                raise
            return path
    write_private(path, data, sync=True)
    return path


def take_in(paths: Paths, copy: Path, data: bytes, now: datetime) -> Path | None:
    """Move a copy of the journal that has these bytes among the backups, and return its path there.

    None if it has changed since; then it stays where it is. Raises OSError, and the copy stays too.
    """
    private_folder(paths.backups)
    path = _free_path(paths, now)
    write_private(path, data, sync=True)
    if copy.read_bytes() != data:
        path.unlink()
        return None
    copy.unlink()
    return path


def settle(paths: Paths, made: Path) -> None:
    """Make the backup readable by its owner alone, after the rewrite, and remove expired ones.

    Ignores failures: the rewrite is done, and the next one tries again.
    """
    with suppress(OSError):
        os.chmod(made, 0o600)
    with suppress(OSError, FollowmeError):
        now = check_is_file(paths.real)
        for old in expired(listed(paths), now.st_size if now else 0):
            if old.path != made:
                old.path.unlink()


def expired(backups: Sequence[Backup], size: int) -> list[Backup]:
    """Return the backups that needn't be kept beside a journal of `size` bytes; they are given newest first.

    A backup that is larger than the journal is always kept. So a journal that was cut short or wiped, and is then
    rewritten again and again, never pushes out the backups from before the accident.
    """
    kept = list(backups[:NEWEST])
    for count, period in PERIODS:
        latest: dict[object, Backup] = {}
        for one in backups[NEWEST:]:
            latest.setdefault(period(one.made), one)
        kept += list(latest.values())[:count]
    return [one for one in backups if one not in kept and one.size <= size]


def _free_path(paths: Paths, now: datetime) -> Path:
    name = now.astimezone(UTC).strftime(_NAME)
    path = paths.backups / f"{name}.toml"
    number = 2
    while os.path.lexists(path):
        path = paths.backups / f"{name}-{number:03}.toml"
        number += 1
    return path


def sweep(paths: Paths) -> None:
    """Remove what an unfinished rewrite left: half copies, and second names of the journal."""
    for half in kept.listed(paths.backups, ".toml.new"):
        with suppress(OSError):
            half.unlink()
    for one in listed(paths):
        with suppress(OSError):
            if os.path.samefile(one.path, paths.real):
                one.path.unlink()

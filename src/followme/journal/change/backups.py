"""Backups: what the journal was before each rewrite, and which of them are kept how long."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from followme.errors import FollowmeError
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
"""For how many days, weeks and months the latest other backup of each is kept."""

_NAME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the journal from `made` (in UTC), just before a rewrite; `size` in bytes."""

    path: Path
    made: datetime
    size: int


def listed(paths: Paths) -> tuple[Backup, ...]:
    """The backups of this journal, the newest first. What has another name in the folder is none of ours."""
    backups = []
    for path in sorted(kept.listed(paths.backups, ".toml"), key=lambda path: path.stem, reverse=True):
        with suppress(ValueError, OSError):
            made = datetime.fromisoformat(path.stem[:16])
            if path.stem.startswith(made.strftime(_NAME)) and kept.is_ordinary(path):
                backups.append(Backup(path, made, os.stat(path).st_size))
    return tuple(backups)


def make(paths: Paths, data: bytes, now: datetime) -> Path:
    """Keep what the journal is now, on stable storage, and say where; the journal's lock is held.

    A second name for the file costs nothing, since the rewrite leaves the old file to it. Where that cannot
    be, or the file has other names already, under which it may still be written, `data` is copied.
    Raises OSError.
    """
    private_folder(paths.backups)
    _sweep(paths)
    path = _free_path(paths, now)
    known = check_is_file(paths.real)
    if known is not None and known.st_nlink == 1:
        try:
            os.link(paths.real, path)
        except OSError:
            pass  # Another disk, or one that knows no second names.
        else:
            sync_folder(paths.backups)
            return path
    write_private(path, data, sync=True)
    return path


def settle(paths: Paths, made: Path) -> None:
    """After the rewrite: make the backup its owner's alone, and let go of those whose time is over.

    What fails here fails quietly: the rewrite is done, and the next one tries again.
    """
    with suppress(OSError):
        os.chmod(made, 0o600)
    with suppress(OSError, FollowmeError):
        now = check_is_file(paths.real)
        for old in expired(listed(paths), now.st_size if now else 0):
            if old.path != made:
                old.path.unlink()


def expired(backups: Sequence[Backup], size: int) -> list[Backup]:
    """Which backups, given newest first, need not be kept beside a journal of this many bytes.

    One that is larger than the journal is always kept. So a journal that was cut short or wiped, and is
    then rewritten again and again, never pushes out the backups from before the accident.
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


def _sweep(paths: Paths) -> None:
    """Remove what a rewrite that did not come to its end left: half copies, and second names of the journal."""
    for half in kept.listed(paths.backups, ".toml.new"):
        with suppress(OSError):
            half.unlink()
    for one in listed(paths):
        with suppress(OSError):
            if os.path.samefile(one.path, paths.real):
                one.path.unlink()

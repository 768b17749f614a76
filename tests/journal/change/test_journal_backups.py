"""Backups: taken without cost where that can be, private, kept for long, never pushed out by a smaller journal."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from followme.journal.change import backups
from followme.journal.change.backups import Backup
from followme.journal.file.paths import Paths

NOW = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)

posix = pytest.mark.skipif(os.name == "nt", reason="modes and second names are those of POSIX systems")


@pytest.fixture
def journal(paths: Paths) -> Path:
    paths.journal.parent.mkdir()
    paths.journal.write_bytes(b"format = 1\n")
    return paths.journal


def made(paths: Paths, moment: datetime = NOW) -> Path:
    """A backup as a rewrite makes it: of the old bytes, which the journal then leaves to it."""
    data = paths.journal.read_bytes()
    path = backups.make(paths, data, moment)
    fresh = paths.journal.with_name("fresh")
    fresh.write_bytes(data)
    os.replace(fresh, paths.journal)
    backups.settle(paths, path)
    return path


# --- Making -----------------------------------------------------------------------------------------------


def test_a_backup_has_the_journals_bytes_and_the_moment_as_its_name(paths: Paths, journal: Path):
    path = made(paths)
    assert path.read_bytes() == b"format = 1\n"
    assert (path.parent, path.name) == (paths.backups, "20261120T150411Z.toml")
    assert backups.listed(paths) == (Backup(path, NOW, 11),)


def test_two_in_one_second_are_both_kept_and_the_second_is_the_newer(paths: Paths, journal: Path):
    first, second = made(paths), made(paths)
    assert [one.path for one in backups.listed(paths)] == [second, first]
    assert [one.made for one in backups.listed(paths)] == [NOW, NOW]


@posix
def test_a_backup_is_a_second_name_for_the_file_so_it_costs_nothing(paths: Paths, journal: Path):
    inode = journal.stat().st_ino
    assert made(paths).stat().st_ino == inode


@posix
def test_where_there_can_be_no_second_name_it_is_a_copy(
    paths: Paths, journal: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    inode = journal.stat().st_ino
    path = made(paths)
    assert path.stat().st_ino != inode
    assert path.read_bytes() == b"format = 1\n"


@posix
def test_a_file_with_other_names_is_copied_since_it_may_be_written_under_them(paths: Paths, journal: Path):
    other = journal.with_name("other.toml")
    os.link(journal, other)
    path = made(paths)
    other.write_bytes(b"written in place")
    assert path.read_bytes() == b"format = 1\n"


@posix
def test_backups_are_for_their_owner_alone(paths: Paths, journal: Path):
    journal.chmod(0o644)
    path = made(paths)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_an_interrupted_rewrite_left_is_no_backup_and_goes(paths: Paths, journal: Path):
    left = backups.make(paths, journal.read_bytes(), NOW)
    half = paths.backups / "20261120T150410Z.toml.new"
    half.write_bytes(b"form")
    path = made(paths, NOW + timedelta(days=1))
    same_file = left.exists() and left.samefile(journal)
    assert not same_file
    assert not half.exists()
    assert path.read_bytes() == b"format = 1\n"


def test_other_files_in_the_folder_are_left_alone(paths: Paths, journal: Path):
    made(paths)
    strangers = [
        paths.backups / name for name in ("from Ana.toml", "2026-11-20.toml", "20261120T150411Z.txt")
    ]
    for one in strangers:
        one.write_bytes(b"mine")
    for day in range(40):
        made(paths, NOW + timedelta(days=day))
    assert [one.read_bytes() for one in strangers] == [b"mine"] * 3
    assert not set(strangers) & {one.path for one in backups.listed(paths)}


# --- Keeping ----------------------------------------------------------------------------------------------


def kept(moments: list[datetime], sizes: list[int] | None = None, size: int = 100) -> list[datetime]:
    """Which of these backups, given newest first, are kept beside a journal of that size."""
    found = [
        Backup(Path(f"{number}.toml"), moment, sizes[number] if sizes else 100)
        for number, moment in enumerate(moments)
    ]
    gone = backups.expired(found, size)
    return [one.made for one in found if one not in gone]


def test_the_last_ten_are_kept_however_close_they_are():
    moments = [NOW - timedelta(seconds=number) for number in range(30)]
    assert kept(moments)[:10] == moments[:10]
    # Of the other twenty, the newest stands for its day, its week and its month.
    assert kept(moments)[10:] == moments[10:11]


def test_with_one_each_day_for_two_years_a_month_apart_is_kept_for_a_year():
    moments = [NOW - timedelta(days=number) for number in range(730)]
    found = kept(moments)
    assert found[:17] == moments[:17]  # ten, and seven days
    assert len(found) <= 10 + 7 + 4 + 12
    months = {(one.year, one.month) for one in found}
    assert len(months) == 12
    assert NOW - found[-1] > timedelta(days=300)


def test_a_backup_larger_than_the_journal_is_never_let_go():
    """So a journal that was wiped and then rewritten many times keeps what was there before."""
    small = [NOW - timedelta(minutes=number) for number in range(10)]
    small += [NOW - timedelta(days=30 * number) for number in range(1, 16)]
    good = [NOW - timedelta(days=600 + number) for number in range(3)]
    sizes = [20] * len(small) + [9000, 8000, 7000]
    assert kept([*small, *good], sizes, size=25)[-3:] == good
    # Once the journal has grown again, they go as all others do.
    assert not set(good) & set(kept([*small, *good], sizes, size=9000))


def test_rotation_happens_after_a_rewrite_and_keeps_the_new_one_even_when_the_clock_went_back(
    paths: Paths, journal: Path
):
    for minute in range(15):
        made(paths, NOW + timedelta(minutes=minute))
    newest = made(paths, NOW - timedelta(days=1))
    assert newest.exists()
    assert len(backups.listed(paths)) <= 13

"""The lock on a file: one holder, told apart by the system, and gone with its process."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from followme.journal.file.lock import FileLock, Taken

HOLD = """
import sys
from pathlib import Path
from followme.journal.file.lock import FileLock
lock = FileLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.lock"


def test_one_holder_at_a_time(path):
    first, second = FileLock(path), FileLock(path)
    first.acquire()
    assert (first.is_held, second.is_held) == (True, False)
    with pytest.raises(Taken):
        second.acquire()
    first.release()
    second.acquire()
    assert (first.is_held, second.is_held) == (False, True)
    second.release()


def test_waiting_ends_as_soon_as_the_other_lets_go(path):
    first, second = FileLock(path), FileLock(path)
    first.acquire()
    waiting = Thread(target=lambda: second.acquire(limit=60))
    waiting.start()
    first.release()
    waiting.join()
    assert second.is_held


def test_any_thread_may_let_go(path):
    lock = FileLock(path)
    lock.acquire()
    other = Thread(target=lock.release)
    other.start()
    other.join()
    FileLock(path).acquire()


def test_letting_go_twice_is_letting_go(path):
    lock = FileLock(path)
    lock.release()
    lock.acquire()
    lock.release()
    lock.release()
    assert not lock.is_held


def test_a_dead_process_holds_nothing(path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(Taken):
            FileLock(path).acquire()
        other.kill()
        other.wait()
    FileLock(path).acquire()


def test_the_file_stays_and_is_its_owners_alone(path):
    lock = FileLock(path)
    lock.acquire()
    lock.release()
    assert path.exists()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows removes nothing that is open")
def test_a_lock_on_a_file_that_was_removed_locks_nothing(path):
    """Whoever takes the removed file for the lock would be a second writer; so the file there now counts."""
    first, second = FileLock(path), FileLock(path)
    first.acquire()
    path.unlink()
    second.acquire()
    assert second.is_held
    third = FileLock(path)
    with pytest.raises(Taken):
        third.acquire()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links")
def test_a_link_is_not_followed(path, tmp_path):
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=r"symbolic link|loop"):
        FileLock(path).acquire()
    assert not (tmp_path / "elsewhere").exists()


def test_what_cannot_be_opened_is_no_lock_that_is_taken(tmp_path):
    with pytest.raises(OSError):
        FileLock(tmp_path / "missing" / "journal.lock").acquire()


@pytest.mark.skipif(os.name == "nt", reason="there, handles are counted otherwise")
def test_no_handle_is_left_open(path):
    holder, other = FileLock(path), FileLock(path)
    holder.acquire()
    before = len(os.listdir("/dev/fd"))
    for _ in range(20):
        with pytest.raises(Taken):
            other.acquire()
    assert len(os.listdir("/dev/fd")) == before

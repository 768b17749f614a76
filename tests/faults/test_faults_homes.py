"""One journal and several homes, as root beside a user or two machines on a share: locks of one are unknown to others.

With `no_locks`, the journal itself cannot be locked either, as on some network drives.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import every_call
import mend_one
import pytest
import save_one
from test_faults_repair import BROKEN, NAMED, NAMELESS

from followme.journal import recovery
from followme.journal.change import backups
from followme.journal.file import append, lock
from followme.journal.file.append import PREAMBLE
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.saving import save

try:
    import fcntl
except ImportError:
    pytest.skip("Windows replaces no file that is open", allow_module_level=True)

no_locks = pytest.mark.parametrize("no_locks", [False, True], ids=["locks", "no locks"])

MANY = """
import sys, save_one
from pathlib import Path
from followme.journal.file.paths import Paths
from followme.journal.saving import save
paths = Paths(Path(sys.argv[1]), Path(sys.argv[2]))
entries = [save_one.entry(int(sys.argv[3]) + number) for number in range(10)]
print("ready", flush=True)
sys.stdin.readline()
for entry in entries: save(paths, entry)
"""
"""Ten notes, one after the other, once a line comes."""


@pytest.fixture
def home_number(tmp_path: Path) -> Callable[[int], Paths]:
    """The same journal, as it is called from the home of this number."""
    return lambda number: Paths(tmp_path / "share" / "journal.toml", tmp_path / f"state{number}")


@contextmanager
def running(*command: object) -> Iterator[subprocess.Popen[str]]:
    steady = {
        **os.environ,
        "PYTHONPATH": f"{os.path.dirname(save_one.__file__)}:{os.environ.get('PYTHONPATH', '')}",
    }
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*map(str, command)], stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=steady
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def noting(paths: Paths, number: int) -> list[object]:
    return [sys.executable, save_one.__file__, "note", paths.journal, paths.state, number]


def mending(paths: Paths) -> list[object]:
    return [sys.executable, mend_one.__file__, paths.journal, paths.state]


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def numbers_in(paths: Paths) -> list[int]:
    """The numbers of the entries that are whole, in file order."""
    entries = read(paths.journal).entries
    numbers = [int(one.id.partition("-")[2]) for one in entries if one.id.startswith("entry-")]
    assert [save_one.entry(number) for number in numbers] == [
        one for one in entries if one.id.startswith("entry-")
    ]
    return numbers


# --- First notes at once ----------------------------------------------------------------------------------


@pytest.mark.slow
@no_locks
def test_first_notes_from_six_homes_at_once_begin_the_journal_once(strace, home_number, no_locks: bool):
    home_number(0).journal.parent.mkdir()
    before = (
        every_call.striking(strace, "flock:error=ENOLCK", path=home_number(0).journal) if no_locks else ()
    )
    with ExitStack() as all_of_them:
        processes = [
            all_of_them.enter_context(
                running(*before, sys.executable, "-c", MANY, paths.journal, paths.state, number * 10)
            )
            for number, paths in enumerate(map(home_number, range(6)))
        ]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.flush()
        said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * 6, said
    assert sorted(numbers_in(home_number(0))) == list(range(60))
    text = home_number(0).journal.read_text()
    assert text.count(PREAMBLE) == 1
    assert text.startswith(PREAMBLE)
    assert read(home_number(0).journal).damages == ()


# --- A repair in another home -----------------------------------------------------------------------------


@pytest.fixture
def damaged(home_number) -> bytes:
    """A journal that the home 0 can mend; gives what it is afterwards."""
    paths = home_number(0)
    for number in range(2):
        save(paths, save_one.entry(number))
    sound = paths.journal.read_bytes()
    paths.journal.write_bytes(sound + BROKEN + NAMELESS)
    return sound + NAMED


def check(home_number, mended: bytes, saved: str, repaired: str) -> None:
    """What was called saved is there, once; what was mended is mended; no draft waits."""
    assert (saved, repaired) == ("saved\n", "mended\n")
    assert home_number(0).journal.read_bytes().startswith(mended)
    assert numbers_in(home_number(0)) == [0, 1, 7]
    for number in range(2):
        assert recovery.recover(home_number(number)) == recovery.Recovery()
    assert read(home_number(0).journal).damages == ()


@pytest.mark.slow
@no_locks
def test_a_note_between_a_repairs_last_look_and_its_rename_is_kept(
    strace, home_number, damaged, no_locks: bool
):
    rules = ["flock:error=ENOLCK"] if no_locks else []
    late = every_call.striking(strace, "rename:delay_enter=1500000", path=home_number(0).replacement)
    quiet = every_call.striking(strace, *rules, path=home_number(0).journal) if rules else ()
    with running(*late, *mending(home_number(0))) as repair:
        wait_for(lambda: backups.listed(home_number(0)))
        time.sleep(0.3)
        with running(*quiet, *noting(home_number(1), 7)) as note:
            saved = note.communicate()[0]
        check(home_number, damaged, saved, repair.communicate()[0])


@pytest.mark.slow
@pytest.mark.parametrize("way", ["linked", "copied"])
def test_what_cannot_be_brought_over_is_in_the_backup(strace, home_number, damaged, way: str):
    """An editor saves in place between the last look and the rename: whose words are right, only a person knows."""
    paths = home_number(0)
    edited = paths.journal.read_bytes().replace(b"Words of number 1", b"Words by hand, 1")
    late = every_call.striking(strace, "rename:delay_enter=1500000", path=paths.replacement)
    if way == "copied":
        os.link(paths.journal, paths.journal.with_name("second name"))
    with running(*late, *mending(paths)) as repair:
        wait_for(lambda: backups.listed(paths))
        time.sleep(0.3)
        paths.journal.write_bytes(edited)
        said = repair.communicate()[0]
    (backup,) = backups.listed(paths)
    assert said.startswith(
        "The journal is changed, but a change that another program made at the same moment is missing"
    )
    assert str(backup.path) in said
    assert backup.path.read_bytes() == edited
    assert paths.journal.read_bytes() == damaged


@pytest.mark.slow
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_repair_between_a_notes_look_and_its_append_loses_nothing(strace, home_number, damaged, call: str):
    """The note is written to the file that was the journal a moment ago."""
    slow = every_call.striking(
        strace, "flock:error=ENOLCK", f"{call}:delay_enter=1500000", path=home_number(0).journal
    )
    quiet = every_call.striking(strace, "flock:error=ENOLCK", path=home_number(0).journal)
    with running(*slow, *noting(home_number(1), 7)) as note:
        wait_for(lambda: any("\nsize = " in one.read_text() for one in home_number(1).drafts.glob("*.toml")))
        time.sleep(0.2)
        with running(*quiet, *mending(home_number(0))) as repair:
            repaired = repair.communicate()[0]
        check(home_number, damaged, note.communicate()[0], repaired)


@pytest.mark.slow
def test_a_repair_keeps_a_note_waiting_where_there_are_locks(strace, home_number, damaged):
    slow = every_call.striking(strace, "write:delay_enter=1000000", path=home_number(0).journal)
    with running(*slow, *noting(home_number(1), 7)) as note:
        wait_for(lambda: any("\nsize = " in one.read_text() for one in home_number(1).drafts.glob("*.toml")))
        with running(*mending(home_number(0))) as repair:
            repaired = repair.communicate()[0]
        assert note.communicate()[0] == "saved\n"
    # It waited for the note, saw it, and left all as it was.
    assert "Another program changed it at the same moment" in repaired
    assert numbers_in(home_number(0)) == [0, 1, 7]


@pytest.mark.slow
def test_nobody_removes_what_another_home_is_filling(strace, home_number, damaged):
    slow = every_call.striking(strace, "fsync:delay_enter=1000000", path=home_number(0).replacement)
    with running(*slow, *mending(home_number(0))) as repair:
        wait_for(home_number(0).replacement.exists)
        assert recovery.recover(home_number(1)) == recovery.Recovery()
        assert home_number(0).replacement.exists()
        assert repair.communicate()[0] == "mended\n"
    assert home_number(0).journal.read_bytes() == damaged


# --- Other programs ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_file_put_in_the_journals_place_while_a_note_is_written_gets_the_note_too(strace, home_number):
    """As an editor does that saves what it read before."""
    paths = home_number(0)
    save(paths, save_one.entry(0))
    old = paths.journal.read_bytes()
    slow = every_call.striking(strace, "fsync:delay_enter=1000000", path=paths.journal)
    with running(*slow, *noting(home_number(1), 7)) as note:
        wait_for(lambda: len(paths.journal.read_bytes()) > len(old))
        saved = paths.journal.with_name("saved")
        saved.write_bytes(b"# mine\n" + old)
        saved.replace(paths.journal)
        assert note.communicate()[0] == "saved\n"
    assert paths.journal.read_bytes().startswith(b"# mine\n" + old)
    assert numbers_in(paths) == [0, 7]


@pytest.mark.slow
def test_an_old_copy_put_in_the_journals_place_is_not_added_to_blindly(strace, home_number):
    paths = home_number(0)
    save(paths, save_one.entry(0))
    old = paths.journal.read_bytes()
    save(paths, save_one.entry(1))
    slow = every_call.striking(strace, "fsync:delay_enter=1000000", path=paths.journal)
    with running(*slow, *noting(paths, 7)) as note:
        wait_for(lambda: paths.journal.read_bytes().count(b"entry-7"))
        saved = paths.journal.with_name("saved")
        saved.write_bytes(old)
        saved.replace(paths.journal)
        said = note.communicate()[0]
    assert "has shrunk from" in said
    assert paths.journal.read_bytes() == old
    assert [one.id for one in recovery.recover(paths, although_shrunk=True).completed] == ["entry-7"]


def test_a_journal_locked_by_something_else_is_added_to_all_the_same(
    home_number, monkeypatch: pytest.MonkeyPatch
):
    """Such as `flock journal.toml followme note`: no save depends on that lock."""
    paths = home_number(0)
    save(paths, save_one.entry(0))
    monkeypatch.setattr(append, "lock_opened", lambda handle: lock.lock_opened(handle, 0.1))
    with paths.journal.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        save(paths, save_one.entry(1))
    assert numbers_in(paths) == [0, 1]

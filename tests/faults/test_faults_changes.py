"""Deleting, undoing and purging, broken at every system call: the old journal or the new one, and a way on."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import change_one
import every_call
import pytest
import save_one
from crash_images import Disk, recorded
from test_faults_repair import CALLS

import process
from followme.errors import FollowmeError
from followme.journal import recovery
from followme.journal.change import backups, log, undoing
from followme.journal.change.inverse import CannotUndo
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.saving import save
from rows import first_quick

WORDS = b"Words of number 1"
FAULTS = ("signal=KILL", *(f"error={name}" for name in "ENOSPC EIO EDQUOT EINTR EACCES".split()))


def scene(folder: Path, action: str, home: str = "home") -> Paths:
    """A journal with three entries and the memory of them; `undo` finds one that was deleted, `undo add` one added."""
    paths = Paths(folder / home / "journal.toml", folder / "state")
    for number in range(3):
        save(paths, save_one.entry(number))
    if action in ("undo", "purge"):
        change_one.delete(paths)
    if action == "purge":
        change_one.undo(paths)
    return paths


def run(paths: Paths, action: str, *before: str) -> subprocess.CompletedProcess[str]:
    program = [change_one.__file__, action.split()[0], str(paths.journal), str(paths.state)]
    return process.run(program, before=before, env=os.environ)


def ids(paths: Paths) -> list[str]:
    return [one.id for one in read(paths.journal).entries]


def numbers(*wanted: int) -> list[str]:
    return [f"entry-{number}" for number in wanted]


AFTER = {
    "delete": numbers(0, 2),
    "undo": numbers(0, 1, 2),
    "undo add": numbers(0, 1),
    "purge": numbers(0, 2),
}
"""The entries that are left when nothing breaks."""

each_action = pytest.mark.parametrize("action", first_quick(AFTER))


def kept_words(paths: Paths) -> list[str]:
    """The files that still have words of the entry, in the journal's folder and the state folder."""
    files = [path for top in (paths.journal.parent, paths.state) for path in top.rglob("*") if path.is_file()]
    return [path.name for path in files if WORDS in path.read_bytes()]


def check(paths: Paths, action: str, old: bytes, said: str) -> None:
    """The journal is whole, old or new; the new one has a backup. Then the same change, or undo, goes on."""
    before = [one.entry.id for one in read(paths.journal).located]
    text = paths.journal.read_bytes()
    is_new = before == AFTER[action]
    assert is_new or text == old, said
    assert not read(paths.journal).damages, said
    if said.startswith("changed"):
        assert is_new, said
    if "as it was" in said:
        assert text == old, said
    if is_new and action != "purge":
        assert old in [one.path.read_bytes() for one in backups.listed(paths)], said
    recovery.recover(paths)  # As the next start does.
    assert [path.name for path in paths.journal.parent.iterdir()] == ["journal.toml"], said
    for one in backups.listed(paths):
        assert not one.path.samefile(paths.journal), said
    again(paths, action, is_new=is_new, said=said)
    assert ids(paths) == AFTER[action], said
    assert not read(paths.journal).damages, said
    assert list(paths.state.rglob("*.new")) == [], said


def again(paths: Paths, action: str, *, is_new: bool, said: str) -> None:
    """Bring it to its end, or take it back and do it again."""
    if action == "purge":
        change_one.purge_it(paths)
        assert kept_words(paths) == [], said
        with pytest.raises(CannotUndo):
            undoing.planned(paths)
    elif action == "delete":
        if is_new:
            change_one.undo(paths)
            assert ids(paths) == numbers(0, 1, 2), said
        change_one.delete(paths)
    elif not is_new:
        change_one.undo(paths)
    else:
        save(paths, save_one.entry(5))
        change_one.undo(paths)
    newest = next(log.newest(paths))
    assert newest, said


def calls_of(strace: str, paths: Paths, action: str, trace: Path) -> list[every_call.Call]:
    """Each call that the change makes."""
    run(paths, action, strace, "-qq", "-f", "-o", str(trace), "-e", f"trace={','.join(CALLS)}")
    return [call for call, _ in every_call.marked(trace)]


@each_action
@every_call.faults(FAULTS[:2], FAULTS)
def test_a_change_broken_at_every_call(strace: str, tmp_path: Path, action: str, fault: str, every: bool):
    """Change the journal with the fault at each call, one after the other, and check what is left each time."""
    found = calls_of(strace, scene(tmp_path / "trace", action), action, tmp_path / "trace.log")
    assert len(found) > 30

    def broken(number: int, where: every_call.Call) -> None:
        call, when = where
        paths = scene(tmp_path / f"scene{number}", action)
        old = paths.journal.read_bytes()
        done = run(paths, action, *every_call.striking(strace, f"{call}:{fault}:when={when}"))
        assert "Traceback" not in done.stderr, done
        check(paths, action, old, f"{done.stdout}{done.stderr} {fault} at {where}")

    every_call.at(found, broken, every=every)


@each_action
def test_nothing_breaks(tmp_path: Path, action: str):
    paths = scene(tmp_path, action)
    old = paths.journal.read_bytes()
    done = run(paths, action)
    assert done.stdout == "changed\n", done
    check(paths, action, old, done.stdout)


# --- Other files, other processes -------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="links and modes are those of POSIX systems")
def test_a_link_and_a_mode_stay_through_a_delete_and_its_undo(tmp_path: Path):
    paths = scene(tmp_path, "delete")
    real = paths.journal.rename(paths.journal.with_name("real.toml"))
    paths.journal.symlink_to(real.name)
    real.chmod(0o640)
    for change in (change_one.delete, change_one.undo):
        change(paths)
        assert paths.journal.is_symlink()
        assert real.stat().st_mode & 0o777 == 0o640
    assert ids(paths) == numbers(0, 1, 2)


def test_a_folder_that_may_not_be_written_keeps_the_old_journal(strace: str, tmp_path: Path):
    """No file can be made beside the journal."""
    paths = scene(tmp_path, "delete")
    old, lines = paths.journal.read_bytes(), paths.changes.read_bytes()
    done = run(paths, "delete", *every_call.striking(strace, "openat:error=EACCES", path=paths.replacement))
    assert done.returncode == 1
    assert done.stdout.startswith("The journal is as it was. The system doesn't allow it"), done
    assert (paths.journal.read_bytes(), paths.changes.read_bytes()) == (old, lines)
    assert backups.listed(paths) == ()


@pytest.mark.slow
def test_adds_while_another_deletes_and_undoes_lose_nothing(tmp_path: Path):
    paths = scene(tmp_path, "delete")
    folder = os.path.dirname(save_one.__file__)
    script = (
        "import sys, save_one\n"
        "from pathlib import Path\n"
        "from followme.journal.file.paths import Paths\n"
        "from followme.journal.saving import save\n"
        "paths = Paths(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "for number in range(20): save(paths, save_one.entry(int(sys.argv[3]) + number), None)\n"
    )
    command = [sys.executable, "-c", script, str(paths.journal), str(paths.state)]
    environ = {**os.environ, "PYTHONPATH": folder}
    adders = [subprocess.Popen([*command, start], env=environ) for start in ("100", "200")]
    while any(each.poll() is None for each in adders):
        with suppress(FollowmeError):
            change_one.delete(paths)
        with suppress(FollowmeError):
            change_one.undo(paths)
    assert [each.returncode for each in adders] == [0, 0]
    undone = {each.id for one in log.newest(paths) if one and one.verb == log.UNDO for each in one.blocks}
    added = set(numbers(0, 2, *range(100, 120), *range(200, 220)))
    assert added - set(ids(paths)) <= undone
    assert len(ids(paths)) == len(set(ids(paths)))
    assert not read(paths.journal).damages


# --- A power cut ------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("action", AFTER)
def test_no_power_cut_leaves_half_a_change(memory: Path, monkeypatch: pytest.MonkeyPatch, action: str):
    """In any state of the disk in which it may have left things, the same check holds."""
    paths = scene(memory / "disk", action, home="")
    old = paths.journal.read_bytes()
    disk = Disk(paths.journal.parent)
    with monkeypatch.context() as watched:
        recorded(disk, watched)
        disk.changed()
        change_one.ACTIONS[action.split()[0]](paths)
    after = list(disk.power_cut())
    assert len(disk.images) > 20
    for image in disk.images.values():
        disk.put_back(image)
        is_new = ids(paths) == AFTER[action]
        assert is_new or paths.journal.read_bytes() == old
        assert is_new or image not in after
        if is_new and action != "purge":
            assert old in [one.path.read_bytes() for one in backups.listed(paths)]
        recovery.recover(paths)
        again(paths, action, is_new=is_new, said=f"{image in after}")
        assert ids(paths) == AFTER[action]

"""Repairing, broken at every single system call: the journal is the old one or the new one, and no byte is lost."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import every_call
import mend_one
import pytest
import save_one
from crash_images import Disk, recorded

import process
from followme.journal import recovery
from followme.journal.change import backups, swap
from followme.journal.file import codec, modes
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.health import repair
from followme.journal.saving import save
from rows import first_quick

CALLS = (
    "openat write fsync rename link linkat unlink fchmod fchown ftruncate mkdir chmod fchmodat "
    "read lseek close newfstatat fstat stat flock getdents64 listxattr"
).split()
"""The calls by which repairing touches files."""

BROKEN = b'\n[[entry]]\nid = "broken"\nset = weekly, with words\n\0\xff\n'
NAMELESS = b"\n[[entry]]\ndate = 2026-11-20T16:04:11+01:00\n"
NAMED = b'\n[[entry]]\nid = "20261120T160411-k7q2m"\ndate = 2026-11-20T16:04:11+01:00\n'


def scene(folder: Path, home: str = "home") -> Paths:
    """A journal with two good entries, a damaged one, one without id, and memory of the last write."""
    paths = Paths(folder / home / "journal.toml", folder / "state")
    for number in range(2):
        save(paths, save_one.entry(number))
    paths.journal.write_bytes(paths.journal.read_bytes() + BROKEN + NAMELESS)
    return paths


def run(paths: Paths, *before: str) -> subprocess.CompletedProcess[str]:
    program = [mend_one.__file__, str(paths.journal), str(paths.state)]
    return process.run(program, before=before, env=os.environ)


def beside(paths: Paths) -> list[str]:
    return sorted(path.name for path in paths.journal.parent.iterdir())


def check(paths: Paths, old: bytes, new: bytes, done: subprocess.CompletedProcess[str]) -> None:
    """The journal is whole, old or new; the new one has a backup and its damaged part; then all can go on."""
    text = paths.journal.read_bytes()
    assert text in (old, new), done
    assert "Traceback" not in done.stderr
    if text == new:
        assert [one.path.read_bytes() for one in backups.listed(paths)] == [old], done
        assert BROKEN[1:] in (paths.state / "damaged-2026-11-20.toml").read_bytes(), done
    if done.stdout == "mended\n":
        assert text == new, done

    recovery.recover(paths)  # As the next start does.
    assert beside(paths) == ["journal.toml"], done
    save(paths, save_one.entry(5))
    repair.repair(paths, mend_one.NOW, mend_one.new_id)
    added = b"\n" + codec.to_toml(save_one.entry(5)).encode()
    assert paths.journal.read_bytes() == new + added, done
    assert (paths.state / "damaged-2026-11-20.toml").read_bytes().count(b"with words") == 1, done
    assert list(paths.state.rglob("*.new")) == [], done
    assert [one.id for one in read(paths.journal).entries][-1] == "entry-5", done
    for one in backups.listed(paths):
        assert not one.path.samefile(paths.journal), done
        assert one.path.read_bytes() in (old, old + added), done


def calls_of_repairing(strace: str, paths: Paths, log: Path) -> list[every_call.Call]:
    """Each call that repairing makes."""
    run(paths, strace, "-qq", "-f", "-o", str(log), "-e", f"trace={','.join(CALLS)}")
    return [call for call, _ in every_call.marked(log)]


@pytest.fixture
def new(tmp_path: Path) -> bytes:
    """The journal as it is when nothing breaks."""
    paths = scene(tmp_path / "sound")
    old = paths.journal.read_bytes()
    done = run(paths)
    assert done.stdout == "mended\n", done
    text = paths.journal.read_bytes()
    assert text == old.removesuffix(BROKEN + NAMELESS) + NAMED
    check(paths, old, text, done)
    return text


@every_call.AT
@pytest.mark.parametrize(
    "fault",
    ["signal=KILL", *(f"error={name}" for name in ("EIO", "ENOSPC", "EDQUOT", "EINTR", "EACCES"))],
)
def test_repairing_broken_at_every_call(strace: str, tmp_path: Path, new: bytes, fault: str, every: bool):
    """Repair with the fault at each call, one after the other, and check what is left each time."""
    found = calls_of_repairing(strace, scene(tmp_path / "trace"), tmp_path / "trace.log")
    assert len(found) > 30

    def broken(number: int, where: every_call.Call) -> None:
        call, when = where
        paths = scene(tmp_path / f"scene{number}")
        old = paths.journal.read_bytes()
        check(paths, old, new, run(paths, *every_call.striking(strace, f"{call}:{fault}:when={when}")))

    every_call.at(found, broken, every=every)


@pytest.mark.parametrize("error", first_quick(["EXDEV", "EACCES", "EBUSY"]))
def test_a_journal_that_cannot_be_replaced_stays_and_nothing_lies_beside_it(
    strace: str, tmp_path: Path, new: bytes, error: str
):
    """Renames of other files go well: only those of the file beside the journal fail."""
    paths = scene(tmp_path / "scene")
    old = paths.journal.read_bytes()
    done = run(paths, *every_call.striking(strace, f"rename:error={error}", path=paths.replacement))
    assert done.returncode == 1
    assert done.stdout.startswith("The journal is as it was."), done
    assert paths.journal.read_bytes() == old
    assert beside(paths) == ["journal.toml"]
    assert backups.listed(paths) == ()
    check(paths, old, new, done)


@pytest.mark.parametrize("error", first_quick(["EXDEV", "EPERM", "EOPNOTSUPP", "EMLINK"]))
def test_a_disk_without_second_names_gets_a_copy(strace: str, tmp_path: Path, new: bytes, error: str):
    paths = scene(tmp_path / "scene")
    old = paths.journal.read_bytes()
    done = run(paths, *every_call.striking(strace, f"link,linkat:error={error}"))
    assert done.stdout == "mended\n", done
    check(paths, old, new, done)


# --- A power cut ------------------------------------------------------------------------------------------


def lost(memory: Path, patch: pytest.MonkeyPatch) -> set[str]:
    """What is wrong in any state that a power cut anywhere in repairing, or right after it, may leave."""
    paths = scene(memory / "disk", home="")
    old = paths.journal.read_bytes()
    disk = Disk(paths.journal.parent)
    with patch.context() as watched:
        recorded(disk, watched)
        disk.changed()
        repair.repair(paths, mend_one.NOW, mend_one.new_id)
    new, after = paths.journal.read_bytes(), list(disk.power_cut())
    assert len(disk.images) > 20
    found = set()
    for image in disk.images.values():
        disk.put_back(image)
        found |= faults(paths, old, new, done=image in after)
    return found


def faults(paths: Paths, old: bytes, new: bytes, *, done: bool) -> set[str]:
    found = set()
    text = paths.journal.read_bytes() if paths.journal.exists() else b""
    damaged = paths.state / "damaged-2026-11-20.toml"
    if text not in ((new,) if done else (old, new)):
        found.add("the journal is neither the old nor the new one")
    if text != old and old not in [one.path.read_bytes() for one in backups.listed(paths)]:
        found.add("there is no backup")
    if text != old and not (damaged.exists() and BROKEN[1:] in damaged.read_bytes()):
        found.add("the damaged part is lost")
    recovery.recover(paths)
    repair.repair(paths, mend_one.NOW, mend_one.new_id)
    if paths.journal.read_bytes() != new or paths.replacement.exists():
        found.add("repairing again did not bring it to its end")
    return found


@pytest.mark.slow
def test_no_power_cut_loses_or_damages_anything(memory: Path, monkeypatch: pytest.MonkeyPatch):
    assert lost(memory, monkeypatch) == set()


@pytest.mark.slow
def test_the_search_finds_a_new_file_that_was_not_synced(memory: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(swap, "sync_file", lambda handle: None)
    assert "the journal is neither the old nor the new one" in lost(memory, monkeypatch)


@pytest.mark.slow
def test_the_search_finds_a_backup_that_was_not_synced(memory: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backups, "sync_folder", lambda path: None)
    assert "there is no backup" in lost(memory, monkeypatch)


@pytest.mark.slow
def test_the_search_finds_damaged_parts_that_were_not_synced(memory: Path, monkeypatch: pytest.MonkeyPatch):
    real = modes.write_private
    monkeypatch.setattr(repair, "write_private", lambda *a, **more: real(*a, **{**more, "sync": False}))
    assert "the damaged part is lost" in lost(memory, monkeypatch)

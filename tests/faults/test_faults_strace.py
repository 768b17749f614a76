"""Saving, broken at its system calls: killed there, or told of a disk error, or of a full disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import every_call
import pytest
import save_one
from fault_scene import Scene

from followme.journal.file.codec import to_toml
from followme.journal.file.reading import read
from rows import first_quick

CALLS = (
    "openat write fsync rename unlink flock ftruncate read lseek close mkdir newfstatat fstat stat rmdir getdents64"
).split()
"""The calls by which saving touches files."""


def calls_of_saving(strace: str, scene: Scene, action: str, log: Path) -> list[every_call.Call]:
    """Each call that saving makes."""
    scene.run(action, 7, before=(strace, "-qq", "-f", "-o", str(log), "-e", f"trace={','.join(CALLS)}"))
    return [call for call, _ in every_call.marked(log)]


def break_everywhere(
    strace: str, make_scene: Callable[..., Scene], fault: str, action: str, *, empty: bool, every: bool
) -> None:
    """Save with the fault at each call, one after the other, and check what is left each time."""
    first = make_scene("trace", empty=empty)
    found = calls_of_saving(strace, first, action, first.paths.state.parent.parent / "trace.log")
    assert len(found) > 30

    def broken(number: int, where: every_call.Call) -> None:
        call, when = where
        scene = make_scene(f"scene{number}", empty=empty)
        done = scene.run(action, 7, before=every_call.striking(strace, f"{call}:{fault}:when={when}"))
        scene.check(done, drafted=action == "draft")

    every_call.at(found, broken, every=every)


FAULTS = pytest.mark.parametrize(
    "fault", ["signal=KILL", "error=EIO", "error=ENOSPC", "error=EACCES", "error=EROFS"]
)


@every_call.AT
@FAULTS
def test_saving_from_a_draft(strace: str, make_scene: Callable[..., Scene], fault: str, every: bool):
    break_everywhere(strace, make_scene, fault, "draft", empty=False, every=every)


@every_call.AT
@FAULTS
def test_saving_the_first_note(strace: str, make_scene: Callable[..., Scene], fault: str, every: bool):
    break_everywhere(strace, make_scene, fault, "note", empty=True, every=every)


# --- Single faults ----------------------------------------------------------------------------------------


def injected(strace: str, scene: Scene, *rules: str):
    return scene.run("draft", 7, before=every_call.striking(strace, *rules))


@pytest.mark.parametrize("error", first_quick(["EOPNOTSUPP", "EINVAL", "ENOSYS", "ENOTTY"]))
def test_a_drive_that_knows_no_sync_still_saves(strace: str, scene: Scene, error: str):
    done = injected(strace, scene, f"fsync:error={error}")
    assert done.stdout == "saved\n"
    scene.check(done)


def test_a_failed_sync_is_not_tried_twice_and_called_saved(strace: str, scene: Scene, tmp_path: Path):
    """Which sync is the journal's is found in a trace; it fails once and would then succeed."""
    log = tmp_path / "log"
    # The first one makes folders, and syncs more.
    scene.run("note", 2)
    scene.run("note", 3, before=(strace, "-qq", "-y", "-o", str(log), "-e", "trace=fsync"))
    syncs = log.read_text().splitlines()
    number = next(n for n, line in enumerate(syncs, 1) if str(scene.paths.journal) in line)
    scene.old = scene.paths.journal.read_bytes()
    done = scene.run("note", 7, before=every_call.striking(strace, f"fsync:error=EIO:when={number}"))
    assert done.returncode == 1
    assert "The disk reported an error" in done.stdout
    assert scene.paths.journal.read_bytes() == scene.old
    scene.check(done, drafted=False)


def test_interrupted_calls_are_repeated(strace: str, scene: Scene):
    done = injected(strace, scene, "write:error=EINTR:when=1+2", "fsync:error=EINTR:when=1+2")
    assert done.stdout == "saved\n"
    scene.check(done)


@pytest.mark.parametrize("error", first_quick(["EXDEV", "EACCES", "EBUSY"]))
def test_a_draft_that_cannot_be_renamed_is_no_saved_entry(strace: str, scene: Scene, error: str):
    done = injected(strace, scene, f"rename:error={error}:when=2+")
    assert done.returncode == 1
    assert "still in the draft" in done.stdout
    scene.check(done)


@pytest.mark.parametrize("missing", first_quick([1, 100, 10**9]))
def test_a_system_that_lies_about_a_write_is_noticed(strace: str, scene: Scene, missing: int):
    """It says that all was written, and wrote nothing; or nearly all, and the rest is then written alone."""
    size = len(("\n" + to_toml(save_one.entry(7))).encode())
    lie = f"write:retval={max(size - missing, 0) or size}:when=1"
    before = every_call.striking(strace, lie, path=scene.paths.journal)
    done = scene.run("draft", 7, before=before)
    assert done.returncode == 1
    assert "followme adds them as soon as it can" in done.stdout
    assert scene.paths.journal.read_bytes().startswith(scene.old)
    scene.check(done)
    assert len(read(scene.paths.journal).entries) == 3

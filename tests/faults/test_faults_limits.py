"""Disks that are full, files that may not grow, places that may not be written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import save_one
from fault_scene import Scene

from followme.journal import recovery
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.saving import save
from rows import first_quick

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits and modes are those of POSIX systems")

LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.parametrize("room", first_quick([0, 1, 100, 4000, 20_000]))
def test_a_file_that_may_not_grow_keeps_its_size(scene: Scene, room: int):
    """The entry is larger than the room there is; its draft is not, so the words are kept."""
    scene.paths.journal.write_bytes(scene.old + b"# filler\n" * 10_000)
    scene.old = scene.paths.journal.read_bytes()
    limit = len(scene.old) + room
    command = scene.command("draft", 7, 30_000)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), *command[1:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done
    assert "There's no room left on the disk" in done.stdout
    assert "followme adds them as soon as it can" in done.stdout
    assert scene.paths.journal.read_bytes() == scene.old
    assert [one.id for one in recovery.recover(scene.paths).completed] == ["entry-7"]
    assert read(scene.paths.journal).entries[-1] == save_one.entry(7, 30_000)


def test_no_room_for_the_draft_is_told_before_the_journal_is_touched(scene: Scene):
    command = scene.command("note", 7)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "10", *command[1:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done
    assert "copy them before you close this window" in done.stdout
    assert scene.paths.journal.read_bytes() == scene.old
    scene.check(done, drafted=False)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB, where this may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or not shutil.which("mount"):
        pytest.skip("a small disk can be mounted on Linux only")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_and_room_again(small_disk: Path, tmp_path: Path):
    paths = Paths(small_disk / "journal.toml", tmp_path / "state")
    save(paths, save_one.entry(0), None)
    filler = small_disk / "filler"

    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 1000):
            pass

    scene = Scene(paths, paths.journal.read_bytes())
    done = scene.run("draft", 7, 9000)
    assert "There's no room left on the disk" in done.stdout
    assert paths.journal.read_bytes() == scene.old
    filler.unlink()
    assert [one.id for one in recovery.recover(paths).completed] == ["entry-7"]
    assert len(read(paths.journal).entries) == 2


def test_a_read_only_journal_is_told_with_its_mode(scene: Scene):
    powers = "-dac_override,-dac_read_search"
    meek: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may write everything, and there is no setpriv")
        meek = ("setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}")
    scene.paths.journal.chmod(0o444)
    done = scene.run("draft", 7, before=meek)

    assert "has the mode 0444" in done.stdout
    scene.paths.journal.chmod(0o600)
    scene.check(done)


def test_a_full_device_is_no_journal(scene: Scene):
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    done = Scene(Paths(Path("/dev/full"), scene.paths.state), b"").run("note", 7)
    assert "isn't an ordinary file" in done.stdout


SHORT_OF_MEMORY = """
import resource, runpy, sys
import followme.journal.saving  # So that the program itself is there, and memory lacks for the entry.
room, sys.argv = int(sys.argv[1]), sys.argv[2:]
pages = int(open("/proc/self/statm").read().split()[0])
limit = pages * resource.getpagesize() + room
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="Windows and macOS do not limit memory like this")
def test_without_memory_nothing_is_written_by_halves(make_scene: Callable[..., Scene]):
    """An entry of 5 MB, with more room each time, until it fits."""
    codes = set()
    for room in range(5, 100, 5):
        scene = make_scene(f"room{room}")
        command = scene.command("note", 7, 5_000_000)
        done = subprocess.run(
            [sys.executable, "-c", SHORT_OF_MEMORY, str(room * 1_000_000), *command[1:]],
            capture_output=True,
            text=True,
            check=False,
        )
        codes.add(done.returncode)
        text = scene.paths.journal.read_bytes()
        assert text.startswith(scene.old)
        recovery.recover(scene.paths)
        loaded = read(scene.paths.journal)
        assert loaded.damages == ()
        assert len(loaded.entries) == 3 if "saved" in done.stdout else len(loaded.entries) in (2, 3)
        if done.returncode == 0:
            break
    # Where the fast reader of TOML gets no memory, its library ends the process, which is as a kill.
    assert codes - {-signal.SIGABRT} == {0, 1}

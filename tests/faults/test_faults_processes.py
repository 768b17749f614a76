"""Many processes at one journal: adding at once, reading meanwhile, holding the lock and dying or stopping."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import save_one
from fault_scene import Scene

from followme.journal.file.reading import Damage, newest_first, read
from followme.journal.saving import save

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX systems")


def start(scene: Scene, action: str, *more: object) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(scene.command(action, *more), stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@contextmanager
def lock_holder(scene: Scene) -> Iterator[subprocess.Popen[str]]:
    with start(scene, "hold") as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            if holder.poll() is None:
                holder.kill()


@pytest.mark.slow
def test_forty_processes_add_at_once_and_none_is_lost(scene: Scene):
    running = [start(scene, "note", 100 + number, 3000) for number in range(40)]
    said = [process.communicate()[0] for process in running]
    assert said == ["saved\n"] * 40
    loaded = read(scene.paths.journal)
    assert loaded.damages == ()
    expected = {save_one.entry(number) for number in (0, 1)}
    expected |= {save_one.entry(100 + number, 3000) for number in range(40)}
    assert set(loaded.entries) == expected
    assert len(loaded.entries) == 42


@pytest.mark.slow
def test_a_reader_never_reports_an_entry_in_the_middle_of_being_added(scene: Scene):
    """One process adds large entries; this one reads all the while."""
    script = (
        "import sys, save_one\n"
        "from pathlib import Path\n"
        "from followme.journal.file.paths import Paths\n"
        "from followme.journal.saving import save\n"
        "paths = Paths(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "for number in range(150): save(paths, save_one.entry(100 + number, 60_000), None)\n"
    )
    folder = os.path.dirname(save_one.__file__)
    command = [scene.command("")[0], "-c", script, str(scene.paths.journal), str(scene.paths.state)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": folder}) as writer:
        while writer.poll() is None:
            newest = next(newest_first(scene.paths.journal))
            assert not isinstance(newest, Damage)
    assert writer.returncode == 0
    assert len(read(scene.paths.journal).entries) == 152


@POSIX
def test_the_lock_of_a_killed_process_is_free_at_once(scene: Scene):
    with lock_holder(scene) as holder:
        holder.kill()
        holder.wait()
        save(scene.paths, save_one.entry(7), None)
    assert len(read(scene.paths.journal).entries) == 3


@pytest.mark.slow
@POSIX
def test_a_stopped_process_is_named_and_the_words_are_added_later(scene: Scene):
    with lock_holder(scene) as holder:
        os.kill(holder.pid, signal.SIGSTOP)
        done = scene.run("draft", 7)
        assert f"process {holder.pid}," in done.stdout
        assert "followme adds them as soon as it can" in done.stdout
        assert scene.paths.journal.read_bytes() == scene.old
        os.kill(holder.pid, signal.SIGCONT)
    scene.check(done)
    assert len(read(scene.paths.journal).entries) == 3


@POSIX
def test_the_lock_is_not_handed_to_a_child(scene: Scene):
    """An editor that outlives followme does not keep the journal locked."""
    script = (
        "import subprocess, sys\n"
        "from pathlib import Path\n"
        "from followme.journal.file import lock\n"
        "from followme.journal.file.paths import Paths\n"
        "with lock.held(Paths(Path(sys.argv[1]), Path(sys.argv[2]))):\n"
        "    quiet = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}\n"
        "    child = subprocess.Popen(['sleep', '30'], close_fds=False, **quiet)\n"
        "    print(child.pid, flush=True)\n"
        "    import os; os._exit(0)\n"
    )
    command = [scene.command("")[0], "-c", script, str(scene.paths.journal), str(scene.paths.state)]
    child = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    try:
        save(scene.paths, save_one.entry(7), None)
    finally:
        os.kill(child, signal.SIGKILL)
    assert len(read(scene.paths.journal).entries) == 3


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize("rounds", [25, pytest.param(200, marks=pytest.mark.long)])
def test_killed_at_any_moment_with_a_large_record(make_scene: Callable[..., Scene], rounds: int):
    chance = random.Random(7)
    for number in range(rounds):
        scene = make_scene(f"scene{number}")
        with start(scene, "draft", 7, 400_000) as process:
            time.sleep(chance.uniform(0.1, 0.5))
            process.kill()
            said, _ = process.communicate()
        text = scene.paths.journal.read_bytes()
        assert text.startswith(scene.old)
        scene.run("recover")
        loaded = read(scene.paths.journal)
        assert loaded.damages == ()
        added = [one for one in loaded.entries if one.id == "entry-7"]
        assert added in ([], [save_one.entry(7, 400_000)])
        assert added or "saved" not in said

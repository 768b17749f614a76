"""A forked process is what a started one is: its streams, environment, folder, signals, chance and exit code."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("only Linux shows what a process is; Windows and macOS do not", allow_module_level=True)

from rows import first_quick
from sets import one_question
from terminal import CTRL_C, Terminal

SET = one_question("line", "What happened?")


@pytest.fixture(autouse=True)
def one(run) -> None:
    (run.prompts / "one.toml").write_text(SET, encoding="utf-8")


def told_of(terminal: Terminal) -> dict[str, object]:
    """What the system tells of the process: how it heeds signals, its mask, its folder, and what it has open."""
    folder = Path("/proc") / str(terminal.process.pid)
    status = dict(line.split(":\t", 1) for line in (folder / "status").read_text().splitlines())
    _, _, group, session, _, foreground, *_ = (folder / "stat").read_text().rpartition(")")[2].split()
    assert {group, session, foreground} == {str(terminal.process.pid)}
    opened = [os.readlink(handle).split(":")[0] for handle in (folder / "fd").iterdir()]
    return {
        **{name: status[name] for name in ("SigIgn", "SigCgt", "SigBlk", "Umask", "Threads")},
        "folder": os.readlink(folder / "cwd"),
        "terminals": sum(name.startswith("/dev/pts/") for name in opened),
        "others": sorted(Path(name).suffix or name for name in opened if not name.startswith("/dev/")),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells this of a process; macOS does not")
def test_the_system_sees_no_difference(run):
    seen = []
    for fresh in (False, True):
        with Terminal(run.home, "reflect", "one", fresh=fresh) as terminal:
            terminal.see("What happened?")
            seen.append(told_of(terminal))
            terminal.keys("half an idea" + CTRL_C)
            assert terminal.end() == 130
            seen.append(terminal.text)
        for path in run.drafts:
            path.unlink()
    assert seen[:2] == seen[2:]


@pytest.mark.parametrize("fresh", first_quick([False, True]), ids=["forked", "fresh"])
def test_it_ends_as_programs_end(run, fresh: bool):
    for argv, code in ((["--version"], 0), (["nonsense"], 2), (["show"], 3)):
        with Terminal(run.home, *argv, fresh=fresh) as terminal:
            assert terminal.end() == code
    with Terminal(run.home, "reflect", "one", fresh=fresh) as terminal:
        terminal.see("What happened?")
        assert terminal.process.poll() is None
        assert terminal.kill(signal.SIGKILL) == -signal.SIGKILL
    assert terminal.process.poll() == terminal.process.wait() == -signal.SIGKILL


def test_none_has_the_chance_of_another(run):
    for _ in range(2):
        with Terminal(run.home, "note", "Ana stayed.", now=run.now) as terminal:
            assert terminal.end() == 0
    assert len({entry["id"] for entry in run.entries}) == 2

"""What followme lets out: files for their owner alone, nothing to the network, no words of a person in a fault."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from two_questions import ALL, to_the_summary, write_set

from followme.commands import reflect
from terminal import CTRL_C, ENTER, Terminal

MARKER = "zanzibar"

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of this kind")


def walk(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*"))


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_all_that_commands_make_is_for_its_owner_alone(run, mask: int):
    """Whole processes: a sitting in batch, one that is paused in a terminal, an export to a file."""
    write_set(run.prompts)
    given = walk(run.home)
    old = os.umask(mask)
    try:
        assert run.process("reflect", "two", *ALL).returncode == 0
        assert run.process("export", "week.md").returncode == 0
        with Terminal(run.home, "reflect", "two") as window:
            to_the_summary(window)
            window.keys(CTRL_C)
            assert window.end() == 130
    finally:
        os.umask(old)
    made = [path for path in walk(run.home) if path not in given]
    assert {path.name for path in made} >= {"journal.toml", "drafts", "locks", "memory", "week.md"}
    wrong = {
        str(path): oct(stat.S_IMODE(path.stat().st_mode))
        for path in made
        if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    }
    assert wrong == {}


@pytest.mark.slow
def test_nothing_reaches_the_network(run, strace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A whole sitting in a terminal, one in batch, a list and an export: no connection, and no socket for one."""
    log = tmp_path / "log"
    watched = tmp_path / "watched"
    watched.write_text(f'#!/bin/sh\nexec {strace} -f -A -o {log} -e trace=%network "{sys.executable}" "$@"\n')
    watched.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(watched))
    write_set(run.prompts)
    with Terminal(run.home, "reflect", "two") as window:
        to_the_summary(window)
        window.keys(ENTER)
        assert window.end() == 0
    assert run.process("reflect", "two", *ALL).returncode == 0
    for argv in (
        [],
        ["list"],
        ["show", "last"],
        ["export"],
        ["export", "week.md"],
        ["prompts", "list"],
        ["--help"],
    ):
        assert run.process(*argv).returncode == 0
    calls = log.read_text(errors="replace").splitlines()
    assert "+++ exited with 0 +++" in calls[-1]
    assert [line for line in calls if "AF_INET" in line or "connect(" in line] == []
    assert len(run.entries) == 2


@pytest.mark.parametrize("debug", [[], ["--debug"]], ids=["plainly", "with --debug"])
def test_a_fault_of_our_own_lets_no_words_out(run, monkeypatch: pytest.MonkeyPatch, debug: list[str]):
    """Also not in a traceback, which people send around: not the message, not what caused it, not a file."""

    def broken(words: str) -> None:
        try:
            raise KeyError(words)
        except KeyError as error:
            raise RuntimeError(f"cannot store {words}") from error

    monkeypatch.setattr(reflect.saving, "save", lambda place, entry, **more: broken(repr(entry)))
    write_set(run.prompts)
    done = run(*debug, "reflect", "two", *ALL[:-1], f"calm={MARKER}")
    assert done.code == 1
    assert "RuntimeError" in done.err
    assert ("broken" in done.err and "KeyError" in done.err) is bool(debug)
    assert MARKER not in done.out + done.err
    assert [path for path in walk(run.home) if path.is_file() and MARKER in path.read_text()] == []

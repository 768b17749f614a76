"""What followme lets out: files for their owner alone, nothing to the network, no words of a person in a fault."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from two_questions import ALL, to_the_summary, write_set

from followme.journal import saving
from rows import first_quick
from terminal import CTRL_C, ENTER, Terminal

MARKER = "zanzibar"

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of this kind")


def walk(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*"))


@POSIX
@pytest.mark.parametrize("mask", first_quick([0o000, 0o022, 0o077]))
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
    with Terminal(run.home, "reflect", "two", fresh=True) as window:
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

    monkeypatch.setattr(saving, "save", lambda paths, entry, **more: broken(repr(entry)))
    write_set(run.prompts)
    done = run(*debug, "reflect", "two", *ALL[:-1], f"calm={MARKER}")
    assert done.code == 1
    assert "RuntimeError" in done.err
    assert ("broken" in done.err and "KeyError" in done.err) is bool(debug)
    assert MARKER not in done.out + done.err
    assert [path for path in walk(run.home) if path.is_file() and MARKER in path.read_text()] == []


@POSIX
@pytest.mark.parametrize("mask", first_quick([0o000, 0o022, 0o077]))
def test_all_folders_on_the_way_are_for_their_owner_alone(run, mask: int):
    """Also those above the last one, and those of settings and prompt sets."""
    given = walk(run.home)
    old = os.umask(mask)
    try:
        assert run.process("note", "Ana stayed.").returncode == 0
        assert run.process("prompts", "new", "mine").returncode == 0
        environ = {"FOLLOWME_CONFIG": "deep/er/config.toml", "EDITOR": "sed -i s/nano/vi/"}
        with Terminal(run.home, "config", "edit", environ=environ) as window:
            assert window.end() == 0
    finally:
        os.umask(old)
    made = [path for path in walk(run.home) if path not in given]
    assert {path.name for path in made} >= {
        "mine.toml",
        "prompts",
        ".config",
        "deep",
        "er",
        ".local",
        "share",
        "state",
    }
    wrong = {
        str(path): oct(stat.S_IMODE(path.stat().st_mode))
        for path in made
        if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    }
    assert wrong == {}


# --- A state folder that is a link ------------------------------------------------------------------------


def strangers(folder: Path, mode: int = 0o755) -> Path:
    """A folder that belongs to someone else."""
    folder.mkdir()
    folder.chmod(mode)
    if os.geteuid():
        pytest.skip("only root can give a folder to someone else")
    os.chown(folder, 54321, 54321)
    return folder


def linked_state(run, to: Path) -> Path:
    """The state folder as a link."""
    state = run.paths.state
    state.parent.mkdir(parents=True, exist_ok=True)
    state.symlink_to(to)
    return state


VERBS = (["note", "Ana stayed."], ["reflect", "two", *ALL], [], ["doctor"], ["doctor", "--repair", "--yes"])
"""What looks into the state folder, and what writes there."""


def refused(run, folder: Path, real: Path) -> None:
    write_set(run.prompts)
    before = walk(real)
    for argv in VERBS:
        done = run(*argv)
        assert done.code == 1
        assert done.err.startswith(f"{folder} is a link to {real}, where others can write")
    assert walk(real) == before
    assert not run.journal.exists()


@POSIX
@pytest.mark.parametrize("mode", [0o755, 0o777])
def test_a_state_folder_that_leads_to_someone_else_is_refused(run, tmp_path: Path, mode: int):
    there = strangers(tmp_path / "theirs", mode)
    refused(run, linked_state(run, there), there)


@POSIX
def test_so_is_one_in_a_folder_that_belongs_to_someone_else(run, tmp_path: Path):
    """They could put another folder in its place."""
    there = strangers(tmp_path / "theirs") / "ours"
    there.mkdir(mode=0o700)
    refused(run, linked_state(run, there), there)


@POSIX
def test_so_is_one_in_which_everyone_can_write(run, tmp_path: Path):
    there = tmp_path / "open"
    there.mkdir()
    there.chmod(0o1777)
    refused(run, linked_state(run, there), there)


@POSIX
def test_so_is_a_folder_inside_it(run, tmp_path: Path):
    there = strangers(tmp_path / "theirs")
    run.paths.state.mkdir(parents=True)
    run.paths.drafts.symlink_to(there)
    refused(run, run.paths.drafts, there)


@POSIX
def test_so_is_one_that_would_be_made_in_such_a_folder(run, tmp_path: Path):
    """What is refused once it is there must not be made."""
    there = strangers(tmp_path / "theirs", 0o777)
    above = run.paths.state.parent
    above.parent.mkdir(parents=True, exist_ok=True)
    above.symlink_to(there)
    refused(run, run.paths.state, there / run.paths.state.name)
    assert walk(there) == []


@POSIX
def test_a_link_to_a_folder_of_ones_own_is_followed(run, tmp_path: Path):
    there = tmp_path / "mine"
    there.mkdir(mode=0o700)
    linked_state(run, there)
    assert run("note", "Ana stayed.").code == 0
    assert "locks" in {path.name for path in there.iterdir()}


@POSIX
def test_a_folder_in_memory_that_someone_else_made_is_stepped_around(run, tmp_path: Path):
    """Where the variable names /tmp, anybody can make the folder before us."""
    there = strangers(tmp_path / "followme", 0o777)
    run.paths.state.parent.mkdir(parents=True)
    run.paths.state.write_text("a file where the folder belongs", encoding="utf-8")
    run("note", "Ana stayed.", environ={"XDG_RUNTIME_DIR": str(tmp_path)})
    assert walk(there) == []

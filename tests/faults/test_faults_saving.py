"""Trouble in a terminal: said before the first question where it can be, and asked about where saving fails."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from two_questions import ALL, reply, to_the_summary, write_set

from followme.asking.rich.keys import HABIT_SECONDS
from followme.journal import drafts, recovery
from followme.journal.file.reading import read
from rows import first_quick
from terminal import CTRL_C, ENTER, Terminal


@pytest.fixture
def reflect(run):
    write_set(run.prompts)

    def reflect(*argv: str, **how: Any) -> Terminal:
        return Terminal(run.home, *argv, "reflect", "two", **how)

    return reflect


def sittings_left(run) -> int:
    left = drafts.orphans(run.paths)
    for one in left:
        one.close()
    return len(left)


# --- Before the first question ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("folder", "is a folder, so it can't be a journal"),
        ("pipe", "isn't an ordinary file"),
        ("device", "isn't an ordinary file"),
        ("link to nothing", "is a link to a file that isn't there"),
        ("link in a circle", "Give another journal with --journal"),
        ("in a file", "Give another journal with --journal"),
    ],
)
def test_what_cannot_be_a_journal_is_said_first(run, reflect, kind: str, sentence: str):
    paths = run.home / "journal.toml"
    if kind == "folder":
        paths.mkdir()
    elif kind == "pipe":
        os.mkfifo(paths)
    elif kind == "device":
        paths = Path(os.devnull)
    elif kind == "in a file":
        paths.write_text("")
        paths = paths / "journal.toml"
    else:
        paths.symlink_to(paths if "circle" in kind else run.home / "nowhere")
    with reflect("--journal", str(paths)) as window:
        assert window.end() == 1
        assert sentence in window.words
        assert "What went well?" not in window.words
    assert not run.paths.drafts.exists()
    for argv in (["list"], ["show", "last"], ["export"], [], ["reflect", "two", *ALL]):
        done = run("--journal", str(paths), *argv)
        assert done.code == 1
        assert sentence in done.err


@pytest.mark.skipif(
    getattr(os, "geteuid", int)() == 0 and not shutil.which("setpriv"), reason="root may write everything"
)
@pytest.mark.parametrize("of", ["the journal", "its folder"])
def test_a_journal_that_may_not_be_written_is_said_first(run, reflect, monkeypatch, tmp_path, of: str):
    folder = run.home / "journals"
    folder.mkdir()
    journal = folder / "journal.toml"
    if of == "the journal":
        journal.write_text("format = 1\n")
        journal.chmod(0o400)
    folder.chmod(0o500)
    if os.geteuid() == 0:
        powers = "-dac_override,-dac_read_search"
        meek = tmp_path / "meek"
        meek.write_text(
            f'#!/bin/sh\nexec setpriv --bounding-set={powers} --inh-caps={powers} "{sys.executable}" "$@"\n'
        )
        meek.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(meek))
    with reflect("--journal", str(journal), fresh=True) as window:
        assert window.end() == 1
        assert f"has the mode {'0400' if of == 'the journal' else '0500'}" in window.words
        assert "What went well?" not in window.words
    folder.chmod(0o700)


# --- No room for the draft --------------------------------------------------------------------------------


def block(state: Path) -> None:
    """Let nothing be written in the state folder, as on a full disk."""
    state.parent.mkdir(parents=True)
    state.write_text("a file where the folder should be")


def test_without_room_the_draft_lies_in_memory_and_is_found_again(run, reflect, memory: Path):
    block(run.paths.state)
    with reflect(environ={"XDG_RUNTIME_DIR": str(memory)}) as window:
        reply(window, "What went well?", f"Ana stayed.{ENTER}")
        assert f"this reflection is kept in {memory}/followme/drafts" in window.words
        reply(window, "Who was calm?", "B")
        window.answer("▎ B", CTRL_C)
        assert window.end() == 130
    (draft,) = (memory / "followme" / "drafts").glob("*.toml")
    assert drafts.load(draft).typed == {"went": {"reply": "Ana stayed."}, "calm": {"reply": "B"}}
    with reflect(environ={"XDG_RUNTIME_DIR": str(memory)}) as window:
        window.answer("an unfinished reflection", ENTER)
        window.answer("▎ B", f"en{ENTER}")
        window.answer("What now?", ENTER)
        window.see("Saved.")
        assert window.end() == 0
    assert [each["reply"] for each in run.entries[0]["answer"]] == ["Ana stayed.", "Ben"]
    assert not draft.exists()


def test_without_any_room_it_is_said_first_and_everything_is_shown_at_the_end(run, reflect):
    block(run.paths.state)
    with reflect() as window:
        window.see("What went well?")
        assert "The draft couldn't be saved." in window.words
        assert "shows all your answers at the end" in window.words
        to_the_summary(window)
        window.keys(CTRL_C)
        assert window.end() == 1
        assert "These answers aren't on the disk: copy them from here." in window.words
        assert window.words.count("Ana stayed.") >= 2


def test_when_there_is_room_again_nothing_is_lost(run, reflect):
    block(run.paths.state)
    with reflect() as window:
        to_the_summary(window)
        window.keys(ENTER)
        window.see("The journal can't be locked.")
        window.see("Press Enter to try again.")
        run.paths.state.unlink()
        window.keys(ENTER)
        window.see("Saved.")
        assert window.end() == 0
    assert [each["reply"] for each in run.entries[0]["answer"]] == ["Ana stayed.", "Ben"]
    assert run.drafts == []


@pytest.mark.slow
def test_a_disk_that_is_full_from_the_beginning(run, reflect, own_mounts, monkeypatch, tmp_path):
    """A real one, under the state folder."""
    state = run.paths.state
    state.mkdir(parents=True)
    full = tmp_path / "full"
    full.write_text(
        f"#!/bin/bash\nexec {' '.join(own_mounts)} bash -c '"
        f'mount -t tmpfs -o size=16k tmpfs "{state}"; head -c 100000 /dev/zero > "{state}/filler" 2>/dev/null; '
        f'exec "{sys.executable}" "$@"\' bash "$@"\n'
    )
    full.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(full))
    with reflect(fresh=True) as window:
        window.see("What went well?")
        window.see("There's no room left on the disk")
        to_the_summary(window)
        window.keys(CTRL_C)
        assert window.end() == 1
        assert window.words.count("Ana stayed.") >= 2


# --- Saving fails -----------------------------------------------------------------------------------------


def test_a_save_that_fails_can_be_tried_again_and_the_answers_be_shown(run, reflect):
    with reflect() as window:
        to_the_summary(window)
        run.journal.mkdir(parents=True)
        window.keys(ENTER)
        window.see("is a folder, so it can't be a journal")
        window.see("followme adds them as soon as it can.")
        window.answer("Press Enter to try again.", "2")
        window.see("show my answers, so I can copy them")
        window.see("Press Enter to try again.")
        run.journal.rmdir()
        # Right after a digit, an Enter still belongs to it.
        window.wait(HABIT_SECONDS + 0.2)
        window.keys(ENTER)
        window.see("Saved.")
        assert window.end() == 0
    assert len(run.entries) == 1
    assert run.drafts == []


@pytest.mark.parametrize("leaving", ["3", CTRL_C], ids=["leave it", "Ctrl+C"])
def test_what_could_not_be_saved_waits_and_is_added_by_itself(run, reflect, leaving: str):
    with reflect() as window:
        to_the_summary(window)
        run.journal.mkdir(parents=True)
        window.keys(ENTER)
        window.answer("Press Enter to try again.", leaving)
        assert window.end() == 1
    run.journal.rmdir()
    done = run()
    assert "hadn't been saved completely; it is now." in done.err
    assert len(run.entries) == 1


# --- The journal changes while somebody types -------------------------------------------------------------


def journal_of_two(run) -> bytes:
    for _ in range(2):
        assert run("reflect", "two", *ALL).code == 0
    return run.journal.read_bytes()


def test_a_journal_put_in_place_anew_is_added_to(run, reflect):
    """As an editor or a cloud folder does: another file of the same name, with more in it."""
    old = journal_of_two(run)
    with reflect() as window:
        to_the_summary(window)
        fresh = run.journal.with_name("fresh")
        fresh.write_bytes(b"# mine\n" + old)
        fresh.replace(run.journal)
        window.keys(ENTER)
        window.see("Saved.")
        window.answer("Press Enter to close.", ENTER)
        assert window.end() == 0
    assert run.journal.read_bytes().startswith(b"# mine\n" + old)
    assert len(run.entries) == 3


@pytest.mark.parametrize("left", [None, 0, 200], ids=["deleted", "emptied", "shrunk"])
@pytest.mark.parametrize("said", first_quick(["y", "n"]))
def test_a_journal_that_lost_its_end_is_asked_about(run, reflect, left: int | None, said: str):
    old = journal_of_two(run)
    with reflect() as window:
        to_the_summary(window)
        if left is None:
            run.journal.unlink()
        else:
            run.journal.write_bytes(old[:left])
        window.keys(ENTER)
        window.see("has shrunk from" if left else "is gone or empty since")
        window.answer("Add the entry to the file as it is?", said)
        if said == "y":
            window.see("Saved.")
            window.see("Press Enter to close.")
            # Right after a key that answered at once, Enter would be taken for a habit.
            window.wait(HABIT_SECONDS + 0.2)
            window.keys(ENTER)
        assert window.end() == (0 if said == "y" else 1)
    kept = old[: left or 0]
    if said == "y":
        assert run.journal.read_bytes().startswith(kept)
        assert run.drafts == []
    else:
        assert (run.journal.read_bytes() if run.journal.exists() else b"") == kept
        assert len(run.drafts) == 1
        assert "may not be in the journal yet" in run().err
        assert "it is now" in run("--yes").err
    assert len([one for one in read(run.journal).entries if one.set == "two"]) >= 1


def test_in_batch_a_journal_that_lost_its_end_needs_yes(run):
    write_set(run.prompts)
    old = journal_of_two(run)
    run.journal.write_bytes(cut := old[:200])
    refused = run("reflect", "two", "--answer", "went=Third.", "--answer", "calm=Ben")
    assert refused.code == 1
    assert "has shrunk from" in refused.err
    assert "or start followme once with --yes to add to the file as it is." in refused.err
    assert "followme adds them as soon as it can" in refused.err
    assert run.journal.read_bytes() == cut
    done = run("--yes", "reflect", "two", "--answer", "went=Fourth.", "--answer", "calm=Ben")
    assert done.code == 0
    replies = [one.answers[0].reply for one in read(run.journal).entries]
    assert replies[-2:] == ["Third.", "Fourth."]


def test_a_cloud_folder_that_brings_the_file_back_gets_the_entry_once(run, reflect):
    old = journal_of_two(run)
    run.journal.write_bytes(b"")
    with reflect() as window:
        to_the_summary(window)
        window.keys(ENTER)
        window.answer("Add the entry to the file as it is?", "n")
        assert window.end() == 1
    run.journal.write_bytes(old)
    assert "it is now" in run().err
    assert run.journal.read_bytes().startswith(old)
    assert len(run.entries) == 3


# --- Slow disks and impatience ----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("keys", [ENTER * 5, CTRL_C * 5], ids=["Enter", "Ctrl+C"])
def test_impatience_while_a_slow_disk_saves_saves_once(
    run, reflect, strace, monkeypatch, tmp_path: Path, keys: str
):
    """Each sync takes a third of a second; keys are pressed all the while."""
    slow = tmp_path / "slow"
    rules = "-e trace=fsync -e inject=fsync:delay_enter=300000"
    slow.write_text(f'#!/bin/sh\nexec {strace} -f -qq -o /dev/null {rules} "{sys.executable}" "$@"\n')
    slow.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(slow))
    with reflect(fresh=True) as window:
        to_the_summary(window)
        window.keys(ENTER)
        while not run.journal.exists():
            window.wait(0.05)
        for key in keys:
            window.keys(key)
            window.wait(0.05)
        window.see("Saved.")
        assert window.end() == 0
    assert len(run.entries) == 1
    assert sittings_left(run) == 0
    assert recovery.recover(run.paths).completed == ()


@pytest.mark.slow
def test_ctrl_c_while_another_window_holds_the_lock_ends_the_waiting(run, reflect):
    """Nothing has been written then, and everything is kept."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom followme.journal.file import lock\n"
        "from followme.journal.file.paths import Paths\n"
        "with lock.held(Paths(Path(sys.argv[1]), Path(sys.argv[2]))):\n"
        "    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(run.paths.journal), str(run.paths.state)]
    with reflect() as window:
        to_the_summary(window)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout
            holder.stdout.readline()
            window.keys(ENTER)
            window.wait(1)
            window.process.send_signal(signal.SIGINT)
            assert window.end() == 130
            assert "Everything is kept" in window.words
            assert holder.stdin
            holder.stdin.close()
    assert not run.journal.exists()
    assert sittings_left(run) == 1

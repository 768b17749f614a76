"""What an editor saved is never lost: not when the window closes, nor when it fails, saves late or in Latin-1."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("these tests sit at a terminal of POSIX", allow_module_level=True)

from two_questions import reply, write_set

from terminal import CTRL_C, EDITOR, ENTER, Terminal

pytestmark = [pytest.mark.slow]

MORE = "Saved in the editor."
SAVES = f'printf "\\n{MORE}\\n" >> "$file"'
BOTH = f"Ana stayed.\n{MORE}"


class Desk:
    """Sittings with two questions, and an editor that does what a test says."""

    def __init__(self, run):
        self.run = run
        write_set(run.prompts)

    def opened(self, body: str, *, name: str = "my-editor", plain: bool = False) -> Terminal:
        """A sitting in which the editor has the first answer."""
        path = self.run.home / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\nfor file; do :; done\n{body}\n", encoding="utf-8")
        path.chmod(0o700)
        return self.sitting("Ana stayed.", environ={"EDITOR": str(path)}, plain=plain)

    def sitting(self, words: str, environ: dict[str, str], *, plain: bool = False) -> Terminal:
        """A sitting in which these words stand in the first answer, and the editor was opened."""
        argv = ("--plain", "reflect", "two") if plain else ("reflect", "two")
        window = Terminal(self.run.home, *argv, environ=environ, columns=200)
        window.answer("What went well?", "")
        if plain:
            # A line kept, and then the question once more.
            window.answer(">", f"{words}\r")
            window.answer("Who was calm?", ":back\r")
            window.answer(f"So far: {words}", ":edit\r")
        else:
            window.answer("▎", words)
            window.see(f"▎ {words}")
            window.keys(EDITOR)
        return window

    def offered(self) -> str:
        """The first answer in the entry that is made of what was kept."""
        with Terminal(self.run.home, "reflect", "two", columns=200) as window:
            window.answer("There's an unfinished reflection", "2")
            window.answer("What now?", "1")
            window.see("Saved.")
            assert window.end() == 0
            self.said = window.words
        return self.run.entries[0]["answer"][0]["reply"]

    @property
    def left(self) -> list[str]:
        """What is left among the drafts."""
        return sorted(path.name for path in self.run.paths.drafts.iterdir())

    def sheet(self) -> Path:
        """The one file that an editor has."""
        (file,) = self.run.paths.drafts.glob("*.editor-*/answer.md")
        return file


@pytest.fixture
def desk(run) -> Desk:
    return Desk(run)


WAITS = "echo has saved; sleep 30"


def test_a_window_that_closes_over_the_editor(desk):
    with desk.opened(f"{SAVES}; {WAITS}") as window:
        window.see("has saved")
        window.hang_up()
        window.process.wait(10)
    assert desk.offered() == BOTH
    assert desk.left == []


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_the_editor_is_open(desk, number, plain):
    with desk.opened(f"{SAVES}; {WAITS}", plain=plain) as window:
        window.see("has saved")
        assert window.kill(number) == 128 + number
    assert desk.offered() == BOTH
    assert desk.left == []


@pytest.mark.parametrize("late", [False, True])
def test_a_kill_while_the_editor_is_open(desk, late):
    """The editor lives on, and may save then."""
    with desk.opened(f"echo $$ > pid; {':' if late else SAVES}; {WAITS}") as window:
        window.see("has saved")
        window.kill(signal.SIGKILL)
    os.kill(int((desk.run.home / "pid").read_text()), signal.SIGKILL)
    if late:
        desk.sheet().write_text(BOTH)
    assert desk.offered() == BOTH
    assert desk.left == []


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("ends", ["exit 1", "kill -9 $$"])
def test_an_editor_that_fails_after_saving(desk, ends, plain):
    with desk.opened(f"{SAVES}; {ends}", plain=plain) as window:
        window.see("my-editor ended with an error. The text it saved is in your answer.")
        window.see(MORE)
        if plain:
            window.see("Who was calm?")
        window.keys(CTRL_C)
        assert window.end() == 130
    assert desk.offered() == BOTH
    assert desk.left == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_no_mark_of_an_encoding_enters_an_answer(desk, encoding):
    (desk.run.home / "words").write_bytes("Für Ana".encode(encoding))
    with desk.opened(f'cp "{desk.run.home}/words" "$file"') as window:
        window.see("▎ Für Ana")
        window.keys(CTRL_C)
        assert window.end() == 130
    assert desk.offered() == "Für Ana"


@pytest.mark.parametrize("plain", [False, True])
def test_what_is_no_utf_8_is_kept_and_said_until_it_is_removed(desk, plain):
    words = "Für Ana".encode("latin-1")
    (desk.run.home / "words").write_bytes(words)
    with desk.opened(f'cp "{desk.run.home}/words" "$file"', plain=plain) as window:
        window.see("The text from the editor isn't UTF-8. It is kept in ")
        window.keys(CTRL_C)
        assert window.end() == 130
    (file,) = desk.run.paths.drafts.glob("*.kept-*/answer.md")
    assert file.read_bytes() == words
    assert file.stat().st_mode & 0o777 == 0o600
    assert (
        f"{file.parent} holds text that an editor saved and that isn't in any answer."
        in desk.run("doctor").out
    )
    assert desk.offered() == "Ana stayed."
    assert f"{file.parent} holds text that your editor saved and that isn't in any answer." in desk.said
    assert file.read_bytes() == words


def test_who_discards_a_sitting_discards_that_too(desk):
    (desk.run.home / "words").write_bytes(b"\xff")
    with desk.opened(f'cp "{desk.run.home}/words" "$file"') as window:
        window.see("It is kept in ")
        window.keys(CTRL_C)
        assert window.end() == 130
    with Terminal(desk.run.home, "reflect", "two", columns=200) as window:
        window.answer("There's an unfinished reflection", "4")
        window.answer("Discard all your answers?", "y")
        window.see("Discarded. Nothing from this reflection was kept.")
    assert desk.left == []


def test_where_the_state_folder_takes_nothing_it_is_beside_the_draft_in_the_spare_one(desk):
    state, fallback = desk.run.paths.state, desk.run.home / "tmp"
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text("a file where the folder belongs")
    fallback.mkdir()
    with desk.opened(f'echo "$file" > "{desk.run.home}/seen"; {SAVES}; {WAITS}') as window:
        window.see("has saved")
        assert window.kill(signal.SIGTERM) == 128 + signal.SIGTERM
    file = Path((desk.run.home / "seen").read_text().strip())
    (draft,) = fallback.glob("*/drafts/*.toml")
    assert file.parent.parent == draft.parent
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert desk.offered() == BOTH


@pytest.mark.parametrize("moment", range(6))
def test_a_signal_at_any_moment_after_the_editor_saved(desk, moment):
    """Also between its end and the first drawing of its text, which is soon."""
    with desk.opened(f'{SAVES}; echo > "{desk.run.home}/has-saved"') as window:
        while not (desk.run.home / "has-saved").exists():
            window.wait(0.005)
        window.wait(0.02 * moment)
        window.kill((signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)[moment % 3])
    assert desk.offered() == BOTH
    assert desk.left == []


# --- An editor that does not wait -------------------------------------------------------------------------

LATER = f'(sleep 1.5; {SAVES}; echo > "$(dirname "$0")/done") > /dev/null 2>&1 &'


def test_an_editor_that_does_not_wait_is_told_and_what_it_saves_is_fetched(desk):
    with desk.opened(LATER, name="code") as window:
        window.see("Nothing was changed, and code returned right away.")
        window.see('code --wait"; if its window is open, save there')
        while not (desk.run.home / "bin" / "done").exists():
            window.wait(0.1)
        window.keys(EDITOR)
        window.see(f"{MORE}")
        window.keys(CTRL_C)
        assert window.end() == 130
    assert desk.offered() == BOTH
    assert desk.left == []


def test_what_it_saves_is_taken_when_the_sitting_is_paused(desk):
    with desk.opened(LATER, name="code") as window:
        window.see("returned right away")
        while not (desk.run.home / "bin" / "done").exists():
            window.wait(0.1)
        window.keys(CTRL_C)
        assert window.end() == 130
    assert desk.offered() == BOTH


def test_what_was_typed_meanwhile_stays_too(desk):
    with desk.opened(LATER, name="code") as window:
        window.see("returned right away")
        window.keys(" And on.")
        window.see("Ana stayed. And on.")
        while not (desk.run.home / "bin" / "done").exists():
            window.wait(0.1)
        window.keys(CTRL_C)
        assert window.end() == 130
    assert desk.offered() == f"Ana stayed. And on.\n\n{BOTH}"


def test_what_it_saves_after_the_sitting_went_on_is_kept_and_said(desk):
    with desk.opened(LATER, name="code") as window:
        window.see("returned right away")
        while not (desk.run.home / "bin" / "done").exists():
            window.wait(0.1)
        window.keys(ENTER)
        reply(window, "Who was calm?", f"Ben{ENTER}")
        window.answer("What now?", "1")
        window.see("holds text that your editor saved and that isn't in any answer.")
        assert window.end() == 0
    (file,) = desk.run.paths.drafts.glob("*.kept-*/answer.md")
    assert file.read_text() == f"{BOTH}\n"


# --- Keys that are the editor's ---------------------------------------------------------------------------


@pytest.mark.parametrize("plain", [False, True])
def test_ctrl_c_in_an_editor_is_the_editors(desk, plain):
    """It reaches every program of the terminal, and ends those that do not mean to be asked."""
    with desk.opened(f"trap '' INT; echo is open; read line; {SAVES}", plain=plain) as window:
        window.answer("is open", CTRL_C)
        window.wait(0.3)
        window.keys("\r")
        window.see(MORE)
        if plain:
            window.see("Who was calm?")
        window.keys(CTRL_C)
        assert window.end() == 130
    assert desk.offered() == BOTH


@pytest.mark.skipif(not shutil.which("vim"), reason="there is no vim here")
def test_words_that_vim_had_not_saved_are_found_when_it_opens_again(desk):
    """It leaves them beside the sheet when the window closes, and looks there."""
    environ = {"EDITOR": "env TERM=vt100 vim -u NONE"}
    with desk.sitting("Ana stayed.", environ) as window:
        window.see("answer.md")
        window.keys("oNot saved yet.\x1b")
        window.see("Not saved yet.")
        window.hang_up()
        window.process.wait(10)
    with Terminal(desk.run.home, "reflect", "two", environ=environ, columns=200, rows=50) as window:
        window.answer("There's an unfinished reflection", ENTER)
        reply(window, "What went well?", EDITOR)
        window.see("Found a swap file")
        window.keys("r")
        window.answer("Recovery completed", "\r")
        window.see("Not saved yet.")
        window.keys("\x1b:wq\r")
        window.see("▎ Ana stayed.")
        window.see("Not saved yet.")
        window.keys(CTRL_C)
        assert window.end() == 130
    assert desk.offered() == "Ana stayed.\nNot saved yet."

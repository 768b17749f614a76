"""What an editor wrote, with every system call broken: it is in place, in the draft, or where it is said to be."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("strace runs on Linux only", allow_module_level=True)

import edit_one
import every_call
import save_one
from two_questions import SET

from followme.journal import drafts, recovery
from terminal import ENTER, Terminal

MARK = "# written by hand"
CALLS = "open openat write fsync rename unlink unlinkat flock read lseek close mkdir rmdir newfstatat lstat stat fstat"
CALLS += " getdents64 vfork fork clone3 clone wait4 statfs access faccessat2 readlink chmod fchmod pipe2"

STEADY = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}

VERBS = {"config": ("config.toml", 'review_day = "friday"\n'), "prompts": ("prompts/mine.toml", SET)}


@dataclass
class Scene:
    """A home of its own in which one verb edits one file."""

    folder: Path
    verb: str
    long: bool = False

    def __post_init__(self):
        name, text = VERBS[self.verb]
        self.begin = str(self.folder / "config" / "followme" / name)
        self.text = text + "# a comment\n" * 400 * self.long
        self.path = self.folder / "config" / "followme" / name
        self.path.parent.mkdir(parents=True)
        self.path.write_text(self.text, encoding="utf-8")
        self.editor()

    def editor(self, then: str = "") -> None:
        """An editor that adds a line, and then does something more."""
        path = self.folder / "editor"
        saves = f'echo "{MARK}" >> "$file" && echo > "{self.folder}/ran"'
        path.write_text(f"#!/bin/sh\nfor file; do :; done\n{saves}\n{then}\n", encoding="utf-8")
        path.chmod(0o700)

    def run(self, *strace: str) -> tuple[int, str]:
        """Run the verb, under strace if given, with Enter for all it asks; gives the exit code and what is seen."""
        names = {
            name: str(self.folder / name.split("_")[1].lower())
            for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME")
        }
        environ = {**names, **STEADY, "HOME": str(self.folder), "EDITOR": str(self.folder / "editor")}
        program = (*strace, sys.executable, "-m", "followme")
        argv = ("config", "edit") if self.verb == "config" else ("prompts", "edit", "mine")
        with Terminal(self.folder, *argv, columns=400, rows=60, environ=environ, program=program) as window:
            while window.process.poll() is None:
                window.wait(0.05)
                if "Press Enter to go on with it." in window.words or "leave the file alone." in window.words:
                    window.keys(ENTER)
                    window.wait(0.5)
            return window.end(), window.words

    def check(self, code: int, said: str) -> None:
        """The file is whole; what the editor saved is in it, or in the file that is named."""
        end = time.monotonic() + 10
        # It saves, and then it leaves its mark: followme may have taken its text between the two.
        while "may still be open" in said and not (self.folder / "ran").exists() and time.monotonic() < end:
            time.sleep(0.01)
        now = self.path.read_text() if self.path.exists() else ""
        saved = f"{self.text}{MARK}\n"
        assert now in (self.text, saved), said
        assert "Traceback" not in said
        assert "internal error" not in said
        assert "fault of its own" not in said
        if not (self.folder / "ran").exists():
            assert now == self.text
            return
        if code == 0:
            assert now == saved, said
        if now != saved:
            # An editor that may still be open can save after followme has looked for the last time.
            still_open = re.findall(r"may still be open .*, with (\S+) in it", said)
            assert still_open or "Nothing was changed" not in said
            named = {*still_open, *re.findall(r"(?:Your text is|It's) in (\S+?);?(?: |$)", said)}
            assert [Path(path).read_text() for path in named] == [saved]

    def check_killed(self) -> None:
        """The file is whole, and what the editor saved is in it or waits for the next edit."""
        now, saved = self.path.read_text(), f"{self.text}{MARK}\n"
        assert now in (self.text, saved)
        if (self.folder / "ran").exists() and now != saved:
            assert [path.read_text() for path in self.folder.glob("state/followme/edits/*/*.toml")] == [saved]
            code, _ = self.run()
            assert code == 0
            assert self.path.read_text() == f"{saved}{MARK}\n"


@dataclass
class Answer:
    """A sitting whose first answer is in an editor."""

    folder: Path
    begin: str = save_one.BEGIN

    def __post_init__(self):
        self.folder.mkdir()
        path = self.folder / "editor"
        path.write_text(f'#!/bin/sh\necho "{MARK}" >> "$1" && echo > "{self.folder}/ran"\n', encoding="utf-8")
        path.chmod(0o700)

    def run(self, *strace: str) -> tuple[int, str]:
        """Open the editor for the answer; gives the exit code, and what is said."""
        command = [*strace, sys.executable, edit_one.__file__, str(self.folder)]
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, **STEADY}, timeout=60, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def check(self, code: int, said: str) -> None:
        """What the editor saved is in the draft that the next start finds, or in the file that is named."""
        assert "Traceback" not in said
        saved = f"{edit_one.BEFORE}{MARK}" if (self.folder / "ran").exists() else edit_one.BEFORE
        (left,) = drafts.orphans(edit_one.place_in(self.folder))
        recovery.take_over(left)
        left.close()
        if left.latest.typed != {"went": {"reply": saved}}:
            named = re.findall(r"(?:kept in|it has) (\S+?)[;.]? ", said)
            assert [Path(path).read_text().rstrip() for path in named] == [saved]


def calls(strace: str, scene: Scene | Answer) -> list[every_call.Call]:
    """Each call from where the verb first looks at its file, as its name and its number since the start."""
    log = scene.folder / "trace"
    code, said = scene.run(strace, "-qq", "-o", str(log), "-e", f"trace={CALLS.replace(' ', ',')}")
    assert code == 0, said
    found: list[every_call.Call] = []
    for call, line in every_call.counted(log.read_text(errors="replace").splitlines()):
        if save_one.END in line:
            break
        if found or scene.begin in line:
            found.append(call)
    return found


def broken_everywhere(
    strace: str, fault: str, make: Callable[[str], Scene | Answer], *, every: bool
) -> list[str]:
    """What is wrong after the fault came at calls, one after the other, each time in a new scene."""
    found = calls(strace, make("first"))
    assert len(found) > 50

    def broken(number: int, where: every_call.Call) -> str:
        call, when = where
        scene = make(str(number))
        strike = every_call.striking(strace, f"{call}:{fault}:when={when}", of_all=False)
        code, said = scene.run(*strike)
        try:
            if isinstance(scene, Scene) and fault == "signal=KILL":
                scene.check_killed()
            else:
                scene.check(code, said)
        except (AssertionError, OSError) as error:
            return f"{call} {when}: {error}\n{said}"
        return ""

    return [wrong for wrong in every_call.at(found, broken, every=every) if wrong]


FAULTS = pytest.mark.parametrize(
    "fault", ["error=EIO", "error=ENOSPC", "error=EDQUOT", "error=EINTR", "signal=KILL"]
)


@every_call.AT
@FAULTS
@pytest.mark.parametrize("verb", VERBS)
def test_a_fault_at_every_call_loses_no_word_of_a_file(
    strace: str, tmp_path: Path, verb: str, fault: str, every: bool
):
    assert broken_everywhere(strace, fault, lambda name: Scene(tmp_path / name, verb), every=every) == []


@every_call.AT
@FAULTS
def test_nor_of_an_answer(strace: str, tmp_path: Path, fault: str, every: bool):
    assert broken_everywhere(strace, fault, lambda name: Answer(tmp_path / name), every=every) == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("prlimit"), reason="there is no prlimit here")
@pytest.mark.parametrize("limit", [0, 1, 500, 3999])
@pytest.mark.parametrize("verb", VERBS)
def test_a_write_that_ends_too_soon_loses_no_word(tmp_path: Path, verb: str, limit: int):
    """The system takes only the first bytes of a file, from the moment at which the editor has saved."""
    scene = Scene(tmp_path, verb, long=True)
    scene.editor(f"prlimit --pid $PPID --fsize={limit}")
    code, said = scene.run()
    assert code == 1
    assert "There's no room left on the disk" in said
    scene.check(code, said)

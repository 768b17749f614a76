"""A window made narrower and wider in tmux, which breaks rows as most terminals do, and tells the new size late."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from running import Run
from sets import one_question
from terminal import PATIENCE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux isn't installed here"),
]

SET = one_question("text", "Which moment?")
WORDS = (
    "Ana stayed for the demo although no one had asked her to, and she told the customer about it at once. "
    "I had moved her license request past finance on Tuesday. 漢字漢字 end."
)


class Tmux:
    """followme in a window of tmux."""

    def __init__(self, home: Path) -> None:
        self._home, self._socket = home, str(home / "tmux")
        # The server has an environment of its own, which its windows get.
        self._environ = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        self._environ.pop("TMUX", None)

    def start(self, *argv: str) -> None:
        command = [sys.executable, "-m", "followme", *argv]
        window = ["new-session", "-d", "-c", str(self._home), "-x", "80", "-y", "30", *command]
        self("-f", "/dev/null", *window, ";", "set", "remain-on-exit", "on")

    def __call__(self, *words: str) -> str:
        command = ["tmux", "-S", self._socket, *words]
        return subprocess.run(command, env=self._environ, capture_output=True, text=True, check=True).stdout

    @property
    def rows(self) -> list[str]:
        """Everything that stands in the window and above it, without blanks and the bar."""
        return [
            row.strip(" ▎")
            for row in self("capture-pane", "-p", "-S", "-1000").split("\n")
            if row.strip(" ▎")
        ]

    def see(self, words: str) -> list[str]:
        """Wait until these words stand there, however they are broken; gives the rows."""
        end = time.monotonic() + PATIENCE
        while words not in " ".join(rows := self.rows):
            assert time.monotonic() < end, f"{words!r} never came; there is:\n" + "\n".join(rows)
            time.sleep(0.05)
        return rows

    def type(self, words: str) -> None:
        self("send-keys", "-l", words)

    def resize(self, columns: int) -> None:
        self("resize-window", "-x", str(columns))


@pytest.fixture
def tmux(home: Path) -> Iterator[Tmux]:
    found = Tmux(home)
    yield found
    subprocess.run(["tmux", "-S", found._socket, "kill-server"], capture_output=True, check=False)


def drag(tmux: Tmux, widths: Sequence[int]) -> None:
    for columns in widths:
        tmux.resize(columns)
        time.sleep(0.01)


NARROWER = range(80, 39, -1)


@pytest.mark.parametrize(
    "drags",
    [[[60], [40], [79], [30], [80]], [[*NARROWER], [*reversed(NARROWER)], [*NARROWER, *reversed(NARROWER)]]],
)
def test_a_window_with_another_width_has_the_prompt_once_and_nothing_typed_is_lost(
    home: Path, tmux: Tmux, drags: Sequence[Sequence[int]]
):
    (home / "one.toml").write_text(SET, encoding="utf-8")
    tmux.start("reflect", "./one.toml")
    tmux.see("Press Enter to begin.")
    tmux.type("\r")
    tmux.see("Enter next")
    tmux.type(WORDS)
    tmux.see("end.")
    typed = WORDS
    for widths in drags:
        drag(tmux, widths)
        # A hand goes from the mouse to the keys, and tmux tells the last size late.
        time.sleep(1)
        tmux.type(f" At {widths[-1]}.")
        typed += f" At {widths[-1]}."
        rows = tmux.see(typed + " Enter next" if widths[-1] != 30 else typed)
        asked = rows.index("Which moment?")
        assert " ".join(rows[asked:]).count("Ana stayed") == " ".join(rows).count("Ana stayed") == 1
        assert sum(row.startswith("Enter next") for row in rows) == 1
        # What stood above the prompt is still there.
        assert rows[0].startswith("Before your first")
        assert all(len(row) <= widths[-1] for row in rows[asked:])
    tmux.type("\r")
    tmux.see("What now?")
    tmux.type("\r")
    tmux.see("Saved")
    journal = Path(os.environ["XDG_DATA_HOME"]) / "followme" / "journal.toml"
    (entry,) = tomllib.loads(journal.read_text(encoding="utf-8"))["entry"]
    assert entry["answer"][0]["reply"] == typed


def test_the_screen_of_promises_is_there_once_too(home: Path, run: Run, tmux: Tmux):
    for promise in (
        "ask legal for the short contract and send it to everyone in the team",
        "call about the renewal",
    ):
        run("promises", "add", promise)
    (home / "one.toml").write_text(SET, encoding="utf-8")
    tmux.start("reflect", "./one.toml")
    tmux.see("no longer needed")
    tmux.type("k")
    tmux.see("● kept")
    for columns in (50, 80):
        tmux.resize(columns)
        for _ in range(8):  # A busy machine draws the new size later.
            time.sleep(1)
            rows = tmux.rows
            if " ".join(rows).count("ask legal") == " ".join(rows).count("call about") == 1:
                break
        else:
            pytest.fail("\n".join(rows))
    tmux.type("n")
    tmux.see("What got in the way")


def test_a_prompt_that_gets_more_rows_than_there_are_leaves_no_whole_copy(home: Path, run: Run, tmux: Tmux):
    """What the terminal itself has pushed out of the window can't be taken back; nothing else stays."""
    for name in ("Ana", "Ben"):
        run("promises", "add", f"send the long report about the renewal to everyone in the team @{name}")
    (home / "one.toml").write_text(SET, encoding="utf-8")
    tmux.start("reflect", "./one.toml")
    tmux.see("no longer needed")
    for columns in (36, 30, 26, 80):
        tmux.resize(columns)
        time.sleep(1)
        # The keys are below everything else.
        assert " ".join(tmux.rows).count("F1") == 1, "\n".join(tmux.rows)

"""The transcripts: whole sittings as files, which are manual and test at once."""

from __future__ import annotations

import random
import re
import shlex
from datetime import datetime, timedelta, timezone
from io import StringIO
from pathlib import Path

import pytest
from prompt_toolkit.output import DummyOutput

from asking.asking_samples import Later, fingers
from followme.asking import rich
from followme.cli import main
from followme.env import Env

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
FRIDAY = datetime(2026, 11, 20, 16, 4, 11, tzinfo=timezone(timedelta(hours=1)))
KEYS = {
    "Enter": "\r",
    "Ctrl+J": "\n",
    "Alt+Enter": "\x1b\r",
    "Shift+Tab": "\x1b[Z",
    "Ctrl+C": "\x03",
    "Ctrl+D": "\x04",
    "Clear": "\x01\x0b",
}


class Terminal(StringIO):
    """A stream that a person looks at."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Keyboard(Terminal):
    """Gives the typed lines one by one, and shows each where it was typed."""

    def __init__(self, lines: list[str], screen: Terminal) -> None:
        super().__init__()
        self._lines = lines
        self._screen = screen

    def readline(self, size: int = -1) -> str:
        if not self._lines:
            return ""
        line = self._lines.pop(0)
        self._screen.write(line + "\n")
        return line + "\n"


def runs(text: str) -> list[tuple[str, list[str]]]:
    """The command lines of a transcript, each with what is typed."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif re.match(r">( |$)", line) and found:
            found[-1][1].append(line[2:])
    return found


def pressed(line: str, before: str = "") -> str:
    """The keys of a typed line; Enter after a key that answered at once comes when it is no habit any more."""
    keys = re.sub(r"\{([^}]+)\}", lambda found: KEYS[found[1]], line)
    return Later(keys) if len(before) == 1 and keys == KEYS["Enter"] else keys


def env_of(screen: Terminal, keyboard: Keyboard) -> Env:
    return Env(
        environ={"TERM": "xterm"},
        stdin=keyboard,
        stdout=screen,
        stderr=screen,
        now=lambda: FRIDAY,
        clock=lambda: 0.0,
        chance=random.Random(7),
    )


def played(command: str, typed: list[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Run one command line while a person types; gives all that was on the screen."""
    screen, spoken = Terminal(), iter(list(typed))
    argv = shlex.split(command)[1:]
    keys = [] if "--plain" in argv else list(map(pressed, typed, ["", *typed]))
    with fingers(*keys, hear=lambda _: print(f"> {next(spoken, '')}", file=screen)) as found:
        monkeypatch.setattr(rich, "create_input", lambda: found.pipe)
        monkeypatch.setattr(rich, "create_output", lambda stdout: DummyOutput())
        code = main(argv, env_of(screen, Keyboard(list(typed), screen)))
    printed = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue())
    return f"$ {command}\n{printed}" + (f"(exit {code})\n" if code else "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_transcript_happens_as_it_is_written(
    path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
):
    monkeypatch.chdir(home)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "1000")
    text = path.read_text(encoding="utf-8")
    about = text.partition("$ ")[0]
    now = about + "\n".join(played(command, typed, monkeypatch) for command, typed in runs(text))
    if request.config.getoption("--update-golden"):
        path.write_text(now, encoding="utf-8")
    assert now == text


def test_a_script_is_read_as_it_is_meant():
    text = "About.\n\n$ followme reflect\nprinted\n> one{Enter}\n>\n$ followme list\n"
    assert runs(text) == [("followme reflect", ["one{Enter}", ""]), ("followme list", [])]
    assert pressed("one{Ctrl+J}two{Enter}") == "one\ntwo\r"

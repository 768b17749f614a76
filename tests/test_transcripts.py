"""The transcripts: whole sittings as files, which are manual and test at once."""

from __future__ import annotations

import re
import shlex
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from asking.asking_samples import Later
from playing import FRIDAY, Screen, play

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
LATER = re.compile(r"# (?:an?|(?P<number>\d+)) (?P<unit>day|week)s? later$")
KEYS = {
    "Enter": "\r",
    "Ctrl+J": "\n",
    "Alt+Enter": "\x1b\r",
    "Shift+Tab": "\x1b[Z",
    "Ctrl+C": "\x03",
    "Ctrl+D": "\x04",
    "Ctrl+R": "\x12",
    "Ctrl+X F": "\x18f",
    "F1": "\x1bOP",
    "F2": "\x1bOQ",
    "F3": "\x1bOR",
    "Tab": "\t",
    "Backspace": "\x7f",
    "Clear": "\x01\x0b",
}


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


def passed(command: str) -> timedelta:
    """How long before this command line the one before was."""
    found = LATER.search(command)
    return timedelta(**{f"{found['unit']}s": int(found["number"] or 1)}) if found else timedelta()


def played(command: str, typed: list[str], now: datetime, seed: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run one command line while a person types; gives all that was on the screen."""
    screen, spoken = Screen(), iter(list(typed))
    argv = shlex.split(command, comments=True)[1:]
    keys = [] if "--plain" in argv else list(map(pressed, typed, ["", *typed]))
    done = play(
        argv,
        keys,
        monkeypatch,
        lines=typed,
        screen=screen,
        hear=lambda _: print(f"> {next(spoken, '')}", file=screen),
        now=now,
        seed=seed,
    )
    return f"$ {command}\n{done.text}" + (f"(exit {done.code})\n" if done.code else "")


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
    scenes, moment = [], FRIDAY
    for seed, (command, typed) in enumerate(runs(text), 7):
        moment += passed(command)
        scenes.append(played(command, typed, moment, seed, monkeypatch))
    now = about + "\n".join(scenes)
    if request.config.getoption("--update-golden"):
        path.write_text(now, encoding="utf-8")
    assert now == text


def test_a_script_is_read_as_it_is_meant():
    text = "About.\n\n$ followme reflect\nprinted\n> one{Enter}\n>\n$ followme list\n"
    assert runs(text) == [("followme reflect", ["one{Enter}", ""]), ("followme list", [])]
    assert pressed("one{Ctrl+J}two{Enter}") == "one\ntwo\r"
    assert passed("followme list # a week later") == timedelta(days=7)
    assert passed("followme list # 3 days later") == timedelta(days=3)
    assert passed("followme list") == timedelta()

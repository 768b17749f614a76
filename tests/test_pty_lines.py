"""Lines typed at a terminal: none is cut, however long, and none is lost, however it is broken off."""

from __future__ import annotations

import os
import signal
import sys
import threading
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from followme.asking.plain import PlainAsker
from followme.asking.walk import NEXT, Move
from followme.env.keyboard import CUT, Keyboard
from followme.kinds.base import Field
from playing import play
from rows import each_row, first_quick
from terminal import CTRL_C, Terminal

try:
    import termios
except ImportError:
    pytest.skip("Windows has no terminals that can be set", allow_module_level=True)

LONG = "".join(f"word {number} " for number in range(3_000)) + "and the very end."
BELOW_CONTROL = "\x1b[31m"

SET = """\
title = "Two"

[[section]]
title = "Part"

[[section.question]]
key = "moment"
kind = "text"
ask = "Which moment?"

[[section.question]]
key = "call"
kind = "line"
ask = "Which call?"
"""
PLAIN = ("--plain", "reflect", "./two.toml")


@pytest.fixture(autouse=True)
def two(home: Path) -> None:
    (home / "two.toml").write_text(SET, encoding="utf-8")


def entry() -> dict[str, Any]:
    path = Path(os.environ["XDG_DATA_HOME"]) / "followme" / "journal.toml"
    (found,) = tomllib.loads(path.read_text(encoding="utf-8"))["entry"]
    return found


def replies() -> dict[str, Any]:
    return {answer["key"]: answer.get("reply") for answer in entry()["answer"]}


def typed_in_the_draft() -> dict[str, Any]:
    (path,) = (Path(os.environ["XDG_STATE_HOME"]) / "followme" / "drafts").glob("*.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))["typed"]


# One line


@pytest.fixture
def pair() -> Iterator[tuple[int, Any]]:
    """Both ends of a terminal: what a person types goes into the first, and a program reads the second."""
    door, inside = os.openpty()
    with os.fdopen(door, "wb", buffering=0) as keys, os.fdopen(inside, "r", encoding="utf-8") as stream:
        yield keys.fileno(), stream


def typed(pair: tuple[int, Any], keys: str | bytes, *, ahead: bool = True) -> tuple[str, str]:
    """The line that these keys make, and what was shown of them."""
    door, stream = pair
    data = keys.encode() if isinstance(keys, str) else keys
    screen = StringIO()
    fingers = threading.Thread(target=lambda: write_all(door, data))
    keyboard = Keyboard(stream, screen)
    with keyboard.held():
        fingers.start()
        line = keyboard.readline(ahead=ahead)
    fingers.join(5)
    return line, screen.getvalue()


def write_all(door: int, data: bytes) -> None:
    while data:
        data = data[os.write(door, data[:1000]) :]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("one two\r", "one two"),
        ("one\n", "one"),
        ("onw\x7fe\r", "one"),
        ("onw\be\r", "one"),
        ("\x7f\x7fone\r", "one"),
        ("one two\x17three\r", "one three"),
        ("one  \x17two\r", "two"),
        ("one two\x15three\r", "three"),
        ("日本\x7f語é\r", "日語é"),
        ("one\x04\r", "one"),
        ("one\ttwo\r", "one\ttwo"),
        (f"{BELOW_CONTROL}red\r", f"{BELOW_CONTROL}red"),
        ("one\x13\x11two\x1c\r", "onetwo"),
        ("\r", ""),
    ],
)
def test_a_line_is_edited_as_the_terminal_would(pair: tuple[int, Any], keys: str, line: str):
    assert typed(pair, keys)[0] == f"{line}\n"
    assert typed(pair, keys, ahead=False)[0] == f"{line}\n"


def test_no_key_takes_words_away_but_those_that_delete(pair: tuple[int, Any]):
    for code in range(256):
        key = chr(code).encode()
        if chr(code) not in "\x03\x1a\x7f\b\x15\x17\r\n":
            line = typed(pair, b"one" + key + b"two\r")[0]
            assert line.startswith("one")
            assert line.endswith("two\n")


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("ab\x7f\r", "ab\b \b\n"),
        ("日\x7f\r", "日\b \b\b \b\n"),
        ("e\u0301\x7f\r", "e\u0301\n"),
        ("\t\x7f\r", "    " + "\b \b" * 4 + "\n"),
        (f"{BELOW_CONTROL}\r", "␛[31m\n"),
        ("a b\x17\r", "a b\b \b\n"),
    ],
)
def test_what_is_typed_is_shown_and_commands_nothing(pair: tuple[int, Any], keys: str, shown: str):
    assert typed(pair, keys)[1] == shown


def test_ctrl_d_ends_the_input(pair: tuple[int, Any]):
    assert typed(pair, "\x04")[0] == ""


def test_what_is_no_utf_8_is_shown_as_that(pair: tuple[int, Any]):
    assert typed(pair, b"J\xf6rg\r")[0] == "J\ufffdrg\n"


@pytest.mark.parametrize("ahead", [True, False])
def test_a_line_has_no_limit(pair: tuple[int, Any], ahead: bool):
    assert typed(pair, LONG + "\r", ahead=ahead)[0] == f"{LONG}\n"


def test_what_comes_after_a_line_is_left_to_who_reads_next(pair: tuple[int, Any]):
    door, stream = pair
    keyboard = Keyboard(stream, StringIO())
    with keyboard.held():
        os.write(door, b"y\rAna")
        assert keyboard.readline() == "y\n"
        assert os.read(stream.fileno(), 10) == b"Ana"
        os.write(door, b"y\rAna\r")
        assert keyboard.readline(ahead=True) == "y\n"
        assert keyboard.follows()
        assert keyboard.readline() == "Ana\n"
        assert not keyboard.follows()


def test_a_line_is_told_of_when_the_hands_rest(pair: tuple[int, Any]):
    door, stream = pair
    heard: list[str] = []

    def told(line: str) -> None:
        heard.append(line)
        os.write(door, b" an idea\r")

    keyboard = Keyboard(stream, StringIO())
    with keyboard.held():
        os.write(door, b"half")
        assert keyboard.readline(told) == "half an idea\n"
    assert heard == ["half"]


def test_the_terminal_is_left_as_it_was_and_so_it_is_for_another_program(pair: tuple[int, Any]):
    stream = pair[1]
    before = termios.tcgetattr(stream)
    assert typed(pair, "one\r")[0] == "one\n"
    assert termios.tcgetattr(stream) == before
    keyboard = Keyboard(stream, StringIO())
    with keyboard.held(), keyboard.held():
        held = termios.tcgetattr(stream)
        assert held != before
        with keyboard.released():
            assert termios.tcgetattr(stream) == before
        assert termios.tcgetattr(stream) == held
    assert termios.tcgetattr(stream) == before


class Uncooperative(StringIO):
    """A terminal that cannot be set, such as that of Windows."""

    def isatty(self) -> bool:
        return True


def test_where_the_terminal_cannot_be_kept_from_it_a_line_at_the_limit_is_known():
    keyboard = Keyboard(Uncooperative(f"{'x' * 4_095}\nthe rest\n"), StringIO())
    assert keyboard.readline() == "x" * 4_095 + "\n"
    assert keyboard.cut == CUT
    assert keyboard.readline() == "the rest\n"
    assert keyboard.cut == ""


@each_row(("way", "keys"), [("text", "a\n\n"), ("line", "a\n")])
def test_then_the_next_line_goes_on_where_that_one_ended(way: str, keys: str):
    field, screen = Field(name="reply", input=way), StringIO()
    long = "word " * 819 + "wo"
    asker = PlainAsker(Keyboard(Uncooperative(f"{long}\nrd{keys}"), screen), screen)
    assert asker.ask(field, "", lambda now: None) == Move(NEXT, f"{long}rda")
    assert screen.getvalue() == f"> {CUT}\n> "


def test_a_note_that_may_have_been_cut_says_so_and_takes_the_rest(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    done = play(["note"], [], monkeypatch, lines=["x" * 4_095, "the rest"])
    assert CUT in " ".join(done.text.split())
    assert replies() == {"note": "x" * 4_095 + "the rest"}


# Notes and plain sittings


def test_a_long_paste_into_a_note_is_kept_whole(home: Path):
    with Terminal(home, "note", rows=24) as terminal:
        terminal.answer("What do you want to remember?", LONG)
        terminal.see("the very end.")
        terminal.keys("\r")
        terminal.see("Noted.")
        assert terminal.end() == 0
    assert replies() == {"note": LONG}


def test_lines_pasted_into_a_note_are_one_note_and_reach_no_shell(home: Path):
    with Terminal(home, "note") as terminal:
        terminal.answer("What do you want to remember?", f"one\r{LONG}\rthree\r")
        terminal.see("Noted.")
        assert terminal.end() == 0
    assert replies() == {"note": f"one\n{LONG}\nthree"}


@pytest.mark.slow
def test_long_lines_of_a_plain_sitting_are_kept_whole(home: Path):
    with Terminal(home, *PLAIN) as terminal:
        terminal.answer("1 of 2", f"{LONG}\r{LONG}\r")
        terminal.answer("2 of 2", f"{LONG}\r")
        terminal.answer("What now?", "\r")
        terminal.see("Saved.")
        assert terminal.end() == 0
    assert replies() == {"moment": f"{LONG}\n{LONG}", "call": LONG}


@pytest.mark.parametrize(
    "way", ["Ctrl+C", signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, "window", signal.SIGKILL]
)
def test_an_unfinished_line_of_a_plain_sitting_is_kept(home: Path, way: Any):
    with Terminal(home, *PLAIN) as terminal:
        terminal.answer("1 of 2", "one\\\r")
        terminal.keys("half an idea")
        terminal.see("half an idea")
        if way == "Ctrl+C":
            terminal.keys(CTRL_C)
            assert terminal.end() == 130
        elif way == "window":
            terminal.hang_up()
            terminal.process.wait(10)
        else:
            terminal.wait(0.6 if way == signal.SIGKILL else 0)
            terminal.kill(way)
    assert typed_in_the_draft() == {"moment": {"reply": "one\nhalf an idea"}}


def test_words_that_a_scale_refused_are_not_denied(home: Path):
    with Terminal(home, "--plain", "reflect", "three-minutes") as terminal:
        terminal.answer("Type one digit.", "half an idea\r")
        terminal.see("Type a number from 0")
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
        assert "You didn't answer anything, so nothing is kept." in terminal.words
        assert "Nothing was typed" not in terminal.words


def test_an_answer_that_was_there_stays_beside_an_unfinished_one(home: Path):
    with Terminal(home, *PLAIN) as terminal:
        terminal.answer("1 of 2", "one\r")
        terminal.answer("2 of 2", ":back\r")
        terminal.answer("So far: one", "tw")
        terminal.see("> tw")
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
    assert typed_in_the_draft()["moment"] == {"reply": "one\ntw"}


BEFORE_AND_AFTER = f"""\
before=$(stty -g)
{{run}} "{sys.executable}" -m followme --plain reflect ./two.toml
[ "$(stty -g)" = "$before" ] && echo -n "the same; "
read -t 1 line
echo "then: '$line'"
"""
needs_bash = pytest.mark.skipif(not Path("/bin/bash").exists(), reason="the shell here is bash")


@needs_bash
@pytest.mark.parametrize(
    ("keys", "kept"),
    first_quick(
        [
            ("one\rhalf", {"moment": {"reply": "one\nhalf"}}),
            ("half an idea", {"moment": {"reply": "half an idea"}}),
        ]
    ),
)
def test_keys_before_ctrl_c_in_one_packet_are_kept_and_those_after_it_reach_no_one(
    home: Path, keys: str, kept: dict[str, Any]
):
    """The terminal itself would throw away what nobody has read yet."""
    with Terminal(home, program=["/bin/bash", "-c", BEFORE_AND_AFTER.format(run="")]) as terminal:
        terminal.answer("1 of 2", f"{keys}{CTRL_C}and more\rrm -r x\r")
        terminal.see("the same; then: ''")
        terminal.end()
    assert typed_in_the_draft() == kept


@needs_bash
@pytest.mark.slow
@pytest.mark.parametrize("name", ["TERM", "HUP", "QUIT", "INT"])
@pytest.mark.parametrize("more", ["", "--plain"])
def test_the_terminal_is_as_it_was_after_a_signal(home: Path, name: str, more: str):
    run = f"timeout --foreground -s {name} 3"
    script = BEFORE_AND_AFTER.format(run=run).replace("--plain", more)
    with Terminal(home, program=["/bin/bash", "-c", script]) as terminal:
        terminal.answer("1 of 2", "half an idea")
        terminal.see("the same; then: ''")
    assert typed_in_the_draft() == {"moment": {"reply": "half an idea"}}


@pytest.mark.parametrize("name", first_quick(["SIGTERM", "SIGHUP", "SIGQUIT"]))
@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ("half an idea", {"moment": {"reply": "half an idea"}}),
        ("one\rhalf", {"moment": {"reply": "one\nhalf"}}),
    ],
)
def test_keys_that_arrive_together_with_a_signal_are_kept(
    home: Path, keys: str, kept: dict[str, Any], name: str
):
    number = signal.Signals[name]
    with Terminal(home, *PLAIN) as terminal:
        terminal.answer("1 of 2", "")
        terminal.together(keys, number)
        assert terminal.end() == 128 + number
    assert typed_in_the_draft() == kept


def test_answers_that_arrive_together_with_a_signal_are_answers(home: Path):
    (home / "two.toml").write_text(SET.replace('"text"', '"yesno"'), encoding="utf-8")
    with Terminal(home, *PLAIN) as terminal:
        terminal.answer("1 of 2", "")
        terminal.together("y\rKatrin", signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
    assert typed_in_the_draft() == {"moment": {"reply": "yes"}, "call": {"reply": "Katrin"}}


def test_ctrl_z_keeps_the_keys_that_nobody_has_read_yet(home: Path):
    with Terminal(home, program=["/bin/bash", "-c", STOPPED], environ={"PYTHON": sys.executable}) as terminal:
        terminal.answer("1 of 2", "half an idea\x1a")
        terminal.see("stopped with 1")
        terminal.wait(0.3)
        terminal.keys("\r")
        terminal.answer("2 of 2", ":pause\r")
        terminal.see("ended with 130")
    assert typed_in_the_draft()["moment"] == {"reply": "half an idea"}


STOPPED = """\
set -m
"$PYTHON" -m followme --plain reflect ./two.toml
echo "stopped with $?"
fg >/dev/null
echo "ended with $?"
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="the shell here is bash, for its jobs")
def test_ctrl_z_and_fg_come_back_to_the_line_without_its_limit(home: Path):
    environ = {"PYTHON": sys.executable}
    with Terminal(home, environ=environ, program=["/bin/bash", "-c", STOPPED]) as terminal:
        terminal.answer("1 of 2", "half an ")
        terminal.see("> half an")
        terminal.keys("\x1a")
        terminal.see("stopped with 1")
        terminal.wait(0.3)
        terminal.keys(f"idea {LONG}\r")
        terminal.answer("2 of 2", ":pause\r")
        terminal.see("ended with 130")
    assert typed_in_the_draft()["moment"] == {"reply": f"half an idea {LONG}"}


@pytest.mark.parametrize(
    ("leaves", "said"),
    [("", "returned right away"), ("  ", "your answer hasn't changed.")],
    ids=["empty", "blanks"],
)
def test_edit_on_an_empty_answer_skips_nothing(home: Path, leaves: str, said: str):
    editor = home / "editor"
    editor.write_text(f"#!/bin/sh\nfor file; do :; done; printf '{leaves}' > \"$file\"\n", encoding="utf-8")
    editor.chmod(0o700)
    with Terminal(home, *PLAIN, environ={"EDITOR": str(editor)}) as terminal:
        terminal.answer("1 of 2", ":edit\r")
        terminal.see(said)
        assert "skipped" not in terminal.words
        terminal.keys("Ana stayed.\r")
        terminal.answer("2 of 2", ":pause\r")
        assert terminal.end() == 130
    assert typed_in_the_draft()["moment"] == {"reply": "Ana stayed."}

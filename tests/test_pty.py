"""followme in a real terminal: what a person sees, and that nothing typed is lost however it ends."""

from __future__ import annotations

import os
import re
import signal
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are not found on Windows", allow_module_level=True)

from followme.journal import drafts
from followme.journal.file.paths import Paths
from followme.kinds.scale import FACT
from rows import first_quick
from terminal import CTRL_C, EDITOR, ENTER, NEW_LINE, Terminal

SET = """\
title = "Five"

[[section]]
title = "Part"

[[section.question]]
key = "moment"
kind = "text"
ask = "Question one: which moment of this week would you live through again, and why that one?"

[[section.question]]
key = "care"
kind = "scale"
ask = "Question two?"
low = 0
high = 5
low_label = "never"
high_label = "daily"

[[section.question]]
key = "signs"
kind = "several"
ask = "Question three?"
options = ["calm", "somebody disagreed with me to my face, and others heard it", "loud"]

[[section.question]]
key = "ideas"
kind = "text"
ask = "Question four?"

[[section.question]]
key = "promise"
kind = "promise"
ask = "Question five?"
"""

QUESTION = "Question one: which moment of this week would you live through again, and why that one?"
LONG = "A whole paragraph about one moment, long enough to be broken into rows between its words."
REFLECT = ("reflect", "./five.toml")
WIDTHS = pytest.mark.parametrize("columns", first_quick([40, 80]))


@pytest.fixture(autouse=True)
def five(home: Path) -> None:
    (home / "five.toml").write_text(SET, encoding="utf-8")


def journal() -> Path:
    return Path(os.environ["XDG_DATA_HOME"]) / "followme" / "journal.toml"


def replies() -> dict[str, Any]:
    (entry,) = tomllib.loads(journal().read_text(encoding="utf-8"))["entry"]
    return {answer["key"]: answer.get("reply") for answer in entry["answer"]}


def draft() -> drafts.Draft:
    paths = Paths(journal=journal(), state=Path(os.environ["XDG_STATE_HOME"]) / "followme")
    (path,) = paths.drafts.glob("*.toml")
    return drafts.load(path)


def to_the_fourth(terminal: Terminal) -> None:
    """Answer the first three questions."""
    terminal.answer("1 of 5", LONG + ENTER)
    terminal.answer("2 of 5", "4")
    terminal.answer("3 of 5", "1 3" + ENTER)
    terminal.see("4 of 5")


def from_the_fourth(terminal: Terminal) -> None:
    """Answer the last two, and save."""
    terminal.keys("the end." + ENTER)
    terminal.answer("5 of 5", ENTER)
    terminal.answer("What now?", ENTER)
    terminal.see("Saved.")


@pytest.mark.parametrize("columns", first_quick([40, 80]))
def test_from_home_to_a_saved_reflection(home: Path, columns: int):
    with Terminal(home, columns=columns, rows=60, fresh=True) as terminal:
        terminal.answer("Begin your first reflection now?", ENTER)
        terminal.answer("1 of 7", "Ana stayed." + ENTER)
        terminal.answer("2 of 7", "4")
        terminal.answer(FACT, "Two calls." + ENTER)
        for number in range(3, 8):
            terminal.answer(f"{number} of 7", ENTER)
        terminal.answer("What now?", ENTER)
        terminal.see("Saved.")
        assert terminal.end() == 0
    with Terminal(home, "list", columns=columns) as terminal:
        assert terminal.end() == 0
        assert "weekly" in terminal.text
        assert all(len(row) <= columns for row in terminal.text.split("\n"))


@WIDTHS
def test_words_stay_whole_while_typing_and_afterwards(home: Path, columns: int):
    with Terminal(home, *REFLECT, columns=columns) as terminal:
        terminal.answer("1 of 5", LONG + NEW_LINE + LONG)
        # Words that were cut at the end of a row would have a blank in them here.
        terminal.see(f"{QUESTION} ▎ {LONG} {LONG}")
        assert terminal.text.split("\n")[-1].startswith("Enter next")
        terminal.keys(ENTER)
        terminal.see(f"{QUESTION} ▎ {LONG} {LONG} ━")


@WIDTHS
def test_a_pause_at_question_four_and_a_new_start_there(home: Path, columns: int):
    with Terminal(home, *REFLECT, columns=columns) as terminal:
        to_the_fourth(terminal)
        terminal.keys("half an idea, ")
        terminal.see("half an idea,")
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
        assert "Everything is kept; go on with: followme reflect" in terminal.words
    with Terminal(home, columns=columns) as terminal:
        terminal.answer("Go on with the reflection for this week now?", ENTER)
        terminal.see("4 of 5")
        terminal.see("half an idea,")
        from_the_fourth(terminal)
        assert terminal.end() == 0
    first_three = {"moment": LONG, "care": 4, "signs": ["calm", "loud"]}
    assert replies() == {**first_three, "ideas": "half an idea, the end.", "promise": None}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_the_program_loses_nothing(home: Path, number: signal.Signals):
    with Terminal(home, *REFLECT) as terminal:
        to_the_fourth(terminal)
        terminal.keys("every single word")
        terminal.see("every single word")
        terminal.keys(" of it")
        terminal.see("every single word of it")
        assert terminal.kill(number) == 128 + number
        assert "Traceback" not in terminal.text
    assert draft().typed["ideas"] == {"reply": "every single word of it"}
    assert draft().done == ("moment", "care", "signs")


def test_closing_the_window_loses_nothing(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        to_the_fourth(terminal)
        terminal.keys("every single word")
        terminal.see("every single word")
        terminal.hang_up()
        terminal.process.wait(10)
    assert draft().typed["ideas"] == {"reply": "every single word"}


def test_a_kill_loses_no_answer_and_next_to_nothing_of_what_is_being_typed(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        to_the_fourth(terminal)
        terminal.keys("every word")
        terminal.see("every word")
        terminal.wait(0.5)
        terminal.keys(" of it")
        terminal.kill(signal.SIGKILL)
    assert draft().typed["moment"] == {"reply": LONG}
    assert draft().typed["signs"] == {"reply": ("calm", "loud")}
    assert draft().typed["ideas"]["reply"].startswith("every word")


PLAIN = pytest.mark.parametrize(
    ("argv", "environ"),
    [(("--plain",), {}), ((), {"TERM": "dumb"}), ((), {"ACCESSIBLE": "1"})],
    ids=["--plain", "dumb", "accessible"],
)


@PLAIN
def test_plain_sends_no_escape_sequence(home: Path, argv: tuple[str, ...], environ: dict[str, str]):
    with Terminal(home, *argv, *REFLECT, environ=environ) as terminal:
        terminal.answer("1 of 5", LONG + "\\\r")
        terminal.keys("And more.\r")
        terminal.answer("2 of 5", "4\r")
        terminal.answer("3 of 5", ":back\r")
        terminal.answer("So far: 4", "\r")
        terminal.answer("3 of 5", "1 3\r")
        terminal.answer("4 of 5", ":skip\r")
        terminal.answer("5 of 5", "\r")
        terminal.answer("What now?", "\r")
        terminal.see("Saved.")
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.wire
    assert replies()["moment"] == LONG + "\nAnd more."


@PLAIN
def test_plain_keeps_everything_at_ctrl_c(home: Path, argv: tuple[str, ...], environ: dict[str, str]):
    with Terminal(home, *argv, *REFLECT, environ=environ) as terminal:
        terminal.answer("1 of 5", "half\\\r")
        terminal.see("half\\ >")
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
    assert draft().typed["moment"] == {"reply": "half"}


def test_lines_pasted_in_plain_land_in_one_answer(home: Path):
    with Terminal(home, "--plain", *REFLECT) as terminal:
        terminal.answer("1 of 5", "one\rtwo\rthree\r")
        terminal.see("2 of 5")
        terminal.keys("\x04")
        assert terminal.end() == 130
    assert draft().typed["moment"] == {"reply": "one\ntwo\nthree"}


def test_no_color_sends_no_colours(home: Path):
    with Terminal(home, *REFLECT, environ={"NO_COLOR": "1"}) as terminal:
        to_the_fourth(terminal)
        terminal.keys(CTRL_C)
        terminal.end()
    codes = {code for found in re.findall(rb"\x1b\[([\d;]*)m", terminal.wire) for code in found.split(b";")}
    assert codes <= {b"", b"0", b"1", b"2", b"3", b"4", b"7"}


@pytest.mark.parametrize(
    "environ", first_quick([{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}]), ids=["C", "ascii"]
)
def test_a_terminal_without_unicode_gets_readable_marks(home: Path, environ: dict[str, str]):
    with Terminal(home, *REFLECT, environ=environ) as terminal:
        terminal.answer("1 of 5", "Jörg stayed." + ENTER)
        terminal.see("2 of 5")
        if "PYTHONIOENCODING" in environ:
            terminal.see("A digit answers - Enter skips - Shift+Tab back")
            assert "| 0 1 2 3 4 5 | never daily |" in terminal.words
            terminal.wire.decode("ascii")
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
    assert draft().typed["moment"] == {"reply": "Jörg stayed."}


HOSTILE = [
    "[/] [red]x :smile: [[entry]]",
    "[[entry]]",
    "שלום, and back again",
    "e\u0301a\u0300 combining",
    "漢字",
    "a\tb",
]


def test_words_that_could_command_something_are_shown_and_stored_as_they_are(home: Path):
    text = "\n".join(HOSTILE) + "\n\x1b]0;title\x07\x1b[31mred\u202e"
    with Terminal(home, *REFLECT) as terminal:
        terminal.answer("1 of 5", f"\x1b[200~{text}\x1b[201~")
        terminal.see("red")
        terminal.keys(ENTER)
        terminal.see("2 of 5")
        assert "␛]0;title␇␛[31mred\\u202e" in terminal.words
        terminal.keys("4")
        terminal.answer("3 of 5", "1" + ENTER)
        terminal.answer("4 of 5", ENTER)
        terminal.answer("5 of 5", ENTER)
        terminal.answer("What now?", ENTER)
        terminal.see("Saved.")
        assert terminal.end() == 0
        assert b"\x1b]0;title" not in terminal.wire
    assert replies()["moment"] == text


def test_questions_go_to_the_terminal_although_stdout_is_piped(home: Path):
    reading, writing = os.pipe()
    with Terminal(home, *REFLECT, stdout=writing) as terminal:
        os.close(writing)
        to_the_fourth(terminal)
        from_the_fourth(terminal)
        assert terminal.end() == 0
    with os.fdopen(reading, "rb") as piped:
        assert piped.read() == b""


def test_the_editor_opens_with_the_text_and_gives_it_back(home: Path):
    editor = home / "my editor"
    editor.write_text('#!/bin/sh\necho editing; read line; echo "$line" >> "$2"\n', encoding="utf-8")
    editor.chmod(0o700)
    reading, writing = os.pipe()
    environ = {"EDITOR": f"'{editor}' --wait"}
    with Terminal(home, *REFLECT, environ=environ, stdout=writing) as terminal:
        terminal.answer("1 of 5", "Ana stayed." + EDITOR)
        terminal.answer("editing", "Typed in the editor.\r")
        terminal.see("▎ Ana stayed.")
        terminal.keys(" And on." + ENTER)
        terminal.answer("2 of 5", CTRL_C)
        assert terminal.end() == 130
    os.close(reading)
    os.close(writing)
    assert draft().typed["moment"] == {"reply": "Ana stayed.Typed in the editor. And on."}


@pytest.mark.parametrize("argv", [REFLECT, ("--plain", *REFLECT)], ids=["rich", "plain"])
def test_a_missing_editor_is_named_and_no_other_one_opens(home: Path, argv: tuple[str, ...]):
    with Terminal(home, *argv, environ={"VISUAL": "no-such-editor -w"}) as terminal:
        terminal.answer("1 of 5", ":edit\r" if "--plain" in argv else "one" + EDITOR)
        terminal.see("The editor no-such-editor wasn't found. Name another one in EDITOR or in the settings.")
        terminal.keys(" two" + ENTER)
        terminal.answer("2 of 5", CTRL_C)
        assert terminal.end() == 130
    assert draft().typed["moment"]["reply"].endswith(" two")


@pytest.mark.slow
def test_a_large_paste_that_is_not_announced_lands_in_one_answer(home: Path):
    lines = [f"line {number} of a paste that comes in many reads" for number in range(150)]
    with Terminal(home, *REFLECT, environ={"TERM": "screen"}) as terminal:
        terminal.answer("1 of 5", "\r".join(lines))
        terminal.see("line 149 of a paste that comes in many reads")
        terminal.keys(ENTER)
        terminal.answer("2 of 5", CTRL_C)
        assert terminal.end() == 130
    assert draft().typed["moment"] == {"reply": "\n".join(lines)}


@pytest.mark.parametrize(
    ("flags", "key"),
    [([], "n"), ([], "N"), ([], "\x04"), ([], "\x03"), (["--plain"], "n\r"), (["--plain"], "\x04")],
)
def test_a_no_at_home_begins_nothing_and_needs_no_enter(home: Path, flags: list[str], key: str):
    with Terminal(home, *flags) as terminal:
        terminal.answer("Begin your first reflection now?", key)
        assert terminal.end() == 0
    assert not journal().exists()


def test_discarding_a_waiting_sitting_asks_first(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        terminal.answer("1 of 5", "one" + ENTER)
        terminal.answer("2 of 5", CTRL_C)
        terminal.end()
    with Terminal(home, "reflect") as terminal:
        terminal.answer("an unfinished reflection", "4")
        terminal.answer("Discard all your answers?", "n")
        terminal.see("no")
        terminal.answer("Press Enter to go on.", CTRL_C)
        assert terminal.end() == 130
    assert draft().typed["moment"] == {"reply": "one"}


def test_the_answers_of_a_waiting_sitting_can_be_kept_as_an_entry(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        to_the_fourth(terminal)
        terminal.keys("half an idea" + CTRL_C)
        terminal.end()
    with Terminal(home, "reflect") as terminal:
        terminal.answer("an unfinished reflection", "2")
        terminal.see("What now?")
        terminal.keys("1")
        terminal.see("Saved.")
        assert terminal.end() == 0
    assert replies() == {"moment": LONG, "care": 4, "signs": ["calm", "loud"], "ideas": "half an idea"}

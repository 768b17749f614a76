"""Keys that once did harm, in a real terminal, and what is said below the typing while an answer fills the screen."""

from __future__ import annotations

import os
import signal
import sys
import time
import tomllib
from pathlib import Path

import pytest

from followme.asking.rich.keys import AGAIN, ALONE_SECONDS, REFUSED
from rows import first_quick
from terminal import CTRL_C, EDITOR, ENTER, FIRST, NEW_LINE, Terminal

SET = """\
title = "Three"

[[section]]
title = "Part"

[[section.question]]
key = "care"
kind = "scale"
ask = "How often?"
low = 0
high = 5
low_label = "never"
high_label = "daily"
fact = true

[[section.question]]
key = "call"
kind = "line"
ask = "Which call?"

[[section.question]]
key = "moment"
kind = "text"
ask = "Which moment?"
"""
PYTHON = {"PYTHON": sys.executable}
REFLECT = ("reflect", "./three.toml")
FACT = "number?"
CTRL_S, CTRL_Z, CTRL_R, F1, ALT_ENTER = "\x13", "\x1a", "\x12", "\x1bOP", "\x1b\r"
HARMLESS = "\x13\x1b#\x12\x12\x07\x14\x1bx\x1bt\x1f\x18\x15\x1b<\x1b>\x1b.\x1b_\x11\x16\x00\x1d\x1e\x1b[15~"
"""Search, editor, comment, transpose, command, macro, quote: what the library has on these keys is off."""

SIGNS = "#xt<>._"
"""What is left of these: after Esc, which does nothing alone, each sign is one that was typed."""

widths = pytest.mark.parametrize("columns", first_quick([40, 80]))


@pytest.fixture(autouse=True)
def three(home: Path) -> None:
    (home / "three.toml").write_text(SET, encoding="utf-8")


def stored(home: Path) -> dict[str, object]:
    path = Path(os.environ["XDG_DATA_HOME"]) / "followme" / "journal.toml"
    (entry,) = tomllib.loads(path.read_text(encoding="utf-8"))["entry"]
    return {
        name: answer[key]
        for answer in entry["answer"]
        for key, name in (("reply", answer["key"]), ("fact", "fact"))
        if key in answer
    }


def to_the_text(terminal: Terminal) -> None:
    terminal.answer("1 of 3", "4")
    terminal.answer(FACT, "Two calls." + ENTER)
    terminal.answer("2 of 3", "Katrin" + ENTER)
    terminal.see("3 of 3")


def last_row(terminal: Terminal) -> str:
    return terminal.text.split("\n")[-1]


def test_no_key_of_the_library_does_anything_on_any_screen(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        terminal.see(FIRST)
        for screen in ("Press Enter to begin.", "1 of 3"):
            terminal.answer(screen, HARMLESS + EDITOR)
            terminal.see(screen)
            # A digit among other signs would be a part of their word.
            terminal.wait(ALONE_SECONDS + 0.2)
            terminal.keys(ALT_ENTER if screen == FIRST else "4")
        terminal.answer(FACT, "Two" + HARMLESS + "\n" + "calls." + ENTER)
        terminal.answer("2 of 3", "Katrin" + HARMLESS + ENTER)
        terminal.answer("3 of 3", "one" + HARMLESS + ALT_ENTER + "two" + ENTER)
        terminal.answer("What now?", HARMLESS + EDITOR)
        terminal.keys(ALT_ENTER)
        # Who had just pressed what cannot be taken does not save by it.
        terminal.see(REFUSED)
        terminal.keys(ALT_ENTER)
        terminal.see("Saved.")
        assert terminal.end() == 0
    assert stored(home) == {
        "care": 4,
        "fact": "Two#xt<>._ calls.",
        "call": "Katrin#xt<>._",
        "moment": "one#xt<>._\ntwo",
    }


@widths
def test_ctrl_s_says_that_all_is_kept_and_it_is(home: Path, columns: int):
    with Terminal(home, *REFLECT, columns=columns) as terminal:
        to_the_text(terminal)
        terminal.keys("Ana stayed." + CTRL_S)
        terminal.see("Everything is already kept.")
        (draft,) = (Path(os.environ["XDG_STATE_HOME"]) / "followme" / "drafts").glob("*.toml")
        assert "Ana stayed." in draft.read_text(encoding="utf-8")
        terminal.keys(ENTER)
        terminal.answer("What now?", ENTER)
        assert terminal.end() == 0
    assert stored(home)["moment"] == "Ana stayed."


def enter_after_the_digit(terminal: Terminal, seconds: float) -> None:
    terminal.answer("1 of 3", "4")
    terminal.see(FACT)
    time.sleep(seconds)
    terminal.keys(ENTER)


def test_an_enter_out_of_habit_soon_after_the_digit_skips_nothing(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        enter_after_the_digit(terminal, 0.3)
        terminal.see(AGAIN)
        terminal.keys("Two calls." + ENTER)
        terminal.answer("2 of 3", CTRL_C)
        assert terminal.end() == 130
        assert " ▎ Two calls." in terminal.text


def test_an_enter_a_second_after_the_digit_is_meant(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        enter_after_the_digit(terminal, 1)
        terminal.answer("2 of 3", CTRL_C)
        assert terminal.end() == 130
        assert AGAIN not in terminal.text


def test_enter_and_words_that_arrive_together_are_two_answers(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        terminal.answer("1 of 3", "4")
        terminal.answer(FACT, "the renewal call" + ENTER + "Katrin" + ENTER)
        terminal.answer("3 of 3", ENTER)
        terminal.answer("What now?", ENTER)
        assert terminal.end() == 0
    assert stored(home) == {"care": 4, "fact": "the renewal call", "call": "Katrin"}


AROUND = 'b=$(stty -g); "$PYTHON" -m followme "$@"; c=$?; [ "$b" = "$(stty -g)" ] && echo $c the same'


def test_a_whole_sitting_in_one_packet_lands_where_it_belongs(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        terminal.answer(FIRST, ENTER + "4" + ENTER + "Two calls." + ENTER + "Katrin" + ENTER + "a\nb" + ENTER)
        terminal.answer("What now?", ENTER)
        terminal.see("Saved.")
        assert terminal.end() == 0
    assert stored(home) == {"care": 4, "fact": "Two calls.", "call": "Katrin", "moment": "a\nb"}


SLOW = """\
import sys, time
from followme import cli
from followme.asking.rich import asker as rich
from followme.env import real_env

ask = rich.RichAsker.ask
def slowly(*given):
    time.sleep(0.5)
    return ask(*given)

rich.RichAsker.ask = slowly
sys.exit(cli.main(sys.argv[1:], real_env(cli.settings)))
"""


@pytest.mark.slow
def test_what_is_pressed_before_the_question_can_listen_waits_for_it_unseen(home: Path):
    """On a slow machine or disk; the terminal by itself would take Ctrl+W and Enter for its own."""
    with Terminal(home, *REFLECT, program=[sys.executable, "-c", SLOW]) as terminal:
        terminal.answer("1 of 3", "4")
        terminal.see(FACT)
        terminal.keys("One\x17Two\x13 calls." + ENTER + "Katrin" + ENTER + "a\nb" + ENTER)
        assert "One" not in terminal.at_rest
        terminal.answer("What now?", ENTER)
        assert terminal.end() == 0
    assert stored(home) == {"care": 4, "fact": "Two calls.", "call": "Katrin", "moment": "a\nb"}


def drafted() -> dict[str, object]:
    (path,) = (Path(os.environ["XDG_STATE_HOME"]) / "followme" / "drafts").glob("*.toml")
    typed = tomllib.loads(path.read_text(encoding="utf-8"))["typed"]
    return {key: fields["reply"] for key, fields in typed.items() if key != "care"}


@pytest.mark.parametrize("name", first_quick(["SIGTERM", "SIGHUP", "SIGQUIT"]))
@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ("half a n", {"call": "half a n"}),
        ("Katrin\rShe had", {"call": "Katrin", "moment": "She had"}),
        ("Katrin\rShe had" + CTRL_C + "more", {"call": "Katrin", "moment": "She had"}),
    ],
)
def test_keys_that_arrive_together_with_a_signal_are_kept(
    home: Path, name: str, keys: str, kept: dict[str, str]
):
    number = signal.Signals[name]
    with Terminal(home, *REFLECT) as terminal:
        terminal.answer("1 of 3", "4")
        terminal.answer(FACT, "Two calls." + ENTER)
        terminal.see("2 of 3")
        terminal.together(keys, number)
        assert terminal.end() == (130 if CTRL_C in keys else 128 + number)
        assert "Traceback" not in terminal.text
    assert drafted() == kept


def test_the_terminal_is_left_as_it_was(home: Path):
    with Terminal(home, *REFLECT, environ=PYTHON, program=["/bin/sh", "-c", AROUND, "sh"]) as terminal:
        terminal.answer("1 of 3", "4")
        terminal.see(FACT)
        # Before the line of keys stands there, Ctrl+C would still be the terminal's, and end the shell too.
        terminal.answer("Enter next", CTRL_C)
        terminal.see("130 the same")
        assert terminal.end() == 0


@widths
def test_what_is_said_while_the_answer_fills_the_screen_can_be_seen(home: Path, columns: int):
    rows = [f"row {number}" for number in range(40)]
    with Terminal(home, *REFLECT, columns=columns, rows=24, environ={"EDITOR": "no-such-editor"}) as terminal:
        to_the_text(terminal)
        terminal.keys(NEW_LINE.join(rows))
        terminal.see(rows[-1])
        assert FACT not in terminal.text
        terminal.keys(EDITOR)
        terminal.see("The editor no-such-editor wasn't found.")
        terminal.keys(CTRL_R)
        terminal.see("There's no earlier answer to this question.")
        assert "no-such-editor" not in terminal.text
        terminal.keys(F1)
        terminal.see("opens the answer in the editor")
        assert last_row(terminal).startswith("F1 ")
        while last_row(terminal) == "F1 shows more":
            terminal.keys(F1)
            terminal.wait(0.3)
        assert "shows all keys; so does ? on" in terminal.text
        assert rows[-1] in terminal.text
        terminal.keys(F1)
        terminal.see("Enter next")
        assert "shows all keys" not in terminal.text
        terminal.keys(CTRL_C)
        assert terminal.end() == 130


def test_a_terminal_that_never_says_where_its_cursor_is_has_the_line_of_keys_too(home: Path):
    with Terminal(home, *REFLECT, environ={"PROMPT_TOOLKIT_NO_CPR": "1"}) as terminal:
        terminal.see("1 of 3")
        terminal.see("A digit answers")
        terminal.keys("9")
        terminal.see("Type a number from 0 to 5.")


SHELL = """\
set -m
"$PYTHON" -m followme reflect ./three.toml
echo "stopped with $?"
fg >/dev/null
echo "ended with $?"
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="the shell here is bash, for its jobs")
def test_ctrl_z_gives_the_shell_its_turn_and_fg_comes_back_to_the_words(home: Path):
    with Terminal(home, environ=PYTHON, program=["/bin/bash", "-c", SHELL]) as terminal:
        to_the_text(terminal)
        terminal.keys("Ana stayed." + CTRL_Z)
        terminal.see("stopped with 1")
        terminal.see("Ana stayed.")
        terminal.keys(" Late.")
        terminal.see("Ana stayed. Late.")
        terminal.keys(CTRL_C)
        terminal.see("ended with 130")

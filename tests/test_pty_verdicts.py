"""What you promised, on one screen, in a real terminal: its look, its scrolling, and a kill that loses nothing."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from followme.journal import drafts
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.journal.file.paths import Paths
from followme.model import Entry, Promise
from rows import first_quick
from sets import one_question
from terminal import BACK, ENTER, Terminal

SET = one_question("line", "What happened?")
REFLECT = ("reflect", "./one.toml")
UP, BACKSPACE = "\x1b[A", "\x7f"
TEXTS = (
    "Ask legal for the short contract and send it on to the whole team",
    "Send Ben the forecast",
    "Move the pricing call",
    "Read the proposal",
)
ASKED = Promise(ref="p5", kind="ask", text="What should I stop doing at the deal desk?", to="Cleo")


@pytest.fixture(autouse=True)
def five(home: Path) -> None:
    """Five things that are due: four promises, and a question to a person."""
    (home / "one.toml").write_text(SET, encoding="utf-8")
    made = datetime.now(UTC) - timedelta(days=7)
    promises = [Promise(ref=f"p{at}", text=text, to="Ben") for at, text in enumerate(TEXTS, 1)]
    entry = Entry(
        id=f"{made:%Y%m%dT%H%M%S}-aaaaa", date=made, week=f"{made:%G-W%V}", set="one", promises=(*promises, ASKED)
    )  # fmt: skip
    journal().parent.mkdir(parents=True)
    journal().write_bytes("\n".join([PREAMBLE, to_toml(replace(entry))]).encode())


def journal() -> Path:
    return Path(os.environ["XDG_DATA_HOME"]) / "followme" / "journal.toml"


def typed() -> dict[str, Any]:
    """What the draft has of the screen."""
    state = Path(os.environ["XDG_STATE_HOME"]) / "followme"
    (path,) = Paths(journal=journal(), state=state).drafts.glob("*.toml")
    return dict(drafts.load(path).typed.get(".promised", {}))


@pytest.mark.parametrize(("columns", "rows"), first_quick([(40, 24), (80, 20)]))
def test_the_question_and_the_first_and_the_last_row_are_in_sight(home: Path, columns: int, rows: int):
    question = ("1 of 2", "What became of each?", "Press Enter to leave it open.")
    with Terminal(home, *REFLECT, columns=columns, rows=rows) as terminal:
        terminal.see("›▎ I will: Ask legal")
        assert all(words in terminal.words for words in question)
        for _ in range(4):
            terminal.keys("\x1b[B")
        terminal.see("›▎ Ask Cleo:")
        assert all(words in terminal.words for words in (*question, "x no longer needed"))


@pytest.mark.parametrize(("columns", "rows"), first_quick([(40, 24), (80, 24), (40, 12)]))
def test_words_stay_whole_the_row_to_answer_is_in_sight_and_what_was_answered_stands_there(
    home: Path, columns: int, rows: int
):
    with Terminal(home, *REFLECT, columns=columns, rows=rows) as terminal:
        for key, text, keys in zip(
            "kpnad",
            (*TEXTS, "Ask Cleo:"),
            [
                *["k kept p partly n not kept a ask me again x no longer needed"] * 4,
                "d asked, done t asked, something to do",
            ],
            strict=True,
        ):
            terminal.see(f"›▎ {'I will: ' if text in TEXTS else ''}{text}")
            here = terminal.words.partition("›▎ ")[2]
            assert keys in here
            assert all(len(row) < columns + 1 for row in terminal.text.split("\n"))
            if key != "k":
                assert "● " in terminal.text
            terminal.keys(key)
        terminal.answer("What got in the way?", BACK)
        terminal.see("›▎ Ask Cleo:")
        assert terminal.words.partition("in the way?")[2].startswith(" What became of each? ")
        terminal.keys(UP + BACKSPACE)
        terminal.see("›▎ I will: Read the proposal")
        terminal.keys("x")
        terminal.see("Send Ben the forecast · Promised to: Ben What got in the way?")


@pytest.mark.parametrize("pressed", first_quick([1, 4, 0, 2, 3], quick=2))
@pytest.mark.parametrize("plain", first_quick([False, True]), ids=["rich", "plain"])
def test_a_kill_after_each_key_loses_nothing_and_resuming_shows_the_same_screen(
    home: Path, pressed: int, plain: bool
):
    keys, words = "kxaxd"[:pressed], ["kept", "no longer needed", "ask me again", "no longer needed"]
    rows = [*TEXTS, "Ask Cleo"]
    with Terminal(home, *REFLECT, *["--plain"] * plain) as terminal:
        for key, row in zip(keys, rows, strict=False):
            terminal.answer(row, key + ENTER if plain else key)
        terminal.see(rows[pressed])
        terminal.kill(signal.SIGKILL)
    assert typed() == ({"verdicts": (*words[:pressed], *[""] * (5 - pressed))} if pressed else {})
    with Terminal(home, *REFLECT, *["--plain"] * plain) as terminal:
        terminal.answer("an unfinished reflection", ENTER)
        if plain:
            for row in rows[:pressed]:
                terminal.answer(f"{row}", ENTER)
        else:
            terminal.see(f"›▎ {'I will: ' if pressed < 4 else ''}{rows[pressed]}")
            assert terminal.text.count("●") == pressed
        terminal.see(rows[pressed])

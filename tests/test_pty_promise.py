"""A promise in two prompts, in a real terminal: how it looks, and that a kill at each step loses nothing."""

from __future__ import annotations

import os
import signal
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from followme.dates import shown_day
from followme.days_to_come import coming_day
from followme.journal import drafts
from followme.journal.file.paths import Paths
from rows import first_quick
from terminal import ENTER, Terminal

SET = """\
title = "One"

[[section]]
title = "Part"

[[section.question]]
key = "promise"
kind = "promise"
ask = "What do you promise?"
most = 2
"""
REFLECT = ("reflect", "./one.toml")
LINE = "ask legal for the short contract @Ben by next fri"
TAB, BACKSPACE = "\t", "\x7f"
TODAY = date.today()
FRIDAY = coming_day("next fri", TODAY)
UNDERSTOOD = f"To Ben · By {shown_day(FRIDAY, TODAY)} · Have you told Ben? y n"
AFTERWARD = "ask legal for the short contract Have you told Ben?"
"""What is asked once all promises are there, if `+` came before the answer."""

PARTS = {"text": "ask legal for the short contract", "to": "Ben", "by": FRIDAY.isoformat()}


@pytest.fixture(autouse=True)
def one(home: Path) -> None:
    (home / "one.toml").write_text(SET, encoding="utf-8")


def journal() -> Path:
    return Path(os.environ["XDG_DATA_HOME"]) / "followme" / "journal.toml"


def promises() -> list[dict[str, Any]]:
    (entry,) = tomllib.loads(journal().read_text(encoding="utf-8"))["entry"]
    return entry["promise"]


def typed() -> dict[str, Any]:
    """What the draft has."""
    (path,) = Paths(journal=journal(), state=Path(os.environ["XDG_STATE_HOME"]) / "followme").drafts.glob(
        "*.toml"
    )
    return dict(drafts.load(path).typed["promise"])


@pytest.mark.parametrize("columns", first_quick([40, 80]))
def test_a_promise_and_another_one_from_the_row(home: Path, columns: int):
    with Terminal(home, *REFLECT, columns=columns) as terminal:
        terminal.answer("What do you promise?", LINE + ENTER)
        terminal.see(UNDERSTOOD)
        assert all(len(row) <= columns for row in terminal.text.split("\n"))
        terminal.keys(BACKSPACE)
        terminal.see(f"by fri. ▎ {LINE}")
        terminal.answer("Enter next", ENTER)
        terminal.answer(UNDERSTOOD, "+")
        terminal.answer("What's the next one?", "call Ana" + ENTER)
        terminal.answer("To yourself · By your next reflection", TAB)
        terminal.answer("Who do you promise it to?", "Ana" + ENTER)
        terminal.answer("By when?", "in 2 weeks" + ENTER)
        terminal.answer(
            f"To Ana · By {shown_day(TODAY + timedelta(days=14), TODAY)} · Have you told Ana?", "y"
        )
        terminal.answer(AFTERWARD, ENTER)
        terminal.answer("Press it again to go on.", ENTER)
        terminal.answer("What's your cue?", "the deal desk" + ENTER)
        terminal.see("▎ call Ana What's your cue?")
        terminal.keys(ENTER)
        terminal.answer("What now?", ENTER)
        terminal.see("Saved.")
        assert terminal.end() == 0
    first, second = promises()
    assert (first["text"], first["to"], first["by"], first["occasion"]) == (
        PARTS["text"],
        "Ben",
        FRIDAY,
        "the deal desk",
    )
    assert "told" not in first
    assert (second["text"], second["to"], second["told"]) == ("call Ana", "Ana", True)


def test_a_word_typed_at_the_row_answers_nothing_and_one_key_or_one_with_enter_does(home: Path):
    with Terminal(home, *REFLECT) as terminal:
        terminal.answer("What do you promise?", LINE + ENTER)
        terminal.see(UNDERSTOOD)
        for letter in "yesterday":
            # As fast as people type.
            terminal.keys(letter)
            terminal.wait(0.15)
        terminal.keys(ENTER)
        terminal.see("What you typed wasn't taken.")
        assert "What's your cue?" not in terminal.text
        terminal.wait(0.5)
        terminal.keys("+")
        terminal.answer("What's the next one?", "call Ana @Ana" + ENTER)
        terminal.answer("Have you told Ana?", "y" + ENTER)
        terminal.answer(AFTERWARD, ENTER)
        terminal.answer("What's your cue?", "y" + ENTER)
        terminal.answer("▎ call Ana What's your cue?", ENTER)
        terminal.answer("What now?", ENTER)
        assert terminal.end() == 0
    first, second = promises()
    assert "told" not in first
    assert (second["told"], first["occasion"]) == (True, "y")


STEPS = [
    ("the line", (), {"line": LINE}),
    ("the row", (ENTER, UNDERSTOOD), {"line": LINE, **PARTS}),
    ("the person", (ENTER, UNDERSTOOD, TAB, "Who do you promise it to?"), {"line": LINE, **PARTS}),
    ("the line again", (ENTER, UNDERSTOOD, BACKSPACE, f"by fri. ▎ {LINE}"), {"line": LINE, **PARTS}),
    ("the cue", (ENTER, UNDERSTOOD, "n", "What's your cue?"), {"line": LINE, **PARTS, "told": "no"}),
    (
        "another line",
        (ENTER, UNDERSTOOD, "+", "the next one?"),
        {"line": LINE, **PARTS},
    ),
]


LINES = {TAB: ":change", BACKSPACE: ":back", "+": "+", "n": "n"}
"""What is typed line by line for these keys."""


@pytest.mark.parametrize("plain", first_quick([False, True]), ids=["rich", "plain"])
@pytest.mark.parametrize(
    ("keys", "kept"), first_quick((step[1:] for step in STEPS), quick=3), ids=[step[0] for step in STEPS]
)
def test_a_kill_at_each_step_loses_nothing(
    home: Path, keys: tuple[str, ...], kept: dict[str, str], plain: bool
):
    with Terminal(home, *REFLECT, *["--plain"] * plain) as terminal:
        terminal.answer("What do you promise?", LINE)
        terminal.see(LINE)
        for pressed, seen in zip(keys[::2], keys[1::2], strict=True):
            terminal.keys(LINES.get(pressed, "") + ENTER if plain else pressed)
            terminal.see(seen.replace("▎", "So far:") if plain else seen)
        terminal.wait(0.5)
        terminal.kill(signal.SIGKILL)
    found = typed()
    assert {name: found[name] for name in kept} == kept
    assert ("line-2" in found) is ("+" in keys)
    with Terminal(home, *REFLECT, *["--plain"] * plain) as terminal:
        terminal.answer("an unfinished reflection", ENTER)
        for asked in (
            "What do you promise?",
            UNDERSTOOD,
            *["the next one?", AFTERWARD] * ("+" in keys),
            "cue?",
            "What now?",
        ):
            terminal.answer(asked, ENTER)
        terminal.see("Saved.")
        assert terminal.end() == 0
    (promise,) = promises()
    assert (promise["text"], promise["to"], promise["by"]) == (PARTS["text"], "Ben", FRIDAY)

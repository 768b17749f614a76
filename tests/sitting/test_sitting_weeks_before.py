"""The latest weeks before the first question: an option that was reworded since is counted in its new words."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are not found on Windows", allow_module_level=True)

from running import Run
from terminal import CTRL_C, Terminal

SIGNS = """
title = "Signs"
[[section]]
title = "One"
[[section.question]]
key = "signs"
kind = "several"
ask = "Which?"
options = ["{}", "somebody stayed"]
{}
"""
BACK = """
title = "Back"
look_back = 1
[[section]]
title = "One"
[[section.question]]
key = "why"
kind = "line"
ask = "What for?"
"""


def test_an_option_that_was_reworded_keeps_its_counts_and_a_set_with_faults_keeps_nobody_from_looking_back(
    run: Run,
):
    for name, words, more in (
        ("signs", "somebody quit", ""),
        ("signs", "someone left", 'formerly = { "somebody quit" = "someone left" }'),
        ("broken", "", ""),
    ):
        (run.prompts / f"{name}.toml").write_text(SIGNS.format(words, more))
        assert name == "broken" or run("reflect", "signs", "--answer", f"signs={words}").code == 0
    (run.prompts / "back.toml").write_text(BACK)
    with Terminal(run.home, "reflect", "back", now=run.now) as terminal:
        terminal.see("Press Enter to go on.")
        terminal.keys("\r")
        terminal.see("Answered 2 times. 2 someone left")
        assert "somebody quit" not in terminal.words
        terminal.keys(CTRL_C)
        terminal.end()
    assert [answer["reply"] for entry in run.entries for answer in entry["answer"]] == [
        ["somebody quit"],
        ["someone left"],
    ]

"""A wrong key in a real terminal: the line below says what the question takes."""

from __future__ import annotations

import pytest

from rows import first_quick
from terminal import CTRL_C, ENTER, Terminal


@pytest.mark.parametrize("columns", first_quick([40, 80]))
def test_a_wrong_key_is_answered_in_the_line_below(run, columns):
    with Terminal(run.home, "reflect", "three-minutes", columns=columns, now=run.now) as terminal:
        terminal.see("0 1 2 3 4 5")
        terminal.keys("9")
        terminal.see("Type a number from 0 to 5.")
        assert terminal.text.split("\n")[-2] == "Type a number from 0 to 5."
        terminal.keys(ENTER + "4")
        terminal.see("2 of 4")
        terminal.keys(CTRL_C)
        assert terminal.end() == 130

"""`followme note` in a real terminal: it asks for the line, so that the words are in no shell's history."""

from __future__ import annotations

import pytest

from terminal import CTRL_C, CTRL_D, ENTER, Terminal


def test_a_note_that_is_typed_when_asked_is_in_no_shells_history(run):
    with Terminal(run.home, "note", now=run.now) as terminal:
        terminal.answer("What do you want to keep?", "Ben took the call himself." + ENTER)
        assert terminal.end() == 0
        assert "Noted. The next reflection shows it first." in terminal.words
    assert run.entries[-1]["answer"][0]["reply"] == "Ben took the call himself."


@pytest.mark.parametrize(("keys", "code"), [(ENTER, 2), (CTRL_D, 2), (CTRL_C, 130)])
def test_a_note_that_is_not_typed_stores_nothing(run, keys, code):
    with Terminal(run.home, "note", now=run.now) as terminal:
        terminal.answer("What do you want to keep?", keys)
        assert terminal.end() == code
    assert not run.journal.exists()

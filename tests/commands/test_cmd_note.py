"""`followme note` in a real terminal: it asks for the line, so that the words are in no shell's history."""

from __future__ import annotations

import signal
import sys
import time

import pytest

from terminal import CTRL_C, CTRL_D, ENTER, Terminal


def test_a_note_that_is_typed_when_asked_is_in_no_shells_history(run):
    with Terminal(run.home, "note", now=run.now) as terminal:
        terminal.answer("What do you want to remember?", "Ben took the call himself." + ENTER)
        assert terminal.end() == 0
        assert "Noted. You'll see it at the start of your next reflection." in terminal.words
    assert run.entries[-1]["answer"][0]["reply"] == "Ben took the call himself."


@pytest.mark.parametrize(("keys", "code"), [(ENTER, 2), (CTRL_D, 2), (CTRL_C, 130)])
def test_a_note_that_is_not_typed_stores_nothing(run, keys, code):
    with Terminal(run.home, "note", now=run.now) as terminal:
        terminal.answer("What do you want to remember?", keys)
        assert terminal.end() == code
    assert not run.journal.exists()


def half_typed(run, lines: str) -> Terminal:
    terminal = Terminal(run.home, "note", now=run.now)
    terminal.answer("What do you want to remember?", lines)
    terminal.see(lines.split("\r")[-1])
    return terminal


@pytest.mark.skipif(sys.platform == "win32", reason="these are signals of POSIX")
@pytest.mark.parametrize("lines", ["Ana sta", "Ana stayed.\rSo did B"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_half_typed_note_is_stored_when_a_signal_ends_it(run, lines: str, name: str):
    way = signal.Signals[name]
    with half_typed(run, lines) as terminal:
        assert terminal.kill(way) == 128 + way
    assert run.entries[-1]["answer"][0]["reply"] == lines.replace("\r", "\n")


def test_a_half_typed_note_is_stored_when_the_window_is_closed(run):
    with half_typed(run, "Ana sta") as terminal:
        terminal.hang_up()
        end = time.monotonic() + 15
        while terminal.process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
    assert run.entries[-1]["answer"][0]["reply"] == "Ana sta"


@pytest.mark.skipif(sys.platform == "win32", reason="these are signals of POSIX")
def test_a_signal_before_anything_is_typed_stores_nothing(run):
    with Terminal(run.home, "note", now=run.now) as terminal:
        terminal.see("What do you want to remember?")
        assert terminal.kill(signal.SIGTERM) == 128 + signal.SIGTERM
    assert not run.journal.exists()


def test_ctrl_c_drops_a_half_typed_note_and_says_so(run):
    with half_typed(run, "Ana sta") as terminal:
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
        assert "Nothing was noted." in terminal.words
    assert not run.journal.exists()

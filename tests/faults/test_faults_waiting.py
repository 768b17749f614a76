"""Words that are given while another followme holds the journal's lock: on disk first, and stored once in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rows import first_quick
from sets import one_question, skips
from terminal import Terminal

if os.name == "nt":
    pytest.skip("these are signals of POSIX", allow_module_level=True)

WORDS = "Ana stayed for the demo."
ANSWERS = """
care-days = 4
unseen = "Cleo"
promise = [{ text = "Ask legal", to = "Ben" }]
"""
SET = one_question("line", "Which moment?")
WAYS = {
    "note of the command line": (("note", WORDS), ""),
    "note on stdin": (("note", "-"), WORDS),
    "answers on stdin": (("reflect", "./one.toml", "--answers", "-"), f'moment = "{WORDS}"\n'),
    "one answer on stdin": (("reflect", "./one.toml", "--answer", "moment=-"), WORDS),
    "an ending": (("promises", "close", "p1", "--kept", "--note", "-"), WORDS),
}
"""Each command line that is given words, with what is on its stdin."""

HOLD = """\
import sys
from pathlib import Path
from followme.journal.file import lock
from followme.journal.file.paths import Paths
with lock.held(Paths(Path(sys.argv[1]), Path(sys.argv[2]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def journal(run) -> None:
    (run.home / "one.toml").write_text(SET, encoding="utf-8")
    assert (
        run(
            "reflect",
            "three-minutes",
            "--answers",
            "-",
            *skips("three-minutes", "care-days", "unseen", "promise"),
            stdin=ANSWERS,
        ).code
        == 0
    )


@contextmanager
def another_window(run) -> Iterator[subprocess.Popen[bytes]]:
    """Hold the lock of the journal."""
    command = [sys.executable, "-c", HOLD, str(run.paths.journal), str(run.paths.state)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        yield holder
        assert holder.stdin
        holder.stdin.close()


def on_disk(run, words: str = WORDS) -> bool:
    """Wait until the words are in a draft."""
    end = time.monotonic() + 10
    while not any(words in each.read_text(encoding="utf-8") for each in run.drafts):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def as_from_a_shell() -> None:
    """Let Ctrl+C reach the process, whatever an earlier test of this worker did about its own signals."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def begun(run, argv: tuple[str, ...], stdin: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "followme", *argv],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=run.home,
        env=os.environ | {"PYTHONUTF8": "1"},
        text=True,
        preexec_fn=as_from_a_shell,
    )
    assert process.stdin
    process.stdin.write(stdin)
    process.stdin.close()
    process.stdin = None
    return process


@pytest.mark.parametrize(
    ("named", "way"),
    [
        *first_quick((named, signal.SIGKILL) for named in WAYS),
        *first_quick(("note on stdin", way) for way in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)),
    ],
)
def test_what_ends_the_waiting_loses_no_word_and_stores_it_once(run, named: str, way: signal.Signals):
    with another_window(run), begun(run, *WAYS[named]) as process:
        assert on_disk(run)
        process.send_signal(way)
        said = process.communicate()[1]
    if way == signal.SIGINT:
        assert process.returncode == 130
        assert "Your words are kept in a draft, and followme adds them as soon as it can" in said
        assert "Copy your words from here" not in said
    assert len(run.entries) == 1
    assert "it is now." in run().err
    assert run.journal.read_text(encoding="utf-8").count(WORDS) == 1
    assert len(run.entries) == 2
    assert run.drafts == []
    assert "it is now" not in run().err


def test_answers_are_read_only_when_no_other_window_is_waited_for(run):
    """An earlier note still has to be added, and until it is, the questions are not known; so nothing is read yet."""
    argv, answers = WAYS["answers on stdin"]
    with another_window(run):
        with begun(run, ("note", "Ben called."), "") as first:
            assert on_disk(run, "Ben called.")
            first.kill()
        reader, writer = os.pipe()
        os.write(writer, answers.encode())
        command = [sys.executable, "-m", "followme", *argv]
        with subprocess.Popen(command, stdin=reader, stderr=subprocess.PIPE, cwd=run.home) as process:
            os.close(writer)
            time.sleep(1.5)
            process.kill()
        assert os.read(reader, 1000) == answers.encode()
        os.close(reader)


@pytest.mark.parametrize("keys", [WORDS, f"{WORDS}\rAnd Ben"])
def test_a_note_that_is_still_typed_survives_a_kill(run, keys: str):
    with Terminal(run.home, "note") as terminal:
        terminal.answer("What do you want to remember?", keys)
        assert on_disk(run, keys.rpartition("\r")[2])
        terminal.kill(signal.SIGKILL)
    assert "it is now." in run().err
    assert run.entries[-1]["answer"][0]["reply"] == keys.replace("\r", "\n")
    assert run.drafts == []


@pytest.mark.parametrize(("keys", "code"), [("\x03", 130), ("\x15\r", 2), ("\x15   \r", 2)])
def test_a_note_that_is_dropped_leaves_nothing(run, keys: str, code: int):
    with Terminal(run.home, "note") as terminal:
        terminal.answer("What do you want to remember?", WORDS)
        assert on_disk(run)
        terminal.keys(keys)
        assert terminal.end() == code
    assert run.drafts == []
    assert len(run.entries) == 1


def test_a_note_asked_for_while_another_window_writes_is_kept(run):
    with another_window(run), Terminal(run.home, "note") as terminal:
        terminal.answer("What do you want to remember?", f"{WORDS}\r")
        assert on_disk(run)
        # Until then, more of a paste could come.
        terminal.wait(0.5)
        terminal.kill(signal.SIGHUP)
    assert "it is now." in run().err
    assert run.entries[-1]["answer"][0]["reply"] == WORDS

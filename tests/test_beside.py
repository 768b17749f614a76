"""Work in a fork of this process: its result, and what happens where there's none."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from followme.env import beside
from followme.env.beside import begun
from followme.errors import FollowmeError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")


@pytest.fixture(autouse=True)
def one_thread_on_two_processors(monkeypatch):
    """As in followme, whatever the tests run in has."""
    monkeypatch.setattr(beside, "processors", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def who() -> int:
    return os.getpid()


def test_the_fork_does_the_work_once_and_is_gone_afterwards():
    result = begun(who)
    child = result()
    assert child != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_large_result_comes_whole():
    assert begun(lambda: "word " * 1_000_000)() == "word " * 1_000_000


def dies_in_a_fork() -> int:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def fails() -> int:
    raise FollowmeError("The disk is gone.")


HERE = os.getpid()


def test_what_the_fork_cannot_do_is_done_here(capfd):
    assert begun(dies_in_a_fork)() == os.getpid()
    assert begun(lambda: ["word", who])() == ["word", who]
    assert begun(lambda: [1, lambda: 2])()[1]() == 2
    with pytest.raises(FollowmeError, match=r"The disk is gone\."):
        begun(fails)()
    assert capfd.readouterr() == ("", "")


def stops_in_a_fork() -> int:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGSTOP)
    return os.getpid()


def test_a_fork_that_never_ends_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(beside, "PATIENCE", 0.1, raising=False)
    assert begun(stops_in_a_fork)() == os.getpid()
    with pytest.raises(ChildProcessError):
        os.wait()


def test_a_signal_ends_the_fork_and_not_what_called_it(monkeypatch, tmp_path):
    real = os.fork

    def interrupted() -> int:
        child = real()
        if child == 0:
            signal.raise_signal(signal.SIGINT)
        return child

    monkeypatch.setattr(os, "fork", interrupted)
    here, twice = os.getpid(), tmp_path / "twice"
    # Tests that run in the background ignore Ctrl+C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = begun(who)
    except KeyboardInterrupt:
        twice.touch()
        os._exit(1)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (result(), twice.exists()) == (here, False)


def test_the_system_may_have_removed_the_fork_already(monkeypatch):
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert begun(who)() != os.getpid()
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_it_is_done_here_where_a_fork_would_gain_nothing_or_harm(monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert begun(who)() == os.getpid()
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(beside, "processors", lambda: 1)
    assert begun(who)() == os.getpid()
    monkeypatch.setattr(beside, "processors", lambda: 2)
    monkeypatch.setattr(os, "fork", lambda: os.open("/nowhere", os.O_RDONLY))
    before = len(os.listdir("/proc/self/fd"))
    assert begun(who)() == os.getpid()
    assert len(os.listdir("/proc/self/fd")) == before

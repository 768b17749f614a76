"""Work that a fork of this process does meanwhile, where there's a processor to spare."""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds to wait for a fork whose result is asked for; most need none. Ctrl+C may be no signal by then."""


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begun(work: Callable[[], T]) -> Callable[[], T]:
    """Begin the work in a fork, and return a function that gives its result.

    What the fork can't do in time, for whatever reason, is done when its result is asked for. Nothing is forked beside
    other threads, or where the system's own libraries don't bear it, as on macOS.
    """
    if sys.platform != "linux" or processors() < 2 or threading.active_count() > 1:
        return work
    here = os.getpid()
    reading, writing = os.pipe()
    try:
        child = os.fork()
        if child == 0:
            os.close(reading)
            with open(writing, "wb") as answer:
                pickle.dump(work(), answer)
    except OSError:
        os.close(reading)
        os.close(writing)
        return work
    finally:
        # Whatever happens in the fork, also Ctrl+C, ends it: what else was begun is for this process to end.
        if os.getpid() != here:
            os._exit(0)
    os.close(writing)
    return partial(_result, work, child, reading)


def _result(work: Callable[[], T], child: int, reading: int) -> T:
    with open(reading, "rb") as answer:
        if sys.platform != "win32" and not select.select([answer], [], [], PATIENCE)[0]:
            os.kill(child, signal.SIGKILL)
        data = answer.read()
    # Where the system doesn't keep ended processes for their parent, it's gone already.
    with suppress(ChildProcessError):
        os.waitpid(child, 0)
    try:
        done: T = pickle.loads(data)
    except (EOFError, pickle.UnpicklingError):
        return work()
    return done

"""How long until a program has drawn certain words in a terminal: POSIX alone, as pseudo-terminals are."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence

PATIENCE = 20.0
"""Seconds until words that do not come are given up."""

REST = 0.5
"""Seconds that a person reads before Enter."""

WHERE, HERE = b"\x1b[6n", b"\x1b[20;1R"
"""A program asks where the cursor is, and a terminal answers."""


def time_until(
    words: str, arguments: Sequence[str], environment: Mapping[str, str], after: str = ""
) -> float:
    """Milliseconds from the start of the program until these words are drawn; then it is stopped.

    With `after`, they are counted from Enter, which is pressed a moment after those words are drawn.
    """
    door, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    start = time.perf_counter()
    program = subprocess.Popen(
        arguments,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env={"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environment},
        start_new_session=True,
    )
    os.close(inside)
    try:
        if after:
            _wait_for(after.encode(), door)
            start = _enter(door)
        _wait_for(words.encode(), door)
        return (time.perf_counter() - start) * 1_000
    finally:
        program.kill()
        program.wait()
        os.close(door)


def _wait_for(words: bytes, door: int) -> None:
    drawn = b""
    while words not in drawn:
        if not (read := _drawn(door, PATIENCE)):
            raise TimeoutError(f"{words!r} did not come: {drawn!r}")
        drawn += read


def _enter(door: int) -> float:
    """Press Enter once all is drawn; the moment when that was."""
    while _drawn(door, REST):
        pass
    pressed = time.perf_counter()
    os.write(door, b"\r")
    return pressed


def _drawn(door: int, patience: float) -> bytes:
    """What is drawn next; nothing if nothing comes for that long. Where the cursor is asked for, it's told."""
    if not select.select([door], [], [], patience)[0]:
        return b""
    read = os.read(door, 65536)
    for _ in range(read.count(WHERE)):
        os.write(door, HERE)
    return read

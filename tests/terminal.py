"""A real terminal for tests: followme in a pty, with a screen that shows what a person would see."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

import pyte

PATIENCE = 15
"""Seconds to wait for what must come; a busy machine may take that long."""

QUIET = 0.06
"""A screen is at rest when nothing more has come for so many seconds."""

FIRST = "Enter begins."
"""What stands below the screen that comes before a person's very first question."""

FOLLOWME = ["-m", "followme"]
"""What Python runs in the terminal."""

AT = """
import sys
from datetime import datetime
from followme import cli
from followme.env import real_env

env = real_env(cli.settings)
env.now = lambda: datetime.fromisoformat(sys.argv[1])
if sys.argv[2]:
    env.clock = lambda: float(open(sys.argv[2]).read())
env.end(cli.main(sys.argv[3:], env))
"""
"""followme at a moment that a test chooses, and with a clock of its own: a file that holds the seconds."""

ENTER, NEW_LINE, BACK, EDITOR, CTRL_C, CTRL_D = "\r", "\n", "\x1b[Z", "\x0f", "\x03", "\x04"


class Terminal:
    """followme, or another program, at work in a terminal.

    Keys go in, `screen` shows what is seen, `wire` what was sent.
    """

    def __init__(
        self,
        home: Path,
        *argv: str,
        columns: int = 80,
        rows: int = 40,
        environ: Mapping[str, str] | None = None,
        stdout: int | None = None,
        now: datetime | None = None,
        clock: Path | str = "",
        program: Sequence[str] = (),
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.wire = b""
        self._begun = False
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        followme = ["-c", AT, now.isoformat(), str(clock)] if now else FOLLOWME
        self.process = subprocess.Popen(
            [*(program or [sys.executable, *followme]), *argv],
            stdin=slave,
            stdout=slave if stdout is None else stdout,
            stderr=slave,
            cwd=home,
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(environ or {})},
            start_new_session=True,
            preexec_fn=_as_a_terminal_does,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    @property
    def text(self) -> str:
        """What stands on the screen, without blanks at the ends of its rows."""
        rows = (self.screen.buffer[number] for number in range(self.screen.lines))
        # Past the last cell that was written in, a row is blank; the second half of a wide sign is an empty cell.
        written = ("".join(row[at].data for at in range(max(row, default=-1) + 1)) for row in rows)
        return "\n".join(row.rstrip() for row in written).rstrip()

    @property
    def at_rest(self) -> str:
        """What stands on the screen when nothing more comes."""
        self._rest()
        return self.text

    @property
    def words(self) -> str:
        """What stands on the screen as one line, however it is broken into rows."""
        return " ".join(self.text.split())

    def see(self, words: str) -> None:
        """Wait until these words stand on the screen, and it is at rest; the first screen is left on the way."""
        end = time.monotonic() + PATIENCE
        while True:
            ended = self.process.poll() is not None
            self._rest()
            seen = self.words
            if words in seen:
                return
            if not self._begun and FIRST in seen:
                self._begun = True
                self.keys(ENTER)
            elif ended or time.monotonic() > end:
                raise AssertionError(f"{words!r} never came; there is:\n{self.text}")

    def keys(self, typed: str) -> None:
        """Press keys, one after the other or as a paste."""
        data = typed.encode()
        while data:
            data = data[os.write(self._master, data[:500]) :]
            self._read(0)

    def answer(self, question: str, typed: str) -> None:
        """Wait for a question, then press keys."""
        self.see(question)
        self.keys(typed)

    def wait(self, seconds: float) -> None:
        """Let time go by, as long as the program works on its own."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def end(self) -> int:
        """Wait for the program's end; gives its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            self._read(0.05)
            assert time.monotonic() < end, f"it does not end; there is:\n{self.text}"
        while self._read(0.05):
            pass
        return self.process.returncode

    def kill(self, number: signal.Signals) -> int:
        """Send a signal; gives the exit code."""
        self.process.send_signal(number)
        return self.end()

    def hang_up(self) -> None:
        """Close the window."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _rest(self) -> None:
        """Take what the program writes until nothing more comes."""
        while self._read(QUIET):
            pass

    def _read(self, seconds: float) -> bool:
        """Take what the program writes within so many seconds; tells whether there was anything."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.wire += data
        self._stream.feed(data)
        # A terminal says where its cursor is when it is asked.
        for _ in re.findall(rb"\x1b\[6n", data):
            cursor = self.screen.cursor
            os.write(self._master, f"\x1b[{cursor.y + 1};{cursor.x + 1}R".encode())
        return bool(data)


def _as_a_terminal_does() -> None:
    """Give the program its terminal, and signals that mean what they say, although nohup or & stands over the tests."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def row_ends(text: str) -> Sequence[str]:
    """The rows of a screen that have words."""
    return [row for row in text.split("\n") if row]

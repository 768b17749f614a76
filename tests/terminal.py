"""A real terminal for tests: followme in a pty, with a screen that shows what a person would see."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

import pytest

try:
    import fcntl
    import pty
    import termios

    import pyte

    from forked import Forked, as_a_terminal_does
except ImportError:
    pty = None

PATIENCE = 15
"""Seconds to wait for what must come; a busy machine may take that long."""

QUIET = 0.06
"""A screen is at rest when nothing more has come for this many seconds."""

FIRST = "Press Enter to begin."
"""What stands below the screen that comes before a person's very first question."""

AT = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from forked import follow
moment = sys.argv[1:3]
del sys.argv[1:3]
follow(*moment)
"""
"""followme at a moment that a test chooses, and with a clock of its own: a file that holds the seconds."""

INTERPRETER = ("PYTHON", "LC_", "LANG")
"""Beginnings of the variables that Python itself heeds, when it starts."""

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
        fresh: bool = False,
        program: Sequence[str] = (),
    ) -> None:
        """Begin, by a fork; by a new Python where `fresh` says so or `environ` has what Python heeds when it starts.

        `program` runs instead of followme. Where the system has no terminals of this kind, the test is skipped.
        """
        if pty is None:
            pytest.skip("pseudo-terminals are not found on Windows")
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.wire = b""
        self._begun = False
        self.process: subprocess.Popen[bytes] | Forked
        self._master, slave = pty.openpty()
        self._resize(slave, columns, rows)
        streams = (slave, slave if stdout is None else stdout, slave)
        named = dict(environ or {})
        full = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **named}
        moment = now.isoformat() if now else ""
        # Only Linux has the sockets that the forks are asked for through.
        fresh = fresh or sys.platform != "linux"
        if fresh or program or any(name.startswith(INTERPRETER) for name in named):
            words = ["-c", AT, moment, str(clock)] if now else ["-m", "followme"]
            command = [*(program or [sys.executable, *words]), *argv]
            self.process = _started(command, home, full, streams)
        else:
            self.process = Forked(home, full, streams, argv, now=moment, clock=str(clock))
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
        """What stands on the screen as one line, however it is broken into rows; all of an answer has one bar."""
        text = re.sub(r"(?m)^[ ›]▎(.*\n ▎)+", lambda rows: rows[0].replace("\n ▎", ""), self.text)
        return " ".join(text.split())

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

    def together(self, typed: str, number: signal.Signals) -> None:
        """Press keys and send a signal, so that the program finds both at once."""
        self.process.send_signal(signal.SIGSTOP)
        self.wait(0.1)
        self.keys(typed)
        self.process.send_signal(number)
        self.process.send_signal(signal.SIGCONT)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        self._resize(self._master, columns, rows)
        self.screen.resize(rows, columns)
        os.killpg(self.process.pid, signal.SIGWINCH)

    @staticmethod
    def _resize(handle: int, columns: int, rows: int) -> None:
        fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the window."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _rest(self) -> None:
        """Take what the program writes until nothing more comes, and it waits for something itself."""
        end = time.monotonic() + PATIENCE
        while (self._read(QUIET) or self._works) and time.monotonic() < end:
            pass

    @property
    def _works(self) -> bool:
        """Whether the program has something to do, but a busy machine may not let it; only Linux tells."""
        try:
            return Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0] in "RD"
        except OSError:
            return False

    def _read(self, seconds: float) -> bool:
        """Take what the program writes within these seconds; tells whether there was anything."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            # Nothing comes any more, and that is known at once: who asks again and again would keep a processor busy.
            time.sleep(min(seconds, 0.01))
            return False
        self.wire += data
        self._stream.feed(data)
        # A terminal says where its cursor is when it is asked.
        for _ in re.findall(rb"\x1b\[6n", data):
            cursor = self.screen.cursor
            os.write(self._master, f"\x1b[{cursor.y + 1};{cursor.x + 1}R".encode())
        return bool(data)


def _started(
    command: Sequence[str], home: Path, environ: Mapping[str, str], streams: Sequence[int]
) -> subprocess.Popen[bytes]:
    stdin, stdout, stderr = streams
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        cwd=home,
        env=environ,
        start_new_session=True,
        preexec_fn=as_a_terminal_does,
    )


def row_ends(text: str) -> Sequence[str]:
    """The rows of a screen that have words."""
    return [row for row in text.split("\n") if row]

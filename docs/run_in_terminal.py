"""followme running in a real terminal, with an empty home and a clock that stands still; needs a POSIX system."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pyte

MOMENT = "2026-11-27T16:05:00+01:00"

PATIENCE = 20.0
"""Seconds until a screen that does not come is given up."""

QUIET = 0.06 if sys.platform == "linux" else 0.3
"""Seconds without a sign after which a screen is taken as finished; only Linux tells if the program still works."""


class Terminal(pyte.Screen):
    """A screen that answers where its cursor is, as a real one does, and that knows dim letters."""

    def __init__(self, rows: int, columns: int, answer: Callable[[bytes], object]) -> None:
        super().__init__(columns, rows)
        self._answer = answer

    def write_process_input(self, data: str) -> None:
        """Send what the terminal says by itself to the program."""
        self._answer(data.encode())

    def select_graphic_rendition(self, *attrs: int, **settings: object) -> None:
        """Show faint letters as gray ones, since pyte has no faint."""
        super().select_graphic_rendition(*(90 if code == 2 else code for code in attrs), **settings)

    def shows(self, words: str) -> bool:
        """Whether these words stand on the screen, wherever its lines break and whatever bar is beside them."""
        return words in " ".join(" ".join(self.display).replace("▎", " ").split())


class Sitting:
    """One run of followme: keys go in, `terminal` shows what a person sees."""

    def __init__(self, words: tuple[str, ...], home: Path, rows: int, columns: int) -> None:
        self._door, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        frozen = Path(__file__).with_name("frozen.py")
        command = [sys.executable, str(frozen), MOMENT]
        self._program = subprocess.Popen(
            [*command, *words],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=_world(home),
            start_new_session=True,
        )
        os.close(inside)
        self.terminal = Terminal(rows, columns, lambda data: os.write(self._door, data))
        self._stream = pyte.ByteStream(self.terminal)
        self._unanswered = False

    def wait_for(self, words: str) -> None:
        """Read until keys just pressed are answered, these words stand there and nothing more comes.

        Raises TimeoutError, with the screen.
        """
        until = time.monotonic() + PATIENCE
        while self._read() or self._works or self._unanswered or not self.terminal.shows(words):
            if time.monotonic() > until:
                raise TimeoutError(f"{words!r} did not come:\n" + "\n".join(self.terminal.display))

    def type(self, keys: str) -> None:
        """Press these keys."""
        # The words waited for may stand there already, and a busy system may take long to hand keys over.
        self._unanswered = True
        os.write(self._door, keys.encode())

    def end(self) -> None:
        """Stop the program where it stands."""
        self._program.kill()
        self._program.wait()
        os.close(self._door)

    @property
    def _works(self) -> bool:
        """Whether the program has something to do; a busy machine may not let it."""
        try:
            stat = Path(f"/proc/{self._program.pid}/stat").read_text()
        except OSError:
            return False
        return stat.rpartition(")")[2].split()[0] in "RD"

    def _read(self) -> bool:
        """Take in what comes; false once it is quiet, or the program has ended."""
        if not select.select([self._door], [], [], QUIET)[0]:
            return False
        try:
            data = os.read(self._door, 65536)
        except OSError:  # Linux says so when the program has ended.
            return False
        self._stream.feed(data)
        self._unanswered = False
        return bool(data)


def _world(home: Path) -> dict[str, str]:
    """The whole environment of the program; nothing of whoever runs this gets in."""
    folders = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "FOLLOWME_JOURNAL": str(home / "journal.toml"),
        **folders,
    }

"""The keyboard: lines of any length, and keys that wait for the next reader."""

from __future__ import annotations

import codecs
import contextlib
import functools
import os
import select
import signal
import sys
import threading
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from followme import clean

try:
    import termios
except ImportError:  # Windows has other terminals.
    termios = None  # type: ignore[assignment]

LIMIT = 4_095
"""The longest line in bytes that Linux reads while it edits the line itself; anything after that is lost."""

CUT = "The terminal may have cut this line at its limit. Type or paste what is missing, or press Enter."

PASTE_SECONDS = 0.05
"""A line that comes sooner than this after another one was pasted, not typed."""

AUTOSAVE_SECONDS = 0.3

_ERASE, _KILL, _WORD, _END_OF_INPUT = "\x7f\b", "\x15", "\x17", "\x04"


Heard = Callable[[str], object]
"""A function that gets a line while it is typed."""


def _nothing(*_: object) -> None:
    """Do nothing."""


class Keyboard:
    """Reads lines. Lines from a terminal can have any length, and `screen` shows them while they are typed.

    Backspace, Ctrl+W and Ctrl+U delete, and Ctrl+D on an empty line ends the input, as in any terminal. `cut` is the
    sentence to show if the terminal may have cut the last line, because it could not be set to leave lines whole.
    """

    def __init__(self, stream: TextIO, screen: TextIO) -> None:
        self.cut = ""
        self._stream = stream
        self._screen = screen
        self._ahead: deque[str] = deque()
        self._line: list[str] = []
        self._reported = ""
        self._before: list[Any] | None = None
        self._takes = False
        self._stop: BaseException | None = None
        self._decoder = codecs.getincrementaldecoder(stream.encoding or "utf-8")("replace")

    @contextlib.contextmanager
    def held(self) -> Iterator[bool]:
        """Within this, the terminal passes every key on as it was pressed; yields whether it does.

        Otherwise Enter would arrive as Ctrl+J, Ctrl+U would delete the keys before it, Ctrl+S would stop the screen,
        Ctrl+C would take keys along that weren't read yet, and a line would end at its limit. Ctrl+Z works as usual.
        A `stop` that still waits when this ends is raised then.
        """
        before = self._before or _settings(self._stream)
        if before is None:
            yield False
            return
        outermost, self._before = self._before is None, before
        self._set(_as_typed(before, self._stream))
        try:
            with _when_it_goes_on(self._go_on) if outermost else contextlib.nullcontext():
                yield True
        finally:
            if outermost:
                self._before, self._takes = None, False
                self._set(before)
        if outermost:
            self._raise_stop()

    def stop(self, how: BaseException) -> None:
        """Raise this; while a line is read, only after the keys that are there already are taken."""
        if not self._takes:
            raise how
        self._stop = how

    @contextlib.contextmanager
    def released(self) -> Iterator[None]:
        """Within this, the terminal is set as it was before it was held, for another program."""
        before, self._before = self._before, None
        if before is None:
            yield
            return
        takes, self._takes = self._takes, False
        self._set(before)
        try:
            yield
        finally:
            self._before, self._takes = before, takes
            self._set(_as_typed(before, self._stream))

    def readline(self, heard: Heard = _nothing, *, ahead: bool = False) -> str:
        """Return the next line with its newline, "" at the end of the input.

        `heard` gets an unfinished line when the typing pauses, and when reading stops early. Only with `ahead`, more
        than the line is read; the rest is kept for the next call.
        """
        with self.held() as held:
            if held:
                return self._typed(heard, 65_536 if ahead else 1)
        line = self._stream.readline()
        self.cut = CUT if self._stream.isatty() and len(line.rstrip("\n").encode()) >= LIMIT else ""
        return line

    def lines(self, heard: Heard, complain: Callable[[str], object]) -> str:
        """Return the next line and those that come at once after it, as a paste does; "" at the end of the input.

        `heard` gets the text so far. If a line may have been cut, `complain` gets a sentence about it, and the next
        line continues it.
        """
        line = text = self.readline(heard, ahead=True)
        heard(text)
        while line and (self.cut or self.follows()):
            if self.cut:
                complain(self.cut)
                text = text.removesuffix("\n")
            report = functools.partial(lambda before, line: heard(before + line), text)
            text += (line := self.readline(report, ahead=True))
            heard(text)
        return text

    def follows(self) -> bool:
        """Whether more input is there already, faster than anyone types; without a terminal, False."""
        try:
            return bool(self._ahead) or (self._stream.isatty() and self._ready(PASTE_SECONDS))
        except (OSError, ValueError):
            return False

    def _typed(self, heard: Heard, most: int) -> str:
        self._line, self._reported, self._takes = [], "", True
        try:
            while (line := self._take()) is None:
                if not self._ready(0):
                    self._raise_stop()
                    if not self._wait(AUTOSAVE_SECONDS):
                        self._tell(heard)
                        self._wait(None)
                    continue
                data = self._read(most)
                if not data:
                    self._tell(heard)
                    return "".join(self._line)
                self._ahead.extend(self._decoder.decode(data))
        except BaseException:
            self._tell(heard)
            raise
        return line

    def _wait(self, seconds: float | None) -> bool:
        """Wait for a key; return whether there is one, or a signal that ends the waiting.

        Only here does a signal reach whoever waits, so no key that was read is lost to it on its way into the answer.
        """
        try:
            self._takes = False
            return self._stop is not None or self._ready(seconds)
        except (KeyboardInterrupt, SystemExit) as stop:
            self._stop = stop
            return True
        finally:
            self._takes = True

    def _raise_stop(self) -> None:
        stop, self._stop = self._stop, None
        if stop is not None:
            raise stop

    def _take(self) -> str | None:
        """Put new keys into the line and onto the screen; return the line if it is finished.

        Raises KeyboardInterrupt at Ctrl+C; nothing that was typed after it is taken, by anyone.
        """
        shown: list[str] = []
        line: str | None = None
        while self._ahead and line is None:
            sign = self._ahead.popleft()
            if sign == self._interrupt:
                self._show("".join(shown))
                self._forget_the_rest()
                raise KeyboardInterrupt
            if sign in "\r\n":
                line, self._line = "".join(self._line) + "\n", []
                shown.append("\n")
            elif sign == _END_OF_INPUT:
                line = None if self._line else ""
            else:
                shown.append(self._edit(sign))
        self._show("".join(shown))
        return line

    def _show(self, words: str) -> None:
        """Show words. If the window is gone, what was typed there counts all the same."""
        if words:
            with contextlib.suppress(OSError):
                self._screen.write(words)
                self._screen.flush()

    def _edit(self, sign: str) -> str:
        """Apply a key to the line and return what to show; a key without a meaning does nothing."""
        if sign in _ERASE:
            return self._erase(len(self._line) - 1)
        if sign == _KILL:
            return self._erase(0)
        if sign == _WORD:
            return self._erase("".join(self._line).rstrip().rfind(" ") + 1)
        if sign < " " and sign not in "\t\x1b":
            return ""
        self._line.append(sign)
        return _shown(sign)

    def _erase(self, to: int) -> str:
        erased = self._line[max(to, 0) :]
        del self._line[max(to, 0) :]
        return "\b \b" * sum(_columns(_shown(sign)) for sign in erased)

    def _tell(self, heard: Heard) -> None:
        if (line := "".join(self._line)) != self._reported:
            self._reported = line
            heard(line)

    def _go_on(self) -> None:
        """Show the line again after Ctrl+Z and fg, when the shell has written over it."""
        if self._before:
            self._set(_as_typed(self._before, self._stream))
            # Closing the window sends this signal too, and a signal may come in the middle of writing.
            with contextlib.suppress(OSError, RuntimeError):
                self._screen.write("".join(map(_shown, self._line)))
                self._screen.flush()

    @property
    def _interrupt(self) -> str:
        """The key that interrupts, usually Ctrl+C; the terminal hands it over like any other."""
        if sys.platform == "win32" or self._before is None:
            return ""
        key: bytes = self._before[6][termios.VINTR]
        return "" if key == _no_key(self._stream) else key.decode("latin-1")

    def _forget_the_rest(self) -> None:
        self._ahead.clear()
        if sys.platform != "win32":
            with contextlib.suppress(termios.error):
                termios.tcflush(self._stream, termios.TCIFLUSH)

    def _set(self, settings: list[Any]) -> None:
        if sys.platform == "win32":
            return
        # The window may be gone.
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._stream, termios.TCSADRAIN, settings)

    def _ready(self, seconds: float | None) -> bool:
        return bool(select.select([self._stream], [], [], seconds)[0])

    def _read(self, most: int) -> bytes:
        """The bytes typed; none at the end of the input, or if the window is gone."""
        try:
            return os.read(self._stream.fileno(), most)
        except OSError:
            return b""


@contextlib.contextmanager
def _when_it_goes_on(act: Callable[[], None]) -> Iterator[None]:
    """Within this, `act` is called when the program continues after a stop."""
    number = getattr(signal, "SIGCONT", None)
    if number is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(number, lambda *_: act())
    try:
        yield
    finally:
        signal.signal(number, before)


def _settings(keyboard: TextIO) -> list[Any] | None:
    """The settings of the terminal at this stream; None if it isn't a terminal with settings."""
    if sys.platform == "win32" or termios is None:
        return None
    try:
        return list(termios.tcgetattr(keyboard))
    except (termios.error, OSError, ValueError):
        return None


def _as_typed(before: list[Any], keyboard: TextIO) -> list[Any]:
    """These settings of a terminal, changed so that it passes keys on untouched and doesn't show them."""
    changed = [*before[:6], [*before[6]]]
    if sys.platform == "win32":
        return changed
    changed[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
    changed[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
    changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
    # Ctrl+Z would throw away the keys that weren't read yet; so would Ctrl+C, which therefore comes as a key.
    changed[3] |= termios.NOFLSH
    # Ctrl+\ would kill the program; in many terminals it is Ctrl+4 too.
    changed[6][termios.VINTR] = changed[6][termios.VQUIT] = _no_key(keyboard)
    return changed


def _no_key(keyboard: TextIO) -> bytes:
    """What stands for no key in the settings of a terminal: 0 on Linux, 255 on macOS."""
    if sys.platform == "win32":
        return b""
    try:
        return bytes([os.fpathconf(keyboard.fileno(), "PC_VDISABLE") & 255])
    except (OSError, ValueError):
        return b"\0"


def _shown(sign: str) -> str:
    """A character as the screen shows it; a tab becomes blanks, so that it can be deleted."""
    if sign == "\t":
        return "    "
    return sign if sign.isascii() and sign.isprintable() else clean.for_terminal(sign)


def _columns(words: str) -> int:
    """The number of columns that words take on the screen."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in words)
    return len(words) + wide - sum(unicodedata.category(sign) in ("Mn", "Me", "Cf") for sign in words)

"""The three streams: open even if the caller closed them, and UTF-8 unless they are terminals."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from typing import Any, Literal, TextIO

_MARKS = {
    "…": "...",
    "·": "-",
    "–": "-",
    "—": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "→": "->",
    "›": ">",
    "●": "*",
    "▎": "|",
    "━": "=",
    "─": "-",
}


def standard() -> tuple[TextIO, TextIO, TextIO]:
    """Return stdin, stdout and stderr, set up; they replace Python's own, so that help and usage errors use them.

    A stream that isn't a terminal uses UTF-8 with plain newlines. A terminal keeps its encoding, and shows typographic
    marks that it lacks in their ASCII form. Writing to stderr never fails, even if no one can read it.
    """
    codecs.register_error("readable", _readable)
    sys.stdin = sys.stdin or _stand_in(0, "r")
    sys.stdout = sys.stdout or _stand_in(1, "w")
    sys.stderr = sys.stderr or _stand_in(2, "w")
    _set_up(sys.stdout)
    if not sys.stderr.isatty():
        sys.stderr = _forgiving(sys.stderr)
    _set_up(sys.stderr)
    # Keyboards send UTF-8 even if the locale says ASCII; read as ASCII, such words would be lost.
    if isinstance(sys.stdin, io.TextIOWrapper) and codecs.lookup(sys.stdin.encoding).name == "ascii":
        sys.stdin.reconfigure(encoding="utf-8")
    return sys.stdin, sys.stdout, sys.stderr


def reader_left(error: BaseException | None, *, windows: bool = os.name == "nt") -> bool:
    """Return whether writing failed because the reader of a pipe, such as `head`, stopped reading."""
    return isinstance(error, BrokenPipeError) or (
        windows and isinstance(error, OSError) and error.errno == errno.EINVAL and error.filename is None
    )


def _stand_in(number: int, mode: Literal["r", "w"]) -> TextIO:
    """A stream in place of a closed one, so that the next file, such as the journal, doesn't get its number.

    It can only be read, so that writing data to it fails as in every other program.
    """
    handle = os.open(os.devnull, os.O_RDONLY)
    if handle != number:
        os.dup2(handle, number)
        os.close(handle)
    return os.fdopen(number, mode, encoding="utf-8", closefd=False)


def _set_up(stream: TextIO) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="readable")
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8", newline="\n")


class _Forgiving(io.FileIO):
    """A file whose writes never fail: it silently drops what it can't write."""

    def write(self, data: Any, /) -> int:
        """Write these bytes if possible; return how many there are."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _forgiving(stream: TextIO) -> TextIO:
    """The same stream, but its writes never fail."""
    raw = _Forgiving(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", line_buffering=True)


def _readable(error: UnicodeError) -> tuple[str | bytes, int]:
    """Typographic marks in their ASCII form, and every other character as its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    said = (_MARKS.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in signs)
    return "".join(said), error.end

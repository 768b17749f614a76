"""The pager: another program that shows a page taller than the terminal, a screen at a time."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import TextIOBase
from pathlib import Path
from typing import TextIO, cast

from followme import quoting
from followme.env.signals import left_to_the_other_program

# In the language of less: what stands below the last page, and below the others.
_LINE = "?eThe end\\: b back, q close:Page %d{of}\\: Space next page, q close."


class _Left(Exception):
    """The person closed the pager before it had everything."""


class _Paged(TextIOBase):
    """A stream that goes through a pager once it has more rows than the terminal, while it is still written to."""

    def __init__(self, direct: TextIO, environ: Mapping[str, str], rows: int) -> None:
        self._direct = direct
        self._environ = environ
        self._rows = rows
        self._kept: list[str] | None = []
        self._count = 0
        self._running: subprocess.Popen[str] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the pager has been started."""
        return self._running is not None

    def write(self, text: str) -> int:
        """Write, keep or pass on the text. Raises _Left."""
        if self._kept is None:
            self._pass_on(text)
        else:
            self._kept.append(text)
            self._count += text.count("\n")
            if self._count >= self._rows:
                self._running = _started(self._environ)
                self._release()
        return len(text)

    def flush(self) -> None:
        """Let the pager have what was written. Raises _Left."""
        if self._kept is None:
            self._pass_on("", flush=True)

    def end(self) -> None:
        """Write what was kept, and wait for the pager to be closed."""
        with suppress(_Left):
            if self._kept is not None:
                self._release()
        if self._running:
            with left_to_the_other_program():
                self._running.communicate()

    def _release(self) -> None:
        kept, self._kept = self._kept or [], None
        self._pass_on("".join(kept))

    def _pass_on(self, text: str, *, flush: bool = False) -> None:
        stream = self._running.stdin if self._running and self._running.stdin else self._direct
        try:
            stream.write(text)
            if flush:
                stream.flush()
        except BrokenPipeError:
            if not self._running:
                raise
            raise _Left from None


@contextmanager
def paged(direct: TextIO, environ: Mapping[str, str], rows: int) -> Iterator[TextIO]:
    """Give a stream for a page that is still being made; the pager shows it once it has this many rows.

    A shorter page is written directly.
    """
    stream = _Paged(direct, environ, rows)
    try:
        yield cast(TextIO, stream)
    except _Left:
        pass
    except KeyboardInterrupt:
        if not stream.is_running:
            raise
    finally:
        stream.end()


def show(text: str, direct: TextIO, environ: Mapping[str, str], rows: int) -> None:
    """Show a page in the pager if it has at least this many rows; else write it directly."""
    count = text.count("\n")
    running = _started(environ, pages=-(-count // max(rows - 1, 1))) if count >= rows else None
    if running is None:
        direct.write(text)
        return
    with left_to_the_other_program():
        running.communicate(text)


def is_there(environ: Mapping[str, str]) -> bool:
    """Return whether there is a pager."""
    return bool(_words(environ))


def _started(environ: Mapping[str, str], pages: int = 0) -> subprocess.Popen[str] | None:
    """The pager, started; None if there is none. It says how many pages there are, unless that's 0."""
    if words := _words(environ):
        settings = _settings(environ, f" of {pages}" if pages else "")
        with suppress(OSError):
            return subprocess.Popen(words, stdin=subprocess.PIPE, env=settings, encoding="utf-8")
    return None


def _words(environ: Mapping[str, str]) -> list[str]:
    """The pager's command line: FOLLOWME_PAGER, else PAGER, else less; none if it is empty, cat, or missing."""
    named = next((environ[name] for name in ("FOLLOWME_PAGER", "PAGER") if name in environ), "less")
    try:
        words = quoting.resolved(named, shutil.which, windows=os.name == "nt")
    except (ValueError, LookupError):
        return []
    if not words or [Path(words[0]).stem, *words[1:]] == ["cat"]:
        return []
    # An argument counts even if LESS says otherwise: less shows colors, and no other code reaches the screen.
    return [words[0], "-R", *words[1:]] if Path(words[0]).stem.lower() == "less" else words


def _settings(environ: Mapping[str, str], of: str) -> dict[str, str]:
    """These variables, and for less what they don't set: its line of keys, and no traces or other programs."""
    return {"LESS": f"FRX-Ps{_LINE.format(of=of)}$", "LESSHISTFILE": "-", "LESSSECURE": "1", **environ}

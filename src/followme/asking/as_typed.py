"""A terminal that passes every key on as it was pressed, and neither shows, edits nor cuts what is typed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, TextIO

try:
    import termios
except ImportError:  # Windows has other terminals.
    termios = None  # type: ignore[assignment]


@contextlib.contextmanager
def as_typed(keyboard: TextIO) -> Iterator[bool]:
    """Within this the terminal at this stream keeps keys for whoever reads next; gives whether it does.

    Else Enter would come as Ctrl+J, Ctrl+U would take away what was typed before it, Ctrl+S would stop the screen,
    and a line would end at 4,095 bytes. Ctrl+C and Ctrl+Z act as ever.
    """
    before = _settings(keyboard)
    if before is None:
        yield False
        return
    changed = [*before[:6], [*before[6]]]
    changed[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
    changed[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
    changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
    termios.tcsetattr(keyboard, termios.TCSADRAIN, changed)
    try:
        yield True
    finally:
        # The window may be gone.
        with contextlib.suppress(termios.error):
            termios.tcsetattr(keyboard, termios.TCSADRAIN, before)


def _settings(keyboard: TextIO) -> list[Any] | None:
    """How the terminal at this stream is set; None where there is none that can be set."""
    if termios is None:
        return None
    try:
        return termios.tcgetattr(keyboard)
    except (termios.error, OSError, ValueError):
        return None

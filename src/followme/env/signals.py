"""Signals: a closed window or a shutdown ends a sitting in order, and keeps everything typed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

Handler = Callable[[int, FrameType | None], object] | signal.Handlers

# Windows sends SIGBREAK when its window is closed.
_ENDING = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK") if hasattr(signal, name)
)


def ended_by_signals(stop: Callable[[SystemExit], None]) -> AbstractContextManager[None]:
    """Within this, signals that end the program are handed to `stop`, which raises them as soon as no key is lost.

    Signals ignored before, as by nohup, stay ignored.
    """

    def end(number: int, frame: FrameType | None) -> None:
        stop(SystemExit(128 + number))

    return _handled([number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL], end)


def undisturbed() -> AbstractContextManager[None]:
    """Within this, what ends the program is ignored: a window that is closed often sends its signal twice."""
    return _handled(_ENDING, signal.SIG_IGN)


@contextmanager
def left_to_the_other_program() -> Iterator[None]:
    """Within this, Ctrl+C is for the editor or pager that runs: it doesn't end followme."""
    if not _in_main_thread():
        yield
        return
    # Not SIG_IGN, which the other program would inherit; and no event loop is woken, which would act on it afterwards.
    with _handled([signal.SIGINT], lambda number, frame: None):
        woken = signal.set_wakeup_fd(-1)
        try:
            yield
        finally:
            signal.set_wakeup_fd(woken)


@contextmanager
def _handled(numbers: Iterable[int], handler: Handler) -> Iterator[None]:
    """Within this, these signals have this handler; only the main thread may set one, so elsewhere nothing changes."""
    before = {number: signal.signal(number, handler) for number in numbers} if _in_main_thread() else {}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, signal.SIG_DFL if earlier is None else earlier)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()

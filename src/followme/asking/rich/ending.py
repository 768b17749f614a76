"""Signals that end the program during a prompt: the keys that are there already are taken before."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

from prompt_toolkit.application import Application

_NUMBERS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)]


class Ending:
    """What ends the prompts of one asker.

    A signal that finds keys waiting comes after them: they are typed into the prompt, and where they answer it, into
    the next one. When no more keys are there, the prompt ends, and what was installed for the signal is called.
    """

    def __init__(self) -> None:
        self._waiting: list[int] = []

    @contextmanager
    def of(
        self, app: Application[Any], end: Callable[[], object], is_free: Callable[[], bool]
    ) -> Iterator[None]:
        """Within this, `end` is called to end the prompt; a signal acts at once unless the prompt `is_free`."""
        loops: list[asyncio.AbstractEventLoop] = []
        over: list[int] = []

        def start() -> None:
            loops.append(asyncio.get_running_loop())
            if self._waiting:
                loops[0].call_soon(finish)

        def finish() -> None:
            _type_what_waits(app)
            if self._waiting and not app.is_done:
                over.append(self._waiting.pop())
                self._waiting.clear()
                end()

        def come(number: int) -> bool:
            if not is_free():
                return False
            self._waiting.append(number)
            for loop in loops:
                loop.call_soon_threadsafe(finish)
            return True

        app.pre_run_callables.append(start)
        with _taken_over(come) as before:
            yield
        for number in over:
            before[number](number, None)


def _type_what_waits(app: Application[Any]) -> None:
    """Type the keys that have come, until no more come or one has answered the prompt."""
    while not app.is_done and (keys := app.input.read_keys() + app.input.flush_keys()):
        app.key_processor.feed_multiple(keys)
        app.key_processor.process_keys()


@contextmanager
def _taken_over(come: Callable[[int], bool]) -> Iterator[Mapping[int, Any]]:
    """Within this, `come` gets the number of each signal, and what was installed gets it if `come` returns False.

    Yields what was installed, by number: nothing outside the main thread, where no handler can be.
    """
    before: dict[int, Any] = {}

    def handle(number: int, frame: FrameType | None) -> None:
        if not come(number):
            before[number](number, frame)

    if threading.current_thread() is threading.main_thread():
        before = {number: known for number in _NUMBERS if callable(known := signal.getsignal(number))}
        for number in before:
            signal.signal(number, handle)
    try:
        yield before
    finally:
        for number, known in before.items():
            signal.signal(number, known)

"""One prompt of the rich asker: words wrapped whole while typing, a line of keys below, saving on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.input import Input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.output import ColorDepth, Output

from followme.asking.rich_keys import FieldKeys
from followme.asking.rich_wrap import MARK_COLUMNS, WordWrap
from followme.asking.walk import PAUSE, Move

AUTOSAVE_SECONDS = 0.3

# What is typed has the terminal's own colour; by itself questionary makes it orange.
_STYLE = [
    ("qmark", "fg:ansicyan"),
    ("answer", "noinherit"),
    ("bottom-toolbar", "noreverse fg:ansibrightblack"),
]


@dataclass(frozen=True, slots=True)
class Prompt:
    """Where to read and draw, and how the mark before the typing looks."""

    keyboard: Input
    screen: Output
    depth: ColorDepth | None
    mark: str

    def run(
        self, text: str, keys: FieldKeys, toolbar: Callable[[int], str], heard: Callable[[str], None]
    ) -> Move:
        """Let a person type, beginning with `text`; `heard` is told of changes a few times a second.

        However this ends, by a signal too, `heard` is told of the last change.
        """
        clear_typeahead(self.keyboard)
        app = self._app(text, keys, toolbar)
        keys.watch(app)
        listening = _Listening(app.current_buffer, text, heard)

        def start() -> None:
            asyncio.get_running_loop().set_exception_handler(lambda _, context: _fail(app, context))
            app.create_background_task(listening.listen())

        app.pre_run_callables.append(start)
        try:
            # Its own handler would print a traceback and wait for Enter, for ever if the window was closed.
            return app.run(set_exception_handler=False)
        except EOFError:
            # The keyboard has gone: the window was closed.
            return Move(PAUSE, app.current_buffer.text)
        finally:
            listening.tell()

    def _app(self, text: str, keys: FieldKeys, toolbar: Callable[[int], str]) -> Application[Move]:
        question = questionary.text(
            "",
            default=text,
            qmark=self.mark,
            instruction="",
            multiline=True,
            input=self.keyboard,
            output=self.screen,
            color_depth=self.depth,
            key_bindings=keys.bindings,
            bottom_toolbar=lambda: toolbar(self.screen.get_size().columns),
            prompt_continuation=" " * MARK_COLUMNS,
            input_processors=[WordWrap()],
            erase_when_done=True,
            enable_suspend=True,
            style=questionary.Style(_STYLE),
        )
        app: Application[Move] = question.application
        return app


def _fail(app: Application[Move], context: dict[str, Any]) -> None:
    """End the prompt with an error that came up in the middle of it."""
    error = context.get("exception")
    if isinstance(error, Exception) and app.is_running and app.future and not app.future.done():
        app.exit(exception=error)


class _Listening:
    """Tells of a buffer's changes from time to time."""

    def __init__(self, buffer: Buffer, before: str, heard: Callable[[str], None]) -> None:
        self._buffer = buffer
        self._last = before
        self._heard = heard

    async def listen(self) -> None:
        while True:
            await asyncio.sleep(AUTOSAVE_SECONDS)
            self.tell()

    def tell(self) -> None:
        if self._buffer.text != self._last:
            self._last = self._buffer.text
            self._heard(self._last)

"""One prompt of the rich asker: it wraps whole words while someone types, has a footer, and saves on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import field
from typing import Any

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import Condition, is_done, renderer_height_is_known
from prompt_toolkit.input import Input
from prompt_toolkit.layout import (
    ConditionalContainer,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    Window,
)
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.renderer import CPR_Support

from followme import style
from followme.asking.rich.ending import Ending
from followme.asking.rich.footer import Footer
from followme.asking.rich.keys import FieldKeys
from followme.asking.rich.resizing import draw_anew
from followme.asking.rich.rows import WordWrap
from followme.asking.walk import PAUSE, Move
from followme.frozen import frozen

AUTOSAVE_SECONDS = 0.3

ANNOUNCING = ("xterm", "tmux", "alacritty", "foot", "wezterm", "rxvt-unicode")
"""The beginnings of the names of terminals that announce pastes; GNU screen and the Linux console don't."""


@frozen
class Prompt:
    """The place to read and draw, and the bar at the left of the answer with its color.

    `breaks_rows` says that the terminal breaks rows when its window gets narrower; if not, it cuts them off.
    """

    keyboard: Input
    screen: Output
    depth: ColorDepth | None
    bar: str
    accent: str
    breaks_rows: bool = True
    ending: Ending = field(default_factory=Ending)

    @property
    def announces_pastes(self) -> bool:
        """Whether this terminal announces pastes, so that every other Enter was really pressed."""
        return str(getattr(self.screen, "term", None) or "").startswith(ANNOUNCING)

    @property
    def size(self) -> tuple[int, int]:
        """The rows and columns of the screen."""
        size = self.screen.get_size()
        return size.rows, size.columns

    @property
    def _style(self) -> questionary.Style:
        """The styles of all parts; questionary would make what is typed orange, and the bar bold."""
        parts = {
            **dict.fromkeys(("question", "bar"), self.accent),
            **dict.fromkeys(("answer", "promise"), style.TYPED),
            "here": style.HERE,
            "chosen": style.CHOSEN,
            "verdict": style.VERDICT,
            "said": style.COMPLAINT,
            "keys": style.KEYS,
        }
        return questionary.Style([(part, f"noinherit {look}".strip()) for part, look in parts.items()])

    def run(
        self,
        text: str,
        keys: FieldKeys,
        footer: Footer,
        heard: Callable[[str], object],
        screen_of: Callable[[Buffer], Window] | None = None,
    ) -> Move:
        """Let a person type, beginning with `text`; `heard` gets the text a few times a second if it
        has changed. `screen_of` returns what is drawn of the text: above it, or in place of
        it if it can have the focus.

        However this ends, even by a signal, `heard` gets the last change.
        """
        app, buffer = self._app(text, footer, screen_of)
        keys.attach(app, buffer)
        listening = _Listening(buffer, text, heard)

        def start() -> None:
            asyncio.get_running_loop().set_exception_handler(lambda _, context: _fail(app, context))
            app.create_background_task(listening.listen())

        app.pre_run_callables.append(start)
        try:
            with self.ending.of(app, keys.pause, lambda: keys.has_the_text):
                # The library's handler would print a traceback and wait for Enter, forever if the window was closed.
                return app.run(set_exception_handler=False)
        except EOFError:
            # The keyboard has gone: the window was closed.
            return Move(PAUSE, buffer.text)
        finally:
            listening.tell()

    def _app(
        self, text: str, footer: Footer, screen_of: Callable[[Buffer], Window] | None
    ) -> tuple[Application[Move], Buffer]:
        """The application that questionary makes, with our footer below it, and the buffer with the typed text."""
        app: Application[Move] = questionary.text(
            self.bar,
            default=text,
            qmark="",
            instruction="",
            multiline=True,
            input=self.keyboard,
            output=self.screen,
            color_depth=self.depth,
            prompt_continuation=[("class:question", f" {self.bar} ")],
            input_processors=[WordWrap()],
            erase_when_done=True,
            style=self._style,
            include_default_pygments_style=False,
        ).application
        draw_anew(app, breaks_rows=self.breaks_rows)
        buffer = app.layout.get_buffer_by_name(DEFAULT_BUFFER)
        assert buffer
        below = Window(
            FormattedTextControl(lambda: footer.shown),
            height=lambda: Dimension.exact(sum("\n" in words for _, words, *_ in footer.shown) + 1),
        )
        # Until the terminal has reported the cursor's position, the rows would jump.
        settled = renderer_height_is_known | Condition(
            lambda: app.renderer.cpr_support == CPR_Support.NOT_SUPPORTED
        )
        drawn = screen_of(buffer) if screen_of else None
        instead = drawn if drawn and drawn.content.is_focusable() else None
        above = [instead] if instead else [*filter(None, [drawn]), app.layout.container]
        rows = HSplit([*above, ConditionalContainer(below, ~is_done & settled)])
        app.layout = Layout(rows, focused_element=instead or buffer)
        return app, buffer


def _fail(app: Application[Move], context: dict[str, Any]) -> None:
    """End the prompt with an error that occurred during it."""
    error = context.get("exception")
    if isinstance(error, Exception) and app.is_running and app.future and not app.future.done():
        app.exit(exception=error)


class _Listening:
    """Reports the changes of a buffer from time to time."""

    def __init__(self, buffer: Buffer, before: str, heard: Callable[[str], object]) -> None:
        self._buffer = buffer
        self._last = before
        self._heard = heard

    async def listen(self) -> None:
        """Report changes until the prompt ends."""
        while True:
            await asyncio.sleep(AUTOSAVE_SECONDS)
            self.tell()

    def tell(self) -> None:
        """Report the text if it has changed since the last time."""
        if self._buffer.text != self._last:
            self._last = self._buffer.text
            self._heard(self._last)

"""A window that changes its width: the terminal breaks rows by itself, so the prompt is drawn anew when it settles."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.data_structures import Point
from prompt_toolkit.layout import Layout
from prompt_toolkit.layout.screen import Char, Screen
from prompt_toolkit.renderer import Renderer

SETTLED_SECONDS = 0.3
"""After this time without a new size, a window has settled; tmux tells a new size up to 0.25 seconds late."""


def draw_anew(app: Application[Any], *, breaks_rows: bool) -> None:
    """Draw the prompt of this application anew, and only once, if its window changes its size.

    `breaks_rows` says that the terminal breaks rows which the window has no room for; if not, it cuts them off.
    """
    if breaks_rows:
        app.renderer = _BrokenRows(
            app.renderer.style, app.output, cpr_not_supported_callback=app.cpr_not_supported_callback
        )
    resized, waiting = app._on_resize, list[asyncio.TimerHandle]()

    def settled() -> None:
        if not app.is_done:
            resized()

    def come() -> None:
        for timer in waiting:
            timer.cancel()
        waiting[:] = [asyncio.get_running_loop().call_later(SETTLED_SECONDS, settled)]

    app._on_resize = come  # type: ignore[method-assign]


class _BrokenRows(Renderer):
    """Removes a prompt also if its rows were broken into more since; the library counts them as it drew them."""

    _columns = 0

    def render(self, app: Application[Any], layout: Layout, is_done: bool = False) -> None:
        """Draw what has changed, unless the window has another width; then the prompt is removed first."""
        columns, before = self.output.get_size().columns, self.last_rendered_screen
        if before and columns != self._columns and not is_done:
            return
        self._columns = columns
        super().render(app, layout, is_done)
        now = self.last_rendered_screen
        if before and now and not is_done:
            shorter = [
                at for at, row in before.data_buffer.items() if _length(row) > _length(now.data_buffer[at])
            ]
            for at in shorter:
                self._empty(at)
                now.data_buffer[at].clear()
            if shorter:
                super().render(app, layout)

    def _empty(self, at: int) -> None:
        """Erase a whole row; tmux still counts the end of a row that was erased alone, and breaks it there."""
        x, y = self._cursor_pos
        self.output.write_raw("\r")
        self.output.cursor_up(max(y - at, 0))
        self.output.cursor_down(max(at - y, 0))
        self.output.erase_end_of_line()
        self.output.cursor_down(max(y - at, 0))
        self.output.cursor_up(max(at - y, 0))
        self.output.cursor_forward(x)

    def erase(self, leave_alternate_screen: bool = True) -> None:
        """Remove the prompt, and go to where it began."""
        if drawn := self.last_rendered_screen:
            self._clear(drawn)
        super().erase(leave_alternate_screen)

    def _clear(self, drawn: Screen) -> None:
        """Empty the rows of the prompt; tmux puts into its history what is erased from the window's first row on."""
        y = self._cursor_pos.y
        above, below = y + self._added(drawn), drawn.height - 1 - y
        self.output.write_raw("\r")
        if below > 0:
            self.output.cursor_down(1)
            self.output.erase_down()
            self.output.cursor_up(1)
        self.output.erase_end_of_line()
        for _ in range(above):
            self.output.cursor_up(1)
            self.output.erase_end_of_line()
        self._cursor_pos = Point(0, 0)

    def _added(self, drawn: Screen) -> int:
        """How many rows there are now above the cursor that weren't drawn."""
        rows, columns = drawn.data_buffer, self.output.get_size().columns
        x, y = self._cursor_pos
        lengths = {at: _length(rows[at]) for at in range(y + 1)}
        lengths[y] = min(x + 1, lengths[y])
        return sum(_breaks(rows[at], length, columns) for at, length in lengths.items())


def _length(row: Mapping[int, Char]) -> int:
    """How many columns of a row are drawn."""
    return max((at + char.width for at, char in row.items() if char.char != " "), default=0)


def _breaks(row: Mapping[int, Char], length: int, columns: int) -> int:
    """How often a window of this width breaks a row of this length; a wide character stays whole."""
    at = used = breaks = 0
    while at < length:
        width = (row[at].width if at in row else 0) or 1
        if used + width > columns:
            breaks, used = breaks + 1, 0
        used += width
        at += width
    return breaks

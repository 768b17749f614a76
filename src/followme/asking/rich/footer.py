"""The footer below an answer: a sentence, a part that a key opens and closes, and the line of keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from prompt_toolkit.formatted_text import StyleAndTextTuples

from followme.asking.walk import Rows
from followme.frozen import mutable

LEAST_ROWS = 5
"""How many rows of the screen the footer leaves to the answer, if the screen has that many."""


@mutable
class Footer:
    """The rows below one prompt; `rows_of` breaks a sentence, `keys` gives the line of keys for a width.

    `size` returns the rows and columns of the screen. A sentence stays until the next key. A part may be longer and
    stays until its own key has shown all of it.
    """

    size: Callable[[], tuple[int, int]]
    rows_of: Callable[[str, int], list[str]]
    keys: Callable[[int], str]
    said: str = ""
    _part: tuple[str, Rows] | None = None
    _page: int = 0

    def say(self, words: str) -> None:
        """Show a sentence, until the next key."""
        self.said = words

    def turn(self, key: str, rows: Rows) -> None:
        """Open the part of this key, go on to its next page, or close it after the last one."""
        if self._part is None or self._part[0] != key:
            self._part, self._page = (key, cache(rows)), 0
        elif self._page + 1 < len(self._pages()):
            self._page += 1
        else:
            self._part = None

    @property
    def part(self) -> list[str]:
        """The rows of the open part that are shown; none if it is closed."""
        pages = self._pages()
        return pages[min(self._page, len(pages) - 1)] if pages else []

    @property
    def shown(self) -> StyleAndTextTuples:
        """All rows, the line of keys last."""
        columns = self.size()[1]
        said = self.rows_of(self.said, columns) if self.said else []
        lines = [("class:part", row) for row in self.part] + [("class:said", row) for row in said]
        lines.append(("class:keys", self._keys(columns)))
        return [(style, words + "\n" * (at < len(lines))) for at, (style, words) in enumerate(lines, 1)]

    def _keys(self, columns: int) -> str:
        pages = self._pages()
        if not self._part or not pages:
            return self.keys(columns)
        key, left = self._part[0], len(pages) - 1 - min(self._page, len(pages) - 1)
        return f"{key} shows more" if left else f"{key} closes this"

    def _pages(self) -> list[list[str]]:
        if not self._part:
            return []
        rows, columns = self.size()
        all_rows = self._part[1](columns)
        most = max(rows - LEAST_ROWS - 1, 1)
        return [all_rows[at : at + most] for at in range(0, len(all_rows), most)]

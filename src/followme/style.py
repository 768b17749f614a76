"""The visual language: one style for each thing on a screen, the marks, and what is drawn with them.

A style is made of words that rich and prompt_toolkit both understand. Words have the terminal's own color, because no
other one can be read on every theme; they differ in weight, in slant, and in where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TITLE: Final = "bold"
HEADING: Final = "bold"
QUESTION: Final = "bold"
HINT: Final = ""
TYPED: Final = ""
SKIPPED: Final = "italic"
PRIVATE: Final = "italic"
VERDICT: Final = "bold"
HERE: Final = "bold"
KEY: Final = "bold"
KEYS: Final = ""
CHOSEN: Final = "reverse bold"
FOUND: Final = "reverse bold"
COMPLAINT: Final = "bold"

REPEATED: Final = "dim"
"""Only for what stands elsewhere too, such as the ISO week beside its date: dimmed words are hard to read."""

ACCENT: Final = "#0087af"
"""For lines that are drawn and say nothing by themselves; at least 3.5 to 1 on every common background."""

STYLES = frozenset(
    (
        TITLE,
        HEADING,
        QUESTION,
        HINT,
        TYPED,
        SKIPPED,
        PRIVATE,
        VERDICT,
        HERE,
        KEY,
        KEYS,
        CHOSEN,
        FOUND,
        COMPLAINT,
    )
)
"""The styles for words that stand nowhere else."""

Row = tuple[tuple[str, str], ...]
"""One row of a drawing: pairs of a style and words."""

BAR_COLUMNS = 3
"""How many columns the bar at the left takes; what a person types begins after it."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs to draw with, each one column wide.

    `bar` stands at the left of what the leader wrote, `done` and `left` make the progress bar, `here` stands before the
    row that a key answers, `picked` before what was picked, `dot` between words, and `gap` where words go on.
    """

    bar: str
    done: str
    left: str
    here: str
    picked: str
    dot: str
    gap: str

    @property
    def before(self) -> str:
        """The bar with a blank at each side."""
        return f" {self.bar} "


_UNICODE = Marks(bar="▎", done="━", left="─", here="›", picked="●", dot="·", gap="…")
_ASCII = Marks(bar="|", done="=", left="-", here=">", picked="*", dot="-", gap="...")


def marks(*, unicode: bool) -> Marks:
    """Return the signs that a screen can show."""
    return _UNICODE if unicode else _ASCII


def accent(color_system: str | None) -> str:
    """Return the accent, "" where the terminal would show it in a color of its theme."""
    return ACCENT if color_system in ("256", "truecolor") else ""


def progress(number: int, count: int, columns: int) -> tuple[int, int]:
    """Return how many cells of the progress bar are done and left at this question, on a screen this wide."""
    cells = 16 if columns >= 60 else 10
    done = cells * number // max(count, number, 1)
    return done, cells - done

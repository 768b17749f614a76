"""The visual language: one style for each thing on a screen, the marks, and what is drawn with them.

A style is made of words that rich and prompt_toolkit both understand. Words have the terminal's own color, because no
other one can be read on every theme; they differ in weight, in slant, and in where they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from followme.frozen import frozen

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
"""For what is drawn and said in words beside it too; at least 3.5 to 1 on every common background."""

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


@frozen
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


MOST_STEPS = 10
"""How far the ends of a scale can be apart to be drawn; numbers on a longer one are typed unseen."""

_AIRY, _WIDEST_GAP = 3, 20


def steps(
    low: int,
    high: int,
    ends: tuple[str, str],
    chosen: int | None,
    columns: int,
    width_of: Callable[[str], int],
) -> tuple[Row, ...]:
    """Return a scale as a row of steps, the chosen one filled, and below it the words of its ends, each at its end.

    Returns no row for a scale that is too long, or has no room in these columns.
    """
    if not 0 < high - low <= MOST_STEPS:
        return ()
    wide = max(len(str(low)), len(str(high)))
    spans = {gap: wide + (high - low) * (wide + gap) for gap in range(1, _WIDEST_GAP + 1)}
    gaps = [gap for gap, span in spans.items() if span + 2 <= columns]
    if not gaps:
        return ()
    beside = width_of(ends[0]) + 2 + width_of(ends[1])
    gap = next((gap for gap in gaps if gap >= _AIRY and spans[gap] >= beside), min(gaps[-1], _AIRY))
    words = _end_words(ends, spans[gap], columns, width_of)
    return (_numbers(range(low, high + 1), wide, gap, chosen), *words) if words else ()


def _numbers(numbers: range, wide: int, gap: int, chosen: int | None) -> Row:
    """The numbers in columns of the same width; the brackets of the chosen one take blanks beside it."""
    row = " " + (" " * gap).join(str(number).rjust(wide) for number in numbers)
    if chosen is None or chosen not in numbers:
        return (("", row),)
    end = 1 + numbers.index(chosen) * (wide + gap) + wide
    start = end - len(str(chosen))
    return ("", row[: start - 1]), (CHOSEN, f"[{chosen}]"), ("", row[end + 1 :])


def _end_words(
    ends: tuple[str, str], span: int, columns: int, width_of: Callable[[str], int]
) -> tuple[Row, ...]:
    """The words of both ends, in one row or in two; none if there is no room."""
    widths = [width_of(words) for words in ends]
    if sum(widths) + 2 <= span:
        return ((("", f" {ends[0]}{' ' * (span - sum(widths))}{ends[1]}"),),)
    if max(widths) + 1 > columns:
        return ()
    return (("", f" {ends[0]}"),), (("", " " * max(1 + span - widths[1], 1) + ends[1]),)

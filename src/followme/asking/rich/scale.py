"""A scale in a full terminal: the row of its steps, in which the number that is typed is filled at once."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import FormattedTextControl, Window
from rich.cells import cell_len

from followme import clean, style
from followme.kinds.base import Field


def steps_of(field: Field, text: str, columns: int) -> tuple[style.Row, ...]:
    """Return the rows of a scale with the number in `text` filled, on a screen of `columns`; none if it isn't drawn."""
    if field.input != "digit":
        return ()
    ends = (clean.for_terminal(field.low_label), clean.for_terminal(field.high_label))
    number = int(text) if text.strip().removeprefix("-").isdecimal() else None
    return style.steps(field.low, field.high, ends, number, columns - style.BAR_COLUMNS, cell_len)


def screen_of(field: Field, buffer: Buffer, columns: Callable[[], int], marks: style.Marks) -> Window:
    """Return the window that shows the scale, with a bar at its left."""

    def fragments() -> StyleAndTextTuples:
        shown: StyleAndTextTuples = []
        for row in steps_of(field, buffer.text, columns()):
            shown += [("", "\n")] * bool(shown) + [("class:bar", marks.before)]
            shown += [(f"class:{'chosen' if look else 'answer'}", words) for look, words in row]
        return shown

    return Window(FormattedTextControl(fragments), dont_extend_height=True)

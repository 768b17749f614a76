"""Whole words in each row while someone types, and a cursor that moves by the rows on the screen."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.screen import Char
from prompt_toolkit.layout.utils import explode_text_fragments

from followme import clean
from followme.asking.rich.characters import whole
from followme.asking.wrap import row_ends, row_off, wrap
from followme.style import BAR_COLUMNS

_ISOLATES = "\u2066\u2067\u2068\u2069"


class WordWrap(Processor):
    """Shows a line with its words whole; the text itself stays as it was typed."""

    def apply_transformation(self, ti: TransformationInput) -> Transformation:
        """Return the line with blanks added where a row ends early."""
        fragments: StyleAndTextTuples = [
            (each[0], shown(each[1])) for each in explode_text_fragments(ti.fragments)
        ]
        wrapped = wrap(fragment_list_to_text(fragments), max(ti.width - BAR_COLUMNS, 1), columns_of)
        places = wrapped.places(len(fragments))
        rows: StyleAndTextTuples = []
        for at, fragment in enumerate(fragments):
            rows += [("", " ")] * wrapped.pads.get(at, 0)
            if at not in wrapped.hidden:
                rows.append(fragment)
        return Transformation(
            rows,
            source_to_display=lambda at: places[min(at, len(places) - 1)],
            display_to_source=lambda at: max(bisect_right(places, at) - 1, 0),
        )


class RowMoves:
    """Moves the cursor by rows; over a shorter row it remembers the column it came from."""

    def __init__(self) -> None:
        self._came_to = -1
        self._column: int | None = None

    def up(self, event: KeyPressEvent) -> None:
        """Move to the row above; at the top, stay."""
        self._move(event, -1)

    def down(self, event: KeyPressEvent) -> None:
        """Move to the row below; at the bottom, stay."""
        self._move(event, +1)

    def _move(self, event: KeyPressEvent, by: int) -> None:
        buffer = event.current_buffer
        columns = _columns(event)
        wish = self._column if buffer.cursor_position == self._came_to else None
        to, self._column = row_off(buffer.text, buffer.cursor_position, by, columns, columns_of, wish)
        buffer.cursor_position = self._came_to = whole(buffer.text, to)


def row_start(event: KeyPressEvent) -> None:
    """Move to the start of the row; from there, to the start of the paragraph."""
    _to_an_end(event, 0)


def row_end(event: KeyPressEvent) -> None:
    """Move to the end of the row; from there, to the end of the paragraph."""
    _to_an_end(event, 1)


def _to_an_end(event: KeyPressEvent, side: int) -> None:
    document = event.current_buffer.document
    paragraph, at = document.current_line, document.cursor_position_col
    rows = row_ends(paragraph, _columns(event), columns_of)
    end = [row for row in rows if row[0] <= at or row is rows[0]][-1][side]
    if at == end:
        end = len(paragraph) if side else 0
    event.current_buffer.cursor_position += whole(paragraph, end) - at


def _columns(event: KeyPressEvent) -> int:
    return max(event.app.output.get_size().columns - BAR_COLUMNS, 1)


@lru_cache(maxsize=4096)
def columns_of(sign: str) -> int:
    """Return the columns that a character takes on the screen; a tab is shown as two characters."""
    return Char(shown(sign)).width


@lru_cache(maxsize=4096)
def shown(sign: str) -> str:
    """Return a character as it is shown while it is typed; prompt_toolkit itself spells out controls.

    An isolate, as chat programs put it around a name, takes no room and does nothing.
    """
    if sign in _ISOLATES:
        return "\u200b"
    return sign if sign < "\xa0" or clean.for_terminal(sign) == sign else "\ufffd"

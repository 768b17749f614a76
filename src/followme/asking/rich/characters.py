"""Characters as people see them: a family, a flag, or a letter with its accents is one, however it is stored."""

from __future__ import annotations

from itertools import accumulate

from prompt_toolkit.key_binding import KeyPressEvent
from wcwidth import iter_graphemes


def whole(text: str, at: int) -> int:
    """Return this position in a text, or if it is inside a character, the one before that character."""
    return max(start for start in _starts(text) if start <= at)


def back(event: KeyPressEvent) -> None:
    """Move to before the character that is before the cursor."""
    event.current_buffer.cursor_position -= _before(event)


def forward(event: KeyPressEvent) -> None:
    """Move to after the character that the cursor is at."""
    event.current_buffer.cursor_position += _after(event)


def delete_before(event: KeyPressEvent) -> None:
    """Delete the character before the cursor."""
    event.current_buffer.delete_before_cursor(_before(event))


def delete_after(event: KeyPressEvent) -> None:
    """Delete the character that the cursor is at."""
    event.current_buffer.delete(_after(event))


def _before(event: KeyPressEvent) -> int:
    """How many code points the character before the cursor has; 0 at the start of the text."""
    text, at = event.current_buffer.text, event.current_buffer.cursor_position
    return at - max((start for start in _starts(text) if start < at), default=0)


def _after(event: KeyPressEvent) -> int:
    """How many code points the character at the cursor still has; 0 at the end of the text."""
    text, at = event.current_buffer.text, event.current_buffer.cursor_position
    return min((start for start in _starts(text) if start > at), default=at) - at


def _starts(text: str) -> list[int]:
    """The positions between the characters of a text, with its start and its end."""
    return list(accumulate(map(len, iter_graphemes(text)), initial=0))

"""The keys of the rich asker, one small function each."""

from __future__ import annotations

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from followme.asking.picks import single_keys
from followme.asking.walk import BACK, NEXT, PAUSE, Move
from followme.kinds.base import Field


def bindings(field: Field) -> KeyBindings:
    """The keys for one field: Enter goes on, Shift+Tab back, Ctrl+C pauses, and what its way of asking adds."""
    keys = KeyBindings()
    keys.add("enter", eager=True)(_enter_text if field.way == "text" else _enter)
    keys.add("c-c", eager=True)(_pause)
    keys.add("<sigint>")(_pause)
    keys.add("c-d", eager=True)(_pause_or_delete)
    keys.add("s-tab", eager=True)(_back)
    keys.add("c-o", eager=True)(_editor)
    if field.way == "text":
        keys.add("c-j", eager=True)(_new_line)
        keys.add("escape", "enter", eager=True)(_new_line)
    else:
        keys.add("c-j", eager=True)(_enter)
    for key in single_keys(field):
        keys.add(key, eager=True)(_answer_at_once)
        if key.upper() != key:
            keys.add(key.upper(), eager=True)(_answer_at_once)
    return keys


def _leave(event: KeyPressEvent, way: str) -> None:
    event.app.exit(result=Move(way, event.current_buffer.text))


def _enter_text(event: KeyPressEvent) -> None:
    """Go on, unless the line ends in a backslash or more keys wait: then it is a paste, and a new line is meant."""
    buffer = event.current_buffer
    if event.app.key_processor.input_queue:
        buffer.insert_text("\n")
    elif buffer.document.text_before_cursor.endswith("\\"):
        buffer.delete_before_cursor()
        buffer.insert_text("\n")
    else:
        _leave(event, NEXT)


def _enter(event: KeyPressEvent) -> None:
    """Go on, unless more keys wait: then it is a paste of several lines, which become one."""
    if event.app.key_processor.input_queue:
        event.current_buffer.insert_text(" ")
    else:
        _leave(event, NEXT)


def _new_line(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text("\n")


def _back(event: KeyPressEvent) -> None:
    _leave(event, BACK)


def _pause(event: KeyPressEvent) -> None:
    _leave(event, PAUSE)


def _pause_or_delete(event: KeyPressEvent) -> None:
    """Ctrl+D pauses where nothing is typed, and deletes a character elsewhere, as in a shell."""
    if event.current_buffer.text:
        event.current_buffer.delete()
    else:
        _leave(event, PAUSE)


def _editor(event: KeyPressEvent) -> None:
    event.current_buffer.open_in_editor()


def _answer_at_once(event: KeyPressEvent) -> None:
    """A key that is an answer by itself replaces what stands there and goes on."""
    event.current_buffer.text = event.data
    _leave(event, NEXT)

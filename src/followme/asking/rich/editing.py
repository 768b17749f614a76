"""The keys for editing that people know from shells and editors: they move, delete, and bring back."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.bindings.named_commands import get_by_name

from followme.asking.rich.characters import back, delete_after, delete_before, forward
from followme.asking.rich.rows import row_end, row_start

Handler = Callable[[KeyPressEvent], object]

MOVES: dict[str | Handler, tuple[str, ...]] = {
    back: ("left", "c-b"),
    forward: ("right", "c-f"),
    "backward-word": ("c-left", "escape+left", "escape+b"),
    "forward-word": ("c-right", "escape+right", "escape+f"),
    row_start: ("home",),
    row_end: ("end",),
    "beginning-of-line": ("c-a",),
    "end-of-line": ("c-e",),
    "beginning-of-buffer": ("c-home",),
    "end-of-buffer": ("c-end",),
    "yank": ("c-y",),
}
"""What deletes nothing, our own or a command of the library by its name, and its keys."""

DELETES: dict[str | Handler, tuple[str, ...]] = {
    delete_before: ("backspace",),
    delete_after: ("delete", "s-delete"),
    "backward-kill-word": ("escape+backspace",),
    "unix-word-rubout": ("c-w",),
    "kill-word": ("c-delete", "escape+d"),
    "kill-line": ("c-k",),
    "unix-line-discard": ("c-u",),
}
"""What deletes, our own or a command of the library by its name, and its keys."""

UNDO = ("c-_", "c-x+c-u")


class Editing:
    """Moves and deletes in a prompt's text. What was deleted comes back with Ctrl+Y, or in place with Ctrl+_.

    The library's own undo also removes typed text, a whole paragraph at once; this one only brings text back.
    """

    def __init__(self) -> None:
        self._deleted: list[tuple[Document, str]] = []

    def bind(self, bindings: KeyBindings) -> None:
        """Add these keys."""
        for act, keys in MOVES.items():
            _add(bindings, keys, _handler(act))
        for act, keys in DELETES.items():
            _add(bindings, keys, self.deleting(_handler(act)))
        _add(bindings, UNDO, self._undo)

    def deleting(self, act: Handler) -> Handler:
        """Return the same handler; the text that it deletes can be brought back."""

        def delete(event: KeyPressEvent) -> None:
            buffer, clipboard = event.current_buffer, event.app.clipboard
            before, copied = buffer.document, clipboard.get_data()
            act(event)
            if buffer.text != before.text:
                self._deleted.append((before, buffer.text))
            else:
                # Some commands copy the deleted text even if it is empty.
                clipboard.set_data(copied)

        return delete

    def replace(self, buffer: Buffer, text: str) -> None:
        """Put another text in the buffer; if that only removed words, they can be brought back."""
        before = buffer.document
        if text != before.text:
            buffer.document = Document(text, len(text))
            if text in before.text:
                self._deleted.append((before, text))

    def _undo(self, event: KeyPressEvent) -> None:
        """Bring back the text deleted last, unless something was typed since, which would be lost."""
        if self._deleted and self._deleted[-1][1] == event.current_buffer.text:
            event.current_buffer.document = self._deleted.pop()[0]


def _handler(act: str | Handler) -> Handler:
    return get_by_name(act).handler if isinstance(act, str) else act


def _add(bindings: KeyBindings, keys: tuple[str, ...], act: Handler) -> None:
    for key in keys:
        bindings.add(*key.split("+"))(act)

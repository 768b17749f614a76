"""The keys of the rich asker, one small function each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from prompt_toolkit.application import Application
from prompt_toolkit.application.run_in_terminal import run_in_terminal
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from followme.asking.picks import signs, single_keys
from followme.asking.rich_wrap import Rows
from followme.asking.walk import BACK, FINISH, JUMP, NEXT, PAUSE, Move
from followme.kinds.base import Field

PASTE_SECONDS = 0.05
"""A key that follows another one sooner than this was pasted, not typed."""

HABIT_SECONDS = 0.4
"""So long after a digit that answered at once, an Enter still belongs to it."""

Edit = Callable[[str], str | None]
"""Opens a text in the person's editor; None where nothing came back."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What opens beside the typing: the editor with the text, all keys, and the answer of last time."""

    edit: Edit
    show_keys: Callable[[], None]
    show_last: Callable[[], None]


class FieldKeys:
    """The keys for one field: Enter goes on, Shift+Tab back, Ctrl+C pauses, and what its way of asking adds.

    `at_once` tells afterwards whether a single key answered; `refused` tells at any time whether what was pressed
    cannot be part of an answer; `deaf` says that a single key just answered, so that the Enter which often
    follows is not heard. With `enter_is_line`, Enter and Ctrl+J change places in a text.
    """

    def __init__(
        self, field: Field, beside: Beside, *, deaf: bool = False, enter_is_line: bool = False
    ) -> None:
        self.at_once = False
        self.refused = False
        self.bindings = KeyBindings()
        self._field = field
        self._beside = beside
        self._deaf = deaf
        self._enter_is_line = enter_is_line and field.way == "text"
        self._rows = Rows()
        self._written = field.way in ("text", "line")
        self._new_line = "\n" if field.way == "text" else " "
        self._acting: asyncio.TimerHandle | None = None
        self._mark = ""
        self._editing = False
        self._bind_everywhere()
        if self._written:
            self._bind_writing()
        else:
            self._bind_picking()

    def watch(self, app: Application[Move]) -> None:
        """Begin to hear of the application's keys, before it runs."""

        def start() -> None:
            if self._deaf:
                asyncio.get_running_loop().call_later(HABIT_SECONDS, self._hear)

        app.pre_run_callables.append(start)
        app.key_processor.before_key_press += lambda _: self._stay(app)

    def _bind_everywhere(self) -> None:
        add = self.bindings.add
        add("enter", eager=True)(self._enter)
        add("c-j", eager=True)(self._other_enter)
        add("tab", eager=True)(self._tab)
        add("s-tab", eager=True)(self._back)
        add("c-c", eager=True)(self._pause)
        add("<sigint>")(self._pause)
        add("c-d", eager=True)(self._pause_or_delete)
        add("f1", eager=True)(self._show_keys)
        add("?", eager=True)(self._question_mark)
        add("c-r", eager=True)(self._show_last)
        add("f2", eager=True)(self._jump)
        for letter, way in (("g", self._jump), ("f", self._finish)):
            # With or without Ctrl held on, as fingers do it.
            add("c-x", letter, eager=True)(way)
            add("c-x", f"c-{letter}", eager=True)(way)
        add(Keys.Vt100MouseEvent, eager=True)(self._escaped)

    def _bind_writing(self) -> None:
        add = self.bindings.add
        add("up", eager=True)(self._rows.up)
        add("down", eager=True)(self._rows.down)
        add("c-o", eager=True)(self._open_editor)
        add("c-x", "c-e", eager=True)(self._open_editor)
        add(Keys.BracketedPaste, eager=True)(self._paste)
        if self._field.way == "text":
            add("escape", "enter", eager=True)(self._other_enter)

    def _bind_picking(self) -> None:
        self.bindings.add(Keys.Any)(self._insert_sign)
        self.bindings.add(Keys.BracketedPaste, eager=True)(self._paste)
        for key in single_keys(self._field):
            self.bindings.add(key, eager=True)(self._answer_at_once)
            if key.upper() != key:
                self.bindings.add(key.upper(), eager=True)(self._answer_at_once)

    def _enter(self, event: KeyPressEvent) -> None:
        """Go on; a backslash before it makes a new line instead."""
        buffer = event.current_buffer
        if self._deaf and not buffer.text:
            return
        if self.refused and not buffer.text:
            # Who typed what cannot be taken, and Enter after it, did not mean to pass over.
            self.refused = False
            return
        if self._enter_is_line and buffer.text:
            buffer.insert_text("\n")
        elif self._field.way == "text" and buffer.document.text_before_cursor.endswith("\\"):
            buffer.delete_before_cursor()
            buffer.insert_text("\n")
        else:
            self._leave_soon(event, self._new_line)

    def _other_enter(self, event: KeyPressEvent) -> None:
        """Begin a new line in a text; where that is what Enter does, go on."""
        if self._field.way != "text":
            self._enter(event)
        elif self._enter_is_line:
            self._leave_soon(event, "\n")
        else:
            event.current_buffer.insert_text("\n")

    def _tab(self, event: KeyPressEvent) -> None:
        self._leave_soon(event, "\t" if self._field.way == "text" else " ")

    def _question_mark(self, event: KeyPressEvent) -> None:
        """Show all keys where nothing is typed; in an answer it is a sign like any other."""
        if not self._written:
            self._show_keys(event)
        elif event.current_buffer.text:
            event.current_buffer.insert_text("?")
        else:
            self._soon("?", lambda: self._show_keys(event))

    def _leave_soon(self, event: KeyPressEvent, mark: str) -> None:
        if self._written:
            self._soon(mark, lambda: self._leave(event, NEXT))
        else:
            self._leave(event, NEXT)

    def _soon(self, mark: str, act: Callable[[], None]) -> None:
        """Act unless more keys follow at once: then this one was pasted, and its mark is meant."""
        self._mark = mark
        self._acting = asyncio.get_running_loop().call_later(PASTE_SECONDS, self._act, act)

    def _act(self, act: Callable[[], None]) -> None:
        self._acting = None
        act()

    def _stay(self, app: Application[Move]) -> None:
        if self._acting:
            self._acting.cancel()
            self._acting = None
            app.current_buffer.insert_text(self._mark)

    def _hear(self) -> None:
        self._deaf = False

    def _insert_sign(self, event: KeyPressEvent) -> None:
        """Take only what can be part of an answer; the data of other keys has several signs."""
        if len(event.data) == 1 and event.data in signs(self._field):
            event.current_buffer.insert_text(event.data)
        elif event.data.isprintable():
            self.refused = True

    def _paste(self, event: KeyPressEvent) -> None:
        pasted = event.data.replace("\r\n", "\n").replace("\r", "\n")
        if not self._written:
            pasted = "".join(sign for sign in pasted if sign in signs(self._field))
        elif self._field.way == "line":
            pasted = " ".join(pasted.split("\n")).rstrip(" ")
        event.current_buffer.insert_text(pasted)

    def _escaped(self, event: KeyPressEvent) -> None:
        """An escape sequence that looks like the mouse, which is not used here: it can only be pasted."""
        if self._written:
            event.current_buffer.insert_text(event.data)

    def _open_editor(self, event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        self._editing = True

        async def edit() -> None:
            text = await run_in_terminal(lambda: self._beside.edit(buffer.text))
            if text is not None and text != buffer.text:
                text = text if self._field.way == "text" else " ".join(text.split("\n"))
                buffer.document = Document(text, len(text))
            self._editing = False

        event.app.create_background_task(edit())

    def _show_keys(self, event: KeyPressEvent) -> None:
        self._show(event, self._beside.show_keys)

    def _show_last(self, event: KeyPressEvent) -> None:
        self._show(event, self._beside.show_last)

    def _show(self, event: KeyPressEvent, show: Callable[[], None]) -> None:
        """Print something above the prompt, which stays as it is."""

        async def shown() -> None:
            await run_in_terminal(show)

        event.app.create_background_task(shown())

    def _answer_at_once(self, event: KeyPressEvent) -> None:
        """A key that is an answer by itself replaces what stands there and goes on."""
        self.at_once = True
        event.current_buffer.text = event.data
        self._leave(event, NEXT)

    def _leave(self, event: KeyPressEvent, way: str) -> None:
        """End the prompt; not while the editor has the text."""
        if not self._editing:
            event.app.exit(result=Move(way, event.current_buffer.text))

    def _back(self, event: KeyPressEvent) -> None:
        self._leave(event, BACK)

    def _jump(self, event: KeyPressEvent) -> None:
        self._leave(event, JUMP)

    def _finish(self, event: KeyPressEvent) -> None:
        self._leave(event, FINISH)

    def _pause(self, event: KeyPressEvent) -> None:
        self._leave(event, PAUSE)

    def _pause_or_delete(self, event: KeyPressEvent) -> None:
        """Ctrl+D pauses where nothing is typed, and deletes a character elsewhere, as in a shell."""
        if event.current_buffer.text:
            event.current_buffer.delete()
        else:
            self._leave(event, PAUSE)

"""All keys of the rich asker's prompts, one small function each; the library's own keys are not used."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import field as dataclass_field

from prompt_toolkit.application import Application
from prompt_toolkit.application.run_in_terminal import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.bindings.cpr import load_cpr_bindings
from prompt_toolkit.key_binding.key_bindings import KeyBindingsBase
from prompt_toolkit.key_binding.key_processor import KeyProcessor
from prompt_toolkit.keys import Keys

from followme.asking.picks import BETWEEN, in_one_line
from followme.asking.rich.characters import delete_after
from followme.asking.rich.editing import Editing, Handler
from followme.asking.rich.footer import Footer
from followme.asking.rich.rows import RowMoves
from followme.asking.walk import BACK, FINISH, JUMP, NEXT, PAUSE, Move, Rows
from followme.errors import NotEdited
from followme.frozen import mutable
from followme.kinds.base import ADD, Field

PASTE_SECONDS = 0.05
"""In a terminal that doesn't announce pastes, a key that comes sooner than this after another one was pasted."""

ALONE_SECONDS = 0.3
"""A key that answers is taken if no other sign follows within this many seconds; else someone is typing a word.

The signs of a word come 0.1 to 0.25 seconds after each other. With Enter, the answer is taken at once.
"""

_SHIFT_ENTER = "+".join(("escape", *"[13;2u"))
"""As some terminals send it; the library would take its parts for keys."""

HABIT_SECONDS = 0.75
"""For this many seconds after a digit answered at once, an Enter as the first key is ignored as a habit.

An Enter out of habit comes within about half a second; one that comes after a second is meant.
"""

AGAIN = "That answer needed no Enter. Press it again to go on."
REFUSED = "What you typed wasn't taken. Press Enter again to go on."
KEPT = "Everything is already kept."
NOT_KEPT = "This couldn't be written to the disk yet. followme tries again after each answer."
NO_PAGES = "This reflection didn't start with a look back."
NOTHING_TO_KEEP = "There's nothing to keep on this screen."


@mutable(kw_only=True)
class FieldKeys:
    """The keys for one field: Enter for the next one, Shift+Tab for the one before, Ctrl+C to pause, and its own.

    `edit` opens a text in the person's editor and raises NotEdited if that goes wrong. `keep` puts a text on disk and
    returns whether it is there, None if it should not be kept. `all_keys` and `last_time` are parts to read;
    `last_time` returns a sentence if there is no part. `pages` are what the sitting looked back on.

    `announced` says whether pastes are known to be announced. `at_once` says afterwards whether a single key answered.
    `deaf` says that a single key answered the field before; the Enter that often follows is ignored. `has_the_text` is
    False while an editor has it. With `enter_is_line`, Enter and Ctrl+J change places in a text.
    """

    field: Field
    footer: Footer
    edit: Callable[[str], str]
    keep: Callable[[str], object]
    all_keys: Rows
    last_time: Callable[[], str | Rows]
    pages: Rows | None = None
    announced: bool = False
    deaf: bool = False
    enter_is_line: bool = False
    at_once: bool = False
    _presses: int = 0
    _refused: bool = False
    _began: str = ""
    _editing: Editing = dataclass_field(default_factory=Editing)
    _waiting: asyncio.TimerHandle | None = None
    _hearing: asyncio.TimerHandle | None = None
    _mark: str = ""
    has_the_text: bool = True
    _app: Application[Move] = dataclass_field(init=False)
    _buffer: Buffer = dataclass_field(init=False)

    @property
    def _written(self) -> bool:
        return self.field.input in ("text", "line")

    @property
    def _line_end(self) -> str:
        """What the end of a line is in the answer."""
        return "\n" if self.field.input == "text" else " "

    @property
    def filled(self) -> bool:
        """Whether there are words by now where some are written, or an answer to begin with where one is picked."""
        return bool(self._buffer.text if self._written else self._began)

    def attach(self, app: Application[Move], buffer: Buffer) -> None:
        """Take over the keys of an application before it runs; the answer is always what this buffer holds."""
        self._app, self._buffer, self._began = app, buffer, buffer.text
        # The application's own bindings and those of the library are not used.
        app.key_processor = KeyProcessor(self._bindings())
        app.key_processor.before_key_press += lambda _: self._begin_key()

        def start() -> None:
            if self.deaf:
                self._be_deaf(HABIT_SECONDS - ALONE_SECONDS)

        app.pre_run_callables.append(start)

    def _bindings(self) -> KeyBindingsBase:
        bindings = KeyBindings()
        self._editing_keys(bindings)
        for keys, act in (self._everywhere() | self._own()).items():
            bindings.add(*(keys.split("+") if len(keys) > 1 else keys))(act)
        return merge_key_bindings([bindings, load_cpr_bindings()])

    def _editing_keys(self, bindings: KeyBindings) -> None:
        self._editing.bind(bindings)

    def _everywhere(self) -> dict[str, Handler]:
        # Ctrl+X, and then the next key with or without Ctrl held down.
        return {
            "enter": self._enter,
            **dict.fromkeys(("escape+enter", _SHIFT_ENTER), self._other_enter),
            "c-j": self._other_enter,
            "tab": self._tab,
            "s-tab": self._leaving(BACK),
            **dict.fromkeys(("f2", "c-x+g", "c-x+c-g"), self._leaving(JUMP)),
            **dict.fromkeys(("c-x+f", "c-x+c-f"), self._leaving(FINISH)),
            **dict.fromkeys(("c-c", "<sigint>"), self._leaving(PAUSE)),
            "c-d": self._pause_or_delete,
            "c-s": self._say_what_is_kept,
            "c-z": self._suspend,
            "c-l": self._draw_again,
            "f1": self._show_keys,
            "?": self._question_mark,
            "c-r": self._show_last,
            **dict.fromkeys(("f3", "c-x+w", "c-x+c-w"), self._show_pages),
            "<bracketed-paste>": self._paste,
        }

    def _own(self) -> dict[str, Handler]:
        """The keys for writing."""
        rows = RowMoves()
        return {
            "up": rows.up,
            "down": rows.down,
            "c-o": self._open_editor,
            "c-x+c-e": self._open_editor,
            "+": self._plus,
            "<any>": self._insert,
            # An escape sequence that looks like the mouse must be pasted text, since the mouse is not used here.
            "<vt100-mouse-event>": lambda event: self._buffer.insert_text(event.data),
        }

    def _begin_key(self) -> None:
        """Before each key, remove the sentence that was shown, and treat a waiting Enter as pasted."""
        self._presses += 1
        self.footer.say("")
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None
            self._put(self._mark)

    def _enter(self, event: KeyPressEvent) -> None:
        """Go on; a backslash before it makes a new line instead, or a blank in an answer of one line."""
        if self._is_no_wish():
            return
        if self.enter_is_line and self.field.input == "text" and self._buffer.text:
            self._buffer.insert_text("\n")
        elif self._written and self._buffer.document.text_before_cursor.endswith("\\"):
            self._buffer.delete_before_cursor()
            self._put(self._line_end)
        else:
            self._go_on(self._line_end)

    def _is_no_wish(self) -> bool:
        """Whether an Enter was pressed out of habit, or after keys that were refused and changed nothing."""
        habit, refused = self.deaf and self._presses == 1, self._refused
        self._refused = False
        answered = (
            self._buffer.text.strip(BETWEEN) not in ("", self._began) and self.field.input != "verdicts"
        )
        if not habit and (answered or not refused):
            return False
        self.footer.say(AGAIN if habit else REFUSED)
        return True

    def _other_enter(self, event: KeyPressEvent) -> None:
        """Begin a new line in a text, and put a blank in an answer of one line; if Enter does that, go on instead."""
        if not self._written or (self.enter_is_line and self.field.input == "line"):
            self._enter(event)
        elif self.enter_is_line:
            self._go_on("\n")
        else:
            self._put(self._line_end)

    def _tab(self, event: KeyPressEvent) -> None:
        self._go_on("\t" if self.field.input == "text" else " ")

    def _go_on(self, mark: str) -> None:
        """Go on to the next field; `mark` is the text to insert if this key was pasted."""
        if self.announced or not self._written:
            self._leave(NEXT)
        else:
            self._soon(mark, lambda: self._leave(NEXT))

    def _put(self, mark: str) -> None:
        """Insert a mark; a blank only after a word."""
        if mark != " " or self._buffer.document.char_before_cursor.strip():
            self._buffer.insert_text(mark)

    def _question_mark(self, event: KeyPressEvent) -> None:
        """Show all keys if nothing is typed; in an answer, insert the question mark."""
        if not self._written:
            self._show_keys(event)
        elif self._buffer.text:
            self._buffer.insert_text("?")
        else:
            self._soon("?", lambda: self._show_keys(event))

    def _plus(self, event: KeyPressEvent) -> None:
        """Ask for another promise if nothing is typed, where one can be added; else insert the sign."""
        if ADD in self.field.turns and not self._buffer.text:
            self._soon("+", lambda: self._leave(ADD))
        else:
            self._buffer.insert_text("+")

    def _soon(self, mark: str, act: Callable[[], None]) -> None:
        """Act unless more keys follow at once; then this key was pasted, and its mark is inserted."""

        def now() -> None:
            self._waiting = None
            act()

        self._mark = mark
        self._waiting = asyncio.get_running_loop().call_later(PASTE_SECONDS, now)

    def _be_deaf(self, seconds: float) -> None:
        """For these seconds, take an Enter as the next key for a habit."""
        self.deaf, self._presses = True, 0
        if self._hearing:
            self._hearing.cancel()
        self._hearing = asyncio.get_running_loop().call_later(seconds, self._hear)

    def _hear(self) -> None:
        self.deaf = False

    def _insert(self, event: KeyPressEvent) -> None:
        """Insert a character; named keys without a meaning here do nothing."""
        if not isinstance(event.key_sequence[-1].key, Keys):
            self._buffer.insert_text(event.data)

    def _paste(self, event: KeyPressEvent) -> None:
        self.announced = True
        pasted = event.data.replace("\r\n", "\n").replace("\r", "\n")
        if self.field.input == "line":
            pasted = in_one_line(pasted).rstrip(" ")
        self._buffer.insert_text(pasted)

    def _open_editor(self, event: KeyPressEvent) -> None:
        async def edit() -> None:
            text: str | None = None
            try:
                text = await run_in_terminal(lambda: self.edit(self._buffer.text))
            except NotEdited as error:
                self.footer.say(str(error))
                text = error.text
            if text is not None:
                text = text if self.field.input == "text" else in_one_line(text)
                self._editing.replace(self._buffer, text)
            self.has_the_text = True
            self._app.invalidate()

        self.has_the_text = False
        self._app.create_background_task(edit())

    def _say_what_is_kept(self, event: KeyPressEvent) -> None:
        kept = self.keep(self._buffer.text)
        self.footer.say(NOTHING_TO_KEEP if kept is None else KEPT if kept else NOT_KEPT)

    def _suspend(self, event: KeyPressEvent) -> None:
        """Put everything typed on disk, then stop and return to the shell."""
        self.keep(self._buffer.text)
        self._app.suspend_to_background()

    def _draw_again(self, event: KeyPressEvent) -> None:
        self._app.renderer.erase(leave_alternate_screen=False)

    def _show_keys(self, event: KeyPressEvent) -> None:
        self.footer.turn("F1", self.all_keys)
        self._app.invalidate()

    def _show_last(self, event: KeyPressEvent) -> None:
        last = self.last_time()
        if isinstance(last, str):
            self.footer.say(last)
        else:
            self.footer.turn("Ctrl+R", last)

    def _show_pages(self, event: KeyPressEvent) -> None:
        if self.pages is None:
            self.footer.say(NO_PAGES)
        else:
            self.footer.turn("F3", self.pages)

    def pause(self) -> None:
        """End the prompt, and keep what is typed."""
        self._leave(PAUSE)

    def _leaving(self, action: str) -> Handler:
        return lambda event: self._leave(action)

    def _leave(self, action: str) -> None:
        """End the prompt; not while the editor has the text, and not twice."""
        if self.has_the_text and not self._app.is_done:
            self._app.exit(result=Move(action, self._buffer.text))

    def _pause_or_delete(self, event: KeyPressEvent) -> None:
        """Pause if nothing is typed; otherwise delete a character, as Ctrl+D does in a shell."""
        if self._buffer.text:
            self._editing.deleting(delete_after)(event)
        else:
            self._leave(PAUSE)

"""Answers that are picked in a full terminal: the keys that answer if they stand alone, and the row of a scale."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Window
from rich.cells import cell_len

from followme import clean, style
from followme.asking.picks import BETWEEN, begins_word, is_word, signs, single_keys, takes
from followme.asking.rich import keys
from followme.asking.rich.editing import Handler
from followme.asking.rich.keys import FieldKeys
from followme.asking.walk import NEXT, Move
from followme.kinds.base import ADD, ADJUST, REWORD, Field

_TURNS = {"tab": ADJUST, "backspace": REWORD, "+": ADD}


class PickKeys(FieldKeys):
    """The keys of a field where nothing is written: a sign answers if none comes right before it or after it.

    A whole word, such as yes, answers with Enter.
    """

    def attach(self, app: Application[Move], buffer: Buffer) -> None:
        """Take over the keys; no sign has come yet."""
        super().attach(app, buffer)
        self._word: asyncio.TimerHandle | None = None
        self._before: str | None = None

    def _own(self) -> dict[str, Handler]:
        answers = single_keys(self.field)
        at_once = dict.fromkeys((*answers, *map(str.upper, answers)), self._answer_at_once)
        turns = {key: self._turning(action) for key, action in _TURNS.items() if action in self.field.turns}
        return {"<any>": self._insert_sign, **at_once, **turns}

    def _enter(self, event: KeyPressEvent) -> None:
        """Take at once what a sign or a whole word has answered; without one, go on as everywhere."""
        self._end_word()
        if self._before is None:
            super()._enter(event)
        elif self._is_whole or is_word(self.field, self._buffer.text):
            self._leave(NEXT)
        else:
            self._refuse()
            super()._enter(event)

    def _paste(self, event: KeyPressEvent) -> None:
        """Replace the text with an answer by itself, or insert what is part of one; refuse everything else."""
        self.announced = True
        answers, pasted = single_keys(self.field), " ".join(event.data.lower().split())
        if not (pasted in answers if answers else self._fits(pasted)):
            self._refuse()
        elif answers:
            self._buffer.document = Document(pasted)
        else:
            pasted = re.sub(r"\s", " ", event.data)
            self._buffer.insert_text("".join(sign for sign in pasted if sign in signs(self.field)))

    def _fits(self, text: str) -> bool:
        """Whether a text has only what an answer can have, and not only what stands between numbers."""
        return bool(text.strip(BETWEEN)) and all(sign in signs(self.field) for sign in text)

    def _insert_sign(self, event: KeyPressEvent) -> None:
        """Insert a character only if it can be part of an answer."""
        if isinstance(event.key_sequence[-1].key, Keys):
            return
        if self._fits(self._buffer.text + event.data):
            self._refused = self._refused and event.data in BETWEEN
            self._buffer.insert_text(event.data)
        else:
            self._follows()
            self._spell(event.data)

    def _answer_at_once(self, event: KeyPressEvent) -> None:
        """Replace the text with this key, which is an answer by itself, and go on if it isn't part of a word."""
        if self._follows():
            self._spell(event.data)
        else:
            self._before = self._buffer.text if self._before is None else self._before
            self._buffer.document = Document(event.data)

    def _spell(self, sign: str) -> None:
        """Add a sign to a word that it can be a part of."""
        word = self._buffer.text + sign
        if self._before is not None and begins_word(self.field, word):
            self._buffer.document = Document(word)
        else:
            self._refuse()

    @property
    def _is_whole(self) -> bool:
        """Whether a sign alone has answered, and no word was begun with it."""
        return self._buffer.text.lower() in single_keys(self.field)

    def _turning(self, action: str) -> Handler:
        """The handler that leaves the row this way, unless a sign does that in a word; a + after y or n is none."""

        def turn(event: KeyPressEvent) -> None:
            if event.data == "+" and self._before is not None and self._is_whole:
                self._end_word()
                self._leave(action)
            elif (event.data == "+" and self._follows()) or self._before is not None:
                self._refuse()
            else:
                self._leave(action)

        return turn

    def _follows(self) -> bool:
        """Wait for what comes after this sign; return whether another one came right before it."""
        follows = self._word is not None
        self._end_word()
        self._word = asyncio.get_running_loop().call_later(keys.ALONE_SECONDS, self._stand_alone)
        return follows

    def _stand_alone(self) -> None:
        """Go on if a sign has answered, since none has followed it."""
        self._word = None
        if self._before is not None and self._is_whole:
            self.at_once = True
            self._leave(NEXT)

    def _end_word(self) -> None:
        if self._word:
            self._word.cancel()
        self._word = None

    def _refuse(self) -> None:
        """Say what is taken here, and take back an answer that was a part of this word."""
        if self._before is not None:
            self._buffer.text, self._before = self._before, None
        self._refused = True
        self.footer.say(takes(self.field))


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

"""The asker that never redraws: it only prints lines, for screen readers and simple terminals."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TextIO

from followme import clean
from followme.asking import understood
from followme.asking.item import Item
from followme.asking.key_words import how_private
from followme.asking.last_time import always_shown, can_be_shown, last_time
from followme.asking.picks import how, in_one_line, picked, said, typed_text
from followme.asking.plain_lines import WRITTEN, Keyboard, Lines
from followme.asking.verdicts import labels_of, row_by_row
from followme.asking.walk import BACK, FINISH, JUMP, NEXT, PAUSE, Move, Rows, fault_of
from followme.errors import FollowmeError, NotEdited
from followme.hints import Command
from followme.kinds.base import ADD, ADJUST, Field
from followme.model import Value
from followme.screen import rows_of

SHORT_HELP = (
    "An empty line skips the question, or keeps what's there. End a line with \\ to add another.\n"
    ":back goes back, :pause stops and keeps everything, :help lists all commands."
)
HELP = """\
An empty line skips the question, or keeps what's there. End a line with \\ to add another.
:skip skips the question, and clears what's there.
:back goes back to the question before, :back 2 to question 2.
:list lists the questions so far, so you can go to any of them.
:last shows what you answered last time.
:weeks shows again what you looked back on.
:edit opens the answer in the editor that VISUAL or EDITOR names.
:finish finishes now; the rest isn't asked.
:pause stops and keeps everything.
:help, or ?, shows this list again."""
LAST_TIME = ":last shows what you answered last time."
KEEPS = "An empty line keeps it, :skip clears it."
UNFIT = "An empty line can't keep it. Type it again, or :skip clears it."
MORE_HELP = ":help lists all commands."
"""What is said in place of a sentence that would stand twice in a row."""

PAGES = ":weeks shows again what you looked back on."
NO_PAGES = "This reflection didn't start with a look back."
_WIDTH = 80
"""How many columns pages have where no one knows the width."""

_TURNS = {understood.ADJUST_WORD: ADJUST, understood.ADD_WORD: ADD}

NO_WORDS = "The editor saved no words, so your answer hasn't changed. Type it here, or use :edit or :skip."


class PlainAsker:
    """Asks line by line. An empty line keeps what was typed before, and :skip empties it.

    `show_last` shows the answer from last time above every open question. `named` returns a command as it's typed, for
    answers of the entry that will be the last one.
    """

    def __init__(
        self,
        keyboard: Keyboard,
        stream: TextIO,
        *,
        columns: int | None = None,
        edit: Callable[[str], str] | None = None,
        show_last: bool = False,
        named: Callable[[Command], str] | None = None,
    ) -> None:
        self._keyboard = keyboard
        self._stream = stream
        self._columns = columns
        self._edit = edit
        self._show_last = show_last
        self._named = named
        self._item: Item | None = None
        self._pages: Rows | None = None
        self._explained = {""}
        self._asked = False

    def introduce(self, item: Item, number: int, count: int, *, first: bool) -> None:
        """Print the section, how far along this is, the question and its hint."""
        self._item, self._asked = item, False
        self._print("", blank=True)
        if first and item.section:
            self._print(item.section)
            self._print(item.intro)
        if SHORT_HELP not in self._explained:
            self._explain(SHORT_HELP)
            self._print("", blank=True)
        for heading, words in item.quoted:
            self._print(heading)
            self._print(words)
        self._print(f"{number} of {count}: {item.ask}")
        self._print(item.hint)
        if self._show_last and always_shown(item):
            self._print_last(item.fields[0])
        elif can_be_shown(item):
            self._explain(LAST_TIME)
        if self._pages:
            self._explain(PAGES)

    def ask(self, field: Field, value: Value, typing: Callable[[Value], object]) -> Move:
        """Print the field's own words, and take the lines typed."""
        self._asked = True
        if field.rows:
            return row_by_row(field, value, self._ask_row, typing)
        self._print_field(field, value)
        before, said_last = typed_text(field, value), ""
        while True:
            lines = Lines(field, value, typing)
            try:
                text = lines.read(self._keyboard, self._mark, self.complain)
            except KeyboardInterrupt:
                text = None
            if text is None:
                return Move(PAUSE, lines.kept)
            try:
                move = self._obey(field, text, before, value)
            except (ValueError, FollowmeError) as error:
                refused = _refusal(error, field, value)
                said_last = MORE_HELP if refused == said_last else refused
                self.complain(said_last)
                continue
            if move:
                return move

    def accept(self, field: Field, value: Value) -> None:
        """Print what the screen doesn't show yet.

        That is how a day was understood, what leaving the field empty does, or an answer that was given before.
        """
        if field.rows:
            if not self._asked:
                self._print_rows(field, value)
        elif not value:
            self._print(field.empty)
        elif field.shown or not self._asked:
            self._print(said(field, value))

    def _print_rows(self, field: Field, value: Value) -> None:
        for row, label in zip(field.rows, labels_of(value, len(field.rows)), strict=True):
            self._print(row.ask)
            self._print(label or row.empty)

    def _ask_row(self, row: Field, label: str, typing: Callable[[Value], object]) -> Move:
        move = self.ask(row, label, typing)
        if move.action == NEXT:
            self.accept(row, move.value)
        return move

    def keep_at_hand(self, pages: Rows) -> None:
        """Have `:weeks` print these pages from now on."""
        self._pages = pages

    def tell(self, words: str) -> None:
        """Print words that need no answer."""
        self._print(words)

    def complain(self, sentence: str) -> bool:
        """Print why the value doesn't fit; return True, since it is asked again."""
        self._print(sentence)
        return True

    def _obey(self, field: Field, text: str, before: str, value: Value) -> Move | None:
        """The move that the typed text means; None if the field must be asked again.

        Raises ValueError or FollowmeError with the sentence to show.
        """
        if back := re.fullmatch(r":back ([1-9]\d{0,2})", " ".join(text.split())):
            return Move(JUMP, value, int(back[1]))
        match text.strip():
            case ":back":
                return Move(BACK, value)
            case ":list":
                return Move(JUMP, value)
            case ":finish":
                return Move(FINISH, value)
            case ":skip":
                return Move(NEXT, "")
            case ":help" | "?":
                self._print(HELP)
                for line in how_private(self._item.question if self._item else None, self._named):
                    self._print(line)
                return None
            case ":last":
                self._print_last(field)
                return None
            case ":weeks":
                self._print("\n".join(self._pages(self._columns or _WIDTH)) if self._pages else NO_PAGES)
                return None
            case ":edit":
                return Move(NEXT, self._edited(field, before))
            case word if word in _TURNS and _TURNS[word] in field.turns:
                # What doesn't fit is no answer to keep: the + stands in its place.
                return Move(_TURNS[word], "" if fault_of(field, value) else value)
        return Move(NEXT, picked(field, text if text.strip() else before, value))

    def _edited(self, field: Field, before: str) -> str:
        if self._edit is None or field.input not in WRITTEN:
            raise ValueError("You can't use an editor for this one. Type it here.")
        try:
            with self._keyboard.released():
                text = self._edit(before)
        except NotEdited as error:
            if error.text is None:
                raise
            self.complain(str(error))
            text = error.text
        if not text.strip():
            raise ValueError(NO_WORDS)
        text = text if field.input == "text" else in_one_line(text)
        self._print(text)
        return text

    def _print_last(self, field: Field) -> None:
        for words in last_time(self._item, field):
            self._print(words)

    def _print_field(self, field: Field, value: Value) -> None:
        if field.input == "row":
            self._print(understood.row(field))
            self._explain(understood.row_commands(field))
        else:
            self._print("", blank=bool(field.quote))
            self._print(field.quote)
            self._print(field.ask)
            self._print(field.hint)
        if field.input == "digit":
            self._print(f"{field.low} is {field.low_label}, {field.high} is {field.high_label}.")
        if field.keys:
            self._print("; ".join(map(" ".join, zip(field.keys, field.options, strict=True))))
        else:
            for number, option in enumerate(field.options, 1):
                self._print(f"{number}  {option}")
        self._explain(how(field))
        if value:
            self._print(f"So far: {said(field, value)}")
            self._print(UNFIT if fault_of(field, value) else KEEPS)

    def _mark(self) -> None:
        self._stream.write("> ")
        self._stream.flush()

    def _explain(self, words: str) -> None:
        """Print an explanation the first time it is needed."""
        if words not in self._explained:
            self._explained.add(words)
            self._print(words)

    def _print(self, words: str, *, blank: bool = False) -> None:
        if not words and not blank:
            return
        for line in clean.for_terminal(words).split("\n"):
            rows = rows_of(line, self._columns) if self._columns else [line]
            self._stream.write("\n".join(rows or [""]) + "\n")


def _refusal(error: Exception, field: Field, value: Value) -> str:
    """The sentence of an error, and which answer an empty line keeps where what was typed is a pick and didn't fit."""
    if not value or field.input in WRITTEN or fault_of(field, value):
        return str(error)
    return f'{error} An empty line keeps "{said(field, value)}".'

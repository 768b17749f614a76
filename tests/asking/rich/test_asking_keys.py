"""Every key at every prompt: none ends in an error, and none takes words away but those that delete."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import takewhile
from typing import Any

import pytest
from asking_samples import (
    ALT_ENTER,
    CARE,
    CTRL_C,
    DELETE,
    EDITOR,
    ENTER,
    F1,
    IDEAS,
    MOMENT,
    MOOD,
    PROMISE,
    SIGNS,
    THANKS,
    TODAY,
    Later,
    first_field,
    item_of,
    pasted,
    sat,
)
from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.input import Input, create_pipe_input
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.output import DummyOutput

from followme.asking import aside, walk
from followme.asking.key_words import all_keys, toolbar
from followme.asking.picks import picked, takes
from followme.asking.promised import promised
from followme.asking.rich.asker import RichAsker
from followme.asking.rich.footer import Footer
from followme.asking.rich.keys import AGAIN, KEPT, NOT_KEPT, NOTHING_TO_KEEP, FieldKeys
from followme.asking.verdicts import OPEN, value_of
from followme.asking.walk import NEXT, PAUSE, Move
from followme.insight.promises import OpenPromise
from followme.kinds.base import ADD, ADJUST, REWORD, Field
from followme.model import Promise, Value
from followme.sitting import finishing, summary, unfinished
from rows import each_row

ESC, CTRL_X = "\x1b", "\x18"
CONTROLS = [chr(code) for code in (*range(32), 127)]
SIGNS_TYPED = [chr(code) for code in range(32, 127)] + ["é", "語", "\u200b", "\x9b"]
LONE = [*CONTROLS, *SIGNS_TYPED, *sorted(ANSI_SEQUENCES), f"{ESC}[31m", f"{ESC}[I", f"{ESC}[13;2u"]
SECOND = [*CONTROLS, *SIGNS_TYPED, f"{ESC}[A", f"{ESC}[D", f"{ESC}[H", f"{ESC}[3~", f"{ESC}OP", f"{ESC}[Z"]

DELETING = {"c-h", "delete", "s-delete", "c-delete", "c-d", "c-k", "c-u", "c-w"}
"""Backspace, Delete, Ctrl+D, Ctrl+K, Ctrl+U and Ctrl+W, by the library's names."""

DUE = [
    OpenPromise("20261113T150210-x4d9w/p1", Promise(ref="p1", text="Call legal"), "2026-W46"),
    OpenPromise("20261113T150210-x4d9w/p2", Promise(ref="p2", text="Send the plan", who="Jonas"), "2026-W46"),
    OpenPromise(
        "20261113T150210-x4d9w/p3", Promise(ref="p3", kind="ask", text="Why?", to="Cleo"), "2026-W46"
    ),
]

FIELDS = {
    "text": first_field(MOMENT),
    "list": first_field(IDEAS),
    "line": Field(name="reply", input="line"),
    "fact": item_of(CARE, TODAY).fields[1],
    "promise": first_field(PROMISE),
    "digit": first_field(CARE),
    "choice": first_field(MOOD),
    "many": Field(name="reply", input="one", options=tuple("abcdefghijkl")),
    "several": first_field(SIGNS),
    "yesno": first_field(THANKS),
    "verdicts": promised(DUE, TODAY).fields[0],
    "row": Field(
        name="told",
        input="row",
        ask="To Ben · By Fri, Nov 27",
        hint="Have you told Ben?",
        turns={ADJUST: "to", REWORD: "line", ADD: "line-2"},
    ),
    "understood": Field(name="told", input="row", ask="To yourself", turns={ADJUST: "to", REWORD: "line"}),
    "begin": Field(name="begin", input="enter", hint="Press Enter to begin."),
    "on": Field(name="read", input="enter", hint="Press Enter to go on.", empty=""),
    "summary": summary._WHAT_NOW,
    "discard": aside._SURE,
    "which": walk._WHICH,
    "failed": Field(name="choice", input="one", empty=finishing.AGAIN, options=tuple(finishing._CHOICES)),
    "shrunk": finishing._SHRUNK,
    "offer": Field(name="confirm", input="yesno", empty="yes", alone=True),
    "resume": Field(
        name="draft", input="one", options=(unfinished.GO_ON, unfinished.LEAVE, unfinished.DISCARD)
    ),
}
QUICK = ("text",)
SLOW = [name for name in FIELDS if name not in QUICK]
WRITTEN = ("text", "line")
WORDS = "Ana stayed, though\nnobody had asked her"


def parsed(keys: str) -> list[KeyPress]:
    """The key presses that a terminal's bytes mean."""
    found: list[KeyPress] = []
    parser = Vt100Parser(found.append)
    parser.feed_and_flush(keys)
    return found


KEYS = list(
    {
        tuple(press.key for press in parsed(keys)): keys
        for keys in [*LONE, *(ESC + key for key in SECOND), *(CTRL_X + key for key in SECOND)]
    }.values()
)
"""Each once, by what the library makes of it."""


@dataclass
class Presser:
    """Presses one key after the other at whatever prompt listens, and tells what each one did to the words."""

    pipe: Input
    keys: list[str]
    pressed: list[tuple[str, str, str]] = field(default_factory=list)
    buffer: Buffer | None = None

    def begin(self) -> None:
        """Press the next key as soon as the prompt has been drawn."""
        asyncio.get_running_loop().call_soon(self.press)

    @property
    def text(self) -> str:
        """What stands in the prompt."""
        assert self.buffer
        return self.buffer.text

    def press(self) -> None:
        loop, app = asyncio.get_running_loop(), get_app()
        keys = self.keys.pop(0) if self.keys else "\x03"
        before = self.text
        app.key_processor.reset()
        app.key_processor.feed_multiple(parsed(keys))
        app.key_processor.process_keys()
        loop.call_later(0 if keys not in OPENING else 0.01, self.see, keys, before)

    def see(self, keys: str, before: str) -> None:
        """What became of it, when the tasks that it began have had their turn."""
        app = get_app()
        self.pressed.append((keys, before, self.text))
        if not app.is_done:
            self.press()


OPENING = {"\x0f", "\x18\x05"}
"""What opens the editor, which takes the keyboard away for a moment."""


@contextmanager
def presser(keys: Sequence[str]) -> Iterator[tuple[RichAsker, Presser]]:
    with create_pipe_input() as pipe:
        found = Presser(pipe, list(keys))
        attach = pipe.attach

        def listened(ready: Callable[[], None]) -> Any:
            found.begin()
            return attach(ready)

        pipe.attach = listened  # type: ignore[method-assign]
        attach_keys = FieldKeys.attach

        def attached(self: FieldKeys, app: Application[Move], buffer: Buffer) -> None:
            found.buffer = buffer
            attach_keys(self, app, buffer)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(FieldKeys, "attach", attached)
            yield RichAsker(StringIO(), edit=lambda text: text, keyboard=pipe, screen=DummyOutput()), found


def value_at(field: Field) -> Value:
    """What stands in a field before a key is pressed."""
    if field.input in WRITTEN:
        return WORDS if field.input == "text" else WORDS.replace("\n", " ")
    if field.input == "verdicts":
        return ("kept", "", "asked, done")
    return {"some": field.options[:1], "digit": "3", "yesno": "no", "one": "".join(field.options[:1])}.get(
        field.input, ""
    )


def pressed_everywhere(field: Field, keys: Sequence[str]) -> Iterator[tuple[str, str, str, Move | None]]:
    """Press every key in turn, asking anew each time one has left the prompt."""
    with presser(keys) as (asker, found):
        while found.keys:
            move = asker.ask(field, value_at(field), lambda now: None)
            *stayed, left = found.pressed
            yield from ((*each, None) for each in stayed)
            yield (*left, move)
            found.pressed.clear()


@pytest.fixture(autouse=True)
def stopping(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ctrl+Z must not stop the tests."""
    stopped: list[str] = []
    monkeypatch.setattr(Application, "suspend_to_background", lambda *_, **__: stopped.append("stopped"))
    return stopped


def deletes(keys: str) -> bool:
    """Whether these keys are there to delete something."""
    *_, last = found = [getattr(each.key, "value", each.key) for each in parsed(keys)]
    return last in DELETING or found == ["escape", "d"]


def changes_one(field: Field, keys: str, before: str, after: str) -> bool:
    """Whether at most one ending is other after these keys, and only by Backspace or by a key that answers."""
    presses = [getattr(each.key, "value", each.key) for each in parsed(keys)]
    changed = [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    # The parts of what no terminal sends for a key are keys.
    if not changed or presses[:2] == ["escape", "["]:
        return True
    at, *others = changed
    last = presses[-1]
    key = field.rows[at].keys[int(last) - 1] if last.isdigit() else OPEN if last == "c-h" else last.lower()
    return not others and after[at] == key


def is_in(before: str, after: str) -> bool:
    """Whether the words before are all there after, in one or two pieces."""
    same = (one == other for one, other in zip(before, after, strict=False))
    kept = sum(takewhile(bool, same))
    return after.endswith(before[kept:])


def read(field: Field, text: str) -> Value:
    """The value of what stands in a field; the one before, where it means none yet."""
    try:
        return picked(field, text)
    except ValueError:
        return value_at(field)


@pytest.mark.parametrize("name", [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)])
def test_no_key_ends_in_an_error_or_takes_words_away(name: str):
    field = FIELDS[name]
    seen = 0
    for keys, before, after, move in pressed_everywhere(field, KEYS):
        seen += 1
        if field.input in WRITTEN:
            assert is_in(before, after) or deletes(keys), (keys, before, after)
            assert not move or move.value == after, (keys, move)
        elif field.input == "verdicts":
            assert changes_one(field, keys, before, after), (keys, before, after)
            assert not move or move.value == value_of(field, after), (keys, move)
        elif move and move.action not in (NEXT, PAUSE):
            assert move.value == read(field, after), (keys, move)
    assert seen >= len(KEYS)


# Keys that did harm, and what they do now


@each_row("keys", ["\x13", "\x13Ana\x13", "\x1b#", "\x0b\x0b", "\x14", "\x1bu", "\x1bc", "\x07"])
def test_the_answer_is_what_was_typed_whatever_else_was_pressed(keys: str):
    words = "half an idea"
    with sat(words + keys + ENTER) as sitting:
        said = "".join(sign for sign in keys if sign in "Ana#uc")
        assert sitting.ask(FIELDS["text"]) == Move(NEXT, words + said)


@each_row(("kept", "sentence"), [(True, KEPT), (False, NOT_KEPT), (None, NOTHING_TO_KEEP)])
def test_ctrl_s_says_what_is_kept_and_says_it_only_of_what_is(kept: bool | None, sentence: str):
    with sat("half\x13" + ENTER) as sitting:
        assert sitting.asker.ask(FIELDS["text"], "", lambda now: kept) == Move(NEXT, "half")
        assert sitting.printed == sentence + "\n"


SHIFT_ENTER = f"{ESC}[13;2u"


@each_row("keys", [ALT_ENTER, SHIFT_ENTER])
@each_row("name", ["digit", "choice", "many", "several", "yesno", "begin"])
def test_alt_enter_is_an_enter_where_nothing_is_written(name: str, keys: str):
    with sat(keys) as sitting:
        assert sitting.ask(FIELDS[name]).action == NEXT


# Editing

LEFT, RIGHT, HOME, END = (f"{ESC}[{letter}" for letter in "DCHF")
CTRL_LEFT, CTRL_RIGHT, DEL, CTRL_DEL = f"{ESC}[1;5D", f"{ESC}[1;5C", f"{ESC}[3~", f"{ESC}[3;5~"


@each_row(
    ("keys", "text"),
    [
        (LEFT + "X", "one two threXe"),
        (HOME + "X", "Xone two three"),
        ("\x01X", "Xone two three"),
        (HOME + END + "X", "one two threeX"),
        (HOME + RIGHT + "X", "oXne two three"),
        ("\x01\x06X\x05Y", "oXne two threeY"),
        ("\x02X", "one two threXe"),
        (CTRL_LEFT + "X", "one two Xthree"),
        (f"{ESC}bX", "one two Xthree"),
        (HOME + CTRL_RIGHT + "X", "oneX two three"),
        (HOME + f"{ESC}fX", "oneX two three"),
        ("\x08", "one two thre"),
        (HOME + DEL, "ne two three"),
        (HOME + "\x04", "ne two three"),
        ("\x17", "one two "),
        (f"{ESC}\x7f", "one two "),
        (HOME + f"{ESC}d", " two three"),
        (HOME + CTRL_DEL, " two three"),
        (CTRL_LEFT + "\x0b", "one two "),
        (CTRL_LEFT + "\x15", "three"),
        ("\x15\x15\x19", "one two three"),
        (CTRL_LEFT + "\x0b\x0b" + HOME + "\x19", "threeone two "),
        ("\x17\x17\x19", "one two three"),
    ],
)
def test_the_editing_keys_of_a_shell_are_there(keys: str, text: str):
    with sat(keys + ENTER) as sitting:
        assert sitting.ask(FIELDS["line"], "one two three") == Move(NEXT, text)


@each_row("undo", ["\x1f", "\x18\x15"])
@each_row(
    ("keys", "text"),
    [
        ("\x15" + "U", "one two three"),
        ("\x17\x17" + "UU", "one two three"),
        ("\x08\x08" + "U", "one two thre"),
        (HOME + DEL + "U", "one two three"),
        # What was typed is never taken back.
        ("U", "one two three"),
        (" four" + "UUU", "one two three four"),
        ("\x17" + "3" + "U", "one two 3"),
    ],
)
def test_undo_brings_back_what_was_deleted_and_never_takes_what_was_typed(keys: str, text: str, undo: str):
    with sat(keys.replace("U", undo) + ENTER) as sitting:
        assert sitting.ask(FIELDS["line"], "one two three") == Move(NEXT, text)


@each_row(
    ("edited", "text"),
    [
        ("", "one two three"),
        ("one", "one two three"),
        ("four", "four"),
        ("one two three 4", "one two three 4"),
    ],
)
def test_undo_brings_back_what_an_editor_took_away_but_nothing_it_wrote_is_taken(edited: str, text: str):
    with sat(EDITOR, "\x1f" + ENTER, edit=lambda before: edited) as sitting:
        assert sitting.ask(FIELDS["line"], "one two three") == Move(NEXT, text)


# An Enter out of habit


@each_row(
    ("keys", "fact"),
    [
        ((ENTER + "Two calls." + ENTER,), "Two calls."),
        ((ENTER + ENTER,), ""),
        ((Later(ENTER),), ""),
        (("T" + DELETE + ENTER,), ""),
    ],
)
def test_only_the_first_enter_soon_after_a_digit_is_taken_for_a_habit(keys: tuple[str, ...], fact: str):
    with sat("4", *keys) as sitting:
        assert sitting.ask(FIELDS["digit"]) == Move(NEXT, "4")
        assert sitting.ask(FIELDS["fact"]) == Move(NEXT, fact)
        assert (AGAIN in sitting.printed) == (keys[0][0] == ENTER and not isinstance(keys[0], Later))


def test_an_enter_out_of_habit_does_not_take_what_stands_in_the_next_field():
    with sat("2", ENTER + DELETE * 3 + "Ben" + ENTER) as sitting:
        sitting.ask(FIELDS["choice"])
        assert sitting.ask(FIELDS["line"], "Ana") == Move(NEXT, "Ben")
        assert AGAIN in sitting.printed


@each_row("columns", [40, 80])
def test_the_line_of_keys_says_which_key_goes_on(columns: int):
    lines = {name: toolbar(field, columns) for name, field in FIELDS.items()}
    assert all(len(line) < columns for line in lines.values())
    starts = {name: re.split(" ·|, [EF^]", line)[0] for name, line in lines.items()}
    narrow = columns == 40
    assert starts["digit"] == ("Digit" if narrow else "A digit answers")
    assert starts["choice"] == starts["resume"] == ("Number" if narrow else "A number answers")
    assert starts["yesno"] == ("y or n" if narrow else "y or n answers")
    assert starts["summary"] == "A letter answers"
    assert starts["discard"] == starts["offer"] == "y or n answers"
    assert starts["many"] == "Number, then Enter"
    assert starts["text"] == starts["fact"] == starts["several"] == starts["begin"] == "Enter next"
    assert all("Enter skips" in lines[name] for name in ("digit", "choice", "yesno"))
    assert "Enter skips" not in lines["summary"]


def test_the_line_of_keys_always_fits_so_no_window_cuts_it_inside_a_word():
    for columns in range(20, 100):
        for one in FIELDS.values():
            assert len(toolbar(one, columns)) < columns


def test_a_yes_or_no_outside_a_reflection_names_only_the_keys_that_work_there():
    assert toolbar(FIELDS["offer"], 80) == "y or n answers · Ctrl+C leaves · F1 all keys"
    assert [key for key, _ in all_keys(FIELDS["offer"])] == ["y, n", "Enter", "Ctrl+C", "F1"]


def test_once_all_is_saved_enter_closes_and_nothing_can_be_paused():
    end = Field(name="read", input="enter", hint="Press Enter to close.", empty="", alone=True)
    assert (toolbar(end, 80), all_keys(end)) == ("Enter closes", (("Enter", "closes"),))


LONG_SCALE = Field(name="reply", input="digit", low=-5, high=12)


def test_a_scale_beyond_one_digit_needs_enter_and_says_so():
    assert toolbar(LONG_SCALE, 80).startswith("Number, then Enter")
    with sat("1x2" + ENTER, "-6" + ENTER, DELETE + "5" + ENTER) as sitting:
        sitting.asker._print_field(LONG_SCALE)
        assert "Type a number, then Enter." in sitting.printed
        assert sitting.ask(LONG_SCALE) == Move(NEXT, "12")
        assert sitting.ask(LONG_SCALE) == Move(NEXT, "-5")
        assert "Type a number from -5 to 12." in sitting.printed


def test_a_scale_in_words_is_ascii_where_the_screen_is():
    with sat(unicode=False) as sitting:
        sitting.asker._print_field(replace(LONG_SCALE, low_label="none", high_label="all"))
        assert "-5 none  ...  12 all\n" in sitting.printed


# Keys that come together


class Announcing(DummyOutput):
    """A terminal that announces pastes."""

    term = "xterm-256color"


def test_enter_and_the_words_after_it_in_one_packet_are_two_answers_where_pastes_are_announced():
    with sat("the renewal call" + ENTER + "Katrin" + ENTER, screen=Announcing()) as sitting:
        assert sitting.ask(FIELDS["line"]) == Move(NEXT, "the renewal call")
        assert sitting.ask(FIELDS["line"]) == Move(NEXT, "Katrin")


def test_a_whole_sitting_in_one_packet_lands_where_it_belongs():
    with sat("Ana stayed." + ENTER + "4" + ENTER + "Two calls." + ENTER, screen=Announcing()) as sitting:
        assert sitting.ask(FIELDS["text"]) == Move(NEXT, "Ana stayed.")
        assert sitting.ask(FIELDS["digit"]) == Move(NEXT, "4")
        assert sitting.ask(FIELDS["fact"]) == Move(NEXT, "Two calls.")


@each_row(
    ("name", "typed", "then", "value"),
    [
        ("digit", "4 days", "4", "4"),
        ("digit", "10", "1", "1"),
        ("yesno", "yesterday and not now", "n", "no"),
        ("row", "not really", "y", "yes"),
        ("row", "one + one", "n", "no"),
        ("choice", "2nd", "2", "bad"),
        ("summary", "so", "d", "discard"),
    ],
)
def test_what_is_typed_as_a_word_answers_nothing(name: str, typed: str, then: str, value: str):
    """Neither do the rest of its letters, here or at the next question; the same key alone answers."""
    field = FIELDS[name]
    with sat(typed + F1, then) as sitting:
        assert sitting.ask(field) == Move(NEXT, value)
        assert takes(field) in sitting.printed
    # Enter takes the answer at once, however fast it comes.
    with sat(then + ENTER, "Two calls." + ENTER) as sitting:
        assert sitting.ask(field) == Move(NEXT, value)
        assert sitting.ask(FIELDS["fact"]) == Move(NEXT, "Two calls.")
    # A word that is pasted is no answer either.
    with sat(pasted(typed) + F1, then) as sitting:
        assert sitting.ask(field) == Move(NEXT, value)


def test_a_word_typed_over_an_answer_leaves_that_as_it_was():
    with sat("not" + ENTER + ENTER) as sitting:
        assert sitting.ask(FIELDS["yesno"], "yes") == Move(NEXT, "yes")


def test_a_terminal_that_has_announced_one_paste_will_announce_the_next():
    with sat(pasted("one\ntwo") + ENTER + "Katrin" + ENTER, "a" + ENTER + "b" + ENTER) as sitting:
        assert sitting.ask(FIELDS["text"]) == Move(NEXT, "one\ntwo")
        assert sitting.ask(FIELDS["line"]) == Move(NEXT, "Katrin")
        assert sitting.ask(FIELDS["line"]) == Move(NEXT, "a")
        assert sitting.ask(FIELDS["line"]) == Move(NEXT, "b")


# What stands below the typing


def footer(rows: int = 24, columns: int = 80) -> Footer:
    return Footer(lambda: (rows, columns), lambda words, columns: [words], lambda columns: "keys")


def shown(below: Footer) -> list[str]:
    return "".join(words for _, words, *_ in below.shown).split("\n")


def test_a_sentence_stands_above_the_line_of_keys():
    below = footer()
    assert shown(below) == ["keys"]
    below.say("Something.")
    assert shown(below) == ["Something.", "keys"]


def test_a_part_closes_with_the_key_that_opened_it_and_gives_way_to_another_one():
    below = footer()
    below.turn("F1", lambda columns: ["one", "two"])
    assert shown(below) == ["one", "two", "F1 closes this"]
    below.turn("Ctrl+R", lambda columns: ["last"])
    assert shown(below) == ["last", "Ctrl+R closes this"]
    below.turn("Ctrl+R", lambda columns: ["last"])
    assert shown(below) == ["keys"]


def test_a_part_that_is_longer_than_the_screen_is_turned_over_page_by_page():
    below = footer(rows=9)
    seen = []
    for _ in range(3):
        below.turn("F1", lambda columns: [f"row {number}" for number in range(7)])
        seen.append(shown(below))
    assert seen == [
        ["row 0", "row 1", "row 2", "F1 shows more"],
        ["row 3", "row 4", "row 5", "F1 shows more"],
        ["row 6", "F1 closes this"],
    ]
    below.turn("F1", lambda columns: [])
    assert shown(below) == ["keys"]


def test_what_was_printed_before_is_said_below_where_the_text_fills_the_screen():
    for text, printed in (("one", 1), ("one\n" * 60, 2)):
        with sat(CTRL_C) as sitting:
            sitting.asker.complain("At most 3 lines.")
            sitting.ask(FIELDS["text"], text)
            assert sitting.printed.count("At most 3 lines.") == printed

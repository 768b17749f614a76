"""The rich asker, key by key: each way of asking is answered, left, pasted into and paused with real keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asking_samples import (
    ALT_ENTER,
    BACK_KEY,
    CARE,
    CTRL_C,
    CTRL_D,
    DELETE,
    DOWN,
    EDITOR,
    ENTER,
    F1,
    F2,
    FINISH_KEY,
    IDEAS,
    LIST,
    MOMENT,
    MOOD,
    NEW_LINE,
    PROMISE,
    SIGNS,
    TAB,
    THANKS,
    UP,
    Later,
    first_field,
    items,
    pasted,
    sat,
    walk,
)

from followme.asking.key_words import all_keys
from followme.asking.rich.keys import FieldKeys
from followme.asking.rich.rows import WordWrap
from followme.asking.walk import BACK, FINISH, JUMP, NEXT, PAUSE, Move
from followme.errors import NotEdited, Paused
from followme.kinds.base import Field
from followme.sitting.summary import sit
from rows import each_row

TEXT, DIGIT, ONE, SOME, YESNO = map(first_field, (MOMENT, CARE, MOOD, SIGNS, THANKS))
LINE = Field(name="reply", input="line")
MANY = Field(name="reply", input="one", options=tuple("abcdefghijkl"))
EVERY_WAY = [TEXT, LINE, DIGIT, ONE, MANY, SOME, YESNO]
every_way = each_row("field", EVERY_WAY)


def typed(field: Field, keys: str, value: str | tuple[str, ...] = "") -> Move:
    """What comes of pressing these keys at a field."""
    with sat(keys) as sitting:
        return sitting.ask(field, value)


@each_row(
    ("field", "keys", "value"),
    [
        (TEXT, "Ana stayed." + ENTER, "Ana stayed."),
        (TEXT, "one" + NEW_LINE + "two" + ENTER, "one\ntwo"),
        (TEXT, "one" + ALT_ENTER + "two" + ENTER, "one\ntwo"),
        (TEXT, "one\x1b[13;2utwo" + ENTER, "one\ntwo"),
        (TEXT, "one\\" + ENTER + "two" + ENTER, "one\ntwo"),
        (TEXT, "C:\\temp" + ENTER, "C:\\temp"),
        (TEXT, "onw" + DELETE + "e" + ENTER, "one"),
        (TEXT, "one" + TAB, "one"),
        (TEXT, "\x1b[31mred" + ENTER, "\x1b[31mred"),
        (TEXT, pasted("\x1b[31mred") + ENTER, "\x1b[31mred"),
        (TEXT, "שלום [red]x[/] :smile: e\u0301" + ENTER, "שלום [red]x[/] :smile: e\u0301"),
        (LINE, "Ana" + ENTER, "Ana"),
        (LINE, NEW_LINE + "Ana" + NEW_LINE + DELETE + ENTER, "Ana"),
        (DIGIT, "4", "4"),
        (ONE, "2", "bad"),
        (MANY, "11" + ENTER, "k"),
        (MANY, "k1x2" + ENTER, "l"),
        (SOME, "1 3" + ENTER, ("calm", "loud")),
        (SOME, "3,1" + ENTER, ("loud", "calm")),
        (SOME, "a1b" + ENTER, ("calm",)),
        (YESNO, "y", "yes"),
        (YESNO, "N", "no"),
    ],
)
def test_keys_become_an_answer(field, keys, value):
    assert typed(field, keys) == Move(NEXT, value)


@every_way
def test_enter_on_nothing_passes_over(field):
    move = typed(field, ENTER)
    assert move.action == NEXT
    assert not move.value


@every_way
@each_row("key", [CTRL_C, CTRL_D])
def test_pause_at_each_way_of_asking(field, key):
    assert typed(field, key).action == PAUSE


@each_row("field", [TEXT, LINE])
def test_a_pause_in_the_middle_of_a_word_keeps_it(field):
    assert typed(field, "half an" + CTRL_C) == Move(PAUSE, "half an")


def test_ctrl_d_deletes_where_there_is_something():
    assert typed(TEXT, "one\x01" + CTRL_D + ENTER) == Move(NEXT, "ne")


@every_way
def test_back_at_each_way_of_asking(field):
    assert typed(field, BACK_KEY).action == BACK


def test_back_keeps_what_was_typed():
    assert typed(TEXT, "half an" + BACK_KEY) == Move(BACK, "half an")


@each_row(
    ("field", "value"),
    [(TEXT, "one\ntwo"), (LINE, "Ana"), (DIGIT, "4"), (ONE, "bad"), (SOME, ("calm", "loud")), (YESNO, "no")],
)
def test_what_was_answered_before_stands_there_to_be_kept_or_changed(field, value):
    assert typed(field, ENTER, value) == Move(NEXT, value)


def test_a_digit_replaces_the_one_before():
    assert typed(DIGIT, "2", "4") == Move(NEXT, "2")


def test_numbers_that_mean_nothing_are_explained_and_stay_to_be_mended():
    with sat("1 8" + ENTER, DELETE + "2" + ENTER) as sitting:
        assert sitting.ask(SOME) == Move(NEXT, ("calm", "tense"))
        assert "Type a number from 1 to 3." in sitting.printed


def test_an_enter_out_of_habit_after_a_digit_passes_nothing_over():
    with sat("4", ENTER + "Two calls." + ENTER) as sitting:
        assert sitting.ask(DIGIT) == Move(NEXT, "4")
        assert sitting.ask(LINE) == Move(NEXT, "Two calls.")


# Pastes

THREE = "first line\nsecond line\nthird line"


def test_a_paste_of_three_lines_lands_in_one_answer():
    assert typed(TEXT, pasted(THREE) + ENTER) == Move(NEXT, THREE)


def test_a_paste_that_the_terminal_does_not_announce_lands_in_one_answer():
    with sat(THREE.replace("\n", "\r") + "\r") as sitting:
        assert sitting.ask(TEXT) == Move(NEXT, THREE)


@pytest.mark.slow
def test_a_large_paste_that_comes_in_several_reads_lands_in_one_answer():
    lines = [f"line {number} " + "of a long paste " * 5 for number in range(40)]
    with sat("\r".join(lines) + "\r") as sitting:
        assert sitting.ask(TEXT) == Move(NEXT, "\n".join(lines))


def test_a_tab_in_a_paste_stays_a_tab():
    assert typed(TEXT, "one\ttwo" + ENTER) == Move(NEXT, "one\ttwo")


@each_row(
    "keys",
    [
        pasted(THREE) + ENTER,
        THREE.replace("\n", "\r") + ENTER,
        *(pasted(THREE.replace("\n", end)) + ENTER for end in ("\n\n", "\r\n\r\n", "\t", " \n\t")),
        *(THREE.replace("\n", end) + ENTER for end in ("\r\r", "\t", "\n")),
    ],
)
def test_lines_pasted_where_one_is_asked_become_one(keys):
    assert typed(LINE, keys) == Move(NEXT, "first line second line third line")


@each_row("end", [NEW_LINE, ALT_ENTER, "\x1b[13;2u", "\\" + ENTER, f" {NEW_LINE}{NEW_LINE}"])
def test_a_new_line_in_an_answer_of_one_line_is_a_blank(end):
    with sat("She left." + end + "He stayed." + ENTER, "Next." + ENTER) as sitting:
        assert sitting.ask(LINE) == Move(NEXT, "She left. He stayed.")
        assert sitting.ask(LINE) == Move(NEXT, "Next.")


def test_a_paste_answers_no_number_by_accident():
    with sat(pasted("in 4 days\n2") + ENTER + CTRL_C) as sitting:
        assert sitting.ask(MANY) == Move(PAUSE)
        assert "Type a number from 1 to 12." in sitting.printed


def test_windows_line_ends_are_made_plain():
    assert typed(TEXT, pasted("one\r\ntwo\rthree") + ENTER) == Move(NEXT, "one\ntwo\nthree")


# The editor


def test_what_the_editor_gives_back_can_be_edited_on():
    with sat(
        "Ana stayed." + EDITOR, " Late." + ENTER, edit=lambda text: text.replace("stayed", "left")
    ) as sitting:
        assert sitting.ask(TEXT) == Move(NEXT, "Ana left. Late.")


@each_row(("saved", "reply"), [(None, "Ana stayed."), ("Ana left.", "Ana left.")])
def test_what_went_wrong_with_the_editor_is_said_and_what_it_saved_is_taken(saved, reply):
    def edit(text):
        raise NotEdited("vim ended with an error.", saved)

    with sat("Ana stayed." + EDITOR, ENTER, edit=edit) as sitting:
        assert sitting.ask(TEXT) == Move(NEXT, reply)
        assert "vim ended with an error." in sitting.printed


def test_a_line_stays_one_line_in_the_editor():
    with sat(EDITOR, ENTER, edit=lambda text: "one\ntwo") as sitting:
        assert sitting.ask(LINE) == Move(NEXT, "one two")


# What is kept, and what is shown


def test_what_is_typed_is_told_of_however_the_typing_ends():
    with sat("half an" + CTRL_C) as sitting:
        sitting.ask(TEXT)
        assert sitting.heard[-1] == "half an"


def test_what_is_typed_is_told_of_before_an_editor_opens():
    """It may stay open for long, and nothing is told of meanwhile."""
    told = []

    def edit(text):
        told.extend(sitting.heard)
        return text

    with sat("half an" + EDITOR, ENTER, edit=edit) as sitting:
        sitting.ask(TEXT)
    assert told == ["half an"]


def test_a_signal_in_the_middle_of_typing_loses_nothing():
    """The signal's handler raises SystemExit, wherever the program is."""

    def edit(text):
        raise SystemExit(143)

    with sat("half an" + EDITOR, edit=edit) as sitting:
        with pytest.raises(SystemExit):
            sitting.ask(TEXT)
        assert sitting.heard[-1] == "half an"


def test_how_to_pick_is_said_once():
    with sat("4", "5") as sitting:
        sitting.ask(DIGIT)
        sitting.ask(DIGIT)
        assert sitting.printed.count("Type one digit.") == 1


def test_an_answer_is_shown_as_typed_and_commands_nothing():
    with sat() as sitting:
        sitting.asker.accept(TEXT, "[red]x[/] :smile: \x1b[31m \u202eabc")
        assert sitting.printed == " ▎ [red]x[/] :smile: ␛[31m \\u202eabc\n"


@each_row("columns", [40, 80])
def test_nothing_printed_is_wider_than_the_terminal_or_ends_in_blanks(columns):
    question = replace(
        SIGNS,
        ask="Which of these did you see in your team this week?" * 2,
        options=("a worked word " * 9, "b"),
    )
    with sat(ENTER, columns=columns) as sitting:
        sitting.asker.introduce(items(question)[0], 1, 1, first=True)
        sitting.ask(first_field(question))
        sitting.asker.accept(TEXT, "Ana stayed late. " * 20)
        for row in sitting.printed.split("\n"):
            assert len(row) <= columns
            assert row == row.rstrip()


@every_way
@each_row("columns", [32, 40, 60, 80, 120])
def test_the_line_of_keys_fits(field, columns):
    with sat() as sitting:
        assert len(sitting.asker._toolbar(field, columns)) < columns


# A whole sitting


@each_row("columns", [80, 40])
def test_going_back_within_a_question_shows_the_question_again(columns):
    with sat("4", BACK_KEY, "3", "Two calls." + ENTER, columns=columns) as sitting:
        walk(items(CARE), sitting.asker).go()
    fact = "What's behind that number?\n"
    _, _, again = sitting.printed.partition(fact)
    assert again.startswith("\nHow often?\n ▎  0   1   2  [3]  4   5\n")
    # Going on from there, only what follows is shown.
    assert again.endswith(f"daily\n{fact} ▎ Two calls.\n")


def test_a_whole_sitting_key_by_key():
    keys = [
        *("Ana stayed." + ENTER, "4", "Two calls." + ENTER, "1 3" + ENTER, ENTER, "x" + BACK_KEY),
        *(ENTER, "x" + ENTER, "Call @Ben" + ENTER, TAB, ENTER),
        *("03/12/2026" + ENTER, "\x152026-12-03" + ENTER, "n", Later("Tuesday" + ENTER), ENTER),
    ]
    with sat(*keys) as sitting:
        ended = sit(walk(items(MOMENT, CARE, SIGNS, MOOD, IDEAS, PROMISE), sitting.asker), lambda now: None)
    assert ended is not None
    assert ended.progress.typed == {
        "moment": {"reply": "Ana stayed."},
        "care": {"reply": "4", "fact": "Two calls."},
        "signs": {"reply": ("calm", "loud")},
        "mood": {"reply": ""},
        "ideas": {"reply": "xx"},
        "promise": {
            "line": "Call @Ben",
            "text": "Call",
            "occasion": "Tuesday",
            "to": "Ben",
            "by": "2026-12-03",
            "told": "no",
        },
    }
    assert "Mar 12 or Dec 3? Type one of them." in sitting.printed


def test_ctrl_c_in_a_sitting_raises_paused():
    with sat("one" + CTRL_C) as sitting, pytest.raises(Paused):
        sit(walk(items(MOMENT), sitting.asker), lambda now: None)


# All keys, the questions so far, and the end


@every_way
def test_f1_tells_all_keys_above_and_changes_nothing(field):
    with sat(F1, ENTER) as sitting:
        assert sitting.ask(field).value == first_value(field)
        for key, does in all_keys(field):
            assert f"{key:<11}{does}\n" in sitting.printed
        assert ("Ctrl+O" in sitting.printed) is (field in (TEXT, LINE))


def first_value(field: Field) -> str | tuple[str, ...]:
    return () if field.input == "some" else ""


@every_way
def test_a_question_mark_on_an_empty_answer_tells_them_too(field):
    with sat("?", ENTER) as sitting:
        assert not sitting.ask(field).value
        assert "shows all keys" in sitting.printed


@each_row("keys", ["why?" + ENTER, "why" + "?" + ENTER])
def test_a_question_mark_in_an_answer_is_a_sign_like_any_other(keys):
    with sat(keys) as sitting:
        assert sitting.ask(TEXT) == Move(NEXT, "why?")
        assert "shows all keys" not in sitting.printed


@each_row("text", ["? what now", "?\rwhat now"])
def test_a_question_mark_at_the_beginning_of_a_paste_stays_there(text):
    assert typed(TEXT, text + ENTER) == Move(NEXT, text.replace("\r", "\n"))


@every_way
@each_row("key", [F2, LIST, "\x18\x07"])
def test_the_questions_so_far_are_asked_for_at_each_way_of_asking(field, key):
    assert typed(field, key).action == JUMP


@every_way
@each_row("key", [FINISH_KEY, "\x18\x06"])
def test_finishing_early_at_each_way_of_asking(field, key):
    assert typed(field, key).action == FINISH


def test_finishing_and_jumping_keep_what_was_typed():
    assert typed(TEXT, "half an" + FINISH_KEY) == Move(FINISH, "half an")
    assert typed(TEXT, "half an" + F2) == Move(JUMP, "half an")


def test_from_the_third_question_to_the_first_by_its_number_and_to_the_end():
    keys = ["one" + ENTER, "4", "Two calls." + ENTER, "half" + F2, "1", ", longer" + FINISH_KEY, Later(ENTER)]
    with sat(*keys) as sitting:
        ended = sit(walk(items(MOMENT, CARE, IDEAS, PROMISE), sitting.asker), lambda now: None)
    assert ended is not None
    assert ended.progress.typed["moment"] == {"reply": "one, longer"}
    assert ended.progress.typed["ideas"] == {"reply": "half"}
    assert ended.progress.done == ("moment", "care", "ideas")
    assert " 3 Ideas?" in sitting.printed


# Up and down


def test_up_and_down_move_by_rows_inside_one_long_line():
    """The pipe's screen is 80 columns wide, so the words begin a second row after 77."""
    first, second = "word " * 15, "and the second row"
    assert typed(TEXT, first + second + UP + "X" + ENTER).value == f"{first[:18]}X{first[18:]}{second}"
    assert typed(TEXT, first + second + UP + DOWN + "X" + ENTER).value == f"{first}{second}X"


def test_up_brings_back_no_earlier_answer():
    with sat("one" + ENTER, UP + "two" + ENTER) as sitting:
        sitting.ask(TEXT)
        assert sitting.ask(TEXT) == Move(NEXT, "two")


# Enter as a new line


@each_row(
    ("field", "keys", "value"),
    [
        (TEXT, "one" + ENTER + "two" + NEW_LINE, "one\ntwo"),
        (TEXT, "one" + ENTER + "two" + ALT_ENTER, "one\ntwo"),
        (TEXT, "one" + TAB, "one"),
        (TEXT, ENTER, ""),
        (TEXT, "one\\" + ENTER + "two" + NEW_LINE, "one\\\ntwo"),
        (TEXT, pasted("one\ntwo") + NEW_LINE, "one\ntwo"),
        (TEXT, "one\ntwo\nthree" + NEW_LINE, "one\ntwo\nthree"),
        (LINE, "Ana" + ENTER, "Ana"),
        (SOME, "1 3" + ENTER, ("calm", "loud")),
    ],
)
def test_enter_and_ctrl_j_change_places_where_a_person_has_settled_so(field, keys, value):
    with sat(keys, enter_is_line=True) as sitting:
        assert sitting.ask(field) == Move(NEXT, value)


def test_then_the_line_of_keys_and_the_help_say_so():
    with sat(F1, CTRL_C, enter_is_line=True) as sitting:
        assert sitting.asker._toolbar(TEXT, 80).startswith("Ctrl+J next · Enter new line")
        assert sitting.asker._toolbar(TEXT, 40).startswith("^J next, Enter line")
        assert sitting.asker._toolbar(LINE, 80).startswith("Enter next")
        sitting.ask(TEXT)
        assert "Ctrl+J     goes on; so does Alt+Enter" in sitting.printed


# What goes wrong inside


class Broken(RuntimeError):
    """An error with an answer in it."""


def broken(*anything: object) -> str:
    raise Broken("Ana stayed.")


def test_an_error_of_the_editor_leaves_the_prompt_without_a_word():
    """The library would print a traceback, which may hold answers, and wait for Enter."""
    with sat("half" + EDITOR, edit=broken) as sitting:
        with pytest.raises(Broken):
            sitting.ask(TEXT)
        assert "Traceback" not in sitting.printed
        assert sitting.heard[-1] == "half"


@pytest.mark.parametrize("name", ["_enter", "_show_keys", "_leave"])
def test_an_error_of_a_key_leaves_the_prompt_and_what_was_typed_is_told_of(name, monkeypatch, capfd):
    monkeypatch.setattr(FieldKeys, name, broken)
    with sat("half" + (F1 if name == "_show_keys" else ENTER)) as sitting:
        with pytest.raises(Broken):
            sitting.ask(TEXT)
        assert sitting.heard[-1] == "half"
    assert capfd.readouterr() == ("", "")


def test_an_error_of_drawing_leaves_the_prompt(monkeypatch, capfd):
    with sat("half") as sitting:
        monkeypatch.setattr(WordWrap, "apply_transformation", broken)
        with pytest.raises(Broken):
            sitting.ask(TEXT)
    assert capfd.readouterr() == ("", "")


def test_an_error_of_keeping_the_words_leaves_the_prompt():
    with sat("half") as sitting:
        with pytest.raises(Broken):
            sitting.asker.ask(TEXT, "", broken)

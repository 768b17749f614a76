"""Keys that cannot be part of an answer: what would be taken is said, and an Enter after them passes nothing over."""

from __future__ import annotations

from asking_samples import CTRL_C, ENTER, F1, PULSE, first_field, pasted, sat
from test_asking_rich import DIGIT, LINE, MANY, ONE, SOME, YESNO

from followme.asking.picks import takes
from followme.asking.rich.keys import REFUSED
from followme.asking.walk import NEXT, PAUSE, Move
from followme.kinds.base import Field
from rows import each_row

PULSE_FIELD = first_field(PULSE)
WITH_ENTER = [(SOME, ("calm",)), (MANY, "a"), (PULSE_FIELD, "1")]
TOLD = Field(name="told", input="row", ask="To Ben", hint="Have you told Ben?")


@each_row(
    ("field", "typed", "then", "value"),
    [
        (DIGIT, "9", "4", "4"),
        (DIGIT, "two", "4", "4"),
        (ONE, "x", "2", "bad"),
        (SOME, "Ana", "1" + ENTER, ("calm",)),
        (YESNO, "ok", "n", "no"),
        *((field, "I fumed, alas ", "1" + ENTER, value) for field, value in WITH_ENTER),
        *((field, "  ", "1" + ENTER, value) for field, value in WITH_ENTER),
        (SOME, " , ", "1" + ENTER, ("calm",)),
        (SOME, pasted("I did not notice"), "1" + ENTER, ("calm",)),
        (SOME, pasted(" "), pasted("1,\n3\n") + ENTER, ("calm", "loud")),
        (MANY, pasted("all of them"), "1" + ENTER, "a"),
        (ONE, "all of them ", "2", "bad"),
        (DIGIT, "it was so-so ", "4", "4"),
        (YESNO, "I guess so ", "n", "no"),
    ],
)
def test_an_enter_after_a_wrong_key_passes_nothing_over_but_a_second_one_does(field, typed, then, value):
    with sat(typed + ENTER + then) as sitting:
        assert sitting.ask(field) == Move(NEXT, value)
    with sat(typed + ENTER + ENTER) as sitting:
        assert not sitting.ask(field).value


@each_row(
    ("field", "keys"),
    [
        (DIGIT, "it was so-so"),
        (YESNO, "ok"),
        (ONE, "x"),
        (SOME, "I fumed, alas "),
        (SOME, pasted("I did not notice")),
        (PULSE_FIELD, "about so many "),
    ],
)
def test_words_at_an_answer_from_before_are_refused_as_at_a_fresh_one(field, keys):
    before = {"digit": "2", "yesno": "yes", "one": "good", "some": ("calm", "loud")}[field.input]
    with sat(keys + ENTER + CTRL_C) as sitting:
        assert sitting.ask(field, before).action == PAUSE
    with sat(keys + ENTER + ENTER) as sitting:
        assert sitting.ask(field, before) == Move(NEXT, before)
        assert REFUSED in sitting.printed


@each_row("keys", ["not one of them", " ", pasted("none")])
def test_words_after_the_answer_was_deleted_do_not_empty_it_at_once(keys):
    with sat("\x15" + keys + ENTER + CTRL_C) as sitting:
        assert sitting.ask(SOME, ("calm", "loud")).action == PAUSE
        assert REFUSED in sitting.printed


@each_row(("typed", "value"), [("yes", "yes"), ("Yes", "yes"), ("NO", "no"), ("not yet", "no")])
def test_a_whole_word_and_enter_answer_yes_or_no(typed, value):
    for field in (YESNO, TOLD):
        with sat(typed + ENTER) as sitting:
            assert sitting.ask(field) == Move(NEXT, value)
            assert "Only y or n" not in sitting.printed


@each_row(
    ("field", "before", "paste", "value"),
    [
        (YESNO, "", "Y", "yes"),
        (YESNO, "no", " y\n", "yes"),
        (DIGIT, "2", "4", "4"),
        (ONE, "good", "2", "bad"),
    ],
)
def test_a_pasted_answer_takes_the_place_of_the_one_from_before(field, before, paste, value):
    with sat(pasted(paste) + ENTER + CTRL_C) as sitting:
        assert sitting.ask(field, before) == Move(NEXT, value)


@each_row("typed", ["ye", "yesterday", "nope", "not", "done", "yes no", "y n"])
def test_no_other_word_answers_yes_or_no(typed):
    for field in (YESNO, TOLD):
        with sat(typed + ENTER + CTRL_C) as sitting:
            assert sitting.ask(field) == Move(PAUSE)


def test_the_right_key_after_a_wrong_one_answers():
    with sat("9" + F1, "4") as sitting:
        assert sitting.ask(DIGIT) == Move(NEXT, "4")


def test_in_words_every_sign_is_taken():
    with sat("9 of 10" + ENTER) as sitting:
        assert sitting.ask(LINE) == Move(NEXT, "9 of 10")


def test_what_is_taken_is_said_in_words():
    assert [takes(field) for field in (DIGIT, ONE, SOME, YESNO)] == [
        "Type a number from 0 to 5.",
        "Type a number from 1 to 2.",
        "Type a number from 1 to 3.",
        "Only y or n fits here.",
    ]

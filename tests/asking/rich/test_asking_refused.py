"""Keys that cannot be part of an answer: what would be taken is said, and an Enter after them passes nothing over."""

from __future__ import annotations

from asking_samples import ENTER, F1, sat
from test_asking_rich import DIGIT, LINE, ONE, SOME, YESNO

from followme.asking.picks import takes
from followme.asking.walk import NEXT, Move
from rows import each_row


@each_row(
    ("field", "typed", "then", "value"),
    [
        (DIGIT, "9", "4", "4"),
        (DIGIT, "two", "4", "4"),
        (ONE, "x", "2", "bad"),
        (SOME, "Ana", "1" + ENTER, ("calm",)),
        (YESNO, "ok", "n", "no"),
    ],
)
def test_an_enter_after_a_wrong_key_passes_nothing_over_but_a_second_one_does(field, typed, then, value):
    with sat(typed + ENTER + then) as sitting:
        assert sitting.ask(field) == Move(NEXT, value)
    with sat(typed + ENTER + ENTER) as sitting:
        assert not sitting.ask(field).value


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
        "Type y or n.",
    ]

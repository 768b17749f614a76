"""Numbers that are typed, and the options they mean."""

from __future__ import annotations

from contextlib import suppress

import pytest
from asking_samples import CARE, IDEAS, MOMENT, MOOD, SIGNS, THANKS, first_field
from hypothesis import given
from hypothesis import strategies as st

from followme.asking.picks import how, picked, signs, single_keys, typed_text
from followme.kinds.base import Field
from rows import each_row

NINE = Field(name="reply", input="one", options=tuple("abcdefghi"))
TEN = Field(name="reply", input="one", options=tuple("abcdefghij"))


@each_row(
    ("question", "text", "value"),
    [
        (MOMENT, "Ana stayed.\nLate.", "Ana stayed.\nLate."),
        (CARE, "4", "4"),
        (MOOD, "2", "bad"),
        (MOOD, " 1 ", "good"),
        (SIGNS, "1 3", ("calm", "loud")),
        (SIGNS, "3, 1", ("loud", "calm")),
        (THANKS, "Y", "yes"),
        (THANKS, "no", "no"),
        (IDEAS, "one\ntwo", "one\ntwo"),
    ],
)
def test_what_is_typed_means_a_value(question, text, value):
    assert picked(first_field(question), text) == value


VERDICT = Field(
    name="p1",
    input="one",
    options=("kept", "not kept", "ask me again", "no longer needed"),
    keys=tuple("knax"),
)
OFFERS = Field(name="change", input="one", options=("make it smaller", "give it a day", "hand it off"))
COMMAS = Field(name="reply", input="some", options=("calm", "loud, and late", "two", "2 3"))


@each_row(
    ("field", "text", "value"),
    [
        (VERDICT, "ask me again", "ask me again"),
        (VERDICT, "  Ask me  AGAIN ", "ask me again"),
        (VERDICT, "kept", "kept"),
        (OFFERS, "hand it off", "hand it off"),
        (first_field(MOOD), "Good", "good"),
        (first_field(SIGNS), "calm, Loud", ("calm", "loud")),
        (first_field(SIGNS), "calm, 2 3", ("calm", "tense", "loud")),
        (COMMAS, "loud, and late", ("loud, and late",)),
        # A number is one, even where an option reads like it.
        (COMMAS, "two 2", ("two", "loud, and late")),
        (COMMAS, "2 3", ("loud, and late", "two")),
    ],
)
def test_a_label_typed_whole_means_its_option(field, text, value):
    assert picked(field, text) == value


@each_row("text", ["no", "ask", "ask me", "kep", "not", "n k", "ask me again."])
def test_a_part_of_a_label_means_nothing(text):
    with pytest.raises(ValueError, match=r"Type k, n, a or x\."):
        picked(VERDICT, text)


@each_row("question", [MOMENT, CARE, MOOD, THANKS, IDEAS])
def test_nothing_typed_means_nothing(question):
    assert picked(first_field(question), "") == ""
    assert picked(first_field(SIGNS), "") == ()


@each_row(
    ("question", "text", "sentence"),
    [
        (MOOD, "3", "Type a number from 1 to 2."),
        (MOOD, "goo", "Type a number from 1 to 2."),
        (SIGNS, "calm, lou", "Type a number from 1 to 3."),
        (MOOD, "٢", "Type a number from 1 to 2."),
        (SIGNS, "1 9", "Type a number from 1 to 3."),
        (SIGNS, "-1", "Type a number from 1 to 3."),
        (CARE, "6", "Type a number from 0 to 5."),
        (CARE, "four", "Type a number from 0 to 5."),
        (THANKS, "perhaps", "Only y or n fits here."),
    ],
)
def test_what_means_nothing_is_explained(question, text, sentence):
    with pytest.raises(ValueError, match=sentence):
        picked(first_field(question), text)


@given(st.sets(st.sampled_from(SIGNS.options)))
def test_picks_can_be_typed_again(labels):
    field = first_field(SIGNS)
    value = tuple(label for label in field.options if label in labels)
    assert picked(field, typed_text(field, value)) == value


@given(st.sampled_from(TEN.options))
def test_a_pick_can_be_typed_again(label):
    assert picked(TEN, typed_text(TEN, label)) == label


@given(st.text())
def test_words_are_their_own_text(words):
    field = first_field(MOMENT)
    assert picked(field, typed_text(field, words)) == words


@given(st.text(max_size=8))
def test_whatever_is_typed_gives_a_value_or_is_explained(text):
    for field in map(first_field, (CARE, MOOD, SIGNS, THANKS)):
        with suppress(ValueError):
            assert isinstance(picked(field, text), str | tuple)


def test_an_option_that_the_set_does_not_have_any_more_is_left_out():
    assert typed_text(first_field(SIGNS), ("calm", "gone")) == "1"
    assert typed_text(first_field(MOOD), "gone") == ""


def test_which_keys_answer_at_once():
    assert single_keys(first_field(CARE)) == tuple("012345")
    assert single_keys(first_field(MOOD)) == ("1", "2")
    assert single_keys(first_field(THANKS)) == ("y", "n")
    assert single_keys(NINE) == tuple("123456789")
    assert single_keys(TEN) == single_keys(first_field(SIGNS)) == single_keys(first_field(MOMENT)) == ()


def test_which_signs_are_taken_at_all():
    assert signs(first_field(CARE)) == "012345"
    assert signs(TEN) == "0123456789"
    assert " " in signs(first_field(SIGNS))


def test_how_to_answer_is_said_where_it_is_not_by_writing():
    assert how(first_field(SIGNS)) == "Type the numbers that fit, at most 2, such as 1 3."
    assert how(first_field(CARE)) == "Type one digit."
    assert how(first_field(MOMENT)) == ""

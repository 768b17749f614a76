"""The count is true: numbers go up by one, "of 8" never shrinks, and the last question is the last by its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from asking_samples import CARE, MOOD, PROMISE, PULSE, SIGNS, THANKS, Script, items, walk
from hypothesis import given
from hypothesis import strategies as st

from followme.asking.item import Item
from followme.asking.items import items_of
from followme.asking.state import State
from followme.kinds.base import Field
from followme.model import Progress, Question, When
from followme.promptfile.load import load
from rows import each_row

SHIPPED = sorted((Path(__file__).parents[2] / "prompts").glob("*.toml"))

WHENS: dict[str, list[tuple[str, Any]]] = {
    "scale": [("below", 2), ("above", 1), ("above", 3), ("answered", True), ("answered", False)],
    "choice": [("is", "good"), ("is", "bad"), ("not", "good"), ("answered", True)],
    "several": [("includes", "calm"), ("includes", ("tense", "loud")), ("answered", False)],
    "yesno": [("is", True), ("is", False)],
    "line": [("is", "a"), ("is", "b"), ("answered", True), ("answered", False)],
}
LINE = Question(key="line", kind="line", ask="What?")


@st.composite
def sets(draw: st.DrawFn) -> tuple[Question, ...]:
    """Some questions, each of which may hang on any one before it."""
    asked: list[Question] = []
    for number in range(draw(st.integers(1, 7))):
        question = replace(draw(st.sampled_from([CARE, MOOD, SIGNS, THANKS, LINE])), key=f"q{number}")
        if asked and draw(st.booleans()):
            before = draw(st.sampled_from(asked))
            test, value = draw(st.sampled_from(WHENS[before.kind]))
            question = replace(question, when=When(key=before.key, test=test, value=value))
        asked.append(question)
    return tuple(asked)


class Answering(Script):
    """Answers every field by chance, or leaves it empty."""

    def __init__(self, data: st.DataObject) -> None:
        super().__init__([])
        self._data = data

    def ask(self, field: Field, value: Any, typing: Any) -> Any:
        ways: list[Any] = {
            "digit": ["", "0", "2", "5"],
            "one": ["", *field.options],
            "some": [(), *[(option,) for option in field.options], field.options[:2]],
            "yesno": ["", "yes", "no"],
            "row": [""],
        }.get(field.input, ["", "a", "b"])
        self.answers.append(self._data.draw(st.sampled_from(ways)))
        return super().ask(field, value, typing)


def check(questions: tuple[Item, ...], data: st.DataObject) -> None:
    script = Answering(data)
    walk(questions, script, Progress()).go()
    shown = [tuple(map(int, words.split()[0].split("/"))) for words in script.asked]
    numbers, counts = zip(*shown, strict=True)
    assert numbers == tuple(range(1, len(shown) + 1))
    assert list(counts) == sorted(counts)
    assert counts[-1] == numbers[-1]


@given(sets(), st.data())
def test_no_answer_makes_the_count_smaller_and_it_ends_where_the_numbers_do(
    questions: tuple[Question, ...], data
):
    named = tuple(replace(each, ask=each.key) for each in questions)
    check(items(*named), data)


def hang(question: Question, key: str, on: str, test: str, value: Any) -> Question:
    return replace(question, key=key, when=When(key=on, test=test, value=value))


NEVER_ASKED = (
    replace(SIGNS, key="q0"),
    hang(LINE, "q1", "q0", "answered", False),
    replace(LINE, key="q2"),
    hang(CARE, "q3", "q0", "includes", ("calm",)),
    hang(LINE, "q4", "q3", "below", 2),
    hang(LINE, "q5", "q1", "is", "a"),
    hang(LINE, "q6", "q1", "answered", False),
)
FEWER_IF_ASKED = (
    replace(CARE, key="q0"),
    hang(SIGNS, "q1", "q0", "answered", True),
    hang(LINE, "q2", "q1", "answered", False),
    hang(LINE, "q3", "q1", "answered", False),
)


@each_row(
    ("questions", "answers", "counts"),
    [
        (NEVER_ASKED, [("calm",), "", "", "", ""], ["1/3", "2/4", "3/4", "4/4"]),
        (FEWER_IF_ASKED, ["4", "", ("calm",)], ["1/2", "2/2"]),
        (FEWER_IF_ASKED, ["", "", ""], ["1/2", "2/3", "3/3"]),
    ],
)
def test_what_hangs_on_a_question_that_may_never_be_asked_is_counted_on_the_shortest_way(
    questions, answers, counts
):
    script = Script(list(answers))
    walk(items(*questions), script).go()
    assert [words.split()[0] for words in script.asked] == counts


def test_a_long_chain_of_wide_scales_is_counted_in_no_time():
    chain = [
        replace(
            PULSE,
            key=f"q{number}",
            when=When(key=f"q{number - 1}", test="above", value=0) if number else None,
        )
        for number in range(500)
    ]
    assert State(items(*chain), Progress()).count == 1


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@given(data=st.data())
def test_so_it_is_in_every_shipped_set(path: Path, data):
    """Of every question that the set has, also those that take turns."""
    asked = load(path).with_each(lambda each: replace(each, ask=each.key))
    check(items_of(asked, (), date(2026, 11, 20)), data)


def test_a_promise_with_its_row_and_cue_is_one_question_and_so_is_a_scale_with_its_fact():
    script = Script(["4", "Two calls.", "Call legal @Ben by fri", "yes", "Tuesday", "good"])
    walk(items(CARE, PROMISE, MOOD), script).go()
    assert [words.split()[0] for words in script.asked] == ["1/3", "2/3", "3/3"]


@each_row(("picked", "counts"), [((), ["1/2", "2/2"]), (("calm",), ["1/2", "2/3", "3/3"])])
def test_a_question_that_hangs_on_an_answer_is_counted_once_that_is_given(picked, counts):
    act = replace(LINE, key="act", when=When(key="signs", test="includes", value=("calm",)))
    script = Script([picked, "x", "y"])
    walk(items(SIGNS, act, LINE), script).go()
    assert [words.split()[0] for words in script.asked] == counts

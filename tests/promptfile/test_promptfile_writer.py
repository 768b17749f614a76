"""A prompt set as a table and back: what a draft keeps of the plan."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from followme.env.folders import shipped_prompts
from followme.errors import FollowmeError
from followme.insight.questions import due_questions
from followme.model import PromptSet, Question, Section, When
from followme.promptfile.load import from_table, load
from followme.promptfile.writer import to_table
from rows import each_row

words = st.text(min_size=1, max_size=20).filter(str.strip)
maybe = st.just("") | words
shared = {
    "ask": words,
    "hint": maybe,
    "idea": maybe,
    "every": st.integers(1, 104),
    "private": st.booleans(),
    "optional": st.booleans(),
}
options = st.lists(
    st.text("abcdef", min_size=1, max_size=4), min_size=2, max_size=5, unique=True
).map(tuple)  # fmt: skip
formerly = st.lists(
    st.tuples(st.text("ABC.", min_size=1), st.just("")), max_size=2, unique_by=lambda pair: pair[0]
).map(tuple)  # fmt: skip
variants = st.lists(words, max_size=3).map(tuple)
vary = st.sampled_from(["sitting", "quarter"])

kinds = {
    "text": {"variants": variants, "vary": vary},
    "line": {"variants": variants, "vary": vary},
    "scale": {
        "low": st.integers(-100, 4), "high": st.integers(5, 1000), "low_label": words, "high_label": words,
        "fact": st.booleans(),
    },
    "choice": {"options": options, "formerly": formerly},
    "several": {"options": options, "formerly": formerly, "most": st.none() | st.integers(1, 2)},
    "yesno": {},
    "list": {"most": st.none() | st.integers(1, 50), "variants": variants, "vary": vary},
    "promise": {
        "most": st.none() | st.integers(1, 3), "promise": st.sampled_from(["do", "ask"]),
    },
}  # fmt: skip


@st.composite
def prompt_sets(draw) -> PromptSet:
    """Any set without a fault; its last question has a condition on the first."""
    chosen = draw(st.lists(st.sampled_from(sorted(kinds)), min_size=1, max_size=6))
    questions = [
        draw(st.builds(Question, key=st.just(f"q{at}"), kind=st.just(kind), **{**shared, **kinds[kind]}))
        for at, kind in enumerate(chosen)
    ]
    named = draw(st.none() | st.sampled_from([each for each in questions if each.kind == "line"] or [None]))
    questions = [replace(each, person=each is named) for each in questions]
    questions = [
        replace(each, formerly=tuple((old, each.options[0]) for old, _ in each.formerly))
        for each in questions
    ]
    when = st.builds(When, key=st.just("q0"), test=st.just("answered"), value=st.booleans())
    if questions[0].kind == "list":
        some = words | st.lists(words, min_size=1, max_size=3).map(tuple)
        when |= st.builds(When, key=st.just("q0"), test=st.just("includes"), value=some)
    if len(questions) > 1:
        last = questions.pop()
        parts = {name: getattr(last, name) for name in last.__dataclass_fields__}
        questions.append(Question(**{**parts, "when": draw(st.none() | when)}))
    section = st.builds(
        Section, title=words, intro=maybe, questions=st.just(tuple(questions)),
        pick=st.none() | st.integers(1, len(questions)),
    )  # fmt: skip
    return draw(st.builds(
        PromptSet, name=st.just("own"), title=words, sections=section.map(lambda one: (one,)), about=maybe,
        cadence=st.sampled_from(["any", "daily", "weekly"]), minutes=st.none() | st.integers(1, 240),
        private=st.booleans(), event=st.none() | st.booleans(), source=maybe,
    ))  # fmt: skip


@given(prompt_sets())
def test_a_set_survives_the_table_and_toml(found):
    assert from_table(to_table(found), "own") == found
    assert from_table(tomllib.loads(tomli_w.dumps(to_table(found))), "own") == found


@each_row("path", sorted(shipped_prompts().glob("*.toml")))
def test_the_shipped_sets_and_their_plans_survive_it_too(path):
    found = load(path)
    assert from_table(to_table(found), found.name) == found
    planned = due_questions(found, [], quarter=2)
    assert from_table(to_table(planned), found.name) == planned


def test_what_is_at_its_default_is_left_out():
    question = Question(key="q", kind="text", ask="?", when=When(key="p", test="below", value=2))
    found = PromptSet(name="own", title="Own", sections=(Section(title="One", questions=(question,)),))
    assert to_table(found) == {
        "title": "Own",
        "section": [{"title": "One", "question": [
            {"key": "q", "kind": "text", "ask": "?", "when": {"key": "p", "below": 2}},
        ]}],
    }  # fmt: skip


def test_a_table_that_is_no_set_says_so():
    with pytest.raises(
        FollowmeError, match=r"^Its questions can't be read: title: it must be text in quotes"
    ):
        from_table({"title": 3, "section": []}, "own")

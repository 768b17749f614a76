"""Answers given all at once: what fits becomes typed text, and everything that does not is named in one go."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from followme.errors import MOST_LISTED, WrongUsage
from followme.insight.promises import OpenPromise
from followme.model import Promise, PromptSet, Question, Section
from followme.sitting.batch import prepare, read_table, refuse
from rows import each_row

TODAY = date(2026, 11, 20)

QUESTIONS = (
    Question(key="moment", kind="text", ask="One moment?"),
    Question(key="person", kind="line", ask="Who?"),
    Question(key="care", kind="scale", ask="How often?", low=0, high=5, low_label="no", high_label="all"),
    Question(key="mood", kind="choice", ask="Which?", options=("calm", "tense")),
    Question(key="signs", kind="several", ask="Which ones?", options=("a", "b", "c"), most=2),
    Question(key="thanks", kind="yesno", ask="Thanked?"),
    Question(key="ideas", kind="list", ask="Ideas?", most=2),
    Question(key="promise", kind="promise", ask="What next?", most=2),
    Question(key="ask", kind="promise", ask="Whom?", promise="ask"),
)
SET = PromptSet(name="all", title="All", sections=(Section(title="One", questions=QUESTIONS),))
DO = OpenPromise("20261113T150210-x4d9w/p1", Promise(ref="p1", text="Call", to="Ben"), "2026-W46")
ASK = OpenPromise(
    "20261113T150210-x4d9w/p2", Promise(ref="p2", text="Why?", kind="ask", to="Ana"), "2026-W46"
)


def given(table: dict[str, Any] | None = None, *words: str, skips: tuple[str, ...] = ()):
    return prepare(SET, (DO, ASK), table or {}, words, skips, TODAY)


@each_row(
    ("table", "words", "typed"),
    [
        ({"moment": "Ana stayed.\nLate."}, "moment=Ana stayed.\nLate.", "Ana stayed.\nLate."),
        ({"moment": "a = b"}, "moment=a = b", "a = b"),
        ({"person": "Ana"}, "person=Ana", "Ana"),
        ({"care": 4}, "care=4", "4"),
        ({"mood": "Calm"}, "mood= calm ", "calm"),
        ({"signs": ["b"]}, "signs=B", ("b",)),
        ({"thanks": True}, "thanks=yes", "yes"),
        ({"thanks": False}, " thanks =N", "no"),
        ({"ideas": ["one"]}, "ideas=one", "one"),
    ],
)
def test_a_file_and_the_command_line_say_the_same(table, words, typed):
    (key,) = table
    assert given(table).typed == given({}, words).typed == {key: {"reply": typed}}


def test_several_and_list_take_answer_repeatedly():
    batch = given({}, "signs=c", "signs=a", "ideas=one", "ideas=two")
    assert batch.faults == []
    assert batch.typed == {"signs": {"reply": ("a", "c")}, "ideas": {"reply": "one\ntwo"}}


def test_a_scale_takes_the_fact_behind_it():
    assert given({"care": {"reply": 4, "fact": "Two calls."}}).typed == {
        "care": {"reply": "4", "fact": "Two calls."}
    }


def test_promises_are_tables_with_their_parts():
    first = {"text": "Call Ben", "occasion": "Monday", "to": "Ben", "by": date(2026, 12, 1), "told": True}
    typed = given({"promise": [first, {"text": "Write", "by": "friday"}]}).typed["promise"]
    assert typed == {
        "line": "Call Ben", "text": "Call Ben", "occasion": "Monday", "to": "Ben", "by": "2026-12-01", "told": "yes",
        "line-2": "Write", "text-2": "Write", "by-2": "friday",
    }  # fmt: skip
    asked = {"line": "Why?", "text": "Why?", "to": "Ana"}
    assert given({"ask": {"text": "Why?", "to": "Ana"}}).typed["ask"] == asked


def test_a_promise_is_a_line_too():
    typed = given({"promise": ["Call Ben @Ben by fri", {"text": "Write"}]}, "ask=Why? @Ana").typed
    assert typed["promise"] == {"line": "Call Ben @Ben by fri", "line-2": "Write", "text-2": "Write"}
    assert typed["ask"] == {"line": "Why? @Ana"}
    assert given({"promise": "Call"}).typed["promise"] == {"line": "Call"}


def test_an_outcome_says_what_became_of_an_open_promise():
    table = {"outcome": [
        {"promise": DO.ref, "result": "not-kept", "note": "No time.", "told": True},
        {"promise": ASK.ref, "result": "kept", "note": "She would wait."},
    ]}  # fmt: skip
    assert given(table).typed == {
        DO.ref: {"result": "not kept", "note": "No time.", "told": "yes"},
        ASK.ref: {"result": "asked, done", "note": "She would wait."},
    }


@each_row(
    ("table", "fault"),
    [
        ({"moment": 3}, "moment: It wants text in quotes, not a number."),
        ({"moment": "  "}, "moment: Its answer is empty; write one, or skip it with --skip."),
        ({"moment": {"reply": "x"}}, "moment: It wants text in quotes, not a table."),
        ({"person": "Ana\nBen"}, "person: It takes one line."),
        ({"care": 6}, "care: It takes one number from 0 to 5."),
        ({"care": "4"}, "care: It wants a whole number from 0 to 5, not text."),
        ({"care": True}, "care: It wants a whole number from 0 to 5, not true or false."),
        ({"care": 4.0}, "care: It wants a whole number from 0 to 5, not a number with a point."),
        ({"care": {"fact": "x"}}, 'care: It needs its number; write {reply = 4, fact = "…"}.'),
        ({"care": {"reply": 4, "why": "x"}}, "care: It has no 'why'; a scale takes reply and fact."),
        ({"mood": "sad"}, "mood: 'sad' isn't one of its options: calm, tense."),
        ({"signs": "a"}, 'signs: It wants a list such as ["…", "…"], not text.'),
        ({"signs": []}, "signs: Its answer is empty; pick something, or skip it with --skip."),
        ({"signs": ["a", "b", "c"]}, "signs: It takes at most 2, and 3 were picked."),
        ({"thanks": "yes"}, "thanks: It wants true or false, not text."),
        ({"ideas": "one"}, 'ideas: It wants a list such as ["…", "…"], not text.'),
        ({"ideas": []}, "ideas: Its answer is empty; write something, or skip it with --skip."),
        ({"ideas": ["a", "b", "c"]}, "ideas: It takes at most 2 lines, and there are 3."),
        ({"ideas": ["a\nb"]}, "ideas: It takes one line."),
        ({"promise": 4}, 'promise: It wants a line such as "… @Ben by fri", or tables, not a number.'),
        ({"promise": []}, 'promise: It wants a line such as "… @Ben by fri", or tables, not a list.'),
        ({"promise": " "}, "promise: Its answer is empty; write one, or skip it with --skip."),
        ({"promise": "Call\n@Ben"}, "promise: It takes one line."),
        ({"ask": "Why?"}, "ask: Who will you ask? End the line with their name, such as @Ana."),
        ({"promise": {"to": "Ben"}}, 'promise: A promise needs its text; add text = "…".'),
        ({"promise": {"txt": "x"}}, "promise: A promise has no 'txt'; it has text, occasion, to, by, told."),
        ({"promise": {"text": "x", "told": "no"}}, "promise: told wants true or false, not text."),
        ({"promise": [{"text": "x"}] * 3}, "promise: It takes at most 2, and 3 were given."),
        (
            {"promise": {"text": "x", "by": date(2026, 11, 1)}},
            "promise: \"2026-11-01\" isn't after today. Try fri, dec 4 or in 2 weeks.",
        ),
        ({"ask": {"text": "Why?"}}, 'ask: A question needs the person it goes to; add to = "…".'),
        ({"outcome": "kept"}, "outcome: it must be tables; write [[outcome]] before each, with promise and result."),
        (
            {"outcome": [{"result": "kept"}]},
            'outcome 1: it needs its promise; add promise = "…", as show --json gives it.',
        ),
        (
            {"outcome": [{"promise": DO.ref, "result": "done"}]},
            "outcome 1: result must be one of kept, partly, not-kept, not-yet, not-needed, replaced.",
        ),
        (
            {"outcome": [{"promise": ASK.ref, "result": "not-kept"}]},
            "outcome 1: 'not-kept' isn't an ending; it can be kept, partly, not-yet or not-needed.",
        ),
        (
            {"outcome": [{"promise": DO.ref, "result": "kept", "told": True}]},
            "outcome 1: told is for partly, not-kept, not-yet; leave it out where it is kept.",
        ),
        ({"outcome": [{"promise": DO.ref, "result": "kept", "note": "a\nb"}]}, "outcome 1: It takes one line."),
        (
            {"outcome": [{"promise": DO.ref, "result": "kept", "why": 1}]},
            "outcome 1: it has no 'why'; it has promise, result, note, told.",
        ),
        ({"outcome": [{"promise": 1, "result": "kept"}]}, "outcome 1: promise must be text, not a number."),
        (
            {"outcome": [{"promise": "p9", "result": "kept"}]},
            f"outcome 1: there's no open promise 'p9'; the open ones are {DO.ref}, {ASK.ref}.",
        ),
        (
            {"outcome": [{"promise": DO.ref, "result": "kept"}] * 2},
            f"outcome 2: {DO.ref} has two outcomes; give it one.",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_its_key(table, fault):
    assert given(table).faults == [fault]


@each_row(
    ("words", "fault"),
    [
        ("moment", "--answer moment: it needs the form KEY=TEXT."),
        ("moment=", "moment: Its answer is empty; write one, or skip it with --skip."),
        ("care=four", "care: It takes one number from 0 to 5."),
        ("thanks=maybe", "thanks: It takes yes or no."),
        ("ask=Why?", "ask: Who will you ask? End the line with their name, such as @Ana."),
    ],
)
def test_what_does_not_fit_on_the_command_line_is_said_too(words, fault):
    assert given({}, words).faults == [fault]


def test_a_key_is_answered_once():
    assert given({}, "care=1", "care=2").faults == [
        "care: It takes one answer, but several were given; give one."
    ]
    twice = ["care: it's given more than once; give it in one place."]
    assert given({"care": 1}, "care=2").faults == twice
    assert given({"care": 1}, skips=("care",)).faults == twice
    assert given({}, skips=("care", "care")).faults == []


def test_a_key_that_the_set_does_not_have_is_named_with_those_it_has():
    known = ", ".join(question.key for question in QUESTIONS)
    fault = f"moments: the set all has no such question; its keys are {known}."
    assert given({"moments": "x"}).faults == [fault]
    assert given({}, "moments=x").faults == [fault]
    assert given({}, skips=("moments",)).faults == [fault]


def test_a_pasted_page_does_not_become_the_message():
    page = "word " * 2000
    batch = given({"mood": page, page: 1, "outcome": [{"promise": page, "result": "kept"}]}, page)
    assert len(batch.faults) == 4
    assert all(len(fault) < 250 for fault in batch.faults)


def test_all_faults_are_refused_at_once():
    refuse([])
    with pytest.raises(WrongUsage) as refused:
        refuse(given({"care": 6, "mood": "sad"}, "thanks=maybe").faults)
    assert str(refused.value) == (
        "The answers don't fit, so nothing was saved:\n"
        "  care: It takes one number from 0 to 5.\n"
        "  mood: 'sad' isn't one of its options: calm, tense.\n"
        "  thanks: It takes yes or no."
    )


def test_a_question_named_outcome_keeps_its_key():
    own = PromptSet(
        name="own", title="Own",
        sections=(Section(title="One", questions=(Question(key="outcome", kind="text", ask="?"),)),),
    )  # fmt: skip
    assert prepare(own, (), {"outcome": "good"}, (), (), TODAY).typed == {"outcome": {"reply": "good"}}


def test_an_answers_file_may_have_a_byte_order_mark_and_windows_line_ends():
    assert read_table('\ufeffa = """\r\nx\r\ny"""\r\n', "a.toml") == {"a": "x\ny"}


@each_row(
    "text",
    ["a = ", "a = 1\na = 2", "a = \x00", "a = " + "[" * 5_000, "a." * 100_000 + "a = 1"],
)
def test_an_answers_file_that_is_not_toml_is_refused(text):
    with pytest.raises(
        WrongUsage, match=r"^The answers in a\.toml aren't TOML: .{5,200}\. Nothing was saved\.$"
    ):
        read_table(text, "a.toml")


def test_an_answer_may_be_nested_and_still_does_not_fit():
    table = read_table(".".join(["moment"] * 8) + " = 1", "a.toml")
    assert given(table).faults == ["moment: It wants text in quotes, not a table."]


def test_of_thousands_of_faults_the_first_are_told_and_the_others_counted():
    with pytest.raises(WrongUsage) as refused:
        refuse([f"key-{number}: it has no answer." for number in range(5_000)])
    told = str(refused.value).splitlines()
    assert len(told) == 1 + MOST_LISTED + 1
    assert told[1] == "  key-0: it has no answer."
    assert told[-1] == "  4,900 more like these aren't listed."

"""Asking what became of a promise: endings, the second return, and a question taken to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from followme.asking.followup import (
    ASKED_ENDINGS,
    due_from_table,
    due_table,
    endings,
    follow_up,
    typed_outcome,
)
from followme.insight.promises import OpenPromise, open_promises
from followme.model import Entry, Outcome, Promise
from rows import each_row

TODAY = date(2026, 11, 20)
REF = "20261113T150210-x4d9w/p1"
DO = OpenPromise(
    REF, Promise(ref="p1", text="Ask legal", occasion="the deal desk meets", to="Ben", told=True), "2026-W46"
)
BACK = replace(DO, returns=1)
ASK = OpenPromise(REF, Promise(ref="p1", kind="ask", text="What should I stop?", to="Cleo"), "2026-W46")
HEARD = replace(ASK, heard="Calling at six.")
HANDED = replace(DO, promise=replace(DO.promise, who="Jonas", origin="20261106T150210-x4d9w/p1"))
HANDED_BACK = replace(HANDED, returns=1)


def applying(due, **typed):
    """The fields that are asked, given what was typed."""
    return [field.name for field in follow_up(due, TODAY).fields if field.applies(typed)]


def given(due, **typed):
    return follow_up(due, TODAY).respond(typed)


@each_row(
    ("label", "result"),
    [
        ("kept", "kept"),
        ("partly", "partly"),
        ("not kept", "not-kept"),
        ("not yet", "not-yet"),
        ("no longer needed", "not-needed"),
    ],
)
def test_every_promise_has_five_endings_of_one_key_each(label, result):
    assert given(DO, result=label).outcome == Outcome(promise=REF, result=result)


def test_a_line_and_do_they_know_only_where_it_was_not_kept_whole():
    assert applying(DO, result="kept") == applying(DO, result="no longer needed") == ["result"]
    assert applying(DO, result="partly") == applying(DO, result="not kept") == ["result", "note", "told"]
    assert given(DO, result="partly", note="Half.", told="no").outcome == Outcome(
        promise=REF, result="partly", note="Half.", told=False
    )


@each_row(
    ("to", "told", "asked"),
    [("Ben", True, True), ("Ben", None, True), ("Ben", False, False), ("", None, False)],
)
def test_who_never_knew_of_a_promise_need_not_know_what_became_of_it(to, told, asked):
    due = replace(DO, promise=replace(DO.promise, to=to, told=told))
    for label in ("partly", "not kept", "not yet"):
        assert ("told" in applying(due, result=label)) is asked
        assert applying(due, result=label)[:2] == ["result", "note"]


def test_what_is_asked_of_a_promise_that_fell_short_has_its_words():
    asks = {field.name: field.ask for field in follow_up(DO, TODAY).fields}
    assert follow_up(DO, TODAY).ask == "What became of it?"
    assert asks["note"] == "What got in the way, or is still missing?"
    assert asks["told"] == "Does Ben know where it stands?"


def test_enter_leaves_it_open():
    assert given(DO) == given(DO, note="left over") == follow_up(DO, TODAY).respond({})
    assert given(DO).outcome is None


def test_the_offer_to_change_it_comes_with_the_second_return():
    assert "change" not in applying(DO, result="not yet")
    assert applying(BACK, result="not yet") == ["result", "note", "told", "change"]
    assert applying(BACK, result="kept") == ["result"]
    assert applying(BACK, result="not yet", change="give it a day")[-1] == "day"


@each_row(
    ("typed", "new"),
    [
        ({"change": "make it smaller", "smaller": "Write to legal"}, {"text": "Write to legal"}),
        ({"change": "give it a day", "day": "friday"}, {"by": date(2026, 11, 27)}),
        ({"change": "hand it on", "whom": "Dora"}, {"who": "Dora"}),
    ],
)
def test_a_changed_promise_is_replaced_and_the_new_one_says_where_it_comes_from(typed, new):
    found = given(BACK, result="not yet", note="Again.", **typed)
    assert found.outcome == Outcome(promise=REF, result="replaced", note="Again.")
    (promise,) = found.promises
    # Who was told of it, and waits, still does.
    assert promise == replace(BACK.promise, ref="", to="Ben", told=True, origin=REF, **new)


@each_row(
    ("told", "now", "known"),
    [(None, "", None), (None, "no", None), (None, "yes", True), (True, "no", True), (False, "", False)],
)
@each_row("change", [{"change": "give it a day", "day": "2w"}, {"change": "hand it on", "whom": "Dora"}])
def test_who_was_told_before_or_just_now_knows_of_the_changed_promise(told, now, known, change):
    due = replace(BACK, promise=replace(BACK.promise, told=told))
    (promise,) = given(due, result="not yet", told=now, **change).promises
    assert promise.told is known


def test_an_offer_that_is_not_taken_leaves_it_open():
    assert given(BACK, result="not yet", change="make it smaller").outcome.result == "not-yet"
    assert given(BACK, result="not yet").promises == ()


def test_a_question_to_a_person_is_asked_about_and_later_what_was_done_with_it():
    assert follow_up(ASK, TODAY).ask == "Did you ask Cleo?"
    # One typed by hand may name no one.
    no_one = replace(ASK, promise=replace(ASK.promise, to=""))
    assert follow_up(no_one, TODAY).ask == "Did you ask it?"
    assert applying(ASK, result="not yet") == ["result"]
    said = next(label for label, result in ASKED_ENDINGS.items() if result == "partly")
    assert applying(ASK, result=said) == ["result", "note"]
    assert given(ASK, result=said, note="Calling at six.").outcome == Outcome(
        promise=REF, result="partly", note="Calling at six."
    )
    assert "You heard: Calling at six." in follow_up(HEARD, TODAY).quote
    done = given(HEARD, result="I did something with it", note="I call at nine now.")
    assert done.outcome == Outcome(promise=REF, result="kept", note="I call at nine now.")


@each_row(
    ("due", "labels"),
    [
        (ASK, {
            "I asked, and I will do something about it": "partly",
            "I asked, and that is all": "kept",
            "not yet": "not-yet",
            "no longer needed": "not-needed",
        }),
        (HEARD, {"I did something with it": "kept", "not yet": "not-yet", "there is nothing to do": "not-needed"}),
    ],
)  # fmt: skip
def test_a_question_to_a_person_has_endings_of_its_own(due, labels):
    assert endings(due) == labels
    for label, result in labels.items():
        assert given(due, result=label).outcome == Outcome(promise=REF, result=result)
        assert applying(due, result=label) == (["result", "note"] if label.startswith("I ") else ["result"])


def _heard(note, *later):
    """The promises that are open after a question was asked, this was heard, and these endings followed."""

    def entry(day, *outcomes, promises=()):
        moment = datetime(2026, 11, day, 16, 0, tzinfo=UTC)
        return Entry(id=f"202611{day}T160000-aaaaa", date=moment, week="2026-W46", set="weekly",
                     promises=promises, outcomes=outcomes)  # fmt: skip

    made = entry(13, promises=(ASK.promise,))
    results = [("partly", note), *((result, "") for result in later)]
    outcomes = [Outcome(promise=f"{made.id}/p1", result=result, note=note) for result, note in results]
    return open_promises([made, *(entry(14 + day, outcome) for day, outcome in enumerate(outcomes))])


def test_what_was_heard_waits_on_as_long_as_nothing_was_done_with_it():
    (waiting,) = _heard("Calling at six.", "not-yet")
    assert (waiting.heard, waiting.returns) == ("Calling at six.", 1)
    assert list(endings(waiting)) == list(endings(HEARD))
    assert applying(waiting, result="not yet") == ["result"]
    assert "You heard: Calling at six." in follow_up(waiting, TODAY).quote


def test_what_was_heard_and_not_noted_is_not_quoted():
    (waiting,) = _heard("")
    assert waiting.heard == ""
    assert list(endings(waiting)) == list(endings(HEARD))
    assert follow_up(waiting, TODAY).quote == "Ask Cleo: What should I stop?"
    assert follow_up(due_from_table(due_table([waiting]))[0], TODAY).quote == "Ask Cleo: What should I stop?"


def test_after_missed_weeks_one_key_is_enough():
    assert [field.name for field in follow_up(BACK, TODAY, brief=True).fields] == ["result"]


@each_row("due", [DO, BACK, ASK, HEARD, HANDED])
def test_an_outcome_in_batch_is_what_would_have_been_typed(due):
    for result in endings(due).values():
        outcome = Outcome(promise=REF, result=result, note="So.")
        assert follow_up(due, TODAY).respond(typed_outcome(due, outcome, {})).outcome == outcome


def test_a_promise_is_replaced_in_batch_too():
    outcome = Outcome(promise=REF, result="replaced")
    typed = typed_outcome(DO, outcome, {"text": "Write to legal"})
    found = follow_up(DO, TODAY).respond(typed)
    assert (found.outcome, found.promises[0].text, found.promises[0].origin) == (
        outcome,
        "Write to legal",
        REF,
    )
    with pytest.raises(ValueError, match="needs one of text"):
        typed_outcome(DO, outcome, {})
    with pytest.raises(ValueError, match="is for a promise that is replaced"):
        typed_outcome(DO, Outcome(promise=REF, result="kept"), {"text": "x"})


def test_what_was_handed_on_is_said_and_asked_about_as_such():
    found = follow_up(HANDED, TODAY)
    assert (found.section, found.ask) == ("What you handed on", "Did Jonas take it on?")
    assert found.quote == "When the deal desk meets, Jonas will: Ask legal; Ben is waiting"
    assert endings(HANDED) == {
        "yes": "kept",
        "no": "not-kept",
        "not yet": "not-yet",
        "no longer needed": "not-needed",
    }
    assert [field.name for field in follow_up(HANDED, TODAY, brief=True).fields] == ["result"]


def test_who_waits_is_asked_about_where_it_was_not_taken_on():
    assert applying(HANDED, result="yes") == applying(HANDED, result="no longer needed") == ["result"]
    for label in ("no", "not yet"):
        assert applying(HANDED, result=label) == ["result", "note", "told"]
    asks = {field.name: field.ask for field in follow_up(HANDED, TODAY).fields}
    assert asks["told"] == "Does Ben know where it stands?"


def test_it_can_be_handed_on_once_more_and_get_a_day_but_is_not_made_smaller():
    change = next(field for field in follow_up(HANDED_BACK, TODAY).fields if field.name == "change")
    assert change.options == ("give it a day", "hand it on")
    (promise,) = given(HANDED_BACK, result="not yet", change="hand it on", whom="Dora").promises
    assert promise == replace(HANDED.promise, ref="", who="Dora", origin=REF)
    with pytest.raises(ValueError, match="was handed on"):
        typed_outcome(HANDED_BACK, Outcome(promise=REF, result="replaced"), {"text": "Write to legal"})


def test_in_batch_it_is_handed_on_to_a_person_too():
    typed = typed_outcome(DO, Outcome(promise=REF, result="replaced"), {"to": "Jonas"})
    (promise,) = follow_up(DO, TODAY).respond(typed).promises
    assert (promise.who, promise.to, promise.told, promise.origin) == ("Jonas", "Ben", True, REF)


NOBODY_KNOWS = replace(BACK, promise=replace(BACK.promise, told=False))
NOT_SAID = replace(BACK, promise=replace(BACK.promise, told=None))


PRIVATE = replace(BACK, promise=replace(BACK.promise, private=True))


@each_row("due", [BACK, ASK, HEARD, NOBODY_KNOWS, NOT_SAID, HANDED_BACK, PRIVATE])
def test_the_draft_keeps_what_is_needed_to_ask_again(due):
    kept = due_from_table(due_table([due]))[0]
    assert kept.promise.told is due.promise.told
    assert (kept.promise.who, kept.promise.private) == (due.promise.who, due.promise.private)
    assert applying(kept, result="not yet") == applying(due, result="not yet")
    assert follow_up(kept, TODAY).quote == follow_up(due, TODAY).quote
    assert (kept.returns, kept.heard, kept.ref) == (due.returns, due.heard, due.ref)

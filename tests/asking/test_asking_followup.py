"""Asking what became of a promise: endings, the second return, and a question taken to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from followme.asking.due_tables import due_from_table, due_table
from followme.asking.endings import endings, result_of, words_of
from followme.asking.followup import about, details, response, typed_outcome
from followme.asking.promised import promised
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
    """The fields that are asked after the ending, given what was typed."""
    return [field.name for field in details(due, TODAY) if field.applies(typed)]


def given(due, **typed):
    return response(due, typed, TODAY)


def outcome_of(due, **typed):
    (outcome,) = given(due, **typed).outcomes
    return outcome


def ways(due):
    """The endings of a promise: key, words, result."""
    return [(each.key, each.words, each.result) for each in endings(due)]


DROPPED = ("x", "no longer needed", "not-needed")
LATER = ("a", "ask me again", "not-yet")


@each_row(
    ("due", "found"),
    [
        (DO, [("k", "kept", "kept"), ("p", "partly", "partly"), ("n", "not kept", "not-kept"), LATER, DROPPED]),
        (ASK, [("d", "asked, done", "kept"), ("t", "asked, something to do", "partly"), LATER, DROPPED]),
        (HEARD, [("d", "did something with it", "kept"), LATER, DROPPED]),
        (HANDED, [("t", "taken on", "kept"), ("n", "not taken on", "not-kept"), LATER, DROPPED]),
    ],
)  # fmt: skip
def test_every_sort_of_promise_has_endings_of_one_key_each_and_none_is_y(due, found):
    assert ways(due) == found
    for _, words, result in found:
        assert outcome_of(due, result=words) == Outcome(promise=REF, result=result)


@each_row(
    ("due", "formerly"),
    [
        (DO, {"kept": "kept", "partly": "partly", "not kept": "not-kept", "not yet": "not-yet",
              "no longer needed": "not-needed"}),
        (ASK, {"I asked, and I will do something about it": "partly", "I asked, and that is all": "kept",
               "not yet": "not-yet", "no longer needed": "not-needed"}),
        (HEARD, {"I did something with it": "kept", "not yet": "not-yet", "there's nothing to do": "not-needed"}),
        (HANDED, {"yes": "kept", "no": "not-kept", "not yet": "not-yet", "no longer needed": "not-needed"}),
    ],
)  # fmt: skip
def test_the_words_of_older_drafts_still_mean_what_they_meant(due, formerly):
    assert {words: result_of(due, words) for words in formerly} == formerly
    assert result_of(due, "") == result_of(due, "perhaps") == ""


def test_a_line_and_have_you_told_them_only_where_it_was_not_kept_whole():
    assert applying(DO, result="kept") == applying(DO, result="no longer needed") == []
    assert applying(DO, result="partly") == applying(DO, result="not kept") == ["note", "told"]
    assert outcome_of(DO, result="partly", note="Half.", told="no") == Outcome(
        promise=REF, result="partly", note="Half.", told=False
    )


@each_row(
    ("to", "told", "asked"),
    [("Ben", True, True), ("Ben", None, True), ("Ben", False, False), ("", None, False)],
)
def test_who_never_knew_of_a_promise_need_not_know_what_became_of_it(to, told, asked):
    due = replace(DO, promise=replace(DO.promise, to=to, told=told))
    for label in ("partly", "not kept", "ask me again"):
        assert ("told" in applying(due, result=label)) is asked
        assert applying(due, result=label)[:1] == ["note"]


def test_what_is_asked_of_a_promise_that_fell_short_has_its_words():
    asks = {field.name: field.ask for field in details(DO, TODAY)}
    assert asks == {"note": "What got in the way?", "told": "Have you told Ben where it stands?"}
    assert details(DO, TODAY)[0].quote == about(DO, TODAY)


def test_leaving_it_open_stores_nothing_and_ask_me_again_an_outcome():
    assert given(DO) == given(DO, note="left over") == given(DO, result="")
    assert given(DO).outcomes == ()
    assert outcome_of(DO, result="ask me again").result == "not-yet"


def test_the_offer_to_change_it_comes_with_the_second_return():
    assert "change" not in applying(DO, result="ask me again")
    assert applying(BACK, result="ask me again") == ["note", "told", "change"]
    assert applying(BACK, result="kept") == []
    assert applying(BACK, result="ask me again", change="give it a day")[-1] == "day"


@each_row(
    ("by", "returns", "why", "ways"),
    [
        (date(2026, 11, 20), 0, "Its day is today.", ("make it smaller", "give it a new day", "hand it off")),
        (
            date(2026, 11, 19),
            0,
            "Its day has passed.",
            ("make it smaller", "give it a new day", "hand it off"),
        ),
        (
            date(2026, 11, 19),
            1,
            "This one has come back before.",
            ("make it smaller", "give it a new day", "hand it off"),
        ),
        (None, 1, "This one has come back before.", ("make it smaller", "give it a day", "hand it off")),
        (None, 0, "", None),
    ],
)
def test_a_promise_whose_day_has_come_is_offered_a_new_one_at_once(by, returns, why, ways):
    due = replace(DO, promise=replace(DO.promise, by=by), returns=returns)
    offers = [(field.ask, field.options) for field in details(due, TODAY) if field.name == "change"]
    assert offers == ([(f"{why} What would help you keep it?", ways)] if ways else [])
    if ways:
        (new,) = given(due, result="ask me again", change=ways[1], day="dec 4").promises
        assert new.by == date(2026, 12, 4)


@each_row(
    ("said", "words"),
    [
        (("kept", "asked, done"), ""),
        (("kept", "asked, something to do"), f"One stays open: {ASK.promise.text}"),
        (("ask me again", ""), "All of them stay open."),
        (("ask me again",), "It stays open."),
        (("no longer needed",), ""),
    ],
)
def test_it_says_what_comes_back(said, words):
    due = [DO, replace(ASK, ref=REF.replace("p1", "p2"))][: len(said)]
    item = promised(due, TODAY)
    assert item.after(item.respond({"verdicts": said})) == words


@each_row(
    ("typed", "new"),
    [
        ({"change": "make it smaller", "smaller": "Write to legal"}, {"text": "Write to legal"}),
        ({"change": "give it a day", "day": "friday"}, {"by": date(2026, 11, 27)}),
        ({"change": "hand it off", "who": "Dora"}, {"who": "Dora"}),
        # Read as a promise is.
        (
            {"change": "make it smaller", "smaller": "Write to legal by wed"},
            {"text": "Write to legal", "by": date(2026, 11, 25)},
        ),
        (
            {"change": "make it smaller", "smaller": "Write to legal, by dec 4 @Cleo"},
            {"text": "Write to legal", "by": date(2026, 12, 4), "to": "Cleo", "told": None},
        ),
        ({"change": "make it smaller", "smaller": "Write to legal @Ben"}, {"text": "Write to legal"}),
        ({"change": "hand it off", "who": "Mia by fri"}, {"who": "Mia", "by": date(2026, 11, 27)}),
        ({"change": "hand it off", "who": "by 2w @Mia"}, {"who": "Mia", "by": date(2026, 12, 4)}),
    ],
)
def test_a_changed_promise_is_replaced_and_the_new_one_says_where_it_comes_from(typed, new):
    found = given(BACK, result="ask me again", note="Again.", **typed)
    assert found.outcomes == (Outcome(promise=REF, result="replaced", note="Again."),)
    (promise,) = found.promises
    # Who was told of it, and waits, still does.
    assert promise == replace(BACK.promise, **{"ref": "", "to": "Ben", "told": True, "origin": REF} | new)


@each_row(
    ("name", "typed", "settled"),
    [
        ("smaller", "Write to legal by wed @Cleo", "Write to legal @Cleo by Wed, Nov 25"),
        ("smaller", "Write to legal", "Write to legal"),
        ("who", "@Mia by jan 8", "Mia by Fri, Jan 8, 2027"),
        ("who", "@Mia", "Mia"),
    ],
)
def test_a_day_in_a_change_means_the_same_when_the_reflection_goes_on_tomorrow(name, typed, settled):
    field = next(each for each in details(BACK, TODAY) if each.name == name)
    assert field.settle(typed) == settled
    way = {"smaller": "make it smaller", "who": "hand it off"}[name]
    found = [
        response(BACK, {"result": "ask me again", "change": way, name: words}, day).promises
        for words, day in [(typed, TODAY), (settled, TODAY + timedelta(days=2))]
    ]
    assert found[0] == found[1]


def test_who_takes_it_on_is_a_name():
    field = next(each for each in details(BACK, TODAY) if each.name == "who")
    with pytest.raises(ValueError, match="Type Priya or Priya by fri"):
        field.check("@Priya, she wants to")


@each_row(
    ("told", "now", "known"),
    [(None, "", None), (None, "no", None), (None, "yes", True), (True, "no", True), (False, "", False)],
)
@each_row("change", [{"change": "give it a day", "day": "2w"}, {"change": "hand it off", "who": "Dora"}])
def test_who_was_told_before_or_just_now_knows_of_the_changed_promise(told, now, known, change):
    due = replace(BACK, promise=replace(BACK.promise, told=told))
    (promise,) = given(due, result="ask me again", told=now, **change).promises
    assert promise.told is known


def test_an_offer_that_is_not_taken_leaves_it_open():
    assert outcome_of(BACK, result="ask me again", change="make it smaller").result == "not-yet"
    assert given(BACK, result="ask me again").promises == ()


def test_of_a_question_that_was_asked_the_words_that_were_heard_are_asked():
    assert applying(ASK, result="ask me again") == applying(ASK, result="no longer needed") == []
    assert applying(ASK, result="asked, something to do") == applying(ASK, result="asked, done") == ["note"]
    assert details(ASK, TODAY)[0].ask == "What did you hear?"
    assert outcome_of(ASK, result="asked, something to do", note="Calling at six.") == Outcome(
        promise=REF, result="partly", note="Calling at six."
    )
    assert about(HEARD, TODAY).endswith("\nYou heard: Calling at six.")
    assert applying(HEARD, result="did something with it") == ["note"]
    assert details(HEARD, TODAY)[0].ask == "What did you do with it?"
    done = outcome_of(HEARD, result="did something with it", note="I call at nine now.")
    assert done == Outcome(promise=REF, result="kept", note="I call at nine now.")


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
    assert ways(waiting) == ways(HEARD)
    assert applying(waiting, result="ask me again") == []
    assert "You heard: Calling at six." in about(waiting, TODAY)


def test_what_was_heard_and_not_noted_is_not_quoted():
    (waiting,) = _heard("")
    assert waiting.heard == ""
    assert ways(waiting) == ways(HEARD)
    assert about(waiting, TODAY) == "Ask Cleo: What should I stop?"
    assert about(due_from_table(due_table([waiting]))[0], TODAY) == "Ask Cleo: What should I stop?"


def test_after_missed_weeks_one_key_is_enough():
    assert [field.name for field in promised([BACK], TODAY, brief=True).fields] == ["verdicts"]


@each_row("due", [DO, BACK, ASK, HEARD, HANDED])
def test_an_outcome_in_batch_is_what_would_have_been_typed(due):
    for _, words, result in ways(due):
        outcome = Outcome(promise=REF, result=result, note="So.")
        assert response(due, typed_outcome(due, outcome, {}), TODAY).outcomes == (outcome,)
        assert words_of(due, result) == words


def test_a_promise_is_replaced_in_batch_too():
    outcome = Outcome(promise=REF, result="replaced")
    typed = typed_outcome(DO, outcome, {"text": "Write to legal"})
    found = response(DO, typed, TODAY)
    assert (found.outcomes[0], found.promises[0].text, found.promises[0].origin) == (
        outcome,
        "Write to legal",
        REF,
    )
    with pytest.raises(ValueError, match="needs one of text"):
        typed_outcome(DO, outcome, {})
    with pytest.raises(ValueError, match="is for a promise that is replaced"):
        typed_outcome(DO, Outcome(promise=REF, result="kept"), {"text": "x"})


def test_what_was_handed_on_is_said_and_asked_about_as_such():
    assert promised([HANDED], TODAY).section == "What you handed off"
    assert about(HANDED, TODAY) == "Jonas will: Ask legal · Cue: the deal desk meets · For: Ben"


def test_who_waits_is_asked_about_where_it_was_not_taken_on():
    assert applying(HANDED, result="taken on") == applying(HANDED, result="no longer needed") == []
    for label in ("not taken on", "ask me again"):
        assert applying(HANDED, result=label) == ["note", "told"]


def test_it_can_be_handed_on_once_more_and_get_a_day_but_is_not_made_smaller():
    change = next(field for field in details(HANDED_BACK, TODAY) if field.name == "change")
    assert change.options == ("give it a day", "hand it off")
    (promise,) = given(HANDED_BACK, result="ask me again", change="hand it off", who="Dora").promises
    assert promise == replace(HANDED.promise, ref="", who="Dora", origin=REF)
    with pytest.raises(ValueError, match="was handed off"):
        typed_outcome(HANDED_BACK, Outcome(promise=REF, result="replaced"), {"text": "Write to legal"})


def test_in_batch_it_is_handed_on_to_a_person_too():
    typed = typed_outcome(DO, Outcome(promise=REF, result="replaced"), {"to": "Jonas"})
    (promise,) = response(DO, typed, TODAY).promises
    assert (promise.who, promise.to, promise.told, promise.origin) == ("Jonas", "Ben", True, REF)


NOBODY_KNOWS = replace(BACK, promise=replace(BACK.promise, told=False))
NOT_SAID = replace(BACK, promise=replace(BACK.promise, told=None))


PRIVATE = replace(BACK, promise=replace(BACK.promise, private=True))


@each_row("due", [BACK, ASK, HEARD, NOBODY_KNOWS, NOT_SAID, HANDED_BACK, PRIVATE])
def test_the_draft_keeps_what_is_needed_to_ask_again(due):
    kept = due_from_table(due_table([due]))[0]
    assert kept.promise.told is due.promise.told
    assert (kept.promise.who, kept.promise.private) == (due.promise.who, due.promise.private)
    assert applying(kept, result="ask me again") == applying(due, result="ask me again")
    assert about(kept, TODAY) == about(due, TODAY)
    assert (kept.returns, kept.heard, kept.ref) == (due.returns, due.heard, due.ref)

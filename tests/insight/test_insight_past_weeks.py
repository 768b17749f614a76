"""The latest weeks side by side: what `quarter` shows before it asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from followme.insight.past_weeks import past_weeks, weeks_to
from followme.model import Answer, Entry, Outcome, Promise

TODAY = date(2026, 11, 20)
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=timezone(timedelta(hours=1)))


def care(reply: int | None, fact: str = "", high: int = 5) -> Answer:
    return Answer(
        key="care-days", kind="scale", question="How many days?", reply=reply, low=0, high=high, fact=fact
    )


def moment(reply: str | None) -> Answer:
    return Answer(key="moment", kind="text", question="Which moment?", reply=reply)


def entry(ago: int, *answers: Answer, name: str = "weekly", **settings) -> Entry:
    when = FRIDAY - timedelta(weeks=ago)
    year, week, _ = when.isocalendar()
    return Entry(
        id=f"{when:%Y%m%dT%H%M%S}-aaaaa",
        date=when,
        week=f"{year}-W{week:02}",
        set=name,
        answers=answers,
        **settings,
    )


def looked(*entries: Entry, count: int = 13):
    return past_weeks(entries, "2026-W47", count, TODAY)


def test_the_weeks_are_so_many_up_to_the_last_one_across_the_turn_of_a_year():
    assert weeks_to("2027-W02", 4) == ("2026-W52", "2026-W53", "2027-W01", "2027-W02")
    assert [each.week for each in looked(count=2).weeks] == ["2026-W46", "2026-W47"]


def test_a_week_is_told_by_its_longer_answer_and_an_older_one_is_not_there():
    line = Answer(key="unseen", kind="line", question="Who?", reply="Chris")
    found = looked(
        entry(2, moment("Too old.")),
        entry(1, line, moment("Ana stayed.")),
        entry(0, line, promises=(Promise(ref="p1", text="Call"),)),
        count=2,
    )
    assert [each.words for each in found.weeks] == ["Ana stayed.", "Chris"]


def test_a_week_without_words_is_told_by_its_promise_and_one_without_a_sitting_by_nothing():
    note = entry(1, Answer(key="note", kind="line", question="A note", reply="Ben called."), name="note")
    talk = entry(1, moment("A hard talk."), name="after")
    short = entry(0, care(3), promises=(Promise(ref="p1", text="Call Ben"),))
    assert [each.words for each in looked(note, talk, short, count=2).weeks] == ["", "Call Ben"]


def test_a_scale_has_its_course_and_the_facts_of_its_ends():
    found = looked(
        entry(5, care(9, "Of another scale.", high=9)),
        entry(4, care(5, "All of them.")),
        entry(3, care(1, "A permit.")),
        entry(2, care(None)),
        entry(1, care(1, "Mail.")),
        entry(0, care(4)),
    )
    (numbers,) = found.numbers
    assert numbers.values == (("2026-W43", 5), ("2026-W44", 1), ("2026-W46", 1), ("2026-W47", 4))
    assert (numbers.highest.answer.fact, numbers.lowest.answer.fact) == ("All of them.", "Mail.")


def test_picks_are_counted_and_the_answers_they_are_of():
    def signs(*reply: str) -> Answer:
        return Answer(key="signs", kind="several", question="Which?", reply=reply or None)

    (counts,) = looked(entry(8, signs("a", "b")), entry(4, signs("b")), entry(0, signs())).counts
    assert (counts.answers, counts.picks) == (2, (("b", 2), ("a", 1)))


def test_the_first_and_the_last_answer_stand_side_by_side_unless_the_weeks_tell_them():
    def spirit(reply: str) -> Answer:
        return Answer(key="spirit", kind="text", question=f"Wording of {reply}", reply=reply)

    found = looked(
        entry(3, moment("One."), spirit("flat")),
        entry(2, moment("Two."), spirit("better")),
        entry(1, moment("Three."), spirit("proud")),
        entry(0, moment("Four."), Answer(key="why", kind="text", question="Why?", reply="Once.")),
    )
    (ends,) = found.ends
    assert (ends.first.answer.reply, ends.last.answer.reply) == ("flat", "proud")


def test_what_was_passed_over_is_counted():
    (passed,) = looked(entry(2, moment(None)), entry(1, moment("Ana.")), entry(0, moment(None))).passed_over
    assert (passed.times, passed.asked, passed.question) == (2, 3, "Which moment?")


def test_promises_come_with_what_became_of_them():
    made = entry(2, promises=(Promise(ref="p1", text="Call"), Promise(ref="p2", text="Write")))
    ended = entry(1, outcomes=(Outcome(promise=f"{made.id}/p1", result="kept"),), name="outcome")
    assert [(row.promise.text, row.result) for row in looked(made, ended).promises] == [
        ("Call", "kept"),
        ("Write", ""),
    ]


def test_what_is_private_is_not_shown():
    talk = entry(1, moment("She may leave."), private=True, promises=(Promise(ref="p1", text="Ask her"),))
    secret = replace(moment("Between us."), private=True)
    ended = entry(0, secret, outcomes=(Outcome(promise=f"{talk.id}/p1", result="kept"),))
    found = looked(talk, ended)
    assert found.empty
    assert (found.ends, found.passed_over, found.promises) == ((), (), ())

"""The latest weeks side by side: what `quarter` shows before it asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from followme.insight.past_weeks import past_weeks
from followme.insight.weeks import weeks_to
from followme.model import Answer, Entry, Outcome, Promise
from rows import each_row

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
    return past_weeks(entries, weeks_to("2026-W47", count), TODAY)


def told(*entries: Entry) -> list[str]:
    """The words of the latest two weeks."""
    return [each.words for each in looked(*entries, count=2).weeks]


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
    assert [each.words for each in found.weeks] == ["Ana stayed.", "I will: Call"]


def test_weeks_before_the_first_words_are_left_out_and_later_gaps_stay():
    found = looked(
        entry(9, care(2)), entry(2, moment("Ana stayed.")), entry(0, moment("Ben left.")), count=13
    )
    assert [each.words for each in found.weeks] == ["Ana stayed.", "", "Ben left."]
    assert len(looked(count=13).weeks) == 13


def test_a_week_is_told_by_its_sitting_and_without_one_by_whatever_else_has_words():
    def talk(ago: int) -> Entry:
        return entry(ago, moment("A hard talk."), name="after")

    assert told(talk(1), entry(1, moment("Ana stayed.")), talk(0)) == ["Ana stayed.", "A hard talk."]
    # A sitting without a longer answer leaves the week to the others.
    assert told(entry(0, care(3), moment(None)), talk(0))[-1] == "A hard talk."
    assert told(entry(0, moment("First.")), entry(0, moment("Second.")))[-1] == "First."


def test_a_week_without_longer_answers_is_told_by_its_first_promise_in_words():
    promises = (Promise(ref="p1", text="Call Ben", occasion="Monday"), Promise(ref="p2", text="Write"))
    made = entry(0, care(3), promises=promises)
    assert told(made)[-1] == "I will: Call Ben · Cue: Monday"
    assert (
        told(entry(0, name="one-on-one", promises=promises[1:]), made)[-1] == "I will: Call Ben · Cue: Monday"
    )
    assert told(made, entry(0, moment("A hard talk."), name="after"))[-1] == "A hard talk."


def test_a_week_is_told_by_no_line_no_note_and_no_number():
    line = Answer(key="unseen", kind="line", question="Who?", reply="Chris")
    note = entry(1, Answer(key="note", kind="line", question="A note", reply="Ben called."), name="note")
    assert told(entry(1, line, care(3)), note) == ["", ""]


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
    assert ends.last.answer.question == "Wording of proud"
    assert (ends.first.answer.reply, ends.last.answer.reply) == ("flat", "proud")


@each_row("kind", ["line", "list", "choice", "several"])
def test_only_longer_answers_have_ends(kind):
    def answer(reply: str) -> Answer:
        return Answer(
            key="k", kind=kind, question="?", reply=(reply,) if kind in ("list", "several") else reply
        )

    assert looked(entry(2, answer("one")), entry(0, answer("two"))).ends == ()


def test_a_promise_that_was_passed_over_is_not_counted():
    """A promise that was made leaves no answer, so how often it was asked for cannot be told."""
    asked = Answer(key="promise", kind="promise", question="What do you promise?")
    made = entry(1, promises=(Promise(ref="p1", text="Call"),))
    assert looked(entry(2, asked), made, entry(0, asked)).passed_over == ()


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


def test_what_is_private_is_shown_to_its_writer():
    """Private is what exports leave out; the journal's own screens show it, as `show` does."""
    talk = entry(2, moment("She may leave."), private=True, promises=(Promise(ref="p1", text="Ask her"),))
    secret = replace(moment("Between us."), private=True)
    passed = replace(moment(None), private=True)
    ended = entry(0, secret, outcomes=(Outcome(promise=f"{talk.id}/p1", result="kept"),))
    found = looked(talk, entry(1, passed), ended, count=3)
    assert [each.words for each in found.weeks] == ["She may leave.", "", "Between us."]
    assert [(row.promise.text, row.result) for row in found.promises] == [("Ask her", "kept")]
    assert [(each.times, each.asked) for each in found.passed_over] == [(1, 3)]


@each_row(
    "one",
    [
        entry(0, moment("Ana stayed.")),
        entry(0, care(0)),
        entry(0, promises=(Promise(ref="p1", text="Call"),)),
        entry(0, moment("Ana stayed."), private=True),
    ],
)
def test_weeks_that_hold_anything_are_not_empty(one):
    assert not looked(one).empty
    assert looked(replace(one, week="2026-W30")).empty
    assert looked().empty

"""The latest weeks side by side: what `quarter` shows before it asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from followme.dates import Interval
from followme.insight.past_weeks import of_period, of_weeks
from followme.insight.quarters import quarter, year
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
    return of_weeks(entries, (), weeks_to("2026-W47", count), TODAY)


def told(*entries: Entry) -> list[str]:
    """The words of the latest two weeks."""
    return [each.words for each in looked(*entries, count=2).weeks]


def test_the_weeks_are_so_many_up_to_the_last_one_across_the_turn_of_a_year():
    assert weeks_to("2027-W02", 4) == ("2026-W52", "2026-W53", "2027-W01", "2027-W02")
    assert [each.week for each in looked(count=2).weeks] == ["2026-W46", "2026-W47"]
    assert looked(count=2).title == "Nov 9–22"


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


def test_a_week_without_these_is_told_by_the_fact_behind_a_number():
    assert told(entry(1, care(3, "A permit.")), entry(0, care(2))) == ["A permit."]
    assert looked(entry(0, care(3, "A permit."), private=True)).weeks[-1].private


def test_a_week_is_told_by_no_line_no_note_and_no_number():
    line = Answer(key="unseen", kind="line", question="Who?", reply="Chris")
    note = entry(1, Answer(key="note", kind="line", question="A note", reply="Ben called."), name="note")
    assert told(entry(1, line, care(3)), note)[0] == ""


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
    course = [(each.entry.week, value) for each, value in numbers.course]
    assert course == [("2026-W43", 5), ("2026-W44", 1), ("2026-W46", 1), ("2026-W47", 4)]
    assert [each.answer.fact for each in numbers.highest] == ["All of them."]
    assert [each.answer.fact for each in numbers.lowest] == ["A permit.", "Mail."]


def test_of_many_answers_at_an_end_the_latest_with_a_fact_are_shown_and_of_equal_ones_none():
    (numbers,) = looked(
        *(entry(at, care(5, f"Fact {at}.")) for at in range(6)), entry(7, care(0)), entry(8, care(0))
    ).numbers
    assert [each.answer.fact for each in numbers.highest] == ["Fact 2.", "Fact 1.", "Fact 0."]
    assert [each.entry.week for each in numbers.lowest] == ["2026-W40"]
    (equal,) = looked(entry(1, care(2, "Mail.")), entry(0, care(2))).numbers
    assert equal.lowest == ()


def test_picks_are_counted_and_the_answers_they_are_of():
    def signs(*reply: str) -> Answer:
        return Answer(key="signs", kind="several", question="Which?", reply=reply or None)

    (counts,) = looked(entry(8, signs("a", "b")), entry(4, signs("b")), entry(0, signs())).counts
    assert (counts.answered, counts.picks) == (2, (("b", 2), ("a", 1)))


def test_forgotten_answers_count_as_answers_and_are_told_nowhere():
    def gone(kind: str) -> Answer:
        return Answer(key=kind, kind=kind, question="?", forgotten=True)

    forgotten = [gone(kind) for kind in ("text", "line", "several", "choice", "yesno")]
    picked = replace(forgotten[3], reply="here", forgotten=False)
    past = looked(entry(2, *forgotten), entry(1, *forgotten), entry(0, picked))
    (counts,) = past.counts
    assert (counts.answered, counts.picks) == (3, (("here", 1),))
    assert (past.ends, past.skipped) == ((), ())


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


@each_row(
    ("kind", "person", "count"),
    [("line", False, 1), ("line", True, 0), ("list", False, 1), ("choice", False, 0), ("several", False, 0)],
)
def test_only_answers_in_own_words_have_ends_and_no_name(kind, person, count):
    def answer(reply: str) -> Answer:
        words = (reply,) if kind in ("list", "several") else reply
        return Answer(key="k", kind=kind, question="?", reply=words, person=person)

    assert len(looked(entry(2, answer("one")), entry(0, answer("two"))).ends) == count


def test_what_was_chosen_is_counted_too():
    def chosen(reply: str | bool, kind: str) -> Answer:
        return Answer(key=kind, kind=kind, question="?", reply=reply)

    found = looked(
        entry(1, chosen("here", "choice"), chosen(False, "yesno")),
        entry(0, chosen("here", "choice"), chosen(True, "yesno")),
    )
    assert [each.picks for each in found.counts] == [(("here", 2),), (("no", 1), ("yes", 1))]


def test_a_promise_that_was_passed_over_is_not_counted():
    """A promise that was made leaves no answer, so how often it was asked for cannot be told."""
    asked = Answer(key="promise", kind="promise", question="What do you promise?")
    made = entry(1, promises=(Promise(ref="p1", text="Call"),))
    assert looked(entry(2, asked), made, entry(0, asked)).skipped == ()


def test_what_was_passed_over_is_counted():
    (passed,) = looked(entry(2, moment(None)), entry(1, moment("Ana.")), entry(0, moment(None))).skipped
    assert (passed.skipped, passed.times, passed.asked.question) == (2, 3, "Which moment?")


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
    assert [(each.skipped, each.times) for each in found.skipped] == [(1, 3)]
    assert [each.private for each in found.weeks] == [True, False, True]
    assert found.promises[0].promise.private


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


def test_a_promise_ends_as_an_entry_after_the_quarter_says():
    made = entry(8, promises=(Promise(ref="p1", text="Call"), Promise(ref="p2", text="Write")))
    late = entry(0, outcomes=(Outcome(promise=f"{made.id}/p2", result="kept"),))
    assert (made.week, late.week) == ("2026-W39", "2026-W47")
    past = of_period([made], [late], quarter(2026, 3, "january"), TODAY)
    assert [(row.promise.text, row.ending) for row in past.promises] == [("Write", "kept"), ("Call", "open")]
    assert past.promised == ("Promises closed: 1. Kept: 1. Open: 1.",)
    assert of_period([made], [], quarter(2026, 3, "january"), TODAY).promised == (
        "Promises made: 2. Open: 2.",
    )


def test_in_a_year_a_promise_of_one_quarter_ends_in_another():
    asked = Promise(ref="p2", text="What's stuck?", kind="ask", to="Ben")
    made = entry(8, promises=(asked, Promise(ref="p1", text="Call"), replace(asked, ref="p3")))
    ends = tuple(Outcome(promise=f"{made.id}/{ref}", result="kept") for ref in ("p1", "p2", "p3"))
    past = of_period([made, entry(0, outcomes=ends)], (), year(2026, "january"), TODAY)
    ended = ("Promises closed: 1. Kept: 1.", "Questions for someone: 2. Asked, done: 2.")
    assert past.quarters[2].promised == past.promised == ended
    assert [len(row.outcomes) for row in past.promises] == [1, 1, 1]


def test_what_stands_in_the_place_of_words_says_whether_there_were_answers():
    silent = looked(
        entry(4, moment("Ana.")), entry(3, care(3)), entry(2, moment(None)), entry(0, moment("Ben."))
    )
    assert [each.lacks for each in silent.weeks] == [
        "",
        "only short answers",
        "no answers",
        "no reflection",
        "",
    ]
    daily = looked(entry(1, moment("Ana.")), entry(0, care(3), name="days", event=True), count=2)
    assert [each.week for each in daily.weeks] == ["2026-W46"]


def test_a_year_has_its_quarters_and_an_entry_of_another_year_is_in_none():
    found = of_period(
        [entry(60, moment("Too old.")), entry(30, moment("Ana stayed.")), entry(0, moment("Ben left."))],
        (), year(2026, "january"), TODAY,
    )  # fmt: skip
    assert [each.reflected for each in found.quarters] == [0, 1, 0, 1]
    assert found.reflected == 2
    assert found.summary == "2 of 53 weeks have a reflection and 6 are to come."


def test_gaps_at_the_edges_stay_once_the_journal_has_begun():
    """The longest gap is a year's, and has neither a break nor this week; with filters no week is missed."""
    rest = [Interval(date(2026, 10, 26), date(2026, 10, 30))]
    some = (entry(6, moment("Ana stayed.")), entry(2, moment("Ben left.")))
    past = of_weeks(some, (), weeks_to("2026-W47", 8), TODAY, rest, "2026-W40")
    assert [each.week for each in past.weeks] == [f"2026-W{number}" for number in range(40, 47)]
    assert [each.words for each in past.weeks] == ["", "Ana stayed.", "", "", "", "Ben left.", ""]
    whole = of_period(some, (), year(2026, "january"), TODAY, rest, "2026-W30")
    assert (whole.weeks[0].week, whole.gap) == ("2026-W30", "Longest gap: 11 weeks, Jul 20–Oct 4.")
    assert of_period(some, (), year(2026, "january"), TODAY, rest, "2026-W30", "person Ana").gap == ""


def test_the_weeks_to_come_and_this_one_until_it_has_words_are_left_out():
    past = of_period([entry(2, moment("Ana stayed."))], (), quarter(2026, 4, "january"), TODAY)
    assert [each.week for each in past.weeks] == ["2026-W45", "2026-W46"]
    assert past.summary == "1 of 14 weeks has a reflection and 6 are to come."


def test_the_other_version_of_an_entry_counts_nowhere_and_a_break_is_one():
    other = entry(1, care(5), moment("Not this."), conflict="x")
    rest = (Interval(date(2026, 11, 2), date(2026, 11, 8)),)
    past = of_weeks([other, entry(3, care(1))], (), weeks_to("2026-W47", 4), TODAY, rest)
    assert (past.reflected, len(past.numbers[0].course)) == (1, 1)
    assert [each.resting for each in past.weeks] == [False, True, False, False]
    assert past.summary == "1 of 4 weeks has a reflection and 1 was in a break."

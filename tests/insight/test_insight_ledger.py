"""The ledger: what became of every promise, and how much of what was due was kept."""

from __future__ import annotations

from datetime import UTC, date, datetime

from followme.insight.ledger import CLOSED, DUE, OPEN, Kept, kept, ledger, named, of_person
from followme.insight.notes import Note, notes_since_last
from followme.model import Answer, Entry, Outcome, Promise
from rows import each_row

FIRST, SECOND = "20261106T150000-aaaaa", "20261113T150000-bbbbb"
TODAY = date(2026, 11, 20)


def entry(name, *, of="weekly", promises=(), outcomes=(), answers=()):
    moment = datetime.strptime(name[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return Entry(
        id=name, date=moment, week="2026-W45", set=of, promises=promises, outcomes=outcomes, answers=answers
    )


MADE = entry(
    FIRST,
    promises=(
        Promise(ref="p1", text="Call legal", to="Ben", told=True),
        Promise(ref="p2", text="Write it up", by=date(2026, 12, 1)),
        Promise(ref="p3", text="What should I stop?", kind="ask", to="Cleo"),
    ),
)


def noted(words):
    return (Answer(key="note", kind="line", question="Note", reply=words),)


def states(*entries):
    return [row.state for row in ledger(entries, TODAY)]


def test_a_promise_without_a_day_is_due_at_the_next_sitting():
    assert states(MADE) == [DUE, OPEN, DUE]
    assert [row.state for row in ledger([MADE], date(2026, 12, 1))] == [DUE, DUE, DUE]


@each_row("result", ["kept", "partly", "not-kept", "not-needed", "replaced"])
def test_every_ending_but_not_yet_closes(result):
    row, *_ = ledger([MADE, entry(SECOND, outcomes=(Outcome(promise=f"{FIRST}/p1", result=result),))], TODAY)
    assert (row.state, row.result) == (CLOSED, result)


def test_not_yet_leaves_it_due_and_keeps_its_history():
    later = entry(
        SECOND,
        outcomes=(
            Outcome(promise=f"{FIRST}/p1", result="not-yet", note="Budget call moved."),
            Outcome(promise=f"{FIRST}/p1", result="kept"),
        ),
    )
    row, *_ = ledger([MADE, later], TODAY)
    assert [outcome.result for outcome in row.outcomes] == ["not-yet", "kept"]
    assert row.result == "kept"


def test_the_rate_counts_what_was_due_and_has_ended():
    results = ["kept", "kept", "partly", "not-kept", "not-needed", "replaced", "not-yet"]
    made = entry(FIRST, promises=tuple(Promise(ref=f"p{at}", text="x") for at in range(9)))
    ended = entry(
        SECOND,
        outcomes=tuple(Outcome(promise=f"{FIRST}/p{at}", result=each) for at, each in enumerate(results)),
    )
    assert kept(ledger([made, ended], TODAY)) == Kept(whole=2, partly=1, due=4)


HANDED = Promise(ref="p4", text="Call legal", who="Jonas", to="Ben")


def test_what_no_one_was_told_is_an_intention():
    assert [row.said for row in ledger([MADE], TODAY)] == [True, False, True]
    # Who took it on knows of it.
    assert ledger([entry(FIRST, promises=(HANDED,))], TODAY)[0].said
    # So does who was told where it stands, when it came back.
    back = Outcome(promise=f"{FIRST}/p2", result="not-yet", told=True)
    assert ledger([MADE, entry(SECOND, outcomes=(back,))], TODAY)[1].said


def test_what_another_person_took_on_is_not_ones_own_to_have_kept():
    made = entry(FIRST, promises=(HANDED,))
    ended = entry(SECOND, outcomes=(Outcome(promise=f"{FIRST}/p4", result="kept"),))
    rows = ledger([made, ended], TODAY)
    assert [row.state for row in rows] == ["closed"]
    assert kept(rows) == Kept(whole=0, partly=0, due=0)


def test_a_question_for_someone_is_no_promise_that_was_kept():
    made = entry(FIRST, promises=(Promise(ref="p1", kind="ask", text="What should I stop?", to="Cleo"),))
    ended = entry(SECOND, outcomes=(Outcome(promise=f"{FIRST}/p1", result="kept"),))
    rows = ledger([made, ended], TODAY)
    assert [row.state for row in rows] == ["closed"]
    assert kept(rows).sentence == ""


@each_row(
    ("rate", "words"),
    [
        (Kept(0, 0, 0), ""),
        (Kept(4, 0, 4), "Promises closed: 4. Kept: 4."),
        (Kept(2, 1, 4), "Promises closed: 4. Kept: 2. Partly: 1. Not kept: 1."),
        (Kept(0, 0, 1), "Promises closed: 1. Kept: 0. Not kept: 1."),
    ],
)
def test_the_numbers_of_the_rate_add_up(rate: Kept, words: str):
    assert rate.sentence == words


def test_a_promise_is_named_by_its_end():
    rows = ledger([MADE, entry(SECOND, promises=(Promise(ref="p1", text="Other"),))], TODAY)
    assert [row.promise.text for row in named(rows, f"{FIRST}/p2")] == ["Write it up"]
    assert [row.promise.text for row in named(rows, "aaaaa/p1")] == ["Call legal"]
    assert [row.promise.text for row in named(rows, "bbbbb")] == ["Other"]
    assert len(named(rows, "aaaaa")) == 3
    assert [row.promise.text for row in named(rows, "p3")] == ["What should I stop?"]
    assert len(named(rows, "p1")) == 2
    assert named(rows, "") == ()


def test_who_took_it_on_and_who_waits_are_both_found():
    rows = ledger([MADE, entry(SECOND, promises=(HANDED,))], TODAY)
    assert [row.ref for row in of_person(rows, "jonas")] == [f"{SECOND}/p4"]
    assert [row.ref for row in of_person(rows, "Ben")] == [f"{FIRST}/p1", f"{SECOND}/p4"]


def test_a_person_is_found_in_any_letters():
    assert [row.promise.text for row in of_person(ledger([MADE], TODAY), " ben ")] == ["Call legal"]


def test_notes_are_shown_until_the_next_sitting():
    before = entry("20261105T090000-ccccc", of="note", answers=noted("old"))
    after = entry("20261109T090000-ddddd", of="note", answers=noted("new"))
    closed = entry("20261110T090000-eeeee", of="outcome")
    assert notes_since_last([before, MADE, after, closed]) == (Note(date(2026, 11, 9), "new"),)

"""The book of promises: what counts is what entries say and when, never where they stand in the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from followme.insight.book import Standing, book
from followme.insight.ledger import CLOSED, ledger
from followme.insight.promises import open_promises
from followme.model import RESULTS, Entry, Outcome, Promise
from rows import each_row

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
TODAY = date(2026, 12, 1)
CALL = Promise(ref="p1", text="Call legal")
ASK = Promise(ref="p1", text="What should I stop?", kind="ask", to="Cleo")


def entry(day: int, promise: Promise | None = None, /, **ended: str) -> Entry:
    """An entry so many days after the first Monday; `ended` gives a result for the promise of an earlier `dayN`."""
    outcomes = (Outcome(promise=f"{name}-abcde/p1", result=result) for name, result in ended.items())
    return Entry(
        id=f"day{day}-abcde",
        date=MONDAY + timedelta(days=day),
        week="2026-W45",
        set="weekly",
        promises=(promise,) if promise else (),
        outcomes=tuple(outcomes),
    )


def standing(*entries: Entry) -> Standing:
    (found,) = book(entries)
    return found


def test_an_outcome_may_stand_before_its_promise():
    found = standing(entry(7, day0="kept"), entry(0, CALL))
    assert not found.is_open
    assert [each.result for each in found.outcomes] == ["kept"]
    assert open_promises([entry(7, day0="kept"), entry(0, CALL)]) == ()


@each_row("swapped", [False, True])
def test_of_two_outcomes_the_later_by_date_counts_wherever_it_stands(swapped: bool):
    ends = [entry(7, day0="kept"), entry(8, day0="not-kept")]
    (row,) = ledger([entry(0, CALL), *(reversed(ends) if swapped else ends)], TODAY)
    assert (row.state, row.result) == (CLOSED, "not-kept")


@each_row("swapped", [False, True])
def test_what_was_put_off_after_it_was_closed_is_open(swapped: bool):
    ends = [entry(7, day0="kept"), entry(8, day0="not-yet")]
    found = standing(entry(0, CALL), *(reversed(ends) if swapped else ends))
    assert found.is_open
    assert found.ended_before


def test_of_the_same_moment_the_one_that_stands_later_counts():
    ends = [entry(7, day0="kept"), replace(entry(7, day0="partly"), id="other-abcde")]
    assert [each.result for each in standing(entry(0, CALL), *ends).outcomes] == ["kept", "partly"]


def test_dates_are_moments_and_one_without_an_offset_is_none_to_fall_over():
    there = timezone(timedelta(hours=-8))
    later = replace(entry(7, day0="kept"), date=datetime(2026, 11, 9, 4, tzinfo=there))
    earlier = replace(entry(7, day0="not-yet"), date=datetime(2026, 11, 9, 11))
    assert [each.result for each in standing(entry(0, CALL), later, earlier).outcomes] == ["not-yet", "kept"]


def test_promises_come_in_the_order_of_their_days_and_of_their_entry():
    two = Promise(ref="p10", text="Tenth"), Promise(ref="p9", text="Ninth")
    many = replace(entry(3), promises=two)
    found = book([entry(5, CALL), many, entry(1, CALL)])
    assert [each.ref for each in found] == [
        "day1-abcde/p1",
        "day3-abcde/p10",
        "day3-abcde/p9",
        "day5-abcde/p1",
    ]


def test_entries_without_an_id_hide_no_promise_of_each_other():
    by_hand = [
        replace(entry(day), id="", promises=(replace(CALL, text=text),)) for day, text in ((0, "A"), (1, "B"))
    ]
    assert [each.promise.text for each in book(by_hand)] == ["A", "B"]


def test_an_entry_that_a_cloud_doubled_doubles_no_promise():
    assert len(book([entry(0, CALL), entry(0, CALL)])) == 1


@each_row(
    ("promise", "results", "twice"),
    [
        (CALL, ["kept"], False),
        (CALL, ["not-yet", "not-yet", "kept"], False),
        (CALL, ["kept", "kept"], True),
        (CALL, ["partly", "kept"], True),
        (ASK, ["partly", "kept"], False),
    ],
)
def test_a_second_ending_is_known(promise: Promise, results: list[str], twice: bool):
    ends = [entry(7 + at, day0=result) for at, result in enumerate(results)]
    assert standing(entry(0, promise), *ends).ended_before is twice


# --- Any order --------------------------------------------------------------------------------------------

lives = st.lists(st.lists(st.sampled_from(RESULTS), max_size=3), max_size=5)


@given(lives, st.data())
def test_the_order_of_the_file_changes_nothing(lives: list[list[str]], data: st.DataObject):
    """Entries on different days, in any order at all, are the same book as in the order of their days."""
    made = [entry(number, CALL) for number in range(len(lives))]
    results = [(f"day{number}", result) for number, life in enumerate(lives) for result in life]
    ended = [entry(20 + day, **{name: result}) for day, (name, result) in enumerate(results)]
    mixed = data.draw(st.permutations(made + ended))
    assert book(mixed) == book(made + ended)
    assert open_promises(mixed) == open_promises(made + ended)
    assert ledger(mixed, TODAY) == ledger(made + ended, TODAY)


@given(lives, st.integers(0, 200))
def test_however_much_was_written_since_what_is_open_stays_open(lives: list[list[str]], since: int):
    made = [entry(number, CALL) for number in range(len(lives))]
    notes = [replace(entry(50 + number), set="note") for number in range(since)]
    assert len(open_promises(made + notes)) == len(lives)

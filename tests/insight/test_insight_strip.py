"""The strip of weeks: done, late, break and missed, and neither before the first week nor while this one lasts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from followme.dates import Interval, iso_week, monday
from followme.insight.strip import (
    BREAK,
    DONE,
    LATE,
    MISSED,
    SPAN,
    gap_words,
    longest_gaps,
    sentence,
    strip_of,
    tallies,
)
from followme.insight.weeks import weeks_done, weeks_to
from followme.model import Entry
from rows import each_row

FRIDAY = date(2026, 11, 20)


def written(week: int, days: int = 4, of: str = "weekly", **parts) -> Entry:
    """The entry for a week of 2026, written so many days after its Monday."""
    name = f"2026-W{week:02}"
    moment = datetime.combine(monday(name) + timedelta(days=days), time(16), UTC)
    return Entry(id=f"{moment:%Y%m%dT%H%M%S}-aaaaa", date=moment, week=name, set=of, **parts)


def strip(*entries: Entry, today: date = FRIDAY, breaks=()) -> tuple[str, ...]:
    return strip_of(entries, weeks_done(entries), today, breaks)


def test_a_week_is_late_after_its_sunday_and_done_once_one_of_two_was_in_time():
    assert strip(written(44), written(45, 6), written(46, 7)) == (DONE, DONE, LATE)
    assert strip(written(46, 7), written(46, 2)) == (DONE,)


def test_a_break_is_one_only_without_a_reflection():
    holidays = [Interval(date(2026, 11, 2), date(2026, 11, 15))]
    assert strip(written(43), written(46), breaks=holidays) == (DONE, MISSED, BREAK, DONE)


def test_this_week_and_weeks_before_the_first_are_neither():
    assert strip() == ()
    assert strip(written(46), written(47)) == (DONE, DONE)
    assert strip(written(45)) == (DONE, MISSED)
    assert strip(*map(written, range(20, 47))) == SPAN * (DONE,)


@each_row(
    "parts",
    [
        {"of": "note"},
        {"of": "one-on-one"},
        {"event": True},
        {"imported": "jrnl"},
        {"conflict": "20261113T150000-aaaaa"},
    ],
)
def test_what_is_no_reflection_on_a_week_fills_none(parts):
    assert strip(written(45), written(46, **parts)) == (DONE, MISSED)
    assert strip(written(46, **parts)) == ()


def test_in_words():
    states = (*(10 * (DONE,)), LATE, BREAK, MISSED)
    assert sentence(states) == "Reflections in the last 13 weeks: 10 done, 1 late, 1 break and 1 missed."
    assert sentence((DONE,)) == "Reflections in the last week: 1 done."
    assert tallies((BREAK, DONE, BREAK)) == [(DONE, "1 done"), (BREAK, "2 breaks")]


@given(st.sets(st.integers(20, 47)), st.sets(st.integers(20, 47)))
def test_one_more_reflection_never_makes_fewer_weeks_done(done, more):
    before, after = strip(*map(written, done)), strip(*map(written, done | more))
    assert after.count(DONE) >= before.count(DONE)
    assert len(after) <= SPAN
    assert iso_week(FRIDAY) == "2026-W47"


GAPS = {
    "": "",
    "dld": "",
    "dmd": "Longest gap: 1 week, Oct 5–11.",
    "mmdbmmbd": "Longest gaps: 2 weeks, Sep 28–Oct 11 and Oct 26–Nov 8.",
    "mdmdm": "Longest gaps: 1 week, Sep 28–Oct 4, Oct 12–18 and Oct 26–Nov 1.",
    "mdmdmdmd": "Longest gap: 1 week, 4 times, latest Nov 9–15.",
    "dmmbmd": "Longest gap: 2 weeks, Oct 5–18.",
}
"""Weeks from 2026-W40 on, each with the first letter of its state, and the sentence on the longest gap."""


@each_row("letters", GAPS)
def test_of_gaps_that_are_as_long_each_is_named_and_a_break_ends_one(letters: str):
    states = {"d": DONE, "l": LATE, "b": BREAK, "m": MISSED}
    weeks = weeks_to("2026-W47", 8)
    gaps = longest_gaps([(week, states[letter]) for week, letter in zip(weeks, letters, strict=False)])
    assert gap_words(gaps, FRIDAY) == GAPS[letters]

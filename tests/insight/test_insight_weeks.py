"""The week is the unit: due from the review day, forgiving on Monday, and never reset to zero."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from followme.dates import Interval, iso_week
from followme.insight.weeks import due_week, in_break, lacking, missed, next_sitting
from rows import each_row

FRIDAY = date(2026, 11, 20)


def weeks(*numbers):
    return frozenset(f"2026-W{number:02d}" for number in numbers)


@each_row(
    ("today", "done", "due"),
    [
        (FRIDAY - timedelta(days=1), (), None),
        (FRIDAY, (), "2026-W47"),
        (FRIDAY + timedelta(days=2), (), "2026-W47"),
        (FRIDAY, (47,), None),
        (FRIDAY + timedelta(days=3), (), "2026-W47"),
        (FRIDAY + timedelta(days=4), (46,), "2026-W47"),
        (FRIDAY + timedelta(days=4), (47,), None),
        (FRIDAY + timedelta(days=4), (48,), None),
        (FRIDAY + timedelta(days=5), (), None),
        (date(2027, 1, 1), (), "2026-W53"),
        (date(2027, 1, 4), (), "2026-W53"),
    ],
)
def test_a_week_is_due_from_friday_to_tuesday(today, done, due):
    assert due_week(today, "friday", weeks(*done)) == due


@each_row(
    ("days", "done", "lacks"),
    [
        (-1, (46,), "2026-W47"),
        (0, (46,), "2026-W47"),
        (0, (46, 47), None),
        (3, (46,), "2026-W47"),
        (3, (46, 47), "2026-W48"),
        (3, (46, 48), None),
        (5, (46,), "2026-W48"),
    ],
)
def test_the_week_that_a_new_sitting_would_be_for(days, done, lacks):
    assert lacking(FRIDAY + timedelta(days=days), "friday", weeks(*done)) == lacks


@each_row(
    ("today", "done", "day"),
    [
        (FRIDAY - timedelta(days=1), (46,), FRIDAY),
        (FRIDAY, (46,), FRIDAY),
        (FRIDAY + timedelta(days=2), (46,), FRIDAY + timedelta(days=2)),
        (FRIDAY + timedelta(days=4), (46,), FRIDAY + timedelta(days=4)),
        (FRIDAY + timedelta(days=5), (46,), FRIDAY + timedelta(days=7)),
        (FRIDAY, (47,), FRIDAY + timedelta(days=7)),
        (FRIDAY - timedelta(days=1), (47,), FRIDAY + timedelta(days=7)),
        (FRIDAY + timedelta(days=11), (48,), FRIDAY + timedelta(days=14)),
        (FRIDAY + timedelta(days=14), (49,), FRIDAY + timedelta(days=28)),
    ],
)
def test_the_day_of_the_next_sitting_is_today_if_one_is_due_and_else_the_next_free_review_day(
    today, done, day
):
    breaks = [Interval(date(2026, 12, 7), date(2026, 12, 13))]
    assert next_sitting(today, "friday", weeks(*done), breaks) == day


def test_another_review_day():
    assert due_week(date(2026, 11, 18), "wednesday", ()) == "2026-W47"
    assert due_week(date(2026, 11, 17), "monday", weeks(46)) is None


def test_a_planned_break_is_never_due_and_no_gap():
    christmas = Interval(date(2026, 12, 19), date(2027, 1, 3))
    assert due_week(date(2026, 12, 25), "friday", (), [christmas]) is None
    assert in_break("2026-W53", [christmas])
    assert not in_break("2026-W51", [christmas])
    assert missed(date(2027, 1, 8), weeks(51), [christmas]) == 0


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_week_just_done_is_never_due_and_never_missed(today):
    done = {iso_week(today), iso_week(today - timedelta(days=7))}
    assert due_week(today, "friday", done) is None
    assert missed(today, done) == 0

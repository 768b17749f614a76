"""Quarters and years of whole weeks, for every month in which a year can start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followme.dates import MONTHS, iso_week
from followme.insight.quarters import (
    named_quarter,
    named_year,
    quarter,
    quarter_in,
    quarter_number,
    quarter_of,
    year,
    year_of,
)
from rows import each_row

STARTS = [month.lower() for month in MONTHS]
TODAY = date(2026, 11, 26)

days = st.dates(date(2, 1, 1), date(9998, 12, 31))
starts = st.sampled_from(STARTS)


@given(days, starts)
@example(date(2026, 12, 31), "january")
@example(date(2024, 2, 29), "december")
def test_every_week_is_in_exactly_one_quarter_of_twelve_to_fourteen_weeks(day: date, start: str):
    week = iso_week(day)
    found = quarter_of(week, start)
    assert 12 <= len(found.weeks) <= 14
    assert week in found.weeks
    assert found.weeks == tuple(sorted(set(found.weeks)))
    after = iso_week(
        date.fromisocalendar(int(found.weeks[-1][:4]), int(found.weeks[-1][-2:]), 4) + timedelta(7)
    )
    assert quarter_of(after, start).before == found
    assert quarter_number(after, start) == quarter_number(week, start) + 1


@given(days, starts)
def test_a_year_has_the_weeks_of_its_quarters_and_its_first_month(day: date, start: str):
    whole = year_of(iso_week(day), start)
    assert whole.weeks == tuple(week for each in whole.quarters for week in each.weeks)
    assert len(whole.weeks) in (52, 53)
    assert (whole.days.first, whole.days.last) == (whole.quarters[0].days.first, whole.quarters[3].days.last)
    assert MONTHS[whole.days.first.month - 1].lower() == start
    assert whole.days.last.year == whole.year
    assert iso_week(day) in whole.weeks


def test_a_quarter_of_the_calendar_has_up_to_fourteen_weeks():
    assert [len(each.weeks) for each in year(2026, "january").quarters] == [13, 13, 13, 14]
    assert quarter(2026, 4, "january").weeks[::13] == ("2026-W40", "2026-W53")


@each_row(
    ("start", "number", "title"),
    [
        ("january", 4, "Q4 2026, Oct–Dec"),
        ("january", 0, "2026"),
        ("february", 1, "Q1 FY2026, Feb–Apr 2025"),
        ("february", 4, "Q4 FY2026, Nov 2025–Jan 2026"),
        ("february", 0, "FY2026, Feb 2025–Jan 2026"),
        ("december", 1, "Q1 FY2026, Dec 2025–Feb 2026"),
    ],
)
def test_a_companys_year_has_the_number_of_the_year_it_ends_in_and_its_months(start, number, title):
    assert (quarter(2026, number, start) if number else year(2026, start)).title == title


@each_row(
    ("words", "start", "name"),
    [
        ("2026-Q4", "january", "2026-Q4"),
        (" 2026-q4", "january", "2026-Q4"),
        ("fy2026-q4", "february", "2026-Q4"),
        ("Q4", "january", "2026-Q4"),
        ("q3", "january", "2026-Q3"),
        ("Q4", "february", "2027-Q4"),
        ("q1", "december", "2026-Q1"),
        ("this", "january", "2026-Q4"),
        ("last", "january", "2026-Q3"),
        ("last", "november", "2026-Q4"),
    ],
)
def test_a_quarter_is_named_by_its_year_its_number_or_a_word(words, start, name):
    assert named_quarter(words, TODAY, start).name == name


@each_row(
    ("words", "start", "name"),
    [
        ("2026", "january", "2026"),
        ("FY2026", "february", "2026"),
        ("this", "february", "2027"),
        ("last", "january", "2025"),
    ],
)
def test_a_year_is_named_by_its_number_or_a_word(words, start, name):
    assert named_year(words, TODAY, start).name == name


@each_row(
    ("words", "said"),
    [
        ("", "'' isn't a quarter: write 2026-Q3, Q4 or last."),
        ("2026", "'2026' isn't a quarter: write 2026-Q3, Q4 or last."),
        ("2026-Q5", "2026-Q5 doesn't exist: the quarters are Q1 to Q4."),
        ("0000-Q1", "The year 0000 is too far away: name a nearer one."),
    ],
)
def test_what_is_no_quarter_is_refused_with_an_example(words, said):
    with pytest.raises(ValueError) as fault:
        named_quarter(words, TODAY, "january")
    assert str(fault.value) == said


@each_row(
    ("words", "said"),
    [("26", "'26' isn't a year: write 2026 or last."), ("0001", "The year 0001 is too far away")],
)
def test_what_is_no_year_is_refused_with_an_example(words, said):
    with pytest.raises(ValueError, match=said):
        named_year(words, TODAY, "january" if words == "26" else "may")


def test_a_date_may_be_a_quarter_with_its_year():
    assert quarter_in("2026-Q4", "january") == quarter(2026, 4, "january").days
    assert quarter_in("2026-Q4", "february").first == date(2025, 11, 1)  # type: ignore[union-attr]
    assert [quarter_in(words, "may") for words in ("2026", "q4", "w47")] == [None, None, None]


def test_a_period_is_nearly_over_once_three_quarters_of_its_weeks_have_begun():
    fourth = quarter(2026, 4, "january")
    assert next(week for week in fourth.weeks if fourth.is_nearly_over(week)) == "2026-W50"
    assert not year(2026, "january").is_nearly_over("2026-W39")
    assert year(2026, "january").is_nearly_over("2026-W40")

"""The words for days and weeks: what each means, and what is said to those that mean nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followme.dates import (
    Interval,
    day_words,
    interval,
    iso_week,
    monday,
    named_day,
    named_week,
    quarter_of,
    short_day,
    week_day,
    week_interval,
    week_name,
    week_title,
    week_words,
)
from rows import each_row

FRIDAY = date(2026, 11, 20)
"""The today of this page: Friday of 2026-W47."""

DAYS = st.dates(date(1000, 1, 1), date(3000, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(text)


@each_row(
    ("text", "first", "last"),
    [
        ("2026-11-03", "2026-11-03", "2026-11-03"),
        ("2028-02-29", "2028-02-29", "2028-02-29"),
        ("2026-W47", "2026-11-16", "2026-11-22"),
        ("2026-w07", "2026-02-09", "2026-02-15"),
        ("2026-W7", "2026-02-09", "2026-02-15"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("W47", "2026-11-16", "2026-11-22"),
        ("w46", "2026-11-09", "2026-11-15"),
        ("W48", "2025-11-24", "2025-11-30"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-q4", "2026-10-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("today", "2026-11-20", "2026-11-20"),
        ("  Yesterday ", "2026-11-19", "2026-11-19"),
        ("monday", "2026-11-16", "2026-11-16"),
        ("Friday", "2026-11-20", "2026-11-20"),
        ("saturday", "2026-11-14", "2026-11-14"),
        ("SUNDAY", "2026-11-15", "2026-11-15"),
        ("last-week", "2026-11-09", "2026-11-15"),
        ("nov 20", "2026-11-20", "2026-11-20"),
        ("Nov 21", "2025-11-21", "2025-11-21"),
        ("4. sept.", "2026-09-04", "2026-09-04"),
        ("29 february", "2024-02-29", "2024-02-29"),
        ("May 4, 2025", "2025-05-04", "2025-05-04"),
        ("this-month", "2026-11-01", "2026-11-30"),
        ("3d", "2026-11-17", "2026-11-20"),
        ("0d", "2026-11-20", "2026-11-20"),
        ("2w", "2026-11-06", "2026-11-20"),
        ("6m", "2026-05-20", "2026-11-20"),
        ("1Y", "2025-11-20", "2026-11-20"),
    ],
)
def test_interval_reads_every_form_looking_back(text: str, first: str, last: str) -> None:
    assert interval(text, FRIDAY) == Interval(d(first), d(last))


@each_row(
    ("text", "today", "first", "last"),
    [
        ("last-week", "2027-01-02", "2026-12-21", "2026-12-27"),
        ("W53", "2027-01-02", "2026-12-28", "2027-01-03"),
        ("W53", "2026-12-28", "2026-12-28", "2027-01-03"),
        ("W53", "2028-01-02", "2026-12-28", "2027-01-03"),
        ("W01", "2027-01-02", "2025-12-29", "2026-01-04"),
        ("W01", "2025-12-30", "2025-12-29", "2026-01-04"),
        ("1m", "2026-03-31", "2026-02-28", "2026-03-31"),
        ("1m", "2028-03-31", "2028-02-29", "2028-03-31"),
        ("1y", "2028-02-29", "2027-02-28", "2028-02-29"),
        ("this-month", "2028-02-10", "2028-02-01", "2028-02-29"),
        ("yesterday", "2028-03-01", "2028-02-29", "2028-02-29"),
    ],
)
def test_interval_at_year_ends_and_leap_days(text: str, today: str, first: str, last: str) -> None:
    assert interval(text, d(today)) == Interval(d(first), d(last))


@each_row(
    ("text", "sentence"),
    [
        ("2026-02-30", "2026-02-30 doesn't exist: February 2026 has 28 days."),
        ("2026-11-00", "2026-11-00 doesn't exist: November 2026 has 30 days."),
        ("2026-13-01", "2026-13 doesn't exist: the months are 01 to 12."),
        ("2026-13", "2026-13 doesn't exist: the months are 01 to 12."),
        ("2026-00", "2026-00 doesn't exist: the months are 01 to 12."),
        ("2026-W54", "2026-W54 doesn't exist: the weeks of 2026 are W01 to W53."),
        ("2025-W53", "2025-W53 doesn't exist: the weeks of 2025 are W01 to W52."),
        ("2026-W00", "2026-W00 doesn't exist: the weeks of 2026 are W01 to W53."),
        ("W54", "W54 doesn't exist: weeks are W01 to W52, and W53 in some years."),
        ("W0", "W00 doesn't exist: weeks are W01 to W52, and W53 in some years."),
        ("2026-Q5", "2026-Q5 doesn't exist: the quarters are Q1 to Q4."),
        ("2026-Q0", "2026-Q0 doesn't exist: the quarters are Q1 to Q4."),
        ("0000", "The year 0000 doesn't exist: the calendar begins with the year 0001."),
        ("0000-01-01", "The year 0000 doesn't exist: the calendar begins with the year 0001."),
        ("0000-W01", "The year 0000 doesn't exist: the calendar begins with the year 0001."),
        ("9999-W52", "9999-W52 is too far away: name a nearer week."),
        ("9999y", "'9999y' is too far away: name a nearer day."),
        ("99999m", "'99999m' is too far away: name a nearer day."),
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:
        interval(text, FRIDAY)
    assert str(refusal.value) == sentence


@each_row("today", ["2026-11-20", "2026-12-27", "2028-01-03"])
def test_a_week_53_of_another_year_is_never_guessed(today: str) -> None:
    with pytest.raises(ValueError) as refusal:
        interval("W53", d(today))
    assert str(refusal.value) == "No W53 has begun within a year: write its year too, as in 2026-W47."


@each_row(
    ("text", "sentence"),
    [
        (
            "03/11/2026",
            "03/11/2026 could mean two dates, November 3 or March 11: write 2026-11-03 or 2026-03-11.",
        ),
        (
            " 3.11.2026 ",
            "3.11.2026 could mean two dates, November 3 or March 11: write 2026-11-03 or 2026-03-11.",
        ),
        (
            "11-03-2026",
            "11-03-2026 could mean two dates, March 11 or November 3: write 2026-03-11 or 2026-11-03.",
        ),
        ("25/11/2026", "25/11/2026 isn't how followme writes dates: write 2026-11-25."),
        ("11/25/2026", "11/25/2026 isn't how followme writes dates: write 2026-11-25."),
        ("11/11/2026", "11/11/2026 isn't how followme writes dates: write 2026-11-11."),
    ],
)
def test_a_date_that_can_be_read_two_ways_is_never_guessed(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:
        interval(text, FRIDAY)
    assert str(refusal.value) == sentence


@each_row(
    "text",
    [
        "", "   ", "soon", "mon", "last-year", "next week", "Q4", "2026-1", "2026-1-2", "20261120",
        "2026W47", "2026-W47-5", "2026/11/20", "45/45/2026", "03/11/26", "-3d", "3 d", "3h", "d", "1000000d",
        "W", "W123", "2026-11-20T10:00", "٢٠٢٦", "２０２６-11-20", "2026-11-20\n2026", "\x1b[31m", "x" * 5000,
    ],
)  # fmt: skip
def test_everything_else_is_refused_in_one_sentence_that_names_the_forms(text: str) -> None:
    with pytest.raises(ValueError) as refusal:
        interval(text, FRIDAY)
    sentence = str(refusal.value)
    assert "isn't a date followme knows: write 2026-1" in sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert len(sentence) < 300


def test_tomorrow_lies_ahead_and_is_no_interval_to_look_back_on() -> None:
    with pytest.raises(ValueError, match="isn't a date"):
        interval("tomorrow", FRIDAY)


@each_row(
    ("day", "week"),
    [
        ("2026-11-20", "2026-W47"),
        ("2027-01-02", "2026-W53"),
        ("2025-12-29", "2026-W01"),
        ("2021-01-03", "2020-W53"),
        ("0001-01-01", "0001-W01"),
    ],
)
def test_the_week_of_a_day_carries_the_year_of_the_week(day: str, week: str) -> None:
    assert iso_week(d(day)) == week


def test_a_week_begins_on_monday_and_ends_on_sunday() -> None:
    assert monday("2026-W47") == d("2026-11-16")
    assert week_interval("2026-W53") == Interval(d("2026-12-28"), d("2027-01-03"))


@each_row("text", ["", "W47", "2026", "2026-47", "week 47", "2026-W475"])
def test_what_is_no_week_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"isn't a week: write it as 2026-W47\.$"):
        monday(text)
    with pytest.raises(ValueError, match=r"^2025-W53 doesn't exist"):
        monday("2025-W53")


@each_row(
    ("week", "words"),
    [
        ("2026-W47", "Nov 16–22"),
        ("2026-W07", "Feb 9–15"),
        ("2026-W49", "Nov 30–Dec 6"),
        ("2025-W48", "Nov 24–30, 2025"),
        ("2025-W40", "Sep 29–Oct 5, 2025"),
        ("2026-W53", "Dec 28, 2026–Jan 3, 2027"),
        ("2026-W01", "Dec 29, 2025–Jan 4, 2026"),
    ],
)
def test_a_week_in_words(week: str, words: str) -> None:
    assert week_words(week, FRIDAY) == words


def test_a_day_and_its_quarter_in_words() -> None:
    assert day_words(FRIDAY) == "Friday, November 20, 2026"
    assert day_words(d("2028-02-29")) == "Tuesday, February 29, 2028"
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 9, 10, 12)] == [
        "2026-Q1", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026-Q4",
    ]  # fmt: skip


def test_a_day_and_a_week_as_people_name_them() -> None:
    assert short_day(FRIDAY, FRIDAY) == "Nov 20"
    assert short_day(d("2025-11-02"), FRIDAY) == "Nov 2, 2025"
    assert week_name("2026-W47", FRIDAY) == "this week"
    assert week_name("2026-W46", FRIDAY) == "the week of Nov 9"
    assert week_name("2026-W01", FRIDAY) == "the week of Dec 29, 2025"
    assert week_title("2026-W47", FRIDAY) == "Week of Nov 16"
    assert week_day("2025-W47", FRIDAY) == "Nov 17, 2025"
    # Typed by hand, or by a later version that knows weeks this one doesn't.
    assert {name("9999-W60", FRIDAY) for name in (week_day, week_name, week_title)} == {"9999-W60"}


def test_a_named_day_is_one_day_or_none() -> None:
    assert named_day("Today", FRIDAY) == FRIDAY
    assert named_day("yesterday", FRIDAY) == d("2026-11-19")
    assert named_day(" 2026-11-03 ", FRIDAY) == d("2026-11-03")
    for text in ("2026-02-30", "20261103", "2026-W47", "monday", "2026-11", "k7q2m", ""):
        assert named_day(text, FRIDAY) is None


def test_a_named_week_is_written_in_one_way() -> None:
    assert named_week("2026-w7", FRIDAY) == "2026-W07"
    assert named_week(" w47 ", FRIDAY) == "2026-W47"
    assert named_week("W48", FRIDAY) == "2025-W48"
    assert named_week("2025-W53", FRIDAY) == "2025-W53"
    for text in ("47", "2026", "2026-W", "W475", "week", "", "W53", "W99"):
        assert named_week(text, FRIDAY) is None


@given(day=DAYS, today=DAYS)
def test_a_day_lies_in_its_own_week_month_quarter_and_year(day: date, today: date) -> None:
    for name in (str(day), iso_week(day), str(day)[:7], quarter_of(day), str(day)[:4]):
        days = interval(name, today)
        assert days.first <= day <= days.last


@given(day=DAYS)
def test_a_week_has_seven_days_and_each_knows_it(day: date) -> None:
    days = week_interval(iso_week(day))
    assert days.last - days.first == timedelta(days=6)
    assert (days.first.weekday(), days.last.weekday()) == (0, 6)
    assert iso_week(days.first) == iso_week(days.last) == iso_week(day)
    assert monday(iso_week(day)) == days.first
    assert "–" in week_words(iso_week(day), day)


@given(today=DAYS, name=st.sampled_from("monday tuesday wednesday thursday friday saturday sunday".split()))
def test_a_weekday_looks_back_at_most_six_days(today: date, name: str) -> None:
    past = interval(name, today).first
    assert 0 <= (today - past).days <= 6
    assert day_words(past).lower().startswith(name)


@given(today=DAYS, week=st.integers(1, 53))
def test_a_week_without_its_year_is_the_nearest_one_that_began_within_a_year(today: date, week: int) -> None:
    near = (today - timedelta(days=7 * count) for count in range(53))
    named = [day for day in near if iso_week(day).endswith(f"-W{week:02}")][:1]
    try:
        found = interval(f"W{week}", today)
    except ValueError:
        assert (named, week) == ([], 53)
    else:
        assert [iso_week(found.last)] == list(map(iso_week, named))


@given(today=DAYS, count=st.integers(0, 400), unit=st.sampled_from("dwmy"))
def test_a_span_ends_today(today: date, count: int, unit: str) -> None:
    days = interval(f"{count}{unit}", today)
    assert days.first <= days.last == today


def sentence_of(text: str, today: date) -> str | None:
    try:
        interval(text, today)
    except ValueError as refusal:
        return str(refusal)
    return None


NEAR_MISSES = st.from_regex(
    r"\A([0-9]{4}(-[wq]?[0-9]{1,2}){0,2}|w[0-9]{1,2}|[0-9]{1,5}[dwmy]|last-week|sunday)\Z"
)


@given(text=st.text() | NEAR_MISSES, today=st.dates() | st.sampled_from([date.min, date.max]))
def test_any_text_is_read_or_refused_with_a_sentence(text: str, today: date) -> None:
    sentence = sentence_of(text, today)
    remedies = (": write", ": name", "doesn't")
    assert sentence is None or (sentence.endswith(".") and any(word in sentence for word in remedies))

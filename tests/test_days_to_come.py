"""Days to come: what each form means, how it is shown, and what is said to everything else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followme.dates import WEEKDAYS, shown_day
from followme.days_to_come import certain_day, coming_day
from rows import each_row

FRIDAY = date(2026, 11, 20)
"""The today of this page: Friday of 2026-W47."""

DAYS = st.dates(date(1000, 1, 1), date(3000, 12, 31))
TRY = "Try fri, dec 4 or in 2 weeks."

CERTAIN = {
    "fri": "2026-11-27",
    "Friday": "2026-11-27",
    "sat": "2026-11-21",
    "thurs": "2026-11-26",
    "tue": "2026-11-24",
    "next fri": "2026-11-27",
    "next  Thursday": "2026-11-26",
    "next mon": "2026-11-23",
    "Tomorrow": "2026-11-21",
    "dec 4": "2026-12-04",
    "4 dec": "2026-12-04",
    "Dec. 4": "2026-12-04",
    "December 4th": "2026-12-04",
    "4th of December": "2026-12-04",
    "4. dec": "2026-12-04",
    "sept 2": "2027-09-02",
    "may 1": "2027-05-01",
    "nov 20": "2027-11-20",
    "nov 21": "2026-11-21",
    "dec 4 2027": "2027-12-04",
    "Dec 4, 2027": "2027-12-04",
    "4 dec 2027": "2027-12-04",
    "Fri, Dec 4": "2026-12-04",
    "friday 4 december": "2026-12-04",
    "feb 29": "2028-02-29",
    "2026-12-01": "2026-12-01",
    "next week": "2026-11-27",
    "eow": "2026-11-27",
    "end of week": "2026-11-27",
    "the end of the week": "2026-11-27",
    "eom": "2026-11-30",
    "end of month": "2026-11-30",
    "end of this month": "2026-11-30",
    "eoq": "2026-12-31",
    "end of the quarter": "2026-12-31",
}
"""Forms that name a day in a sentence too."""

COUNTED = {
    "in 2 weeks": "2026-12-04",
    "2 weeks": "2026-12-04",
    "in two weeks": "2026-12-04",
    "in a week": "2026-11-27",
    "2w": "2026-12-04",
    "3d": "2026-11-23",
    "in 3 days": "2026-11-23",
    "1m": "2026-12-20",
    "in a month": "2026-12-20",
    "1y": "2027-11-20",
    "2026-W48": "2026-11-29",
    "W47": "2026-11-22",
    "w48": "2026-11-29",
    "W46": "2027-11-21",
    "W53": "2027-01-03",
    "2026-11": "2026-11-30",
    "2026-12": "2026-12-31",
    "2026-Q4": "2026-12-31",
    "2027": "2027-12-31",
    "12/25": "2026-12-25",
    "25/12": "2026-12-25",
    "25.12.2026": "2026-12-25",
    "11/11": "2027-11-11",
}
"""Forms for the day's own field alone, where a sentence could mean a number."""


@each_row(("text", "day"), (CERTAIN | COUNTED).items())
def test_every_form_names_its_day(text: str, day: str) -> None:
    assert coming_day(f" {text}  ", FRIDAY) == date.fromisoformat(day)


@each_row(("text", "day"), CERTAIN.items())
def test_a_sentence_has_the_forms_that_mean_nothing_else(text: str, day: str) -> None:
    assert certain_day(text, FRIDAY) == date.fromisoformat(day)


@each_row("text", [*COUNTED, "", "then", "4", "december", "hand", "2026-11-20", "2026-02-30", "wedday"])
def test_nothing_else_is_a_day_in_a_sentence(text: str) -> None:
    assert certain_day(text, FRIDAY) is None


@each_row(
    ("text", "today", "day"),
    [
        ("next fri", "2026-11-16", "2026-11-27"),
        ("next fri", "2026-11-22", "2026-11-27"),
        ("next week", "2026-11-22", "2026-11-27"),
        ("eow", "2026-11-16", "2026-11-20"),
        ("eow", "2026-11-21", "2026-11-27"),
        ("eom", "2026-11-30", "2026-12-31"),
        ("eoq", "2026-12-31", "2027-03-31"),
        ("eom", "2028-02-01", "2028-02-29"),
        ("dec 4", "2026-12-04", "2027-12-04"),
        ("W47", "2026-11-22", "2027-11-28"),
        ("1m", "2027-01-31", "2027-02-28"),
        ("1y", "2028-02-29", "2029-02-28"),
    ],
)
def test_the_ends_of_weeks_months_and_years(text: str, today: str, day: str) -> None:
    assert coming_day(text, date.fromisoformat(today)) == date.fromisoformat(day)


@each_row(
    ("text", "sentence"),
    [
        ("3rd fri", f'"3rd fri" isn\'t a day followme knows. {TRY}'),
        ("", f'"" isn\'t a day followme knows. {TRY}'),
        ("thu, dec 4", f'"thu, dec 4" isn\'t a day followme knows. {TRY}'),
        ("feb 30", f'"feb 30" isn\'t a day followme knows. {TRY}'),
        ("99/99", f'"99/99" isn\'t a day followme knows. {TRY}'),
        ("\x1b[31m" + "long " * 99, f'"\\x1b[31mlong long l…" isn\'t a day followme knows. {TRY}'),
        ("today", f'"today" isn\'t after today. {TRY}'),
        ("2026-11-20", f'"2026-11-20" isn\'t after today. {TRY}'),
        ("2025", f'"2025" isn\'t after today. {TRY}'),
        ("dec 4 2020", f'"dec 4 2020" isn\'t after today. {TRY}'),
        ("3.11.2026", "Mar 11 or Nov 3? Type one of them."),
        ("3/3/2020", f'"3/3/2020" isn\'t after today. {TRY}'),
        ("12/4", "Dec 4 or Apr 12? Type one of them."),
        ("4.12.", f'"4.12." isn\'t a day followme knows. {TRY}'),
        ("4-12-2027", "Apr 12 or Dec 4? Type one of them."),
        ("2026-02-30", "2026-02-30 doesn't exist: February 2026 has 28 days."),
        ("W54", "W54 doesn't exist: weeks are W01 to W52, and W53 in some years."),
        ("9999y", "'9999y' is too far away: name a nearer day."),
    ],
)
def test_everything_else_is_refused_in_one_row(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:
        coming_day(text, FRIDAY)
    assert str(refusal.value) == sentence
    assert len(sentence) <= 80


@given(today=DAYS)
def test_the_examples_of_the_refusal_work_on_the_same_day(today: date) -> None:
    with pytest.raises(ValueError, match="knows") as refusal:
        coming_day("soon", today)
    _, _, examples = str(refusal.value).partition(". Try ")
    for example in examples.rstrip(".").replace(" or ", ", ").split(", "):
        assert today < coming_day(example, today)


@given(today=DAYS, ahead=st.integers(1, 360))
def test_what_is_shown_can_be_typed(today: date, ahead: int) -> None:
    day = date.fromordinal(today.toordinal() + ahead)
    assert coming_day(shown_day(day, today), today) == day


@given(today=DAYS, name=st.sampled_from(WEEKDAYS))
def test_a_weekday_comes_within_a_week_and_the_next_one_in_the_next_week(today: date, name: str) -> None:
    day, following = coming_day(name, today), coming_day(f"next {name}", today)
    assert 1 <= (day - today).days <= 7
    assert WEEKDAYS[day.weekday()] == WEEKDAYS[following.weekday()] == name
    assert following.isocalendar()[:2] == date.fromordinal(today.toordinal() + 7).isocalendar()[:2]


def test_a_day_is_shown_as_people_write_it() -> None:
    assert shown_day(date(2026, 12, 4), FRIDAY) == "Fri, Dec 4"
    assert shown_day(date(2027, 12, 3), FRIDAY) == "Fri, Dec 3, 2027"


NEAR_MISSES = st.from_regex(
    r"\A([0-9]{1,4}(-[wq]?[0-9]{1,2}){0,2}|w[0-9]{1,2}|[0-9]{1,5}[dwmy]|(next )?[a-z]{3}|[a-z]{3} [0-9]{1,2}|eo[wmq])\Z"
)


@given(text=st.text() | NEAR_MISSES, today=st.dates() | st.sampled_from([date.min, date.max]))
def test_any_text_is_a_day_after_today_or_refused_in_a_sentence(text: str, today: date) -> None:
    read = outcome(text, today)
    assert read > today if isinstance(read, date) else read.endswith(".") and read.isprintable()
    assert certain_day(text, today) in (None, read)


def outcome(text: str, today: date) -> date | str:
    try:
        return coming_day(text, today)
    except ValueError as refusal:
        return str(refusal)

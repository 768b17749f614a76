"""The overview: scales over time, picks by month or quarter, and the weeks that are drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from followme.dates import Interval, iso_week, monday
from followme.insight.ledger import NONE
from followme.insight.overview import MONTHS, YEARS, Overview, Value, overview
from followme.insight.strip import DONE, LATE, MISSED
from followme.model import Answer, Entry

TODAY = date(2026, 11, 26)
THIS = monday(iso_week(TODAY))


def seen(*entries: Entry, year_starts: str = "january") -> Overview:
    return overview(entries, NONE, TODAY, year_starts=year_starts)


def wrote(ago: int, *answers: Answer, set_name: str = "weekly", late: int = 0) -> Entry:
    day = THIS + timedelta(days=4 - 7 * ago + late)
    return Entry(
        id=f"{day:%Y%m%d}T160000-aaaaa",
        date=datetime(day.year, day.month, day.day, 16, tzinfo=UTC),
        week=iso_week(THIS - timedelta(weeks=ago)),
        set=set_name,
        answers=answers,
    )


def care(reply: int | None, fact: str = "", key: str = "care-days", high: int = 5) -> Answer:
    return Answer(key=key, kind="scale", question="How many days?", reply=reply, fact=fact, low=0, high=high)


def signs(*reply: str, key: str = "signs") -> Answer:
    return Answer(key=key, kind="several", question="Which?", reply=reply)


def test_a_scale_is_one_over_all_sets_with_what_stands_out() -> None:
    (course,) = seen(
        wrote(3, care(2, "First.")),
        wrote(2, care(None)),
        wrote(1, care(4, "High."), set_name="three-minutes"),
        wrote(0, care(4, "Again.")),
        wrote(9, care(3, high=10)),
    ).courses
    assert [each.number for each in course.values] == [2, 4, 4]
    assert (course.highest.fact, course.lowest.fact, course.others) == ("Again.", "First.", 1)
    assert course.values[1].fact == "High."
    assert list(course.by_week.values()) == [2, 4, 4]


def test_a_week_with_several_values_is_their_average() -> None:
    (course,) = seen(wrote(0, care(2), set_name="daily"), wrote(0, care(5), set_name="daily")).courses
    assert course.by_week == {iso_week(TODAY): 3.5}


def test_the_weeks_end_where_a_filter_ends_and_those_it_cuts_are_what_they_were() -> None:
    whole = [wrote(9), wrote(7), wrote(4, late=5), wrote(1)]
    days = Interval(THIS - timedelta(weeks=8), THIS - timedelta(weeks=3, days=1))
    chosen = [each for each in whole if days.first <= each.day <= days.last]
    seen = overview(chosen, NONE, TODAY, year_starts="january", whole=whole, days=days)
    assert [state for _, state in seen.strip] == [MISSED, DONE, MISSED, MISSED, LATE]
    assert (seen.weeks[-1], seen.last) == (iso_week(days.last), iso_week(THIS - timedelta(weeks=7)))
    assert not seen.last_quarter
    none = overview([], NONE, TODAY, year_starts="january", whole=whole, days=Interval(date.min, date.min))
    assert none.strip == ()


def test_what_counts_nowhere_is_left_out() -> None:
    other = replace(wrote(0, care(5), signs("a")), conflict="20261113T150210-x4d9w")
    between = wrote(0, care(5), set_name="note")
    assert seen(other, between) == seen()
    assert seen(other, wrote(1, care(1))).courses[0].values == (
        Value(iso_week(THIS - timedelta(7)), "20261120T160000-aaaaa", 1, ""),
    )


def test_picks_are_counted_by_month_or_where_they_are_rare_by_quarter() -> None:
    by_month, by_quarter = seen(
        *(wrote(ago, signs("a", "b") if ago % 8 else signs("a")) for ago in range(0, 24, 4)),
        *(wrote(ago, signs("c", key="help"), set_name="quarter") for ago in (8, 21, 34)),
    ).tallies
    assert ([(each.name, each.title, each.answers) for each in by_month.spans], by_month.quarters) == (
        [("2026-07", "Jul 2026", 1), ("2026-08", "Aug 2026", 1), ("2026-09", "Sep 2026", 1), ("2026-10", "Oct 2026", 2),
         ("2026-11", "Nov 2026", 1)],
        False,
    )  # fmt: skip
    assert by_month.picks == (("a", (1, 1, 1, 2, 1)), ("b", (1, 0, 1, 1, 0)))
    assert [span.name for span in by_quarter.spans] == ["2026-Q2", "2026-Q3", "2026-Q4"]
    assert (by_quarter.picks, by_quarter.quarters) == ((("c", (1, 1, 1)),), True)


def test_quarters_are_those_of_the_company() -> None:
    (tally,) = seen(wrote(8, signs("c")), wrote(30, signs("c")), year_starts="february").tallies
    assert [span.name for span in tally.spans] == ["2027-Q1", "2027-Q2", "2027-Q3"]


def test_the_weeks_are_those_with_something_and_all_between() -> None:
    found = seen(wrote(5, care(1)), wrote(3, care(1), late=4), wrote(2, care(1)))
    assert [state for _, state in found.strip] == [DONE, MISSED, LATE, DONE, MISSED]
    assert found.weeks == tuple(week for week, _ in found.strip)
    assert (found.reflections, found.first) == (3, found.weeks[0])
    events = seen(replace(wrote(30, care(1)), event=True))
    assert (events.strip, len(events.weeks)) == ((), 1)


def test_weeks_that_no_calendar_has_and_those_of_other_centuries_draw_nothing() -> None:
    usual = wrote(0, care(1), signs("a"))
    odd = [replace(usual, week=week) for week in ("2026-W60", "0001-W01", "9999-W52", "0000-W00")]
    for entries in (odd, [*odd, usual], odd[1:2], odd[2:3]):
        found = seen(*entries, year_starts="february")
        assert len(found.weeks) <= YEARS * 53
        assert len(found.strip) <= YEARS * 53


WEEKS = st.integers(0, 200)
ENTRIES = st.builds(
    lambda ago, number, picks, late: wrote(ago, care(number), signs(*picks), late=late),
    WEEKS, st.none() | st.integers(0, 5), st.lists(st.sampled_from("abc"), unique=True), st.integers(0, 9),
)  # fmt: skip


@given(st.lists(ENTRIES, max_size=30))
def test_whatever_the_entries_their_order_is_no_matter_and_everything_adds_up(entries: list[Entry]) -> None:
    found = seen(*entries)
    assert replace(found, questions=()) == replace(
        seen(*sorted(entries, key=lambda each: each.date)), questions=()
    )
    for course in found.courses:
        assert (
            course.lowest.number
            <= min(course.by_week.values())
            <= max(course.by_week.values())
            <= course.highest.number
        )
        assert [each.week for each in course.values] == sorted(each.week for each in course.values)
    for tally in found.tallies:
        assert len(tally.spans) <= MONTHS
        assert tally.spans[-1].answers
        for _, times in tally.picks:
            assert all(count <= span.answers for count, span in zip(times, tally.spans, strict=True))
    assert [iso_week(monday(week)) for week in found.weeks] == list(found.weeks) == sorted(set(found.weeks))

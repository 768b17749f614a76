"""Clocks that jump: back, far ahead, over a night in which an hour comes twice, to days that few years have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from two_questions import ALL, write_set

CET, CEST = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))


def reflect(run, now: datetime) -> str:
    """Store a sitting at this moment; gives the entry's id."""
    write_set(run.prompts)
    run.now = now
    done = run("reflect", "two", *ALL)
    assert done.code == 0, done.err
    return str(run.entries[-1]["id"])


def test_a_clock_put_back_two_hours_keeps_the_order_of_writing_and_last_goes_by_date(run):
    noon = datetime(2026, 11, 20, 12, tzinfo=CET)
    ids = [reflect(run, noon + timedelta(hours=hours)) for hours in (0, -2, -1)]
    assert len(set(ids)) == 3
    assert [row[0] for row in run("list").rows] == ids[::-1]
    assert run("show", "last", "--json").out.count(ids[0])
    assert run("show", "last~1", "--json").out.count(ids[2])


def test_many_entries_in_one_second_have_ids_of_their_own(run):
    noon = datetime(2026, 11, 20, 12, tzinfo=CET)
    assert len({reflect(run, noon) for _ in range(20)}) == 20


def test_the_hour_that_comes_twice_is_told_apart(run):
    first = datetime(2026, 10, 25, 2, 30, tzinfo=CEST)
    second = datetime(2026, 10, 25, 2, 30, tzinfo=CET)
    ids = [reflect(run, first), reflect(run, second)]
    assert [entry["date"] for entry in run.entries] == [first, second]
    assert run.entries[0]["date"] < run.entries[1]["date"]
    assert ids == sorted(ids)


def test_a_journey_round_the_world_keeps_each_days_own_date(run):
    """The day is that of whoever wrote, not that of the one who reads."""
    late = datetime(2026, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-11)))
    early = datetime(2027, 1, 2, 0, 30, tzinfo=timezone(timedelta(hours=14)))
    reflect(run, late)
    reflect(run, early)
    assert [row[2] for row in run("list").rows] == ["2027-01-02", "2026-12-31"]
    assert [entry["week"] for entry in run.entries] == ["2026-W53", "2026-W53"]


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (datetime(2028, 2, 29, 23, 59, 59, tzinfo=CET), "2028-W09"),
        (datetime(2036, 11, 20, 12, tzinfo=CET), "2036-W47"),
        (datetime(1970, 1, 1, tzinfo=UTC), "1970-W01"),
        (datetime(9998, 12, 31, 23, 59, tzinfo=CET), "9998-W53"),
        (datetime(9999, 12, 24, 12, tzinfo=CET), "9999-W51"),
    ],
    ids=lambda value: f"{value:%Y-%m-%d}" if isinstance(value, datetime) else value,
)
def test_odd_days_are_days(run, now: datetime, week: str):
    reflect(run, now)
    assert run.entries[0]["week"] == week
    for argv in ([], ["list"], ["list", "--since", "2w"], ["show", week], ["export"], ["list", "--json"]):
        done = run(*argv)
        assert done.code == 0, (argv, done.err)


def test_after_a_clock_that_stood_years_ahead_the_journal_goes_on(run):
    ahead = reflect(run, datetime(2036, 11, 20, 12, tzinfo=CET))
    today = reflect(run, datetime(2026, 11, 20, 12, tzinfo=CET))
    assert [row[0] for row in run("list").rows] == [today, ahead]
    assert run().code == 0

"""Weeks and clocks: whose week a sitting is, at the turn of a year, in the night of a clock change, and far away."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from rows import each_row
from sets import skips

ANSWERS = 'care-days = 4\nunseen = "nobody"\npromise = [{text = "Ask legal"}]\n'
LINES = skips("three-minutes", "care-days", "unseen", "promise")


def sit(run, *argv):
    done = run("reflect", "three-minutes", "--answers", "-", *LINES, *argv, stdin=ANSWERS)
    assert done.code == 0, done.err
    return done


def at(run, moment):
    run.now = datetime.fromisoformat(moment)


def weeks(run):
    return [entry["week"] for entry in run.entries]


# --- The turn of the year ---


@pytest.mark.parametrize("day", ["2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03"])
def test_the_last_week_of_2026_goes_on_into_2027(run, day):
    at(run, f"{day}T16:00:00+01:00")
    done = sit(run)
    assert "Dec 28, 2026–Jan 3, 2027" in done.err
    assert weeks(run) == ["2026-W53"]
    assert run("list", "--week", "2026-W53").rows[0][2] == day
    assert run("due").code == 3


def test_the_new_year_begins_on_its_first_monday(run):
    at(run, "2027-01-01T16:00:00+01:00")
    assert run("due").out.startswith("This week's reflection")
    at(run, "2027-01-04T08:00:00+01:00")
    assert run("due").out.startswith("Last week's reflection")
    sit(run)
    assert weeks(run) == ["2027-W01"]


def test_weeks_are_counted_over_the_turn_of_the_year(run):
    at(run, "2026-12-18T16:00:00+01:00")
    for _ in range(5):
        sit(run)
        run.later(weeks=1)
    assert weeks(run) == ["2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    assert "Reflections in the last 5 weeks: 5 done.\n" in run().out


def test_a_break_over_the_turn_of_the_year_is_no_gap(run, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('breaks = ["2026-12-21 to 2027-01-03"]\n', encoding="utf-8")
    environ = {"FOLLOWME_CONFIG": str(config)}
    at(run, "2026-12-18T16:00:00+01:00")
    sit(run)
    for day in ("2026-12-25", "2027-01-01", "2027-01-04"):
        at(run, f"{day}T16:00:00+01:00")
        assert run("due", environ=environ).code == 3
    at(run, "2027-01-08T16:00:00+01:00")
    assert run("due", environ=environ).code == 0
    sit(run)
    assert "Reflections in the last 4 weeks: 2 done and 2 breaks.\n" in run(environ=environ).out


def test_a_sitting_in_a_break_counts_all_the_same(run, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('breaks = ["2026-W47"]\n', encoding="utf-8")
    sit(run)
    run.later(weeks=1)
    sit(run)
    assert "Reflections in the last 2 weeks: 2 done.\n" in run(environ={"FOLLOWME_CONFIG": str(config)}).out


# --- Clocks that change ---


def test_the_hour_that_comes_twice_keeps_two_sittings_in_their_order(run):
    at(run, "2026-10-25T02:40:00+02:00")
    sit(run)
    at(run, "2026-10-25T02:10:00+01:00")
    sit(run)
    first, second = run.entries
    assert first["id"] < second["id"]
    assert [row[0] for row in run("list").rows] == [second["id"], first["id"]]
    assert [entry["date"].isoformat() for entry in run.entries] == [
        "2026-10-25T02:40:00+02:00",
        "2026-10-25T02:10:00+01:00",
    ]
    assert "This week has 2 reflections." in run().out


def test_the_night_that_lacks_an_hour(run):
    at(run, "2027-03-28T01:59:59+01:00")
    sit(run)
    at(run, "2027-03-28T03:00:00+02:00")
    sit(run)
    first, second = run.entries
    assert (second["date"] - first["date"]) == timedelta(seconds=1)
    assert weeks(run) == ["2027-W12", "2027-W12"]
    assert len(run("show", "2027-03-28", "--json").out) > 0


def test_an_entry_keeps_the_day_on_which_it_was_written(run):
    """Sunday night in Vancouver is Monday in Berlin; the week is the one its writer was in."""
    at(run, "2026-11-22T23:30:00-08:00")
    sit(run)
    assert weeks(run) == ["2026-W47"]
    at(run, "2026-11-23T09:00:00+01:00")
    assert run("list").rows[0][1:3] == ["2026-W47", "2026-11-22"]
    assert run("show", "2026-11-22").code == 0
    assert run("show", "2026-11-23").code == 3
    assert run("due").code == 3
    assert "This week has no reflection yet." in run().out


def test_a_clock_set_back_loses_nothing_and_confuses_nobody(run):
    sit(run)
    promise = f"{run.entries[0]['id']}/p1"
    run.later(weeks=-1)
    assert run("promises").rows[0][:3] == [promise, "2026-W47", "due"]
    assert run("due").code == 0
    assert "This week's reflection is due." in run().out
    sit(run)
    assert weeks(run) == ["2026-W47", "2026-W46"]
    assert run("list", "-n", "1").rows[0][1] == "2026-W46"
    run.later(weeks=1)
    assert run("due").code == 3
    assert "Reflections in the last 2 weeks: 2 done.\n" in run().out


def test_a_few_entries_of_a_wrong_clock_hide_no_sitting(run):
    sit(run)
    at(run, "2001-01-01T00:00:30+00:00")
    for _ in range(3):
        run("note", "The battery was empty.")
    at(run, "2026-11-21T10:00:00+01:00")
    assert run("due").code == 3
    assert "This week has its reflection." in run().out


# --- Which week ---


def test_on_monday_a_sitting_may_be_for_last_week(run):
    run.later(weeks=-1)
    sit(run)
    at(run, "2026-11-23T07:30:00+01:00")
    assert run("due").out.startswith("Last week's reflection")
    assert "Last week (Nov 16–22) has no reflection yet." in run().out
    done = sit(run, "--week", "2026-W47")
    assert "Nov 16–22" in done.err
    assert weeks(run) == ["2026-W46", "2026-W47"]
    assert run("due").code == 3
    sit(run)
    assert weeks(run) == ["2026-W46", "2026-W47", "2026-W48"]
    at(run, "2026-11-27T16:00:00+01:00")
    assert run("due").code == 3


def test_in_batch_a_sitting_is_for_this_week_unless_one_is_named(run):
    at(run, "2026-11-23T07:30:00+01:00")
    sit(run)
    assert weeks(run) == ["2026-W48"]
    assert run("due").code == 3


def test_two_sittings_in_one_week_are_both_kept_and_told_apart(run):
    sit(run)
    run.later(days=1)
    sit(run)
    rows = run("list").rows
    assert [row[1] for row in rows] == ["2026-W47", "2026-W47"]
    assert len({row[0] for row in rows}) == 2
    assert [row[2] for row in rows] == ["2026-11-21", "2026-11-20"]
    assert "This week has 2 reflections." in run().out
    shown = run("show", "W47").out
    assert all(row[0] in shown for row in rows)
    tail = rows[1][0][-5:]
    assert rows[0][0] not in run("show", tail).out


@each_row("week", ["2026-W54", "2025-W53", "W53", "W99", "November"])
def test_a_week_that_is_none_stores_nothing(run, week):
    done = run("reflect", "three-minutes", "--week", week, "--answers", "-", *LINES, stdin=ANSWERS)
    assert done.code == 2
    assert not run.journal.exists()

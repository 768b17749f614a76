"""Sets that are not weekly: home, `due`, `prompts list` and the reminder go by the days since the last time."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from running import Run
from sets import one_question

OWN = one_question("text", "What happened?")
MONDAY = datetime.fromisoformat("2026-11-16T09:00:00+01:00")


@pytest.fixture
def own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Reflect with a set of this cadence, which the settings name unless said otherwise."""

    def used(cadence: str, *, usual: bool = True) -> Run:
        (run.prompts / "own.toml").write_text(f'cadence = "{cadence}"\n{OWN}', encoding="utf-8")
        if usual:
            config = tmp_path / "config.toml"
            config.write_text('set = "own"\n', encoding="utf-8")
            run.environ["FOLLOWME_CONFIG"] = str(config)
        run.now = MONDAY
        assert run("reflect", "own", "--answer", "moment=Ana stayed.").code == 0
        return run

    return used


def test_a_fortnightly_set_is_due_after_fourteen_days_and_until_it_is_done(own):
    run = own("fortnightly")
    run.later(days=13)
    assert (run("due").code, run("due").out) == (3, "")
    assert "own is next due Nov 30." in run().out
    assert "week" not in run().out.split("own is")[1].split("\n\n")[0]
    assert run("prompts", "list").rows[0][-1] == "2026-11-30"
    for days in (1, 40):
        run.later(days=days)
        assert (run("due").code, run("due").out) == (0, "own is due: followme reflect\n")
        assert "1 prompt set is due: own." in run().out
    assert run("reflect", "--answer", "moment=Ben left.").code == 0
    assert run("due").code == 3


def test_a_set_beside_the_weekly_one_is_due_for_as_long_again(own):
    run = own("half-yearly", usual=False)
    run.now = datetime.fromisoformat("2027-05-19T09:00:00+02:00")  # A Wednesday: no week is due.
    assert (run("due").code, run("due").out) == (0, "own is due: followme reflect own\n")
    assert "1 prompt set is due: own." in run().out
    assert "followme reflect own" in run().out
    listed = json.loads(run("prompts", "list", "--json").out)["prompt_sets"]
    assert {each["name"]: each["due"] for each in listed if each["due"]} == {"own": "2027-05-17"}
    run.later(days=182)
    assert run("due").code == 3
    assert "own" not in run().out
    assert [row[-1] for row in run("prompts", "list").rows if row[-1]] == []


def test_on_the_review_day_the_week_goes_first(own):
    run = own("fortnightly", usual=False)
    run.later(days=18)
    assert run("due").out.endswith("followme reflect\n")


def test_a_daily_set_counts_for_no_week(own):
    run = own("daily", usual=False)
    run.later(days=2)
    assert run("reflect", "own", "--answer", "moment=Ben left.").code == 0
    assert [entry["event"] for entry in run.entries] == [True, True]
    assert "This week has no reflection yet." in run().out
    run.later(days=1)
    assert run("due").out == "own is due: followme reflect own\n"
    run.later(days=1)
    # It was left, and the week is due.
    assert "reflect own" not in run("due").out
    assert run("due").code == 0


def test_a_set_that_says_what_it_is_about_is_taken_at_its_word(run):
    (run.prompts / "own.toml").write_text(f'event = false\ncadence = "daily"\n{OWN}')
    assert run("reflect", "own", "--answer", "moment=Ana stayed.").code == 0
    assert run.entries[-1]["event"] is False


@pytest.mark.parametrize(
    ("cadence", "days", "rule"),
    [("fortnightly", 14, 14), ("yearly", 365, 365), ("daily", 1, 1)],
)
def test_the_calendar_event_comes_as_often_as_the_set_is_due(own, cadence: str, days: int, rule: int):
    run = own(cadence)
    (event,) = Calendar.from_ical(run("remind", "--ics", "-").out).walk("VEVENT")
    assert event["DTSTART"].dt.date() == (MONDAY + timedelta(days=days)).date()
    assert event["RRULE"] == {"FREQ": ["DAILY"], "INTERVAL": [rule]}


def test_damage_in_the_journal_keeps_nobody_from_the_list(own):
    run = own("yearly")
    run.journal.write_bytes(b"\xff\xfe" + "x".encode("utf-32"))
    assert run("prompts", "list").code == 0

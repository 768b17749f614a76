"""The journal in demo/: two invented years of a sales team, whole, and with a story that the views can find."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from statistics import mean

import pytest

from followme import configfile
from followme.insight.book import book
from followme.insight.strip import strip_of
from followme.insight.weeks import breaks_of, weeks_done
from followme.journal.file import codec, reading
from followme.model import RESULTS, Entry
from running import Run
from sets import SETS

DEMO = Path(__file__).parents[1] / "demo"
JOURNAL = DEMO / "journal.toml"
JUNE = "2026-W22"


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return [each.entry for each in reading.read(JOURNAL).located]


@pytest.fixture
def told(run: Run) -> Run:
    """A run on a copy of this journal, right after its last entry."""
    run.journal.parent.mkdir(parents=True)
    shutil.copyfile(JOURNAL, run.journal)
    run.journal.chmod(0o600)
    run.environ = {"FOLLOWME_CONFIG": str(DEMO / "config.toml")}
    run.now = reading.read(JOURNAL).located[-1].entry.date
    return run


def test_it_is_written_as_followme_writes_and_the_checkup_finds_nothing(entries: list[Entry], told: Run):
    preamble = "# followme journal - safe to edit by hand\nformat = 1\n"
    laid_out = preamble + "".join("\n" + codec.to_toml(entry) for entry in entries)
    assert JOURNAL.read_text(encoding="utf-8") == laid_out
    done = told("doctor")
    assert (done.code, done.out) == (0, ""), done.out
    assert [entry.moment for entry in entries] == sorted(entry.moment for entry in entries)


def test_it_has_two_years_with_late_weeks_missed_weeks_and_breaks(entries: list[Entry]):
    config = configfile.load(DEMO / "config.toml")
    assert 90 <= sum(entry.is_reflection for entry in entries) <= 115
    assert sum(entry.is_sitting for entry in entries) == len(weeks_done(entries))
    assert entries[-1].date.year - entries[0].date.year == 2
    last = entries[-1].day
    states = strip_of(entries, weeks_done(entries), last, breaks_of(config))
    assert {state: states.count(state) for state in states} == {
        "done": 10,
        "late": 1,
        "break": 1,
        "missed": 1,
    }


def test_it_answers_nearly_every_question_of_every_set_in_old_and_new_words(entries: list[Entry], told: Run):
    assert {entry.set for entry in entries} >= SETS.keys()
    asked = {answer.key for entry in entries for answer in entry.answers}
    todays = {
        each.key for each in (each for of in SETS.values() for each in of.questions) if each.kind != "promise"
    }
    assert len(asked & todays) > 0.9 * len(todays), sorted(todays - asked)
    seen = json.loads(told("lookback", "care-days", "--json").out)
    assert {given["reworded"] for given in seen["answers"]} == {True, False}
    assert any(answer.private for entry in entries for answer in entry.answers)
    assert any(entry.about for entry in entries)
    words = [str(answer.reply) for entry in entries for answer in entry.answers]
    assert any("@" in each for each in words)


def test_its_promises_have_every_ending_and_every_part(entries: list[Entry]):
    promises = book(entries)
    endings = {outcome.result for each in promises for outcome in each.outcomes}
    assert endings == set(RESULTS)
    assert {each.promise.kind for each in promises} == {"do", "ask"}
    for part in ("to", "who", "by", "occasion", "told", "origin", "private"):
        assert any(getattr(each.promise, part) for each in promises), part
    assert 3 <= sum(each.is_open for each in promises) <= 6


def test_its_story_can_be_found(entries: list[Entry], told: Run):
    """Whether a number got better after June, which question is avoided, and when someone was last written about."""
    seen = json.loads(told("lookback", "care-days", "--json").out)
    replies = [(given["week"], given["reply"]) for given in seen["answers"]]
    before = mean(reply for week, reply in replies if week < JUNE)
    assert before + 2 < mean(reply for week, reply in replies if week >= JUNE)
    asked = json.loads(told("lookback", "--json").out)["questions"]
    avoided = max(asked, key=lambda each: each["skipped"])
    assert (avoided["key"], avoided["skipped"] > 3 * avoided["answered"]) == ("unseen", True)
    hit = told("search", "Jonas").rows[0]
    assert hit[1] == "2026-W36"
    promised = [each for each in book(entries) if each.promise.to == "Jonas" and each.is_open]
    assert [each.week for each in promised] == ["2026-W36"]

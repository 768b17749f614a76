"""`promises --ics` writes tasks that other programs read: each promise once, however often the file is read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar

from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.model import Entry, Outcome, Promise
from running import FRIDAY, Run

EARLY, WEEK, LAST = "20260501T150000-aaaaa", "20261106T150000-bbbbb", "20261113T150000-ccccc"


def entry(name: str, *promises: Promise, private: bool = False, **became: str) -> Entry:
    day = datetime.strptime(f"{name[:15]}+0100", "%Y%m%dT%H%M%S%z")
    week = f"{day:%G}-W{day:%V}"
    outcomes = tuple(
        Outcome(promise=f"{of}/{ref}", result=result)
        for which, result in became.items()
        for of, ref in [({"e": EARLY, "w": WEEK}[which[0]], which[1:])]
    )
    return Entry(
        id=name, date=day, week=week, set="weekly", private=private, promises=promises, outcomes=outcomes
    )


def journal(*entries: Entry) -> str:
    return PREAMBLE + "".join(f"\n{to_toml(each)}" for each in entries)


PROMISES = (
    Promise(ref="p1", text="I will call Ben; then, write\nit down", to="Ben", by=date(2026, 12, 1)),
    Promise(ref="p2", text="skip the memo", occasion="Monday's round"),
    Promise(ref="p3", text="keep it short"),
    Promise(ref="p4", text="What do you need?", kind="ask", to="Ana"),
    Promise(ref="p5", text="veiled step", private=True),
    Promise(ref="p6", text="the forecast \x1b[31m\u202e", who="Jonas"),
)
ENTRIES = (
    entry(EARLY, Promise(ref="p1", text="old and done"), Promise(ref="p2", text="old and open")),
    entry(WEEK, *PROMISES, ep1="kept"),
    entry(
        LAST, Promise(ref="p1", text="veiled week"), private=True, wp1="not-yet", wp2="not-needed", wp3="kept"
    ),
)


def todos(text: str) -> dict[str, dict[str, object]]:
    """What icalendar reads of each task, by its name."""
    return {
        str(each["UID"]): {
            "summary": str(each["SUMMARY"]),
            "status": str(each["STATUS"]),
            "due": each["DUE"].dt if "DUE" in each else None,
            "description": str(each.get("DESCRIPTION", "")),
            "completed": each["COMPLETED"].dt.date() if "COMPLETED" in each else None,
        }
        for each in Calendar.from_ical(text).walk("VTODO")
    }


@pytest.fixture
def kept(run: Run) -> Run:
    return run.with_journal(journal(*ENTRIES))


def test_open_promises_and_those_that_ended_in_a_quarter_are_tasks(kept: Run):
    done = kept("promises", "--ics", "-")
    assert (done.code, done.err) == (0, "2 promises marked private were left out.\n")
    found = todos(done.out)
    bare = {"due": None, "description": "", "completed": None}
    assert found == {
        f"{EARLY}-p1@followme": bare
        | {"summary": "Old and done", "status": "COMPLETED", "completed": date(2026, 11, 6)},
        f"{EARLY}-p2@followme": bare | {"summary": "Old and open", "status": "NEEDS-ACTION"},
        f"{WEEK}-p1@followme": bare
        | {
            "summary": "Call Ben; then, write it down",
            "status": "NEEDS-ACTION",
            "due": date(2026, 12, 1),
            "description": "Promised to: Ben\nBy Tue, Dec 1",
        },
        f"{WEEK}-p2@followme": bare
        | {"summary": "Skip the memo", "status": "CANCELLED", "description": "Cue: Monday's round"},
        f"{WEEK}-p3@followme": bare
        | {"summary": "Keep it short", "status": "COMPLETED", "completed": date(2026, 11, 13)},
        f"{WEEK}-p4@followme": bare | {"summary": "Ask Ana: What do you need?", "status": "NEEDS-ACTION"},
        f"{WEEK}-p6@followme": bare
        | {"summary": "Jonas will: the forecast ␛[31m\\u202e", "status": "NEEDS-ACTION"},
    }
    kept.now = FRIDAY + timedelta(weeks=14)
    assert [each["status"] for each in todos(kept("promises", "--ics", "-").out).values()] == [
        "NEEDS-ACTION"
    ] * 4


def test_the_tasks_of_one_person(kept: Run):
    found = todos(kept("promises", "--ics", "-", "--person", "ana").out)
    assert [each["summary"] for each in found.values()] == ["Ask Ana: What do you need?"]


def test_two_libraries_read_the_same_tasks(kept: Run):
    text = kept("promises", "--ics", "-").out
    read = todos(text)
    others = vobject.readOne(text).vtodo_list
    assert {each.uid.value: each.summary.value for each in others} == {
        name: each["summary"] for name, each in read.items()
    }
    assert [each.due.value for each in others if hasattr(each, "due")] == [date(2026, 12, 1)]
    assert {each.uid.value: each.status.value for each in others} == {
        name: each["status"] for name, each in read.items()
    }
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75


def test_the_file_read_again_brings_newer_versions_and_no_second_task(kept: Run, tmp_path: Path):
    file = tmp_path / "promises.ics"
    done = kept("promises", "--ics", str(file))
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"Wrote 7 tasks to {file}. Open it with your task app.\n")
    first = Calendar.from_ical(file.read_bytes())
    refused = kept("promises", "--ics", str(file))
    assert (refused.code, file.read_bytes()) == (1, first.to_ical())
    assert "--force" in refused.err
    kept("promises", "close", "bbbbb/p1", "--kept")
    kept.now = FRIDAY + timedelta(days=7)
    assert kept("promises", "--ics", str(file), "--force").code == 0
    listed = {each["UID"]: each for each in first.walk("VTODO")}
    # As RFC 5546 tells a program to: the same name is the same task, and the higher number is the newer version.
    for each in Calendar.from_ical(file.read_bytes()).walk("VTODO"):
        assert each["SEQUENCE"] > listed[each["UID"]]["SEQUENCE"]
        assert each["LAST-MODIFIED"].dt > listed[each["UID"]]["LAST-MODIFIED"].dt
        listed[each["UID"]] = each
    assert len(listed) == 7
    assert listed[f"{WEEK}-p1@followme"]["STATUS"] == "COMPLETED"


def test_promises_with_the_same_reference_or_none_stay_apart(run: Run):
    twice = (entry(WEEK, Promise(ref="p1", text=text)) for text in ("one", "another"))
    run.with_journal(journal(*twice))
    texts = [run("promises", "--ics", "-").out for _ in range(2)]
    names = list(todos(texts[0]))
    assert len(names) == 2
    assert names == list(todos(texts[1]))


def test_no_file_of_followmes_own_is_replaced_and_the_shape_is_its_own(kept: Run):
    before = kept.journal.read_bytes()
    done = kept("promises", "--ics", str(kept.journal), "--force")
    assert (done.code, kept.journal.read_bytes()) == (1, before)
    assert kept("promises", "--ics", "-", "--all").code == 2

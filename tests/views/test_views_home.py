"""Home as a person sees it in a terminal."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from commands.test_cmd_search import entry, keep, said
from rows import first_quick
from sets import skips
from terminal import Terminal

MEANINGS = ("begin or go on", "save a note", "see your open promises", "read your latest", "see all commands")


@pytest.mark.parametrize("encoding", first_quick(["ascii", "utf-8"]))
def test_the_meanings_of_the_commands_stand_in_one_column(encoding: str, tmp_path: Path):
    (tmp_path / "journal.toml").write_text("format = 1\n")
    environ = {"PYTHONIOENCODING": encoding, "FOLLOWME_JOURNAL": str(tmp_path / "journal.toml")}
    with Terminal(tmp_path, environ=environ) as terminal:
        terminal.see("Press Enter to begin.")
        rows = terminal.text.splitlines()
    columns = {row.find(meaning) for meaning in MEANINGS for row in rows if meaning in row}
    assert len(columns) == 1
    assert ("note '...'" in terminal.text) is (encoding == "ascii")


@pytest.mark.parametrize(("weeks", "named"), [(3, False), (4, True)])
def test_looking_back_is_named_once_there_are_four_weeks(weeks: int, named: bool, run):
    keep(run, *(entry(number, said("So it goes.")) for number in range(weeks)))
    assert ("followme lookback" in run().out) is named


@pytest.mark.parametrize(
    ("weeks", "day", "named"),
    [(4, "2026-10-01", True), (3, "2026-10-01", False), (4, "2026-09-27", False), (4, "2026-10-29", False)],
)
def test_last_quarter_is_named_for_four_weeks_if_it_has_four_weeks(weeks: int, day: str, named: bool, run):
    """Of Q3 2026, the last week is that of Monday, September 21."""
    run.now = run.now.replace(year=2026, month=9, day=25)
    for _ in range(weeks):
        assert run("reflect", "three-minutes", *skips("three-minutes")).code == 0
        run.now -= timedelta(days=7)
    run.now = datetime.fromisoformat(f"{day}T09:00:00+02:00")
    assert ("followme lookback --quarter last" in run().out) is named
    # Looking back has all the time of this quarter.
    assert ("--quarter last" in run("lookback", columns=80).out) is (day > "2026-09-27")


def test_home_names_an_entry_in_two_versions_until_one_is_deleted(run):
    once = entry(0, said("One."))
    keep(
        run,
        entry(1, said("Earlier.")),
        once,
        replace(entry(0, said("Two.")), id="20261121T150411-z8q2m", conflict=once.id),
    )
    home = run().out
    assert "1 entry has two versions, and only one counts." in home
    assert f"followme show {once.week}  compare both versions, and delete one" in home
    assert json.loads(run("--json").out)["twice"] == 1
    assert {"One.", "Two."} <= set(re.findall(r"One\.|Two\.", run("show", once.week).out))
    assert run("delete", "z8q2m", "--yes").code == 0
    assert "two versions" not in run().out


def test_before_the_first_reflection_home_names_the_demo(run):
    assert "followme demo" in run().out
    keep(run, entry(0, said("One.")))
    assert "followme demo" not in run().out

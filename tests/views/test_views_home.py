"""Home as a person sees it in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.test_cmd_search import entry, keep, said
from rows import first_quick
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

"""Every view that reads, on the two years of the demo: in a terminal of 80 and 40 columns, in a pipe, as JSON.

The golden files are in tests/golden/demo. A verb of the panel Read that has none fails here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from wcwidth import wcswidth

from followme.cli import COMMANDS, GROUPS
from running import Run

Golden = Callable[[str, str], None]

VIEWS = {
    "home": "",
    "list": "list -n 12",
    "list-set": "list --set one-on-one",
    "show": "show 2026-W36",
    "show-quarter": "show 2026-W39 --set quarter",
    "search": "search Jonas",
    "search-any": "search --any napkin flashlight --since 2025",
    "lookback": "lookback",
    "lookback-scale": "lookback care-days --since 2026-04",
    "lookback-text": "lookback courage",
    "lookback-several": "lookback help",
    "quarter": "lookback --quarter 2026-Q3",
    "quarter-text": "lookback courage --quarter 2026-Q1",
    "year": "lookback --year 2026",
    "people": "people",
    "person": "people Jonas",
    "promises": "promises",
    "promises-all": "promises --all --person Jonas",
}
"""Each golden file's name and the command line after `followme demo`."""

FORMS = {"80": 80, "40": 40, "pipe": None, "json": None}
"""Each form and the columns of its terminal, None for a pipe."""

STYLES = re.compile(r"\x1b\[[0-9;]*m")


# For other programs, a year is its quarters, and would fill thousands of lines.
WITHOUT = {("year", "pipe"), ("year", "json")}
EACH = [(view, form) for view in VIEWS for form in FORMS if (view, form) not in WITHOUT]


@pytest.mark.parametrize(("view", "form"), EACH)
def test_a_view_looks_as_it_did_when_someone_looked(run: Run, golden: Golden, view: str, form: str):
    columns = FORMS[form]
    words = [*VIEWS[view].split(), *(["--json"] if form == "json" else [])]
    done = run("demo", *words, columns=columns)
    assert done.code == 0, done.err
    shown = STYLES.sub("", done.out)
    golden(f"demo/{view}-{form}.txt", shown)
    # A command to paste is whole, on a line of its own.
    rows = [row for row in shown.splitlines() if columns and not row.startswith("  followme ")]
    assert [row for row in rows if wcswidth(row) > columns] == []


def test_no_view_is_forgotten():
    panels = {verb: panel for verb, (_, panel) in COMMANDS.items()} | {
        name: group[1] for name, group in GROUPS.items()
    }
    shown = {words.split()[0] for words in VIEWS.values() if words}
    assert {verb for verb, panel in panels.items() if panel == "Read"} == shown

"""The catalogue of faults and the promises in docs/journal-format.md name tests that are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from catalogue import ROWS, rows_of

from source import nodes_in

TESTS = Path(__file__).parents[1]
FORMAT = TESTS.parent / "docs" / "journal-format.md"
PROMISED = {*range(1, 53), 61, 62, 63, 69, 70, 71, 72}


@cache
def names_in(path: Path) -> set[str]:
    """The tests that a file has; a state machine's is called runTest."""
    found = {node.name for node in nodes_in(path) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return {name for name in found if name.startswith("test")} | (
        {"runTest"} if any(name.startswith("Test") for name in found) else set()
    )


def test_every_row_that_is_promised_is_there():
    assert set(ROWS) >= PROMISED


def test_every_row_names_tests_that_are_there():
    files = {path.name: path for path in TESTS.rglob("test_*.py")}
    assert [number for number, row in ROWS.items() if not (row.fault and row.injected and row.nodes)] == []
    nodes = [(number, *node) for number, row in ROWS.items() for node in row.nodes]
    assert [
        (n, file, test) for n, file, test in nodes if file not in files or test not in names_in(files[file])
    ] == []


def test_a_test_is_found_by_its_row(request: pytest.FixtureRequest):
    assert rows_of(
        "test_faults_disks.py", "test_a_journal_on_a_full_disk_gets_its_entry_when_there_is_room"
    ) == {14}
    assert rows_of("test_journal_saving.py", "test_all_that_is_made_is_private[63]") == {70}
    assert rows_of("test_faults_catalogue.py", request.node.name) == set()


def promises() -> list[str]:
    """The numbered promises about a person's words, each with the tests that it names."""
    section = FORMAT.read_text(encoding="utf-8").partition("## What followme promises about your words")[2]
    return re.split(r"(?m)^\d\. ", section.partition("\n## ")[0])[1:]


def test_there_are_six_promises():
    assert len(promises()) == 6


def test_every_promise_names_tests_that_hold_it():
    for promise in promises():
        named = re.findall(r"\[(test_\w+)\]\(\.\./tests/([\w/]+\.py)\)", promise)
        assert len(named) >= 2, promise
        assert [name for name, path in named if name not in names_in(TESTS / path)] == []

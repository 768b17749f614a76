"""The catalogue of faults names tests that are there, for every row that is promised."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from catalogue import ROWS, rows_of

TESTS = Path(__file__).parents[1]
PROMISED = {*range(1, 30), *range(31, 53), 70, 71, 72}


def names_in(path: Path) -> set[str]:
    """The tests that a file has; a state machine's is called runTest."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return {name for name in found if name.startswith("test")} | (
        {"runTest"} if any(name.startswith("Test") for name in found) else set()
    )


def test_every_row_that_is_promised_is_there():
    assert set(ROWS) >= PROMISED


@pytest.mark.parametrize("number", sorted(ROWS))
def test_a_row_names_tests_that_are_there(number: int):
    files = {path.name: path for path in TESTS.rglob("test_*.py")}
    row = ROWS[number]
    assert row.fault
    assert row.injected
    assert row.nodes
    assert [
        node for node in row.nodes if node[0] not in files or node[1] not in names_in(files[node[0]])
    ] == []


def test_a_test_is_found_by_its_row(request: pytest.FixtureRequest):
    assert rows_of(
        "test_faults_disks.py", "test_a_journal_on_a_full_disk_gets_its_entry_when_there_is_room"
    ) == {14}
    assert rows_of("test_journal_saving.py", "test_all_that_is_made_is_private[63]") == {70}
    assert rows_of("test_faults_catalogue.py", request.node.name) == set()

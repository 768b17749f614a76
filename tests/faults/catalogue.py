"""The faults that followme must survive, row by row: what happens, how a test makes it happen, and which tests.

`pytest -k row_14` runs the tests of row 14, `python tests/faults/catalogue.py` prints the table. The rows are
numbered as when they were planned; a number that is missing here belongs to a verb that is not built yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One fault; `tests` are files without .py, each with the names of its tests."""

    fault: str
    injected: str
    tests: dict[str, str]

    @property
    def nodes(self) -> set[tuple[str, str]]:
        """File names and test names."""
        return {(f"{file}.py", name) for file, names in self.tests.items() for name in names.split()}


# fmt: off
ROWS: dict[int, Row] = {}
# fmt: on


def rows_of(file: str, test: str) -> set[int]:
    """The rows that a test holds; parameters in its name are left aside."""
    node = (file, re.sub(r"\[.*", "", test, flags=re.DOTALL))
    return {number for number, row in ROWS.items() if node in row.nodes}


def main() -> None:
    """Print the table."""
    for number, row in sorted(ROWS.items()):
        print(f"row_{number:02}  {row.fault}  ({row.injected})")
        for file, name in sorted(row.nodes):
            print(f"        {file}::{name}")


if __name__ == "__main__":
    main()

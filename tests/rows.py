"""Rows of a table: one test that tries all of them, or the first of them as a quick test."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest

Test = Callable[..., None]


def each_row(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """Decorate a test as `pytest.mark.parametrize` does, but as one test, which takes a fifth of the time.

    It is for rows that can be tried one after the other with the same fixtures. Every row that fails is an
    exception in the group that is raised, with its values as a note.
    """
    keys = names.replace(",", " ").split() if isinstance(names, str) else list(names)
    table = [dict(zip(keys, row if len(keys) > 1 else (row,), strict=True)) for row in rows]

    def decorate(test: Test) -> Test:
        @wraps(test)
        def whole(**fixtures: Any) -> None:
            faults = []
            for row in table:
                try:
                    test(**fixtures, **row)
                except (Exception, pytest.fail.Exception) as fault:
                    fault.add_note(f"with {row}")
                    faults.append(fault)
            if faults:
                raise BaseExceptionGroup(f"{len(faults)} of {len(table)} rows fail", faults)

        signature = inspect.signature(test)
        left = [one for name, one in signature.parameters.items() if name not in keys]
        whole.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return whole

    return decorate


def first_quick(rows: Iterable[Any], quick: int = 1) -> list[Any]:
    """The rows for `pytest.mark.parametrize`: the first ones among the quick tests, all others among the slow."""
    table = [row if isinstance(row, tuple) else (row,) for row in rows]
    marks = [()] * quick + [pytest.mark.slow] * (len(table) - quick)
    return [pytest.param(*row, marks=mark) for row, mark in zip(table, marks, strict=True)]

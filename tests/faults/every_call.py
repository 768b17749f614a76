"""Faults at system calls: at one of each kind among the slow tests, at every single one among the long ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

LINE = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\(")
"""A call in a trace."""

Call = tuple[str, int]
"""The name of a call, and its number among those of this name since the program began."""

T = TypeVar("T")

AT = pytest.mark.parametrize(
    "every",
    [
        pytest.param(False, marks=pytest.mark.slow, id="one of each kind"),
        pytest.param(True, marks=pytest.mark.long, id="every call"),
    ],
)


def at(calls: Sequence[Call], broken: Callable[[int, Call], T], *, every: bool) -> list[T]:
    """Do this at each call, two at a time, with a number of its own; or at the middle one of each kind."""
    kinds: dict[str, list[Call]] = {}
    for call in calls:
        kinds.setdefault(call[0], []).append(call)
    chosen = list(calls) if every else [found[len(found) // 2] for found in kinds.values()]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(broken, range(len(chosen)), chosen))

"""Faults at system calls: at one of each kind among the slow tests, at every single one among the long ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
import save_one

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


def faults(at_one: Sequence[str], at_every: Sequence[str]) -> pytest.MarkDecorator:
    """`fault` and `every`: these faults at one call of each kind, slow, and those at every call, long."""
    ways = (
        (at_one, False, pytest.mark.slow, "one of each kind"),
        (at_every, True, pytest.mark.long, "every call"),
    )
    return pytest.mark.parametrize(
        ("fault", "every"),
        [
            pytest.param(fault, every, marks=mark, id=f"{fault.partition('=')[2]} at {where}")
            for some, every, mark, where in ways
            for fault in some
        ],
    )


def counted(trace: Iterable[str]) -> Iterator[tuple[Call, str]]:
    """Each call in the lines of a trace, and its line."""
    counts: Counter[str] = Counter()
    for line in trace:
        if found := LINE.match(line):
            counts[found[1]] += 1
            yield (found[1], counts[found[1]]), line


def marked(log: Path) -> Iterator[tuple[Call, str]]:
    """Those in a trace that are between the two marks set by the programs of these tests."""
    begun = False
    for call, line in counted(log.read_text(errors="replace").splitlines()):
        if save_one.END in line:
            return
        if begun:
            yield call, line
        begun = begun or save_one.BEGIN in line


def striking(strace: str, *rules: str, path: Path | str = "", of_all: bool = True) -> tuple[str, ...]:
    """The words before a command that make calls go as these rules say, such as `write:error=EIO:when=2`.

    With `path`, only calls that are about this file; without `of_all`, only those of the process itself.
    """
    calls = ",".join(dict.fromkeys(rule.partition(":")[0] for rule in rules))
    options = f"-qq {'-f ' * of_all}-o /dev/null -e trace={calls}".split()
    only = ("-P", str(path)) if path else ()
    injects = (word for rule in rules for word in ("-e", f"inject={rule}"))
    return (strace, *options, *only, *injects)


def at(calls: Sequence[Call], broken: Callable[[int, Call], T], *, every: bool) -> list[T]:
    """Do this at each call, two at a time, with a number of its own; or at the middle one of each kind."""
    kinds: dict[str, list[Call]] = {}
    for call in calls:
        kinds.setdefault(call[0], []).append(call)
    chosen = list(calls) if every else [found[len(found) // 2] for found in kinds.values()]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(broken, range(len(chosen)), chosen))

"""The order of a merge: what only one side has goes behind the last entry with an earlier time in its id."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain

from followme.model import Part

_TIME = re.compile(r"\d{8}T\d{6}(?=-\w+\Z)")


def in_order(
    ours: Mapping[str, Part], theirs: Mapping[str, Part], kept: Mapping[str, tuple[Part, ...]]
) -> Iterable[Part]:
    """Return all parts that stay, by their names on both sides: those that only they have are put in among ours."""
    top: list[Part] = []
    groups: dict[str, list[Part]] = {}
    group, times = top, []
    for name, part in ours.items():
        if time := _time_of(part):
            groups[name] = group = []
            times.append(time)
        else:
            groups[name] = group
        group += kept.get(name, ())
    added: list[tuple[str, list[Part]]] = []
    group = top
    for name, part in theirs.items():
        if name in ours:
            group = groups[name]
        elif time := _time_of(part):
            group = list(kept.get(name, ()))
            added.append((time, group))
        else:
            group += kept.get(name, ())
    # The earliest time from each of our entries on only grows, so the last earlier entry is found at once.
    earliest = [*accumulate(reversed(times), min)][::-1]
    lines: list[list[list[Part]]] = [[] for _ in range(len(times) + 1)]
    for time, some in sorted(added, key=lambda each: each[0]):
        lines[bisect_left(earliest, time)].append(some)
    timed = [groups[name] for name, part in ours.items() if _time_of(part)]
    return chain(top, *lines[0], *(chain(own, *more) for own, more in zip(timed, lines[1:], strict=True)))


def _time_of(part: Part) -> str:
    """The time in an id that followme made; "" if there is none."""
    found = _TIME.match(part.id)
    return found[0] if found else ""

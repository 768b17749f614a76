"""The person's own prompt sets in a sync: those of both sides, three ways, and one for each name whatever its case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

Files = Mapping[str, bytes]
"""The bytes of prompt sets, by their names."""


class Sets(NamedTuple):
    """What a sync makes of prompt sets: those that the remote carries, and those that must be here.

    `twins` has the names here that differ from another one only by case, which many disks can't tell apart, with that
    other one.
    """

    carried: Files
    here: Files
    twins: Mapping[str, str]


def merged_sets(here: Files, there: Files, known: Files) -> Sets:
    """Return the prompt sets of both sides as one; `known` is what both came from.

    One that is missing on a side isn't deleted. If both sides changed one, this machine's version gets another name.
    """
    theirs, ours = _one_of_each(there), _one_of_each(here, there)
    carried, written = dict[str, bytes](), dict[str, bytes]()
    for each in {**theirs, **ours}:
        name = theirs.get(each) or ours[each]
        own = ours.get(each, name)
        mine, yours, was = here.get(own), there.get(name), known.get(name)
        if mine is not None and yours not in (mine, was, None) and mine != was:
            extra = f"{name}-{sha256(mine).hexdigest()[:5]}"
            carried[extra] = written[extra] = mine
        keeps = mine is not None and yours in (mine, was, None)
        carried[name] = written[own] = mine if keeps or yours is None else yours  # type: ignore[assignment]
    twins = {name: ours[name.casefold()] for name in here if ours[name.casefold()] != name}
    return Sets(carried, written, twins)


def _one_of_each(names: Iterable[str], first: Iterable[str] = ()) -> dict[str, str]:
    """One name for each in any case, of these `first` if one of them is there."""
    chosen: dict[str, str] = {}
    for name in sorted(names, key=lambda each: (each not in first, each)):
        chosen.setdefault(name.casefold(), name)
    return chosen

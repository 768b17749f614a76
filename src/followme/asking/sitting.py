"""A whole sitting: the walk, then the summary with save, change and discard; and the entry it makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from followme.asking.items import Item
from followme.asking.walk import BACK, END, PAUSE, Progress, Walk, applies
from followme.errors import Paused
from followme.kinds.base import Field
from followme.model import Entry

SAVE, CHANGE, DISCARD = "save", "change an answer", "discard"

_END = Field(
    name="end", way="one", ask="What now?", hint="Enter saves.", empty=SAVE, options=(SAVE, CHANGE, DISCARD)
)
_SURE = Field(
    name="sure", way="yesno", ask="Discard all answers of this sitting?", hint="Enter keeps them.", empty="no"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What an entry has besides what was asked."""

    id: str
    date: datetime
    week: str
    set: str
    minutes: int | None
    private: bool = False


def sit(walk: Walk, show: Callable[[Progress], None]) -> Progress | None:
    """Walk to the end, show the summary, and let the person save, change or discard; None if discarded.

    Raises Paused, with everything kept, when the person stops.
    """
    while True:
        walk.go()
        show(walk.progress)
        move = walk.asker.ask(_END, "", _unheard)
        if move.way == PAUSE:
            raise Paused("")
        walk.asker.accept(_END, move.value)
        if move.way == BACK:
            _go_back(walk)
        elif move.value == CHANGE:
            _change(walk)
        elif move.value != DISCARD:
            return walk.progress
        elif walk.asker.ask(_SURE, "", _unheard).value == "yes":
            return None


def entry_of(items: Sequence[Item], progress: Progress, frame: Frame) -> Entry:
    """The entry a sitting makes: what was asked, answered or skipped; what was not reached is not in it."""
    given = [each.give(progress.typed.get(each.key, {})) for each in asked(items, progress)]
    promises = [promise for each in given for promise in each.promises]
    return Entry(
        id=frame.id,
        date=frame.date,
        week=frame.week,
        set=frame.set,
        minutes=frame.minutes,
        private=frame.private,
        answers=tuple(each.answer for each in given if each.answer),
        promises=tuple(replace(promise, ref=f"p{at}") for at, promise in enumerate(promises, 1)),
        outcomes=tuple(each.outcome for each in given if each.outcome),
    )


def asked(items: Sequence[Item], progress: Progress) -> list[Item]:
    """The items that were left with an answer or a skip, and still apply."""
    return [item for item in items if item.key in progress.done and applies(item.when, items, progress)]


def _go_back(walk: Walk) -> None:
    keys = [item.key for item in asked(walk.items, walk.progress)]
    walk.progress = replace(walk.progress, at=keys[-1] if keys else "")


def _change(walk: Walk) -> None:
    """Ask one item again, then come back to the summary."""
    choices = {item.quote or item.ask: item for item in asked(walk.items, walk.progress)}
    which = Field(
        name="which", way="one", ask="Which one?", hint="Enter changes none.", options=tuple(choices)
    )
    move = walk.asker.ask(which, "", _unheard)
    if isinstance(move.value, str) and move.value in choices:
        walk.ask(walk.items.index(choices[move.value]))
        walk.progress = replace(walk.progress, at=END)


def _unheard(value: object) -> None:
    """Nothing typed at the summary is part of the sitting."""

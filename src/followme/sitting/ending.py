"""A whole sitting: the walk, then the summary with save, change and discard; and the entry it makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from followme.asking.aside import ask_aside
from followme.asking.items import Item, by_words
from followme.asking.walk import (
    BACK,
    END,
    Progress,
    Walk,
    applies,
    as_it_is,
    fits,
)
from followme.kinds.base import Field, Given, Typed
from followme.model import Answer, Entry

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
    event: bool | None = None


def sit(walk: Walk, show: Callable[[Progress], None]) -> Progress | None:
    """Walk to the end, show the summary, and let the person save, change or discard; None if discarded.

    Raises Paused, with everything kept, when the person stops.
    """
    while True:
        walk.go()
        _mend(walk)
        show(walk.progress)
        move = ask_aside(walk.asker, _END)
        if move.way == BACK:
            _go_back(walk)
        elif move.value == CHANGE:
            _change(walk)
        elif move.value != DISCARD:
            return walk.progress
        elif ask_aside(walk.asker, _SURE).value == "yes":
            return None


def concluded(items: Sequence[Item], progress: Progress) -> Progress:
    """The progress as if the sitting ended here; the words of questions not yet left come along."""
    for item in items:
        if any(progress.typed.get(item.key, {}).values()) and applies(item.when, items, progress):
            progress = progress.broken_off(item.key)
    return replace(progress, at=END)


def entry_of(items: Sequence[Item], progress: Progress, frame: Frame) -> Entry:
    """The entry a sitting makes: what was asked, answered or skipped; what was not reached is not in it.

    What makes no answer as it stands is in it as it was typed: it may have to be shown when nothing can be kept.
    """
    reached = [as_it_is(each, items, progress) for each in asked(items, progress)]
    given = [_given(each, progress.typed.get(each.key, {})) for each in reached]
    promises = [promise for each in given for promise in each.promises]
    return Entry(
        id=frame.id,
        date=frame.date,
        week=frame.week,
        set=frame.set,
        minutes=frame.minutes,
        private=frame.private,
        event=frame.event,
        answers=tuple(each.answer for each in given if each.answer),
        promises=tuple(replace(promise, ref=f"p{at}") for at, promise in enumerate(promises, 1)),
        outcomes=tuple(each.outcome for each in given if each.outcome),
    )


def _given(item: Item, typed: Typed) -> Given:
    try:
        return item.give(typed)
    except ValueError:
        lines = (value if isinstance(value, str) else ", ".join(value) for value in typed.values())
        words = "\n".join(filter(None, lines))
        return Given(answer=Answer(key=item.key, kind="text", question=item.quote or item.ask, reply=words))


def asked(items: Sequence[Item], progress: Progress) -> list[Item]:
    """The items that were left with an answer or a skip, and still apply."""
    return [item for item in items if item.key in progress.done and applies(item.when, items, progress)]


def _mend(walk: Walk) -> None:
    """Ask again what makes no answer as it stands, such as a day mistyped before going back."""
    for item in asked(walk.items, walk.progress):
        while not fits(as_it_is(item, walk.items, walk.progress), walk.progress):
            _again(walk, item)


def _go_back(walk: Walk) -> None:
    keys = [item.key for item in asked(walk.items, walk.progress)]
    walk.progress = replace(walk.progress, at=keys[-1] if keys else "")


def _change(walk: Walk) -> None:
    """Ask one item again, and what has come to apply by it; then the summary follows."""
    choices = by_words(asked(walk.items, walk.progress))
    which = Field(
        name="which",
        way="one",
        ask="Which one?",
        hint="Enter changes none.",
        empty="none",
        options=tuple(choices),
    )
    picked = choices.get(str(ask_aside(walk.asker, which).value))
    if picked:
        before = _applying(walk)
        _again(walk, picked)
        for item in walk.items:
            if item in _applying(walk) and item not in before and item.key not in walk.progress.done:
                _again(walk, item)


def _again(walk: Walk, item: Item) -> None:
    walk.ask(walk.items.index(item))
    walk.progress = replace(walk.progress, at=END)


def _applying(walk: Walk) -> list[Item]:
    return [item for item in walk.items if applies(item.when, walk.items, walk.progress)]

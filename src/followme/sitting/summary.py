"""The summary at the end of a sitting: save, change an answer, or discard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from followme.asking.aside import ask_aside, is_sure
from followme.asking.item import Item, by_words
from followme.asking.state import AT_END
from followme.asking.walk import BACK, S, Walk
from followme.kinds.base import Field

SAVE, CHANGE, DISCARD = "save", "change an answer", "discard"

_WHAT_NOW = Field(
    name="end",
    input="one",
    ask="What now?",
    hint="Press Enter to save.",
    empty=SAVE,
    options=(SAVE, CHANGE, DISCARD),
    keys=("s", "c", "d"),
)


def sit(walk: Walk[S], show: Callable[[S], object]) -> S | None:
    """Walk to the end, show the summary, and let the person save, change or discard; return None if discarded.

    Raises Paused, with everything kept, if the person stops.
    """
    back = False
    while True:
        walk.go(back=back)
        _mend(walk)
        show(walk.state)
        move = ask_aside(walk.asker, _WHAT_NOW)
        back = move.action == BACK
        if back:
            done = walk.state.done
            walk.progress = replace(walk.progress, at=done[-1].key if done else "")
        elif move.value == CHANGE:
            _change(walk)
        elif move.value != DISCARD:
            return walk.state
        elif is_sure(walk.asker):
            return None


def _mend(walk: Walk[S]) -> None:
    """Ask again every item whose text makes no valid answer, such as a day mistyped before going back."""
    for item in walk.state.done:
        while not walk.state.response(walk.state.as_it_is(item)):
            _again(walk, item)


def _change(walk: Walk[S]) -> None:
    """Ask one item again, then items that apply because of the new answer; the summary follows."""
    choices = by_words(walk.state.done)
    which = Field(
        name="which",
        input="one",
        ask="Which one?",
        hint="Press Enter to change nothing.",
        empty="none",
        options=tuple(choices),
    )
    picked = choices.get(str(ask_aside(walk.asker, which).value))
    if picked:
        before = walk.state.applicable
        _again(walk, picked)
        for item in walk.items:
            if item in walk.state.applicable and item not in before and item.key not in walk.progress.done:
                _again(walk, item)


def _again(walk: Walk[S], item: Item) -> None:
    walk.ask(walk.items.index(item))
    walk.progress = replace(walk.progress, at=AT_END)

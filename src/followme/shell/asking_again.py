"""Asking again: one answer or promise of an entry, in the prompt it was first asked in, with what it says now."""

from __future__ import annotations

from datetime import date
from functools import partial

from followme.asking.aside import pick_aside
from followme.asking.item import Item
from followme.asking.items import item_of
from followme.asking.state import State
from followme.asking.walk import BACK, NEXT, Asker, Walk
from followme.env import Env
from followme.env.signals import ended_by_signals
from followme.errors import Paused
from followme.insight.asked_again import Again
from followme.journal.half_edits import HalfEdit
from followme.kinds.base import Response
from followme.model import Progress, Typed
from followme.shell.askers import asker_for, editor_for
from followme.shell.editor import Desk

GO_ON, ANEW = "go on with it", "discard it and start from the answer"


def ask_again(env: Env, again: Again, half: HalfEdit, today: date) -> Response | None:
    """Return what the person answers now; None if they went back from it. Days such as "fri" are counted from `today`.

    What they type is in `half` at every moment. Raises Paused if they stop, with everything kept that they changed.
    """
    editor = editor_for(env)
    asker, key = asker_for(env, editor), again.question.key
    item = item_of(again.question, today)
    typed = _begin_with(asker, again, half)
    state = State((item,), Progress(typed={key: typed}, done=(key,), at=key))

    def keep(state: State, *, sync: bool = True) -> bool:
        if is_kept := half.keep(state.progress.typed.get(key, {}), sync=sync):
            editor.let_go(None if sync else state.progress.typed)
        return is_kept

    walk = Walk(state, asker, keep, partial(keep, sync=False))
    editor.desk = Desk(half, walk)
    try:
        with ended_by_signals(env.keyboard.stop), env.keyboard.held():
            return _response(walk, item)
    except (Paused, KeyboardInterrupt):
        left = walk.progress.typed.get(key, {})
        if left == again.typed:
            half.drop()
            raise Paused("\nNothing was changed.") from None
        if keep(walk.state):
            raise Paused(
                "\nNothing was changed. What you typed is kept; go on with the same command."
            ) from None
        _show_typed(env, left)
        raise Paused("") from None


def _response(walk: Walk[State], item: Item) -> Response | None:
    """What the person answers; None if they went back."""
    while True:
        move = walk.ask(0)
        response = walk.state.response(item)
        if move.action == BACK or (move.action == NEXT and response):
            return response if move.action == NEXT else None


def _show_typed(env: Env, typed: Typed) -> None:
    """Show what was typed, since it can't be kept."""
    env.say("\nNothing was changed, and what you typed isn't on the disk. Copy it from here:")
    for words in typed.values():
        env.say(words if isinstance(words, str) else "\n".join(words), exact=True)


def _begin_with(asker: Asker, again: Again, half: HalfEdit) -> Typed:
    """What the prompt begins with: the answer, or what an earlier edit of it left if the person goes on with that."""
    left = half.left()
    if left and left != again.typed:
        asker.tell("You started to change this before, and that was never saved.")
        offers = {offer: offer for offer in (GO_ON, ANEW)}
        if pick_aside(asker, "What now?", "Press Enter to go on with it.", offers) == GO_ON:
            return left
    half.drop()
    return again.typed

"""The entry that a sitting makes from its answers, and how it is shown before it is saved."""

from __future__ import annotations

from dataclasses import replace

from followme.asking.item import Item
from followme.asking.promised import PROMISED
from followme.asking.state import State
from followme.env import Env
from followme.kinds.base import Response
from followme.model import Answer, Entry
from followme.sitting.starting import Sitting
from followme.views import view


def entry_for(env: Env, sitting: Sitting) -> Entry:
    """Return the entry that the sitting makes if it ends now."""
    draft = sitting.progress
    bare = Entry(
        id=draft.id,
        date=env.now().replace(microsecond=0),
        week=draft.week,
        set=draft.set,
        minutes=round(draft.seconds / 60),
        private=sitting.asked.private,
        event=sitting.asked.about_event or sitting.asked.event,
    )
    return filled(bare, sitting)


def show_summary(env: Env, sitting: Sitting, *, fits: bool = False) -> None:
    """Show all answers of a sitting, as they would be saved; if it `fits`, in short where the screen is too low."""
    promises = {each.ref: each.promise for each in sitting.due}
    entry, asked = entry_for(env, sitting), any(item.key == PROMISED for item in sitting.done)
    ended = {each.promise for each in entry.outcomes}
    left_open = [each.promise for each in sitting.due if asked and each.ref not in ended]
    heard = {each.ref for each in sitting.due if each.heard is not None}
    view("entry").summary(entry, promises, env.err, env.rows if fits else 0, left_open, heard)


def filled(bare: Entry, state: State) -> Entry:
    """Return the entry with every question that was answered or skipped, without those that were not reached.

    Typed text that makes no valid answer is in it unchanged, so that it can be shown if nothing can be kept.
    """
    responses = [_response(state, state.as_it_is(each)) for each in state.done]
    promises = [promise for each in responses for promise in each.promises]
    return replace(
        bare,
        answers=tuple(each.answer for each in responses if each.answer),
        promises=tuple(replace(promise, ref=f"p{at}") for at, promise in enumerate(promises, 1)),
        outcomes=tuple(outcome for each in responses for outcome in each.outcomes),
    )


def _response(state: State, item: Item) -> Response:
    if response := state.response(item):
        return response
    lines = (value if isinstance(value, str) else ", ".join(value) for value in state.typed(item).values())
    words = "\n".join(filter(None, lines))
    return Response(answer=Answer(key=item.key, kind="text", question=item.ask, reply=words))

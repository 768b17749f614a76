"""A yes or no beside a reflection: one key answers it, and it says what Enter does."""

from __future__ import annotations

from followme.asking.aside import ask_aside
from followme.asking.walk import NEXT, Asker
from followme.env import Env
from followme.errors import Paused
from followme.kinds.base import Field
from followme.shell.askers import asker_for

YES, NO = "yes", "no"


def confirmed(env: Env, ask: str, hint: str, *, enter: str = NO, asker: Asker | None = None) -> bool:
    """Return whether the person says yes; `enter` is what Enter means, and leaving with Ctrl+C is a no."""
    field = Field(name="confirm", input="yesno", ask=ask, hint=hint, empty=enter, alone=True)
    try:
        # Keys pressed before the question appears wait for it.
        with env.keyboard.held():
            move = ask_aside(asker or asker_for(env), field)
    except Paused:
        return False
    return move.action == NEXT and (move.value or enter) == YES

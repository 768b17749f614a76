"""A yes or no beside a reflection: one key answers it, and it says what Enter does."""

from __future__ import annotations

from followme.asking.aside import ask_aside
from followme.asking.walk import NEXT, Asker
from followme.env import Env
from followme.errors import FollowmeError, Paused, WrongUsage
from followme.kinds.base import Field
from followme.shell.askers import asker_for

YES, NO = "yes", "no"


def confirmed(
    env: Env, ask: str, hint: str, *, enter: str = NO, no: str = "for later", asker: Asker | None = None
) -> bool:
    """Return whether the person says yes. Leaving with Ctrl+C is a no.

    `enter` is what Enter means, and `no` what n does where that is a yes.
    """
    field = Field(name="confirm", input="yesno", ask=ask, hint=hint, empty=enter, no=no, alone=True)
    try:
        # Keys pressed before the question appears wait for it.
        with env.keyboard.held():
            move = ask_aside(asker or asker_for(env), field)
    except Paused:
        return False
    return move.action == NEXT and (move.value or enter) == YES


class Declined(FollowmeError):
    """The person said no."""


def is_agreed(env: Env, what: str, *, dry_run: bool, enter: str = NO) -> bool:
    """Return whether to go on with a change: False for a dry run. `what` names it: "an undo".

    Raises Declined after a no, and WrongUsage where no one can be asked.
    """
    if dry_run:
        env.say("Nothing was changed, since this is a dry run.")
        return False
    if env.options.yes:
        return True
    if not env.can_ask:
        raise WrongUsage(
            f"Nothing was changed, because {what} needs your yes. Add --yes, or run it in a terminal."
        )
    hint = "Press Enter to change nothing." if enter == NO else "Press Enter to change it."
    if not confirmed(env, "Go ahead?", hint, enter=enter, no="to change nothing"):
        raise Declined("Nothing was changed.")
    return True

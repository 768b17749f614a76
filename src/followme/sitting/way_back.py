"""The way back after missed weeks: the set `return` is offered before the usual one."""

from __future__ import annotations

from collections.abc import Sequence

from followme.asking.aside import pick_aside
from followme.asking.walk import Asker
from followme.env import Env
from followme.insight.weeks import ENOUGH, breaks_of, missed, weeks_done
from followme.model import RETURN, Entry


def choose_set(env: Env, asker: Asker, past: Sequence[Entry], usual: str) -> str:
    """Return the usual set, or `return` if weeks were missed and the person chooses it. Raises Paused."""
    today = env.now().date()
    if missed(today, weeks_done(past), breaks_of(env.config)) < ENOUGH:
        return usual
    offers = {"three minutes, to come back in": RETURN, f"the usual sitting ({usual})": usual}
    env.say("")
    env.say("Welcome back.")
    return pick_aside(asker, "What fits today?", "Enter takes the three minutes.", offers)

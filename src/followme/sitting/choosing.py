"""The set and the week of a new sitting, asked about where two fit the day."""

from __future__ import annotations

from collections.abc import Sequence

from followme import dates
from followme.asking.aside import pick_aside
from followme.asking.walk import Asker
from followme.env import Env
from followme.insight.cadences import patience
from followme.insight.weeks import breaks_of, due_week, missed, weeks_done
from followme.model import RETURN, Entry, PromptSet


def choose_set(env: Env, asker: Asker | None, past: Sequence[Entry], usual: PromptSet) -> str:
    """Return the usual set, or `return` if weeks were missed and the person chooses it. Raises Paused.

    Without an asker, it is what Enter would choose.
    """
    gone_by = missed(env.now().date(), weeks_done(past), breaks_of(env.config))
    if gone_by < patience(usual.cadence):
        return usual.name
    if asker is None:
        return RETURN
    offers = {"three minutes, to ease back in": RETURN, f"the full reflection ({usual.name})": usual.name}
    env.say("")
    env.say("Welcome back.")
    return pick_aside(asker, "How much time do you have?", "Press Enter for the three minutes.", offers)


def choose_week(env: Env, asker: Asker | None, past: Sequence[Entry]) -> str:
    """Return this week, or last week if its sitting is due and the person chooses it; `past` is oldest first.

    Without an asker, it is what Enter would choose. Raises Paused if the person stops.
    """
    today = env.now().date()
    this = dates.iso_week(today)
    waits = due_week(today, env.config.review_day, weeks_done(past), breaks_of(env.config))
    if waits in (None, this) or not past:
        return this
    last = str(waits)
    if asker is None:
        return last
    offers = {
        f"{name} week, {dates.week_words(week, today)}": week
        for name, week in (("last", last), ("this", this))
    }
    env.say("")
    return pick_aside(
        asker,
        "Last week has no reflection yet. Which week is this for?",
        "Press Enter for last week.",
        offers,
    )

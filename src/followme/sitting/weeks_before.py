"""The latest weeks before a sitting that asks about them, shown part by part."""

from __future__ import annotations

from followme.asking.aside import wait_aside
from followme.asking.walk import Asker
from followme.dates import monday
from followme.env import Env
from followme.insight.past_weeks import past_weeks, weeks_to
from followme.shell.entries import latest
from followme.views import view


def show(env: Env, asker: Asker, last: str, count: int) -> None:
    """Show the `count` weeks up to `last`, and wait for Enter after each part. Raises Paused."""
    weeks = weeks_to(last, count)
    looked_back = past_weeks(latest(env, monday(weeks[0])), weeks, env.now().date())
    for _ in view("past_weeks").show(looked_back, env.err):
        env.say("")
        wait_aside(asker, "Enter goes on.")

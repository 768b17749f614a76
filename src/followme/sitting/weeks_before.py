"""The latest weeks before a sitting that asks about them, shown part by part."""

from __future__ import annotations

from followme.asking.aside import wait_aside
from followme.asking.walk import Asker
from followme.dates import monday
from followme.env import Env
from followme.insight.past_weeks import past_weeks
from followme.insight.rewording import in_todays_words, rewordings
from followme.insight.weeks import weeks_to
from followme.shell import own_sets
from followme.shell.entries import latest
from followme.views import view


def show(env: Env, asker: Asker, last: str, count: int) -> None:
    """Show the `count` weeks up to `last`, and wait for Enter after each part. Raises Paused."""
    weeks = weeks_to(last, count)
    entries = in_todays_words(latest(env, monday(weeks[0])), rewordings(own_sets.usable(env)))
    looked_back = past_weeks(entries, weeks, env.now().date())
    for _ in view("past_weeks").show(looked_back, env.err):
        env.say("")
        wait_aside(asker, "Press Enter to go on.")

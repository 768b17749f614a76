"""Home, what `followme` alone shows: this week's state, and in a terminal the offer to begin."""

from __future__ import annotations

import typer

from followme import dates
from followme.commands import common, reflect, waiting
from followme.commands.sittings import place_of
from followme.env import Env
from followme.insight.home import Home, home_of
from followme.journal import drafts
from followme.views import view


def run(ctx: typer.Context) -> None:
    """Show home, and offer to begin where somebody can answer."""
    env: Env = ctx.obj
    today = env.now().date()
    home = _home(env)
    view("home").show(home, dates.week_words(dates.iso_week(today)), env.out)
    waiting.complete(env)
    if env.can_ask and env.out.terminal and (home.drafts or not home.sittings):
        env.stdout.flush()
        env.stderr.write("\nBegin now? Enter for yes, n for no: ")
        env.stderr.flush()
        said = env.stdin.readline()
        # At the end of the input not even an empty line comes.
        if said and said.strip().casefold() in ("", "y", "yes"):
            reflect.begin(env, env.config.set, dates.iso_week(today))


def _home(env: Env) -> Home:
    today = env.now().date()
    waiting = drafts.orphans(place_of(env))
    for each in waiting:
        each.close()
    return home_of(
        common.recent(env),
        week=dates.iso_week(today),
        today=today,
        first_time=not env.journal.exists(),
        drafts=len(waiting),
    )

"""`followme` alone, which is home: the state of this week, and in a terminal the offer to begin."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from followme.commands import reflect
from followme.env import Env
from followme.hints import Command
from followme.insight.home import Home, home_of
from followme.insight.weeks import breaks_of
from followme.journal.health.copies import copies
from followme.shell.cadences import calendar
from followme.shell.however_old import skim
from followme.shell.paths import paths_of
from followme.sitting import unfinished
from followme.views import view


def run(ctx: typer.Context) -> None:
    """Show home, and offer to begin if someone can answer."""
    env: Env = ctx.obj
    # What it brings into the journal is not offered once more.
    complete = unfinished.complete(env)
    home = _home(env)
    view("home").show(home, env.out)
    if env.can_ask and env.out.terminal and complete and home.begins:
        env.stdout.flush()
        said = env.ask(f"\n{'Go on' if home.goes_on else 'Begin'} now? Enter for yes, n for no:")
        if said is not None and said.strip().casefold() in ("", "y", "yes"):
            _begin(env, home)


def _begin(env: Env, home: Home) -> None:
    """Go on or begin, as the person was asked: another window may have taken what waited meanwhile."""
    if home.goes_on and not unfinished.weeks(env):
        words = "The unfinished reflection is open in another window, or was ended there. To begin another:"
        env.say(words, Command("reflect"))
    else:
        reflect.begin(env)


def _home(env: Env) -> Home:
    paths = paths_of(env)
    skimmed = skim(env)
    by_days = calendar(env, skimmed.entries)
    return home_of(
        skimmed.entries,
        skimmed.pending,
        today=env.now().date(),
        review_day=env.config.review_day,
        breaks=breaks_of(env.config),
        first_time=not os.path.lexists(env.journal),
        drafts=unfinished.weeks(env),
        copies=sum(each.waits for each in copies(Path(paths.real))),
        due_sets=by_days.due,
        usual=by_days.usual if by_days.by_days else "",
        next_day=by_days.days.get(by_days.usual),
    )

"""`followme` alone, which is home: the state of this week, and in a terminal the offer to begin."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import typer

from followme.commands import reflect
from followme.env import Env
from followme.insight.cadences import patience
from followme.insight.home import Home, home_of
from followme.insight.weeks import breaks_of
from followme.journal.health.copies import copies
from followme.shell import present
from followme.shell.askers import asker_for, editor_for
from followme.shell.cadences import calendar
from followme.shell.confirm import YES, confirmed
from followme.shell.however_old import skim
from followme.shell.paths import paths_of
from followme.shell.sync_ends import last_failure
from followme.sitting import unfinished
from followme.views import view


def run(ctx: typer.Context, as_json: bool) -> None:
    """Show home, and offer to begin if someone can answer; as JSON, print its counts."""
    env: Env = ctx.obj
    # What it brings into the journal is not offered once more.
    all_in = unfinished.complete(env).all_in
    home = _home(env)
    if as_json:
        present.write_json(env, view("json").home(home))
        return
    view("home").show(home, env.out)
    if env.can_ask and env.out.terminal and all_in and home.begins:
        env.stdout.flush()
        _offer(env, home)


def _offer(env: Env, home: Home) -> None:
    """Offer to begin or to go on, and do it at Enter, with no other question before the first one."""
    editor = editor_for(env)
    asker = asker_for(env, editor, reflects=True)
    env.say("")
    if not confirmed(env, *view("home").offer(home), enter=YES, asker=asker):
        return
    if home.goes_on:
        reflect.go_on(env, asker, editor, home.goes_on)
    else:
        reflect.begin_usual(env, asker, editor)


def _copies(env: Env) -> int:
    """How many copies beside the journal may hold something that it lacks."""
    return sum(each.waits for each in copies(Path(paths_of(env).real)))


def _home(env: Env) -> Home:
    skimmed = skim(env)
    by_days = calendar(env, skimmed.entries)
    home = home_of(
        skimmed.entries,
        skimmed.maybe_due,
        today=env.now().date(),
        review_day=env.config.review_day,
        breaks=breaks_of(env.config),
        first_time=not os.path.lexists(env.journal),
        drafts=unfinished.weeks(env),
        kept=skimmed.kept,
        due_sets=by_days.due,
        usual=by_days.usual if by_days.by_days else "",
        next_day=by_days.days.get(by_days.usual),
        year_starts=env.config.year_starts,
    )
    return replace(
        home,
        patience=patience(by_days.cadence),
        twice=skimmed.twice,
        copies=_copies(env),
        demo=bool(env.demo),
        sync_failed=last_failure(env),
    )

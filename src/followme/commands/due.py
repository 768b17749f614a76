"""`followme due`: one line if a reflection is due, or nothing; for a shell's start file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import typer

from followme import dates
from followme.env import Env
from followme.hints import Command
from followme.insight.weeks import breaks_of, due_week, weeks_done
from followme.shell import present
from followme.shell.cadences import Calendar, calendar
from followme.shell.entries import latest
from followme.views import view

NOTHING_DUE = 3


def run(ctx: typer.Context, as_json: present.AsJson = False) -> None:
    """Print one line if a reflection is due (exit code 0), otherwise nothing (exit code 3).

    A week is due from the review day in the settings (Friday) until Tuesday. A set with a cadence such as
    `fortnightly` is due that long after your last reflection with it. In a shell's startup file, add `|| true`.
    """
    env: Env = ctx.obj
    today = env.now().date()
    done = weeks_done(latest(env, dates.monday(dates.iso_week(today - timedelta(days=7)))))
    week = due_week(today, env.config.review_day, done, breaks_of(env.config))
    by_days = calendar(env)
    week = None if by_days.by_days else week
    if as_json:
        present.write_json(env, view("json").due(week, by_days.due))
    else:
        present.write_lines(env, _lines(env, week, by_days))
    if not (week or by_days.due):
        raise typer.Exit(NOTHING_DUE)


def _lines(env: Env, week: str | None, by_days: Calendar) -> Iterator[str]:
    """The one line: that of this or last week, else that of the first set that's due by days."""
    if week:
        which = "This" if week == dates.iso_week(env.now().date()) else "Last"
        yield f"{which} week's reflection is due: {env.command(Command('reflect'))}"
    elif by_days.due:
        name = by_days.due[0]
        begin = env.command(Command("reflect", *([name] if name != by_days.usual else [])))
        yield f"{name} is due: {begin}"

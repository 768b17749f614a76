"""`followme due`: one line if a reflection is due, or nothing; for a shell's start file."""

from __future__ import annotations

from datetime import timedelta

import typer

from followme import dates
from followme.env import Env
from followme.hints import Command
from followme.insight.weeks import breaks_of, due_week, weeks_done
from followme.shell import present
from followme.shell.cadences import calendar
from followme.shell.entries import latest

NOTHING_DUE = 3


def run(ctx: typer.Context) -> None:
    """Print one line if a reflection is due (exit code 0), otherwise nothing (exit code 3).

    A week is due from the review day in the settings (Friday) until Tuesday. A set with a cadence such as
    `fortnightly` is due that long after your last reflection with it. In a shell's startup file, add `|| true`.
    """
    env: Env = ctx.obj
    today = env.now().date()
    done = weeks_done(latest(env, dates.monday(dates.iso_week(today - timedelta(days=7)))))
    week = due_week(today, env.config.review_day, done, breaks_of(env.config))
    by_days = calendar(env)
    if by_days.by_days or week is None:
        if not by_days.due:
            raise typer.Exit(NOTHING_DUE)
        name = by_days.due[0]
        begin = env.command(Command("reflect", *([name] if name != by_days.usual else [])))
        present.write_lines(env, [f"{name} is due: {begin}"])
        return
    which, begin = "This" if week == dates.iso_week(today) else "Last", env.command(Command("reflect"))
    present.write_lines(env, [f"{which} week's reflection is due: {begin}"])

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
    """Say in one line that a reflection is due, with exit code 0; else say nothing, with exit code 3.

    A week is due from the review day of the settings (Friday) until Tuesday. A set with
    a cadence such as `fortnightly` is due so many days after your last reflection with it. In a shell's start file,
    add `|| true`.
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
    words = dates.week_words(week)
    begin = env.command(Command("reflect"))
    present.write_lines(env, [f"{words[0].upper()}{words[1:]} waits for its reflection: {begin}"])

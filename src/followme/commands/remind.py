"""`followme remind`: a weekly reminder, written or printed, never installed."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from followme.dates import WEEKDAYS
from followme.env import Env
from followme.errors import WrongUsage, quoted
from followme.hints import Command
from followme.insight.cadences import DAYS
from followme.shell import target_file
from followme.shell.cadences import calendar
from followme.shell.paths import paths_of
from followme.views import view

SYSTEMS = ("systemd", "cron", "launchd", "windows")
"""The systems; `views/reminders.py` has a function with the name of each."""


def run(
    ctx: typer.Context,
    system: Annotated[
        str, typer.Argument(metavar="[SYSTEM]", help=f"What to print for: {', '.join(SYSTEMS)}.")
    ] = "",
    ics: Annotated[str | None, typer.Option("--ics", help="Write a calendar file here; - is stdout.")] = None,
    at: Annotated[str, typer.Option("--at", help="The time of day.")] = "16:00",
    force: Annotated[bool, typer.Option("--force", help="Replace the calendar file if it exists.")] = False,
) -> None:
    """Write a weekly calendar event, or print what a system can be told; nothing is ever installed.

    The day is the review day of the settings, Friday if they name none. The calendar event follows the cadence of the
    set in the settings.
    """
    env: Env = ctx.obj
    hour = _time(at)
    day = WEEKDAYS.index(env.config.review_day.capitalize())
    reminders = view("reminders")
    if ics is not None:
        now, by_days = env.now(), calendar(env)
        first = by_days.days.get(by_days.usual, now.date()) if by_days.by_days else _next(now.date(), day)
        every = DAYS[by_days.cadence] if by_days.by_days else 7
        text = reminders.ics(max(first, now.date()), hour, now, paths_of(env).name, every)
        _write(env, ics, text, force)
        return
    if system not in SYSTEMS:
        known = ", ".join(SYSTEMS)
        write = Command("remind", "--ics", "FILE")
        raise WrongUsage(f"Name one of {known}, or write a calendar file with:", write)
    # A program that the system starts has neither this shell's variables nor its folder.
    named = env.options.journal or env.environ.get("FOLLOWME_JOURNAL")
    journal = ("--journal", str(env.journal.absolute())) if named else ()
    program, *more = env.program
    program = str(Path(program).absolute()) if Path(program).name != program else program
    env.write(getattr(reminders, system)(reminders.Weekly(day, hour, (program, *more, *journal))))


def _write(env: Env, ics: str, text: str, force: bool) -> None:
    target = target_file.named(ics)
    if target is None:
        env.write(text)
        return
    target_file.check(env, target, force)
    target_file.write_file(target, text)
    env.say(f"The reminder is in {target}. Open it with your calendar.")


def _time(words: str) -> time:
    # `fromisoformat` accepts seconds and offsets, which no reminder can keep, and refuses 9:00.
    if match := re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", words.strip()):
        return time(int(match[1]), int(match[2]))
    raise WrongUsage(f"{quoted(words)} is not a time of day that followme knows. Try 16:00.")


def _next(today: date, day: int) -> date:
    return today + timedelta(days=(day - today.weekday()) % 7)

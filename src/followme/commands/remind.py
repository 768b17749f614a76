"""`followme remind`: a weekly reminder, written or printed, never installed."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from followme.commands import output, target_file
from followme.dates import WEEKDAYS
from followme.env import Env
from followme.errors import WrongUsage
from followme.views import view

SYSTEMS = ("systemd", "cron", "launchd", "windows")


def run(
    ctx: typer.Context,
    system: Annotated[
        str, typer.Argument(metavar="[SYSTEM]", help=f"What to print for: {', '.join(SYSTEMS)}.")
    ] = "",
    ics: Annotated[
        Path | None, typer.Option("--ics", help="Write a calendar file here; - is stdout.")
    ] = None,
    at: Annotated[str, typer.Option("--at", help="The time of day.")] = "16:00",
    force: Annotated[bool, typer.Option("--force", help="Replace the calendar file if it exists.")] = False,
) -> None:
    """Write a weekly calendar event, or print what a system can be told; nothing is ever installed.

    The day is the review day of the settings, Friday if they name none.
    """
    env: Env = ctx.obj
    hour = _time(at)
    day = WEEKDAYS.index(env.config.review_day.capitalize())
    reminders = view("reminders")
    if ics is not None:
        text = reminders.ics(_next(env.now().date(), day), hour, env.now())
        _write(env, ics, text, force)
        return
    if system not in SYSTEMS:
        known = ", ".join(SYSTEMS)
        raise WrongUsage(f"Name one of {known}, or write a calendar file with: followme remind --ics FILE")
    output.write(env, reminders.SYSTEMS[system](day, hour))


def _write(env: Env, ics: Path, text: str, force: bool) -> None:
    if str(ics) == "-":
        output.write(env, text)
        return
    target_file.check(ics, force)
    target_file.put(ics, text)
    env.say(f"The reminder is in {ics}. Open it with your calendar.")


def _time(words: str) -> time:
    try:
        return time.fromisoformat(words)
    except ValueError:
        raise WrongUsage(f"{words[:20]!r} is no time of day; write it as 16:00.") from None


def _next(today: date, day: int) -> date:
    return today + timedelta(days=(day - today.weekday()) % 7)

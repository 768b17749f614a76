"""`followme remind`: a weekly reminder, put into the system, written as a calendar file, or printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Annotated

import typer

from followme.dates import WEEKDAYS, shown_day
from followme.env import Env
from followme.errors import WrongUsage, quoted
from followme.hints import Command
from followme.insight.cadences import DAYS
from followme.shell import present, reminding, target_file
from followme.shell.cadences import calendar
from followme.shell.confirm import confirmed
from followme.shell.paths import paths_of
from followme.shell.reminding import Reminder
from followme.views import view

SYSTEMS = {"systemd": "systemd", "cron": "cron", "launchd": "launchd", "windows": "Task Scheduler"}
"""The systems, and what people call each; `views/reminders.py` has a function for each, with its name."""


def _words(incomplete: str) -> list[str]:
    """The words that begin with these letters, for the shell's completion."""
    return [word for word in ("on", *_TURNS, *SYSTEMS) if word.startswith(incomplete)]


def run(
    ctx: typer.Context,
    system: Annotated[
        str,
        typer.Argument(
            metavar="[on|off|status|SYSTEM]",
            help=f"Turn it on or off, see how it is, or print what to set up for {', '.join(SYSTEMS)}.",
            autocompletion=_words,
        ),
    ] = "",
    ics: Annotated[str | None, typer.Option("--ics", help="Write a calendar file here; - is stdout.")] = None,
    at: Annotated[str, typer.Option("--at", help="The time of day.")] = "16:00",
    force: Annotated[bool, typer.Option("--force", help="Replace the calendar file if it exists.")] = False,
    as_json: present.AsJson = False,
) -> None:
    """Be reminded each week: by this computer, or by a calendar file.

    `on` shows what it will write and asks first; `off` removes exactly that. The day is the review day of the
    settings, Friday if they name none. The calendar event follows the cadence of the set in the settings.
    """
    env: Env = ctx.obj
    if as_json:
        _status_as_json(env, system)
        return
    hour = _time(at)
    day = WEEKDAYS.index(env.config.review_day.capitalize())
    if ics is not None:
        _write(env, ics, _event(env, day, hour), force)
        return
    if system == "on":
        _turn_on(env, reminding.planned(env, day, hour, _start(env)))
    elif system in _TURNS:
        _TURNS[system](env)
    elif system in SYSTEMS:
        reminders = view("reminders")
        env.write(getattr(reminders, system)(reminders.Weekly(day, hour, _start(env))))
    else:
        known = ", ".join(("on", *_TURNS, *SYSTEMS))
        write = Command("remind", "--ics", "FILE")
        raise WrongUsage(f"Name one of {known}, or write a calendar file with:", write)


def _event(env: Env, day: int, hour: time) -> str:
    """The calendar file: an event every week on this weekday, or as often as the usual set is due by days."""
    now, by_days = env.now(), calendar(env)
    today = now.date()
    first, every = reminding.next_day(today, day), 7
    if by_days.by_days:
        first, every = max(by_days.days.get(by_days.usual, today), today), DAYS[by_days.cadence]
    return str(view("reminders").ics(first, hour, now, paths_of(env).name, every))


def _start(env: Env) -> tuple[str, ...]:
    """The words that start followme with its journal; the system doesn't know this shell's variables or folder."""
    named = env.options.journal or env.environ.get("FOLLOWME_JOURNAL")
    journal = ("--journal", str(env.journal.absolute())) if named else ()
    program, *more = env.program
    program = str(Path(program).absolute()) if Path(program).name != program else program
    return (program, *more, *journal)


def _turn_on(env: Env, reminder: Reminder) -> None:
    """Put the reminder in after a yes. Raises WrongUsage if no one can give it."""
    old = reminding.found(env)
    same = old and replace(old, folders=(), first=False) == reminder
    if old and same and reminding.runs(old):
        env.say("The reminder is on already.")
        _tell(env, old, env.say)
        return
    env.say(
        f"followme will have {SYSTEMS[reminder.system]} remind you on {_when(reminder)}. It will write to:"
    )
    for words in (*reminder.places, *reminder.lines.splitlines()):
        env.say(f"  {words}", exact=True)
    if not env.options.yes and not env.can_ask:
        raise WrongUsage(
            "Nothing was installed: it needs your yes. Give it with --yes, or run it in a terminal."
        )
    if not env.options.yes and not confirmed(env, "Turn it on?", "Press Enter to change nothing."):
        env.say("Nothing was installed.")
        return
    if old:
        _say_left(env, reminding.take_away(env, old))
    reminding.install(env, reminder)
    env.say(f"The reminder is on. The next one comes {_next(env, reminder)}. To turn it off:", _OFF)


def _turn_off(env: Env) -> None:
    """Take away the reminder, and say what was removed."""
    reminder = reminding.found(env)
    if not reminder:
        env.say("No reminder is on.")
        return
    left = reminding.take_away(env, reminder)
    env.say("The reminder is off. Removed:")
    for place in reminder.places:
        if place not in left:
            env.say(f"  {place}", exact=True)
    _say_left(env, left)


def _say_left(env: Env, left: list[str]) -> None:
    for place in left:
        env.say(f"{place} was changed since or couldn't be removed, so it's left as it is.")


def _status(env: Env) -> None:
    """Print whether a reminder is on, for which journal, and when it comes next."""
    reminder = reminding.found(env)
    if not reminder:
        present.write_lines(env, ["No reminder is on."])
        env.say("Turn one on with:", Command("remind", "on"))
        return
    _tell(env, reminder, lambda line: present.write_lines(env, [line]))
    if not reminding.runs(reminder):
        env.say(f"{SYSTEMS[reminder.system]} doesn't run it. Turn it on again with:", Command("remind", "on"))


def _status_as_json(env: Env, system: str) -> None:
    """Print the same as JSON. Raises WrongUsage if anything else was asked for."""
    if system != "status":
        raise WrongUsage("Only the status is printed as JSON:", Command("remind", "status", "--json"))
    reminder = reminding.found(env)
    parts = None
    if reminder:
        following = reminder.next_after(env.now()).isoformat()
        parts = {
            "system": reminder.system,
            "journal": reminder.journal,
            "day": WEEKDAYS[reminder.day].lower(),
            "at": reminder.at,
            "next": following,
            "places": reminder.places,
            "runs": reminding.runs(reminder),
        }
    present.write_json(env, view("json").reminder(parts))


def _tell(env: Env, reminder: Reminder, say: Callable[[str], object]) -> None:
    say(f"On: {_when(reminder)}, by {SYSTEMS[reminder.system]}")
    say(f"Next: {_next(env, reminder)}")
    say(f"Journal: {reminder.journal}")
    for place in reminder.places:
        say(f"In: {place}")


_TURNS = {"off": _turn_off, "status": _status}
_OFF = Command("remind", "off")


def _when(reminder: Reminder) -> str:
    """Such as "Fridays at 16:00"."""
    return f"{WEEKDAYS[reminder.day]}s at {reminder.at}"


def _next(env: Env, reminder: Reminder) -> str:
    """Such as "Fri, Nov 27 at 16:00"."""
    day = reminder.next_after(env.now()).date()
    return f"{shown_day(day, env.now().date())} at {reminder.at}"


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
    raise WrongUsage(f"{quoted(words)} isn't a time of day followme knows. Try 16:00.")

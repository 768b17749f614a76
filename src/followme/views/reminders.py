"""Reminders as text, for a person or followme to install: a calendar file, and the settings of four systems."""

from __future__ import annotations

import plistlib
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from followme import quoting
from followme.dates import WEEKDAYS
from followme.frozen import frozen

SUMMARY = "Reflect on the week"
MINUTES = 10
_LABEL = "followme.weekly"


@frozen
class Weekly:
    """A weekly reminder: the weekday (Monday is 0), the time of day, and the words that start followme."""

    day: int
    at: time
    start: tuple[str, ...] = ("followme",)


def ics(first: date, at: time, stamp: datetime, journal: str, every: int = 7) -> str:
    """Return an event every `every` days from this day on, in the calendar's own time zone, with an alarm.

    `journal` is a short name. A calendar takes all events of one journal as the same event, and keeps the latest.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//followme//weekly reflection//EN")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"{_LABEL}-{journal}")
    # A calendar replaces an event only with a higher number; the minutes since 1970 grow by themselves.
    event.add("sequence", int(stamp.timestamp()) // 60)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", datetime.combine(first, at))
    event.add("duration", timedelta(minutes=MINUTES))
    weekly = {"freq": "weekly", "byday": WEEKDAYS[first.weekday()][:2].upper()}
    event.add("rrule", weekly if every == 7 else {"freq": "daily", "interval": every})
    summary = SUMMARY if every == 7 else "Reflect"
    event.add("summary", summary)
    event.add("description", "Open followme in a terminal.")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text.decode()


def units(weekly: Weekly) -> dict[str, str]:
    """Return a user timer and its service for systemd, by file name; it runs late if the machine was off."""
    service = f"""\
[Unit]
Description={SUMMARY}

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'notify-send "followme" "{SUMMARY}: open followme in a terminal."'
"""
    timer = f"""\
[Unit]
Description={SUMMARY}, weekly

[Timer]
OnCalendar={WEEKDAYS[weekly.day][:3]} {weekly.at:%H:%M}
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {"followme.service": service, "followme.timer": timer}


def systemd(weekly: Weekly) -> str:
    """Return both units for systemd as text, each below the path of its file."""
    each = "\n".join(f"# ~/.config/systemd/user/{name}\n{text}" for name, text in units(weekly).items())
    return f"{each}\n# Then: systemctl --user daemon-reload && systemctl --user enable --now followme.timer\n"


def cron_lines(weekly: Weekly) -> str:
    """Return a line for a crontab below a comment; cron skips it while the machine is off or asleep."""
    return f"# A weekly reminder by followme\n{_cron_line(weekly)}"


def cron(weekly: Weekly) -> str:
    """Return a line for a crontab as text, and how to add it."""
    return f"# Add this line with: crontab -e\n{_cron_line(weekly)}"


def _cron_line(weekly: Weekly) -> str:
    at = weekly.at
    # Cron's commands know nothing about the session, so the line gives the address of the session's bus.
    return (
        f"{at.minute} {at.hour} * * {_from_sunday(weekly.day)} "
        'DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$(id -u)/bus" '
        f'notify-send "followme" "{SUMMARY}."\n'
    )


def agent(weekly: Weekly, comment: str = "") -> str:
    """Return an agent for launchd, which also runs after a sleep; Sunday is 0 there."""
    script = f'display notification "{SUMMARY}: open followme in a terminal." with title "followme"'
    values = {
        "Label": _LABEL,
        "ProgramArguments": ["/usr/bin/osascript", "-e", script],
        "StartCalendarInterval": {
            "Weekday": _from_sunday(weekly.day),
            "Hour": weekly.at.hour,
            "Minute": weekly.at.minute,
        },
    }
    return plistlib.dumps(values, sort_keys=False).decode().replace("<plist", f"{comment}<plist", 1)


def launchd(weekly: Weekly) -> str:
    """Return the agent as text, with a comment that says where it goes."""
    where = f"~/Library/LaunchAgents/{_LABEL}.plist"
    return agent(weekly, f"<!-- Save as {where}, then: launchctl load {where} -->\n")


def task(weekly: Weekly) -> tuple[str, ...]:
    """Return the words that make a task for Windows: at its time, a terminal opens with followme in it."""
    line = quoting.join(weekly.start, windows=True)
    # If a line begins with a quote, cmd removes the first and the last quote.
    run = f'cmd /k "{line}"' if '"' in line else f"cmd /k {line}"
    when = ("/D", WEEKDAYS[weekly.day][:3].upper(), "/ST", f"{weekly.at:%H:%M}")
    return ("schtasks", "/Create", "/TN", "followme", "/SC", "WEEKLY", *when, "/TR", run)


def windows(weekly: Weekly) -> str:
    """Return the command that makes the task as text."""
    return (
        "rem Type the last line in a command prompt. On battery power Windows skips the task,\n"
        "rem until you change that in Task Scheduler, under Conditions.\n"
        f"{quoting.join(task(weekly), windows=True)}\n"
    )


def _from_sunday(day: int) -> int:
    """The number of a weekday if Sunday is 0."""
    return (day + 1) % 7

"""Reminders as text for a person to install: a calendar file, and the settings of four systems."""

from __future__ import annotations

import plistlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from followme import quoting
from followme.dates import WEEKDAYS

SUMMARY = "Reflect on the week"
MINUTES = 10
_LABEL = "followme.weekly"


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekly reminder: the weekday (Monday is 0), the time of day, and the words that start followme."""

    day: int
    at: time
    start: tuple[str, ...] = ("followme",)


def ics(first: date, at: time, stamp: datetime, journal: str, every: int = 7) -> str:
    """Return an event every so many days from this day on, in the calendar's own time zone, with an alarm.

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


def systemd(weekly: Weekly) -> str:
    """Return a user timer and its service; it runs late if the machine was off at its time."""
    return f"""\
# ~/.config/systemd/user/followme.service
[Unit]
Description={SUMMARY}

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'notify-send "followme" "{SUMMARY}: open followme in a terminal."'

# ~/.config/systemd/user/followme.timer
[Unit]
Description={SUMMARY}, weekly

[Timer]
OnCalendar={WEEKDAYS[weekly.day][:3]} {weekly.at:%H:%M}
Persistent=true

[Install]
WantedBy=timers.target

# Then: systemctl --user daemon-reload && systemctl --user enable --now followme.timer
"""


def cron(weekly: Weekly) -> str:
    """Return a line for a crontab; cron skips it while the machine is off or asleep."""
    at = weekly.at
    # Cron's commands know nothing about the session, so the line gives the address of the session's bus.
    return (
        "# Add this line with: crontab -e\n"
        f"{at.minute} {at.hour} * * {_from_sunday(weekly.day)} "
        'DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$(id -u)/bus" '
        f'notify-send "followme" "{SUMMARY}."\n'
    )


def launchd(weekly: Weekly) -> str:
    """Return an agent for macOS, which also runs after a sleep; Sunday is 0 there."""
    script = f'display notification "{SUMMARY}: open followme in a terminal." with title "followme"'
    agent = {
        "Label": _LABEL,
        "ProgramArguments": ["/usr/bin/osascript", "-e", script],
        "StartCalendarInterval": {
            "Weekday": _from_sunday(weekly.day),
            "Hour": weekly.at.hour,
            "Minute": weekly.at.minute,
        },
    }
    where = f"~/Library/LaunchAgents/{_LABEL}.plist"
    comment = f"<!-- Save as {where}, then: launchctl load {where} -->\n"
    return plistlib.dumps(agent, sort_keys=False).decode().replace("<plist", f"{comment}<plist", 1)


def windows(weekly: Weekly) -> str:
    """Return a command that makes a task for Windows: at its time, a terminal opens with followme in it."""
    line = quoting.join(weekly.start, windows=True)
    # If a line begins with a quote, cmd removes the first and the last quote.
    run = f'cmd /k "{line}"' if '"' in line else f"cmd /k {line}"
    when = ("/D", WEEKDAYS[weekly.day][:3].upper(), "/ST", f"{weekly.at:%H:%M}")
    words = ("schtasks", "/Create", "/TN", "followme", "/SC", "WEEKLY", *when, "/TR", run)
    return (
        "rem Type the last line in a command prompt. On battery power Windows skips the task,\n"
        "rem until you change that in Task Scheduler, under Conditions.\n"
        f"{quoting.join(words, windows=True)}\n"
    )


def _from_sunday(day: int) -> int:
    """The number of a weekday if Sunday is 0."""
    return (day + 1) % 7

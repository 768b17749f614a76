"""Reminders as text for a person to put in place: a calendar file, and what four systems can be told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from xml.sax.saxutils import escape

from icalendar import Alarm, Calendar, Event

from followme.dates import WEEKDAYS

SUMMARY = "Reflect on the week"
MINUTES = 10
_LABEL = "followme.weekly"


def ics(first: date, at: time, stamp: datetime) -> str:
    """A weekly event from this day on, in the calendar's own time zone, with an alarm when it begins."""
    calendar = Calendar()
    calendar.add("prodid", "-//followme//weekly reflection//EN")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"{_LABEL}-{first:%Y%m%d}")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", datetime.combine(first, at))
    event.add("duration", timedelta(minutes=MINUTES))
    event.add("rrule", {"freq": "weekly", "byday": WEEKDAYS[first.weekday()][:2].upper()})
    event.add("summary", SUMMARY)
    event.add("description", "In a terminal: followme")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", SUMMARY)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text.decode()


def systemd(day: int, at: time) -> str:
    """A user timer and its service; a week missed while the machine was off is made up for."""
    return f"""\
# ~/.config/systemd/user/followme.service
[Unit]
Description={SUMMARY}

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'notify-send "followme" "{SUMMARY}: type followme in a terminal."'

# ~/.config/systemd/user/followme.timer
[Unit]
Description={SUMMARY}, weekly

[Timer]
OnCalendar={WEEKDAYS[day][:3]} {at:%H:%M}
Persistent=true

[Install]
WantedBy=timers.target

# Then: systemctl --user daemon-reload && systemctl --user enable --now followme.timer
"""


def cron(day: int, at: time) -> str:
    """A line for a crontab; cron skips it while the machine is off or asleep."""
    return (
        "# Add this line with: crontab -e\n"
        f'{at.minute} {at.hour} * * {(day + 1) % 7} DISPLAY=:0 notify-send "followme" "{SUMMARY}."\n'
    )


def launchd(day: int, at: time) -> str:
    """An agent for macOS, which runs after a sleep too; Sunday is 0 there."""
    script = escape(f'display notification "{SUMMARY}: type followme in a terminal." with title "followme"')
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "https://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- Save as ~/Library/LaunchAgents/{_LABEL}.plist, then: launchctl load ~/Library/LaunchAgents/{_LABEL}.plist -->
<plist version="1.0">
<dict>
  <key>Label</key><string>{_LABEL}</string>
  <key>ProgramArguments</key>
  <array><string>/usr/bin/osascript</string><string>-e</string><string>{script}</string></array>
  <key>StartCalendarInterval</key>
  <dict>
    <key>Weekday</key><integer>{(day + 1) % 7}</integer>
    <key>Hour</key><integer>{at.hour}</integer>
    <key>Minute</key><integer>{at.minute}</integer>
  </dict>
</dict>
</plist>
"""


def windows(day: int, at: time) -> str:
    """A command that makes a task for Windows."""
    name = WEEKDAYS[day][:3].upper()
    return (
        "rem Type this in a command prompt:\n"
        f"schtasks /Create /TN followme /SC WEEKLY /D {name} /ST {at:%H:%M} "
        f'/TR "msg %USERNAME% {SUMMARY}: type followme in a terminal."\n'
    )


SYSTEMS = {"systemd": systemd, "cron": cron, "launchd": launchd, "windows": windows}
"""What each system is told: name -> function of the weekday (Monday is 0) and the time."""

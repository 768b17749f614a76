"""What `remind` prints is what those systems take: each is read by something other than what wrote it."""

from __future__ import annotations

import plistlib
import re
import shlex
import shutil
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_DAY = pytest.mark.parametrize("day", DAYS)


@pytest.fixture
def remind(run, tmp_path):
    """What `remind` prints when the week ends on that day."""

    def printed(day: str, *argv: str) -> str:
        config = tmp_path / "config.toml"
        config.write_text(f'review_day = "{day}"\n', encoding="utf-8")
        done = run("remind", *argv, environ={"FOLLOWME_CONFIG": str(config)})
        assert (done.code, done.err) == (0, "")
        return done.out

    return printed


def units(printed: str, folder: Path) -> dict[str, Path]:
    """The units, each put into the file that the comment before it names."""
    found = {}
    for part in re.split(r"(?m)^(?=# ~/)", printed)[1:]:
        path = folder / Path(part.splitlines()[0].removeprefix("# ")).name
        path.write_text(part, encoding="utf-8")
        found[path.suffix] = path
    return found


# --- systemd ---


@EVERY_DAY
def test_systemd_accepts_timer_and_service_as_they_are_printed(remind, day, tmp_path):
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd-analyze is missing (Debian: systemd)")
    found = units(remind(day, "systemd", "--at", "16:45"), tmp_path)
    assert set(found) == {".service", ".timer"}
    verified = subprocess.run(
        [analyze, "verify", "--man=no", *map(str, found.values())], capture_output=True, text=True
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    (when,) = re.findall(r"(?m)^OnCalendar=(.*)$", found[".timer"].read_text(encoding="utf-8"))
    next_times = subprocess.run(
        [analyze, "calendar", "--iterations=3", when], capture_output=True, text=True, check=True
    ).stdout
    moments = re.findall(
        r"(?:Next elapse|Iteration #\d|Iter. #\d): (\w{3}) [\d-]+ (\d\d:\d\d):00", next_times
    )
    assert moments == [(day[:3].capitalize(), "16:45")] * 3


def test_the_timer_names_the_service_by_its_own_name(remind, tmp_path):
    found = units(remind("friday", "systemd"), tmp_path)
    assert found[".service"].stem == found[".timer"].stem == "followme"


# --- cron ---


@EVERY_DAY
def test_every_field_of_the_crontab_line(remind, day):
    comment, line = remind(day, "cron", "--at", "09:05").splitlines()
    assert comment.startswith("#")
    minute, hour, day_of_month, month, weekday, command = line.split(" ", 5)
    assert (minute, hour, day_of_month, month) == ("5", "9", "*", "*")
    # Sunday is 0.
    assert weekday == str((DAYS.index(day) + 1) % 7)
    # In a crontab a percent sign ends the command.
    assert "%" not in command
    assert shlex.split(command)[:2] == ["DISPLAY=:0", "notify-send"]


# --- launchd ---


@EVERY_DAY
def test_the_agent_is_a_property_list(remind, day):
    agent = plistlib.loads(remind(day, "launchd", "--at", "16:45").encode())
    assert agent["StartCalendarInterval"] == {
        "Weekday": (DAYS.index(day) + 1) % 7,
        "Hour": 16,
        "Minute": 45,
    }
    program, flag, script = agent["ProgramArguments"]
    assert (program, flag) == ("/usr/bin/osascript", "-e")
    assert script.startswith('display notification "')
    assert agent["Label"] == "followme.weekly"


# --- Windows ---


@EVERY_DAY
def test_the_task_for_windows(remind, day):
    remark, command = remind(day, "windows", "--at", "09:05").splitlines()
    assert remark.startswith("rem ")
    words = shlex.split(command)
    switches = dict(zip(words[2::2], words[3::2], strict=True))
    assert words[:2] == ["schtasks", "/Create"]
    assert {key: switches[key] for key in ("/TN", "/SC", "/D", "/ST")} == {
        "/TN": "followme",
        "/SC": "WEEKLY",
        "/D": day[:3].upper(),
        "/ST": "09:05",
    }


# --- A calendar file ---


@EVERY_DAY
def test_the_calendar_file_means_the_same_to_two_libraries(remind, day):
    text = remind(day, "--ics", "-", "--at", "15:30")
    (one,) = Calendar.from_ical(text).walk("VEVENT")
    other = vobject.readOne(text).vevent
    start = datetime.combine(one["DTSTART"].dt.date(), one["DTSTART"].dt.time())
    assert start == other.dtstart.value
    assert start.date() >= date(2026, 11, 20)
    assert (start.strftime("%A").lower(), start.strftime("%H:%M")) == (day, "15:30")
    assert other.duration.value == one["DURATION"].dt == timedelta(minutes=10)
    assert other.summary.value == one["SUMMARY"]
    assert other.valarm.trigger.value == timedelta(0)
    # The second one works the rule out: the same day and hour, every week.
    times = other.getrruleset()
    assert [times[number] for number in range(60)] == [
        start + timedelta(weeks=number) for number in range(60)
    ]


def test_every_line_of_the_calendar_file_ends_as_calendars_want_it_and_is_short(remind):
    text = remind("friday", "--ics", "-")
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75

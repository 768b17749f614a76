"""What `remind` prints is what those systems take: each is read by something other than what wrote it."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar

from followme import quoting
from followme.views import reminders
from rows import each_row, first_quick

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_DAY = pytest.mark.parametrize("day", first_quick(DAYS[::-1], 3))


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


TOOLS = {"notify-send": "libnotify-bin", "dbus-daemon": "dbus", "dbus-monitor": "dbus"}
BUS = """
trap 'kill $monitor $(cat bus.pid)' EXIT
mount -t tmpfs tmpfs /run
mkdir -p /run/user/$(id -u)
bus=unix:path=/run/user/$(id -u)/bus
dbus-daemon --session --address=$bus --fork --print-pid=3 3>bus.pid
dbus-monitor --address $bus interface=org.freedesktop.Notifications >heard &
monitor=$!
until grep -q NameLost heard; do sleep 0.02; done
"$@"
sleep 0.1
"""
"""The session bus of somebody who is logged in, and a command that runs beside it."""


@pytest.fixture(scope="module")
def told(own_mounts, tmp_path_factory):
    """Runs a command as cron or systemd does; tells whether the desktop of whoever is there was asked to show it."""
    for tool, package in TOOLS.items():
        if not shutil.which(tool):
            pytest.skip(f"{tool} is missing (Debian: {package})")
    folder = tmp_path_factory.mktemp("bus")

    def told(command: str, *environ: str) -> bool:
        bare = ("HOME=/", "LOGNAME=ana", "SHELL=/bin/sh", "PATH=/usr/bin:/bin", *environ)
        words = ("env", "-i", *bare, "/bin/sh", "-c", command)
        subprocess.run([*own_mounts, "bash", "-c", BUS, "bash", *words], cwd=folder, check=False, timeout=30)
        return "destination=org.freedesktop.Notifications" in (folder / "heard").read_text(encoding="utf-8")

    return told


def test_what_cron_runs_in_its_bare_environment_is_told(remind, told):
    command = remind("friday", "cron").splitlines()[1].split(" ", 5)[5]
    assert told(command)
    assert not told(command.split(" ", 1)[1]), "the bus is found by another way, so this test shows nothing"


def test_what_systemd_runs_for_a_person_is_told(remind, told):
    (program,) = re.findall(r"(?m)^ExecStart=(.*)$", remind("friday", "systemd"))
    assert told(program, "XDG_RUNTIME_DIR=/run/user/0")


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
def test_the_task_for_windows_opens_a_terminal_with_followme(remind, day):
    *remarks, command = remind(day, "windows", "--at", "09:05").splitlines()
    assert {remark.split()[0] for remark in remarks} == {"rem"}
    words = quoting.split(command, windows=True)
    switches = dict(zip(words[2::2], words[3::2], strict=True))
    assert words[:2] == ["schtasks", "/Create"]
    assert switches == {
        "/TN": "followme",
        "/SC": "WEEKLY",
        "/D": day[:3].upper(),
        "/ST": "09:05",
        "/TR": "cmd /k followme",
    }


def run_by_cmd(task: str) -> list[str]:
    """The words of what `cmd /k` runs; of a line that begins with a quote it takes the first and the last one off."""
    line = task.removeprefix("cmd /k ")
    if line.startswith('"'):
        before, _, after = line[1:].rpartition('"')
        line = before + after
    return quoting.split(line, windows=True)


def test_the_task_for_windows_opens_the_journal_that_was_named(run):
    named = {"FOLLOWME_JOURNAL": "my own/j.toml"}
    done = run("--journal", "my own/j.toml", "remind", "windows")
    assert done == run("remind", "windows", environ=named)
    *_, task = quoting.split(done.out.splitlines()[-1], windows=True)
    assert run_by_cmd(task) == ["followme", "--journal", str(run.home / "my own" / "j.toml")]


@each_row(
    "start",
    [
        ("followme",),
        (r"C:\Users\Ana\venv\Scripts\followme.exe",),
        (r"C:\My Tools\followme.exe",),
        (r"C:\My Tools\followme.exe", "--journal", r"D:\my own\j.toml"),
        ("followme", "--journal", "D:\\my own\\"),
    ],
)
def test_the_task_for_windows_starts_followme_wherever_it_is(start):
    command = reminders.windows(reminders.Weekly(4, time(16), start)).splitlines()[-1]
    *_, task = quoting.split(command, windows=True)
    assert run_by_cmd(task) == list(start)


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


def test_a_calendar_takes_the_event_of_another_day_for_the_same_one(run, remind):
    first, later = (
        Calendar.from_ical(remind(day, "--ics", "-")).walk("VEVENT")[0] for day in ("friday", "monday")
    )
    assert first["UID"] == later["UID"]
    assert first["DTSTART"] != later["DTSTART"]


def test_a_later_calendar_file_counts_for_more_than_an_earlier_one(run):
    def event(*argv):
        return Calendar.from_ical(run(*argv, "remind", "--ics", "-").out).walk("VEVENT")[0]

    first = event()
    run.later(minutes=1)
    later, other = event(), event("--journal", "other.toml")
    assert later["SEQUENCE"] > first["SEQUENCE"]
    assert later["UID"] == first["UID"] != other["UID"]


# --- The time of day ---


@pytest.mark.parametrize(
    ("at", "printed"), [("9:00", "09:00"), ("09:00", "09:00"), ("0:05", "00:05"), ("23:59", "23:59")]
)
def test_a_time_of_day(remind, at, printed):
    assert f" {printed}\n" in remind("friday", "systemd", "--at", at)
    assert f"/ST {printed} " in remind("friday", "windows", "--at", at)
    assert f"T{printed.replace(':', '')}00\r\n" in remind("friday", "--ics", "-", "--at", at)


@each_row(
    "at",
    [
        "16:00+02:00",
        "16:00Z",
        "16:00:30",
        "16:00:00",
        "24:00",
        "9",
        "16",
        "1600",
        "T16:00",
        "16:0",
        "-1:00",
        "٩:٠٠",
        "",
        "noon",
        "4 pm",
    ],
)
def test_a_time_that_no_reminder_could_keep_is_refused(run, at):
    done = run("remind", "cron", "--at", at)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"{at!r} isn't a time of day followme knows. Try 16:00.\n"

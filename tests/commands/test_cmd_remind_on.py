"""`remind on` puts a reminder into the system, `off` leaves everything as it was, `status` says what there is."""

from __future__ import annotations

import json
import os
import plistlib
import shutil
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from followme import quoting
from followme.shell import reminding
from rows import each_row, first_quick
from running import FRIDAY
from terminal import ENTER, Terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs that stand in are shell scripts")


def tree(home: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder: modes, contents, and where links lead."""
    found = {}
    for path in sorted(home.rglob("*")):
        content = os.readlink(path).encode() if path.is_symlink() else b""
        content = content or (path.read_bytes() if path.is_file() else b"")
        found[str(path.relative_to(home))] = (stat.S_IMODE(path.lstat().st_mode), content)
    return found


@pytest.fixture
def programs(tmp_path, monkeypatch) -> Path:
    """The only folder with programs; `notify-send` is one that does nothing."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin" / "notify-send", "exit 0")
    return tmp_path / "bin"


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def systemd(programs, monkeypatch) -> Path:
    """The real systemctl, which changes files and asks no running manager; returns the folder of units."""
    real = shutil.which("systemctl", path="/usr/bin:/bin")
    if not real:
        pytest.skip("systemctl is missing (Debian: systemd)")
    (programs / "systemctl").symlink_to(real)
    monkeypatch.setenv("SYSTEMD_OFFLINE", "1")
    return Path(os.environ["XDG_CONFIG_HOME"]) / "systemd" / "user"


def enabled(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "timers.target.wants").glob("*"))


@each_row("others", [False, True])
def test_systemd_runs_it_until_it_is_taken_away(run, systemd, others):
    if others:
        (systemd / "timers.target.wants").mkdir(parents=True)
        (systemd / "other.timer").write_text("[Timer]\nOnCalendar=daily\n", encoding="utf-8")
        (systemd / "timers.target.wants" / "other.timer").symlink_to(systemd / "other.timer")
        run("note", "something")
    before = tree(run.home)
    named = ("--journal", "mine.toml") if others else ()
    journal = run.home / "mine.toml" if others else run.journal

    on = run(*named, "remind", "on", "--at", "16:30", "--yes")
    files = [str(systemd / f"followme.{kind}") for kind in ("service", "timer")]
    assert (on.code, on.out) == (0, "")
    assert "followme will have systemd remind you on Fridays at 16:30. It will write to:" in on.err
    assert all(f"  {file}\n" in on.err for file in files)
    assert "The reminder is on. The next one comes Fri, Nov 20 at 16:30. To turn it off:\n" in on.err
    assert on.err.endswith(" remind off\n")
    assert "followme.timer" in enabled(systemd)
    analyze = shutil.which("systemd-analyze", path="/usr/bin:/bin")
    if analyze:
        verified = subprocess.run([analyze, "verify", "--man=no", *files], capture_output=True, text=True)
        assert (verified.returncode, verified.stderr) == (0, "")

    status = run("remind", "status")
    assert (status.code, status.err) == (0, "")
    assert status.out == (
        f"On: Fridays at 16:30, by systemd\nNext: Fri, Nov 20 at 16:30\nJournal: {journal}\n"
        f"In: {files[0]}\nIn: {files[1]}\n"
    )
    assert json.loads(run("remind", "status", "--json").out)["reminder"] == {
        "system": "systemd",
        "journal": str(journal),
        "day": "friday",
        "at": "16:30",
        "next": "2026-11-20T16:30:00+01:00",
        "places": files,
        "runs": True,
    }
    then = tree(run.home)
    assert run(*named, "remind", "on", "--at", "16:30").err.startswith("The reminder is on already.\n")
    assert tree(run.home) == then
    assert run(*named, "remind", "on", "--at", "9:00", "--yes").code == 0
    assert "OnCalendar=Fri 09:00" in Path(files[1]).read_text(encoding="utf-8")

    off = run("remind", "off")
    assert (off.code, off.out) == (0, "")
    assert off.err == f"The reminder is off. Removed:\n  {files[0]}\n  {files[1]}\n"
    assert tree(run.home) == before
    assert run("remind", "off").err == "No reminder is on.\n"
    assert run("remind", "status").out == "No reminder is on.\n"
    assert json.loads(run("remind", "status", "--json").out) == {"schema": 1, "on": False, "reminder": None}
    assert run("remind", "on", "--json").code == 2
    assert tree(run.home) == before


def test_nothing_is_installed_without_a_yes(run, systemd):
    before = tree(run.home)
    done = run("remind", "on")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(
        "Nothing was installed: it needs your yes. Give it with --yes, or run it in a terminal.\n"
    )
    assert tree(run.home) == before


@pytest.mark.parametrize(("keys", "is_on"), [(ENTER, False), ("y", True)])
def test_a_terminal_is_asked_once(run, systemd, keys, is_on):
    with Terminal(run.home, "remind", "on", environ={"SYSTEMD_OFFLINE": "1"}) as terminal:
        terminal.see("Turn it on?")
        assert str(systemd / "followme.timer") in terminal.text.replace("\n", "")
        terminal.keys(keys)
        assert terminal.end() == 0
    assert (systemd / "followme.timer").exists() is is_on
    assert (run.paths.state / "reminder.json").exists() is is_on


def test_a_unit_of_somebody_else_is_left(run, systemd):
    systemd.mkdir(parents=True)
    (systemd / "followme.service").write_text("# mine\n", encoding="utf-8")
    before = tree(run.home)
    done = run("remind", "on", "--yes")
    assert done.code == 1
    assert (
        "followme.service already exists, so it was left alone and nothing was installed. Remove it first."
        in done.err
    )
    assert tree(run.home) == before


def test_a_unit_that_was_changed_since_is_left(run, systemd):
    assert run("remind", "on", "--yes").code == 0
    service = systemd / "followme.service"
    service.write_text("# mine now\n", encoding="utf-8")
    done = run("remind", "off")
    assert done.code == 0
    assert f"{service} was changed since or couldn't be removed, so it's left as it is.\n" in done.err
    assert [each.name for each in systemd.iterdir()] == ["followme.service"]
    assert service.read_text(encoding="utf-8") == "# mine now\n"


def test_what_the_system_does_not_run_is_said(run, systemd):
    assert run("remind", "on", "--yes").code == 0
    (systemd / "timers.target.wants" / "followme.timer").unlink()
    done = run("remind", "status")
    assert (done.code, done.err) == (
        0,
        "systemd doesn't run it. Turn it on again with:\n  followme remind on\n",
    )
    assert run("remind", "on", "--yes").code == 0
    assert run("remind", "status").err == ""


# --- What can go wrong ---


def test_a_computer_with_neither_systemd_nor_cron(run, programs):
    before = tree(run.home)
    done = run("remind", "on", "--yes")
    assert (done.code, done.err) == (
        1,
        "This computer has neither systemd for users nor cron, so nothing was installed. Write a calendar file "
        "instead:\n  followme remind --ics FILE\n",
    )
    assert tree(run.home) == before


def test_a_computer_that_cannot_show_it(run, systemd, programs):
    (programs / "notify-send").unlink()
    done = run("remind", "on", "--yes")
    assert done.code == 1
    assert "notify-send, which isn't installed (Debian: libnotify-bin), so nothing was installed." in done.err


def test_a_folder_that_cannot_be_made(run, systemd):
    systemd.parents[1].mkdir(parents=True)
    systemd.parent.write_text("a file", encoding="utf-8")
    before = tree(run.home)
    done = run("remind", "on", "--yes")
    assert done.code == 1
    assert done.err.splitlines()[-1].endswith("Nothing was installed.")
    assert str(systemd.parent) in done.err.splitlines()[-1]
    assert tree(run.home) == before


def test_a_system_that_refuses_leaves_nothing_behind(run, programs):
    program(programs / "systemctl", 'case "$*" in *enable*) echo "Access denied." >&2; exit 1;; esac')
    before = tree(run.home)
    done = run("remind", "on", "--yes")
    assert done.code == 1
    assert done.err.splitlines()[-1] == "systemctl refused (Access denied). Nothing was installed."
    assert tree(run.home) == before


def test_everything_that_is_left_is_named(run, programs):
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "systemd" / "user"
    files = [folder / f"followme.{kind}" for kind in ("service", "timer")]
    change = f'for file in {files[0]} {files[1]}; do echo "# mine" > "$file"; done'
    program(programs / "systemctl", f'case "$*" in *enable*) {change}; exit 1;; esac')
    done = run("remind", "on", "--yes")
    assert done.code == 1
    assert done.err.splitlines()[-1] == f"systemctl refused. Left: {files[0]}, {files[1]}."
    assert all(file.read_text(encoding="utf-8") == "# mine\n" for file in files)


def test_a_person_who_may_not_use_cron_is_told_so(run, programs):
    program(
        programs / "crontab", 'echo "You (ana) are not allowed to use this program (crontab)" >&2; exit 1'
    )
    before = tree(run.home)
    done = run("remind", "on", "--yes")
    assert (done.code, done.err.splitlines()[-1]) == (
        1,
        "crontab refused (You (ana) are not allowed to use this program (crontab)). Nothing was installed.",
    )
    assert tree(run.home) == before


@each_row("kept", ["", "{", '{"system": "cron"}', "[]"])
def test_a_record_that_is_not_ours(run, systemd, kept):
    run.paths.state.mkdir(parents=True, exist_ok=True)
    (run.paths.state / "reminder.json").write_text(kept, encoding="utf-8")
    for word in ("on", "off", "status"):
        done = run("remind", word, "--yes")
        assert done.code == 1
        assert "reminder.json isn't as followme wrote it." in done.err


# --- Other systems ---

CRON = """
mount -t tmpfs tmpfs /var/spool/cron
mkdir -p /var/spool/cron/crontabs
set -e
[ -z "$1" ] || printf "%b" "$1" | crontab -
before=$(crontab -l 2>&1 | od -c)
"$PYTHON" -m followme remind on --yes --at 16:30
crontab -l
"$PYTHON" -m followme remind status
"$PYTHON" -m followme remind off
[ "$before" = "$(crontab -l 2>&1 | od -c)" ] && echo AS BEFORE
"""


@pytest.mark.parametrize("table", first_quick(["# mine\\n5 4 * * * /bin/true\\r\\n\\nX=\\0377\\n", ""]))
def test_cron_runs_it_until_it_is_taken_away(run, own_mounts, programs, table):
    for name in ("crontab", "mount", "mkdir", "od", "bash", "unshare"):
        real = shutil.which(name, path="/usr/bin:/bin:/usr/sbin:/sbin")
        if not real:
            pytest.skip(f"{name} is missing (Debian: cron)")
        (programs / name).symlink_to(real)
    before = tree(run.home)
    done = subprocess.run(
        [*own_mounts, "bash", "-c", CRON, "bash", table],
        capture_output=True,
        cwd=run.home,
        env=os.environ | {"PYTHON": sys.executable, "PYTHONUTF8": "1"},
    )
    said = done.stdout.decode(errors="replace")
    assert done.returncode == 0, done.stderr
    assert "AS BEFORE" in said
    assert (
        '\n30 16 * * 5 DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$(id -u)/bus" notify-send '
        in f"\n{said}"
    )
    assert "On: Fridays at 16:30, by cron\n" in said
    assert "In: your crontab\n" in said
    told = done.stderr.decode().partition("It will write to:\n  your crontab\n")[2]
    assert told.startswith("  # A weekly reminder by followme\n  30 16 * * 5 ")
    assert tree(run.home) == before


@pytest.fixture
def called(programs, monkeypatch):
    """Have a system of another kind, with a program that writes down how it is called."""

    def called(system: str, name: str) -> Path:
        calls = programs.parent / "calls"
        program(
            programs / name,
            f'[ "$2" = /Query -o "$1" = /Query ] && [ ! -e {calls}.on ] && exit 1\necho "$@" >> {calls}',
        )
        monkeypatch.setattr(reminding, "USUAL", (system,))
        return calls

    return called


def test_launchd_is_given_the_agent(run, called):
    calls = called("launchd", "launchctl")
    before = tree(run.home)
    assert run("remind", "on", "--yes", "--at", "16:30").code == 0
    (path,) = (run.home / "Library" / "LaunchAgents").iterdir()
    assert plistlib.loads(path.read_bytes())["StartCalendarInterval"] == {
        "Weekday": 5,
        "Hour": 16,
        "Minute": 30,
    }
    assert run("remind", "status").out.startswith("On: Fridays at 16:30, by launchd\n")
    assert run("remind", "off").code == 0
    assert calls.read_text(encoding="utf-8").splitlines() == [
        f"load {path}",
        "list followme.weekly",
        f"unload {path}",
    ]
    assert tree(run.home) == before


def test_windows_is_given_the_task(run, called):
    calls = called("windows", "schtasks")
    before = tree(run.home)
    assert run("--journal", "my own.toml", "remind", "on", "--yes").code == 0
    made = calls.read_text(encoding="utf-8").splitlines()
    assert made[0].startswith("/Create /TN followme /SC WEEKLY /D FRI /ST 16:00 /TR cmd /k ")
    assert quoting.join([str(run.home / "my own.toml")], windows=True) in made[0]
    assert run("remind", "status").out.startswith("On: Fridays at 16:00, by Task Scheduler\n")
    done = run("remind", "off")
    assert (done.code, done.err) == (0, "The reminder is off. Removed:\n  the task followme\n")
    assert calls.read_text(encoding="utf-8").splitlines()[-1] == "/Delete /TN followme /F"
    assert tree(run.home) == before


@each_row(
    ("at", "later", "comes"),
    [
        ("16:30", timedelta(), "2026-11-20T16:30"),
        ("16:04", timedelta(), "2026-11-27T16:04"),
        ("16:00", timedelta(days=6), "2026-11-27T16:00"),
        ("00:00", timedelta(days=1), "2026-11-27T00:00"),
    ],
)
def test_the_next_time(at, later, comes):
    reminder = reminding.Reminder("systemd", "j.toml", 4, at, {})
    assert f"{reminder.next_after(FRIDAY + later):%Y-%m-%dT%H:%M}" == comes


def test_the_record_holds_no_more_than_it_needs(run, systemd):
    assert run("remind", "on", "--yes").code == 0
    record = run.paths.state / "reminder.json"
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert json.loads(record.read_text(encoding="utf-8"))["journal"] == str(run.journal)
    assert run("doctor").code == 0

"""The weekly reminder that the system runs: put in, asked about, and taken away without a trace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from followme.env import Env
from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.hints import Command
from followme.journal.file.modes import why
from followme.shell import own_file
from followme.views import view

SYSTEMD, CRON, LAUNCHD, WINDOWS = "systemd", "cron", "launchd", "windows"

USUAL = {"darwin": (LAUNCHD,), "win32": (WINDOWS,)}.get(sys.platform, (SYSTEMD, CRON))
"""The systems to try here, the first choice first."""

AGENT, TIMER, TASK_NAME = "followme.weekly", "followme.timer", "followme"

CRONTAB, TASK = "your crontab", f"the task {TASK_NAME}"
"""The places of a reminder that is in no file of its own."""

_PATIENCE = 60
"""Seconds that a program of the system may take."""

_USER = ("systemctl", "--user")
_STARTS = {
    SYSTEMD: ((*_USER, "daemon-reload"), (*_USER, "enable", TIMER), (*_USER, "start", TIMER)),
    LAUNCHD: (("launchctl", "load", "{file}"),),
}
_STOPS = {
    # The last one is the time of its last run, which a timer that runs late keeps.
    SYSTEMD: (
        (*_USER, "stop", TIMER),
        (*_USER, "disable", TIMER),
        (*_USER, "clean", "--what=state", TIMER),
    ),
    LAUNCHD: (("launchctl", "unload", "{file}"),),
    WINDOWS: (("schtasks", "/Delete", "/TN", TASK_NAME, "/F"),),
}
_ENDS = {SYSTEMD: ((*_USER, "daemon-reload"),)}
_ASKS = {
    SYSTEMD: (*_USER, "is-enabled", TIMER),
    LAUNCHD: ("launchctl", "list", AGENT),
    WINDOWS: ("schtasks", "/Query", "/TN", TASK_NAME),
}


class Refused(Exception):
    """A program of the system didn't do what was asked; the text says so in a sentence."""


@frozen
class Reminder:
    """What `remind on` put into the system, as the state folder remembers it.

    `day` counts from Monday, 0; `at` is a time such as "16:00". `files` has the text of each file by its path, `lines`
    what was added to the crontab, and `words` the command that made a task. `folders` were made for it, and `first`
    says that there was no crontab before.
    """

    system: str
    journal: str
    day: int
    at: str
    files: Mapping[str, str]
    lines: str = ""
    words: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    first: bool = False

    @property
    def places(self) -> list[str]:
        """Where it is: its files, the crontab, or a task."""
        return [CRONTAB] if self.lines else [*self.files] or [TASK]

    def next_after(self, now: datetime) -> datetime:
        """Return when it reminds next, in the time zone of `now`."""
        first = datetime.combine(next_day(now.date(), self.day), time.fromisoformat(self.at), now.tzinfo)
        return first if first > now else first + timedelta(weeks=1)


def next_day(today: date, day: int) -> date:
    """Return the first day from today on that is this weekday; Monday is 0."""
    return today + timedelta(days=(day - today.weekday()) % 7)


def record_of(env: Env) -> Path:
    """Return the file that remembers the reminder."""
    return env.state / "reminder.json"


def found(env: Env) -> Reminder | None:
    """Return the reminder that was put in, None if there is none. Raises FollowmeError if that can't be told."""
    path = record_of(env)
    try:
        kept = json.loads(path.read_bytes())
        return Reminder(**{**kept, "words": tuple(kept["words"]), "folders": tuple(kept["folders"])})
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FollowmeError(why(error, path)) from None
    except (ValueError, TypeError, KeyError):
        raise FollowmeError(
            f"{path} isn't as followme wrote it. Remove it, and the reminder by hand."
        ) from None


def planned(env: Env, day: int, at: time, start: tuple[str, ...]) -> Reminder:
    """Return the reminder that would be put in; nothing is yet. Raises FollowmeError if this computer can't remind."""
    system = next(filter(_is_here, USUAL), "")
    if not system:
        raise FollowmeError(
            "This computer has neither systemd for users nor cron, so nothing was installed. Write a calendar file "
            "instead:",
            Command("remind", "--ics", "FILE"),
        )
    if system in (SYSTEMD, CRON) and not shutil.which("notify-send"):
        raise FollowmeError(
            "The reminder would be shown by notify-send, which isn't installed (Debian: libnotify-bin), so nothing was "
            "installed. Install it first, or write a calendar file:",
            Command("remind", "--ics", "FILE"),
        )
    views = view("reminders")
    weekly = views.Weekly(day, at, start)
    made = Reminder(system, str(env.journal.absolute()), day, f"{at:%H:%M}", {})
    if system == SYSTEMD:
        folder = env.own_prompts.parents[1] / "systemd" / "user"
        return replace(made, files={str(folder / name): text for name, text in views.units(weekly).items()})
    if system == LAUNCHD:
        agent = os.path.expanduser(f"~/Library/LaunchAgents/{AGENT}.plist")
        return replace(made, files={agent: views.agent(weekly)})
    if system == CRON:
        return replace(made, lines=views.cron_lines(weekly))
    return replace(made, words=views.task(weekly))


def install(env: Env, reminder: Reminder) -> None:
    """Put the reminder in. Raises FollowmeError, with everything taken away again, if that fails."""
    for path in reminder.files:
        if os.path.lexists(path):
            raise FollowmeError(
                f"{path} already exists, so it was left alone and nothing was installed. Remove it first."
            )
    if reminder.words and runs(reminder):
        raise FollowmeError(f"There's {TASK} already. Remove it first; nothing was installed.")
    record = record_of(env)
    missing = tuple(_missing((*map(Path, reminder.files), record)))
    try:
        reminder = replace(reminder, folders=missing, first=bool(reminder.lines) and _crontab() is None)
    except Refused as error:
        raise FollowmeError(f"{error} Nothing was installed.") from None
    try:
        own_file.replace(record, json.dumps(asdict(reminder)).encode())
        for path, text in reminder.files.items():
            own_file.replace(Path(path), text.encode())
        if reminder.lines:
            before = _crontab() or b""
            gap = b"\n" if before and not before.endswith(b"\n") else b""
            _run("crontab", "-", given=before + gap + reminder.lines.encode())
        for words in filter(None, (reminder.words, *_commands(_STARTS, reminder))):
            _run(*words)
    except (OSError, Refused) as error:
        said = why(error, error.filename or record) if isinstance(error, OSError) else str(error)
        left = ", ".join(take_away(env, reminder))
        raise FollowmeError(f"{said} {f'Left: {left}.' if left else 'Nothing was installed.'}") from None


def take_away(env: Env, reminder: Reminder) -> list[str]:
    """Take away what was put in; return the places that are left, since they were changed or the system refused."""
    for words in _commands(_STOPS, reminder):
        with suppress(Refused):
            _run(*words)
    changed = [path for path, text in reminder.files.items() if not _removed(Path(path), text)]
    refused = []
    try:
        if reminder.lines:
            _remove_lines(reminder)
    except Refused:
        refused.append(CRONTAB)
    if reminder.words and runs(reminder):
        refused.append(TASK)
    for words in _commands(_ENDS, reminder):
        with suppress(Refused):
            _run(*words)
    if not refused:  # Else it can be taken away later.
        with suppress(OSError):
            record_of(env).unlink()
    for folder in reminder.folders:
        with suppress(OSError):
            os.rmdir(folder)
    return changed + refused


def runs(reminder: Reminder) -> bool:
    """Return whether the system knows the reminder and is to run it."""
    try:
        if reminder.lines:
            return reminder.lines.encode() in (_crontab() or b"")
        _run(*_ASKS[reminder.system])
    except Refused:
        return False
    return all(os.path.lexists(path) for path in reminder.files)


def _is_here(system: str) -> bool:
    """Whether this system can be asked, by this person, to remind."""
    if system == SYSTEMD:
        with suppress(Refused):
            _run(*_USER, "show-environment")
            return True
        return False
    return bool(shutil.which({CRON: "crontab", LAUNCHD: "launchctl", WINDOWS: "schtasks"}[system]))


def _commands(
    table: Mapping[str, tuple[tuple[str, ...], ...]], reminder: Reminder
) -> Iterable[tuple[str, ...]]:
    file = next(iter(reminder.files), "")
    for words in table.get(reminder.system, ()):
        yield tuple(word.replace("{file}", file) for word in words)


def _run(*words: str, given: bytes = b"") -> bytes:
    """Run a program, and return what it prints. Raises Refused."""
    try:
        done = subprocess.run(words, input=given, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise Refused(f"{words[0]} can't be run.") from None
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip().partition("\n")[0].rstrip(".")
        raise Refused(f"{words[0]} refused{f' ({said})' if said else ''}.")
    return done.stdout


def _crontab() -> bytes | None:
    """The person's crontab, None if there is none. Raises Refused."""
    try:
        return _run("crontab", "-l")
    except Refused as error:
        if "no crontab" in str(error):
            return None
        raise


def _remove_lines(reminder: Reminder) -> None:
    """Remove exactly the lines that were added. Raises Refused."""
    now = _crontab()
    if now is None or (lines := reminder.lines.encode()) not in now:
        return
    rest = now.replace(lines, b"", 1)
    if rest or not reminder.first:
        _run("crontab", "-", given=rest)
    else:
        _run("crontab", "-r")


def _removed(path: Path, text: str) -> bool:
    """Remove a file that still has this text; return whether it is gone."""
    try:
        if path.read_bytes() == text.encode():
            path.unlink()
            return True
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        pass
    return False


def _missing(paths: Iterable[Path]) -> list[str]:
    """The folders that these files lack, the innermost first."""
    folders = {folder for path in paths for folder in path.parents if not os.path.lexists(folder)}
    return [str(folder) for folder in sorted(folders, key=lambda each: len(each.parts), reverse=True)]

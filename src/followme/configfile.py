"""The configuration file: one TOML file of settings, each of its faults with its line."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from datetime import date
from json import dumps
from pathlib import Path

from followme import dates
from followme.clean import for_toml
from followme.errors import FollowmeError, WrongUsage
from followme.hints import Command
from followme.model import Config
from followme.tables.assign import NotAssigned, assigned
from followme.tables.reader import Reader
from followme.tables.tomlfile import read

KEYS = (
    *("journal", "set", "review_day", "year_starts", "breaks", "plain", "enter", "show_last", "editor"),
    *("inbox", "after_save", "sync_auto", "keep"),
)

_DAYS = tuple(day.lower() for day in dates.WEEKDAYS)
_MONTHS = tuple(month.lower() for month in dates.MONTHS)
_YES_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_FIXED = re.compile(r"\d{4}-")
_SPAN = re.compile(r"[1-9]\d{0,3}[dwmy]")
_BREAK = 'write a week or two days, such as "2026-W52" or "2026-12-21 to 2027-01-03"'


def load(path: Path) -> Config:
    """Return the settings in the file; the defaults if there is no file.

    Raises FollowmeError with one line for each fault, beginning with FILE:LINE:.
    """
    if not _is_there(path):
        return Config()
    file = read(path, "the settings")
    reader = Reader((), file.table)
    config = _config(reader)
    file.refuse(reader.faults)
    return config


def _config(reader: Reader) -> Config:
    """The settings in a table; the reader collects its faults."""
    reader.known(KEYS)
    return Config(
        journal=reader.text("journal"),
        set=reader.text("set") or "weekly",
        review_day=reader.one_of("review_day", _DAYS, "friday"),
        year_starts=reader.one_of("year_starts", _MONTHS, "january"),
        breaks=tuple(_breaks(reader)),
        plain=bool(reader.value("plain", bool)),
        enter=reader.one_of("enter", ("next", "line"), "next"),
        show_last=bool(reader.value("show_last", bool)),
        editor=reader.text("editor"),
        inbox=reader.text("inbox"),
        after_save=reader.text("after_save"),
        sync_auto=bool(reader.value("sync_auto", bool)),
        keep=_span(reader, "keep"),
    )


def _span(reader: Reader, key: str) -> str:
    """A span such as "2y"; "" if there is none."""
    words = reader.text(key).strip()
    if words and not _SPAN.fullmatch(words):
        reader.fault(key, f'{words!r} isn\'t a time such as "2y", "18m" or "90d"')
    return words


def toml_of(key: str, words: str) -> str:
    """Return the value of a setting, typed in these words, as TOML. Raises WrongUsage if the setting can't have it.

    Values of a list have blanks or commas between them, and two days that belong together "..", "to" or both.
    """
    default = getattr(Config(), key)
    value: object = words.strip()
    if isinstance(default, bool):
        value = _YES_NO.get(words.strip().casefold(), value)
    elif isinstance(default, tuple):
        value = re.findall(r"\S+ to \S+|\S+", re.sub(r"\s*\.\.\s*|\s+to\s+", " to ", words.replace(",", " ")))
    reader = Reader((), {key: value})
    _config(reader)
    if reader.faults:
        raise WrongUsage(f"{key}: {reader.faults[0].text}.")
    return for_toml(dumps(value, ensure_ascii=False))


def bytes_of(path: Path) -> bytes | None:
    """Return the bytes of the file, None if there is none. Raises FollowmeError if it can't be read as TOML."""
    if not _is_there(path):
        return None
    read(path, "the settings")
    return path.read_bytes()


def value_in(path: Path, data: bytes | None, key: str) -> str:
    """Return the value that a setting has in these bytes, in one line; "" if they don't have it."""
    table = read(path, "the settings", data or b"").table
    return for_toml(dumps(table[key], ensure_ascii=False, default=str)) if key in table else ""


def with_setting(path: Path, data: bytes | None, key: str, value: str | None) -> bytes:
    """Return the bytes of a file, or of the example, with a setting of this value in TOML; None removes the setting.

    Every other byte stays. Raises FollowmeError if the file has faults, or would lose a comment inside a value.
    """
    whole = EXAMPLE.encode() if data is None else data
    mark = BOM_UTF8 if whole.startswith(BOM_UTF8) else b""
    try:
        changed = mark + assigned(whole.removeprefix(mark).decode(), key, value).encode()
    except NotAssigned:
        raise FollowmeError(
            f"{key} in {path} has comments inside its value, or is written in an unusual way, so it's left as it is. "
            "Change it in an editor:",
            Command("config", "edit"),
        ) from None
    file = read(path, "the settings", changed)
    reader = Reader((), file.table)
    _config(reader)
    file.refuse(reader.faults)
    return changed


def named_in(path: Path) -> frozenset[str]:
    """Return the keys that the file has. Raises FollowmeError if it can't be read."""
    return frozenset(read(path, "the settings").table) if _is_there(path) else frozenset()


def _is_there(path: Path) -> bool:
    """Whether there is such a file. One that is out of reach counts as there: reading it says what is wrong."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True


def words_of(value: object) -> str:
    """Return a plain value as TOML."""
    return for_toml(dumps(value, ensure_ascii=False))


def plain(value: object) -> object:
    """Return a setting's value as its file has it: a string, true or false, or a list of strings."""
    if isinstance(value, tuple):
        return [f"{first} to {last}" for first, last in value]
    return value if isinstance(value, bool) else str(value)


EXAMPLE = """\
# The settings of followme. Remove the # before a line to use it.

# The journal, if it isn't in the usual place.
# journal = "~/Documents/journal.toml"

# The prompt set that `reflect` asks.
# set = "weekly"

# The first day of the week on which its reflection is due.
# review_day = "friday"

# The month in which your company's year starts, for quarters and years.
# year_starts = "january"

# Planned time off; these weeks don't count as missed.
# breaks = ["2026-W52", "2027-07-05 to 2027-07-23"]

# Ask line by line, without redrawing the screen.
# plain = false

# What Enter does in a long answer: go to the "next" question, or start a new "line".
# enter = "next"

# Show the earlier answer to a question before it is asked.
# show_last = false

# The editor for long answers, if VISUAL and EDITOR name none.
# editor = "nano"

# A folder whose text files become notes, for a phone.
# inbox = "~/Dropbox/followme"

# A command to run after an entry is saved.
# after_save = "notify-send saved"

# Sync in the background after an entry is saved, once `sync --init` was run.
# sync_auto = false

# How long to keep words before the checkup reminds you to forget them. Without it, always.
# keep = "2y"
"""
"""The text of a file with every setting, each as a comment."""


def _breaks(reader: Reader) -> list[tuple[date, date]]:
    breaks = []
    for words in reader.texts("breaks"):
        try:
            breaks.append(_break(words))
        except ValueError:
            reader.fault("breaks", f"{words[:40]!r} isn't a break; {_BREAK}")
    return breaks


def _break(words: str) -> tuple[date, date]:
    """The first and last day of a break. Raises ValueError, also for words such as "today", whose day changes."""
    first, to, last = words.partition(" to ")
    if not _FIXED.match(first) or (to and not _FIXED.match(last)):
        raise ValueError
    begin = dates.interval(first, date.max)
    end = dates.interval(last, date.max) if to else begin
    if end.last < begin.first:
        raise ValueError
    return begin.first, end.last

"""The configuration file: one TOML file of settings, each of its faults with its line."""

from __future__ import annotations

import os
import re
from datetime import date
from json import dumps
from pathlib import Path

from followme import dates
from followme.clean import for_toml
from followme.model import Config
from followme.tables.reader import Reader
from followme.tables.tomlfile import read

KEYS = ("journal", "set", "review_day", "breaks", "plain", "enter", "show_last", "editor")

_DAYS = tuple(day.lower() for day in dates.WEEKDAYS)
_FIXED = re.compile(r"\d{4}-")
_BREAK = 'write a week or two days, such as "2026-W52" or "2026-12-21 to 2027-01-03"'


def load(path: Path) -> Config:
    """Return the settings in the file; the defaults if there is no file.

    Raises FollowmeError with one line for each fault, beginning with FILE:LINE:.
    """
    if not _is_there(path):
        return Config()
    file = read(path, "the settings")
    reader = Reader((), file.table)
    reader.known(KEYS)
    config = Config(
        journal=reader.text("journal"),
        set=reader.text("set") or "weekly",
        review_day=reader.one_of("review_day", _DAYS, "friday"),
        breaks=tuple(_breaks(reader)),
        plain=bool(reader.value("plain", bool)),
        enter=reader.one_of("enter", ("next", "line"), "next"),
        show_last=bool(reader.value("show_last", bool)),
        editor=reader.text("editor"),
    )
    file.refuse(reader.faults)
    return config


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
    """Return a setting's value as TOML."""
    if isinstance(value, tuple):
        return "[" + ", ".join(dumps(f"{first} to {last}") for first, last in value) + "]"
    return for_toml(dumps(value, ensure_ascii=False))


EXAMPLE = """\
# The settings of followme. Remove the # before a line to use it.

# The journal, if it lies elsewhere than usual.
# journal = "~/Documents/journal.toml"

# The prompt set that `reflect` asks.
# set = "weekly"

# The day from which on the week waits for its reflection.
# review_day = "friday"

# Planned absences: they are no gaps.
# breaks = ["2026-W52", "2027-07-05 to 2027-07-23"]

# Ask line by line, without redrawing.
# plain = false

# What Enter does in a long answer: go to the "next" question, or begin a new "line".
# enter = "next"

# Show the earlier answer to a question before it is asked.
# show_last = false

# The editor for long answers, if VISUAL and EDITOR name none.
# editor = "nano"
"""
"""The text of a file with every setting, each as a comment."""


def _breaks(reader: Reader) -> list[tuple[date, date]]:
    breaks = []
    for words in reader.texts("breaks"):
        try:
            breaks.append(_break(words))
        except ValueError:
            reader.fault("breaks", f"{words[:40]!r} is no break; {_BREAK}")
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

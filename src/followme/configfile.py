"""The configuration file: one TOML file of settings, every fault of it with its line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from followme import dates
from followme.model import Config
from followme.tables.reader import Reader
from followme.tables.source import read

KEYS = ("journal", "set", "review_day", "breaks", "plain", "enter", "show_last", "editor")

_DAYS = tuple(day.lower() for day in dates.WEEKDAYS)
_FIXED = re.compile(r"\d{4}-")
_BREAK = 'write a week or two days, such as "2026-W52" or "2026-12-21 to 2027-01-03"'


def load(path: Path) -> Config:
    """The settings in the file; without a file, the defaults.

    Raises FollowmeError with one line a fault, each beginning FILE:LINE:.
    """
    if not path.exists():
        return Config()
    source = read(path, "the settings")
    reader = Reader((), source.table)
    reader.known(KEYS)
    found = Config(
        journal=reader.text("journal"),
        set=reader.text("set") or "weekly",
        review_day=reader.one_of("review_day", _DAYS, "friday"),
        breaks=tuple(_breaks(reader)),
        plain=bool(reader.value("plain", bool)),
        enter=reader.one_of("enter", ("next", "line"), "next"),
        show_last=bool(reader.value("show_last", bool)),
        editor=reader.text("editor"),
    )
    source.refuse(reader.faults)
    return found


def _breaks(reader: Reader) -> list[tuple[date, date]]:
    found = []
    for words in reader.texts("breaks"):
        try:
            found.append(_break(words))
        except ValueError:
            reader.fault("breaks", f"{words[:40]!r} is no break; {_BREAK}")
    return found


def _break(words: str) -> tuple[date, date]:
    """The first and last day of a break; raises ValueError. Words such as "today" would move, so they are none."""
    first, to, last = words.partition(" to ")
    if not _FIXED.match(first) or (to and not _FIXED.match(last)):
        raise ValueError
    begin = dates.interval(first, date.max)
    end = dates.interval(last, date.max) if to else begin
    if end.last < begin.first:
        raise ValueError
    return begin.first, end.last

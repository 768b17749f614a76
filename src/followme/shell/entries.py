"""The way to the entries: read from the end, only as far as needed; damage is reported on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from followme.env import Env
from followme.hints import Command
from followme.insight.questions import SITTINGS_READ
from followme.insight.wording import counted
from followme.journal.file import reading
from followme.journal.file.blocks import Wanted
from followme.journal.file.reading import Damage, Loaded
from followme.model import Entry, Located

T = TypeVar("T", Entry, Located)

OUT_OF_ORDER = 10
"""How many entries at the end of the journal may be older than the entries before them."""


TOLD = 20
"""How many damaged parts are reported one by one."""


def newest_first(env: Env, wanted: Wanted | None = None) -> Iterator[Entry]:
    """Yield the entries, the latest first, and read only as far as needed; damage is reported on the way.

    Most entries that aren't `wanted` are left out unparsed.
    """
    return undamaged(env, reading.newest_first(env.journal, wanted))


def quietly(env: Env, wanted: Wanted | None = None) -> Iterator[Entry]:
    """Yield the same entries, without a word about damage: for a second look."""
    return (each for each in reading.newest_first(env.journal, wanted) if isinstance(each, Entry))


def loaded(env: Env) -> Loaded:
    """Return the whole journal in file order; damage and notices are reported."""
    journal = reading.read(env.journal)
    for notice in journal.notices:
        env.say_once(notice)
    list(undamaged(env, journal.damages))
    return journal


def notices(env: Env) -> None:
    """Say what there is to say about the journal as a whole."""
    for notice in reading.notices(env.journal):
        env.say_once(notice)


def recent(env: Env) -> list[Entry]:
    """Return the latest entries, oldest first, back to the earliest one that decides what is asked next."""
    entries, sittings = [], 0
    for entry in newest_first(env):
        entries.append(entry)
        sittings += entry.is_sitting
        if sittings == SITTINGS_READ:
            break
    return entries[::-1]


def latest(env: Env, since: date) -> list[Entry]:
    """Return the entries from a day on, oldest first.

    Reading stops at the tenth entry before that day: if a clock was wrong for a while, entries are out of order.
    """
    entries, before = [], 0
    for entry in newest_first(env):
        if entry.date.date() >= since:
            entries.append(entry)
        else:
            before += 1
        if before == OUT_OF_ORDER:
            break
    return entries[::-1]


def undamaged(env: Env, blocks: Iterable[T | Damage]) -> Iterator[T]:
    """Yield the entries among these, with or without their places; damage is reported on the way, and only once.

    Of very much damage, the first parts are reported, and at the end how many more there are.
    """
    damaged = 0
    for each in blocks:
        if not isinstance(each, Damage):
            yield each
            continue
        damaged += 1
        if damaged <= TOLD:
            env.say_once(
                f"{each.reason} It was left alone; all other entries are here. To see what to do:",
                Command("doctor"),
            )
    if damaged > TOLD:
        more = counted(damaged - TOLD, "more part of the journal", "more parts of the journal")
        env.say_once(f"{more} couldn't be read. To see them all:", Command("doctor"))

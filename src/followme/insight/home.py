"""What home tells: the week's state, an unfinished sitting, and counts; no names and no answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from followme.insight.promises import open_promises
from followme.model import RESERVED_SETS, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The state of the journal on one day. `sittings` counts this week's entries of sets that ask."""

    week: str
    first_time: bool
    sittings: int
    drafts: int
    open: int
    due: int


def home_of(past: Sequence[Entry], *, week: str, today: date, first_time: bool, drafts: int) -> Home:
    """What home tells, from the latest entries, oldest first."""
    promises = open_promises(past)
    return Home(
        week=week,
        first_time=first_time,
        sittings=sum(entry.week == week and entry.set not in RESERVED_SETS for entry in past),
        drafts=drafts,
        open=len(promises),
        due=sum(each.is_due(today) for each in promises),
    )

"""The content of home: the state of the week, an unfinished sitting, and counts; no names and no answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from followme.dates import Interval, iso_week
from followme.insight.notes import count_since_last
from followme.insight.promises import Pending
from followme.insight.weeks import Dated, Rate, due_week, lacking, missed, rate, weeks_done


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The state of the journal on one day.

    `due_sets` names the sets that are due by days. `usual` is the set of the settings if it goes by days, else
    "", and `next_day` is the day from which on it is due. `sittings` counts this week's sittings. `waits` is
    the week whose sitting is due. `missed` counts the weeks that passed without a sitting. `rate` covers the
    last quarter. `drafts` has the weeks of unfinished sittings, and `goes_on` says whether Enter continues one
    of them. `copies` counts the copies beside the journal that may hold something the journal lacks.
    """

    today: date
    week: str
    first_time: bool
    sittings: int
    waits: str | None
    missed: int
    rate: Rate
    drafts: tuple[str, ...]
    goes_on: bool
    notes: int
    open: int
    due: int
    copies: int = 0
    due_sets: tuple[str, ...] = ()
    usual: str = ""
    next_day: date | None = None

    @property
    def begins(self) -> bool:
        """Whether home offers to begin or to go on."""
        if self.usual:
            return self.goes_on or self.first_time or self.usual in self.due_sets
        return self.goes_on or bool(self.waits) or not self.sittings


def home_of(
    entries: Sequence[Dated],
    promises: Sequence[Pending],
    *,
    today: date,
    review_day: str,
    breaks: Collection[Interval],
    first_time: bool,
    drafts: Sequence[str],
    copies: int = 0,
    due_sets: tuple[str, ...] = (),
    usual: str = "",
    next_day: date | None = None,
) -> Home:
    """The content of home, from all entries, oldest first, and the open promises."""
    done, week = weeks_done(entries), iso_week(today)
    lacks = lacking(today, review_day, done, breaks)
    return Home(
        today=today,
        week=week,
        first_time=first_time,
        sittings=sum(entry.week == week and entry.is_sitting for entry in entries),
        waits=due_week(today, review_day, done, breaks),
        missed=missed(today, done, breaks),
        rate=rate(today, done, breaks),
        drafts=tuple(sorted(drafts)),
        goes_on=any(not lacks or each >= lacks for each in drafts),
        notes=count_since_last(entries),
        open=len(promises),
        due=sum(each.is_due(today) for each in promises),
        copies=copies,
        due_sets=due_sets,
        usual=usual,
        next_day=next_day,
    )

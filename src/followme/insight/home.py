"""The content of home: the state of the week, an unfinished sitting, and counts; no names and no answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from followme.dates import Interval, iso_week, monday
from followme.frozen import frozen
from followme.insight.ledger import NONE, Kept
from followme.insight.notes import count_since_last
from followme.insight.promises import MaybeDue
from followme.insight.quarters import CALENDAR, weeks_of_last
from followme.insight.strip import strip_of
from followme.insight.weeks import ENOUGH, Dated, due_week, lacking, missed, next_sitting, weeks_done
from followme.insight.wording import Count, promise_counts

ADDING_UP = 4
"""How many weeks are enough to look back on."""

RECENT = 4
"""How many weeks after a quarter ended home still names its page."""


@frozen(kw_only=True)
class Home:
    """The state of the journal on one day.

    `due_sets` names the sets that are due by days. `usual` is the set of the settings if it goes by days, else
    "", and `next_day` is the day from which on it is due. `sittings` counts this week's sittings. `waits` is
    the week whose sitting is due. `missed` counts the weeks that passed without a sitting, and `returns` says whether
    the set for a return fits after them. `strip` has the states of the last weeks, and `kept` the rate of promises
    kept. `drafts` has the weeks of unfinished sittings, the oldest sitting first, and `goes_on` is the week of the one
    that Enter continues, "" for none. `copies` counts the copies beside the journal that may hold something the
    journal lacks, and `twice` has the week of each entry with another version beside it.
    `opened` counts the open promises and the open questions for someone. `weeks` counts those with a sitting. `asks_on`
    is the day of the next sitting, which asks about `due` promises. `overdue` counts those whose last day is over, and
    `due_today` those whose last day it is.
    `demo` says whether it is the demo's, which only reads, and `sync_failed` why the last sync failed, "" if it didn't.
    `quarter_ended` says whether a quarter with enough to look back on ended a few weeks ago.
    """

    today: date
    week: str
    first_time: bool
    sittings: int
    waits: str | None
    missed: int
    strip: tuple[str, ...]
    kept: Kept
    drafts: tuple[str, ...]
    goes_on: str
    notes: int
    opened: Sequence[Count]
    due: int
    overdue: int
    due_today: int
    asks_on: date
    copies: int = 0
    twice: tuple[str, ...] = ()
    weeks: int = 0
    due_sets: tuple[str, ...] = ()
    usual: str = ""
    next_day: date | None = None
    patience: int = ENOUGH
    demo: bool = False
    sync_failed: str = ""
    quarter_ended: bool = False

    @property
    def open(self) -> int:
        """How many promises are open, and questions for someone."""
        return sum(each[0] for each in self.opened)

    @property
    def returns(self) -> bool:
        """Whether the set for a return fits, after these missed weeks."""
        return self.missed >= self.patience

    @property
    def left(self) -> tuple[str, ...]:
        """The weeks of the unfinished sittings that Enter doesn't continue, in order, each once."""
        return tuple(sorted({each for each in self.drafts if each != self.goes_on}))

    @property
    def is_due(self) -> bool:
        """Whether a reflection that asks about promises is due now."""
        return bool(self.waits) if not self.usual else self.usual in self.due_sets

    @property
    def begins(self) -> bool:
        """Whether home offers to begin or to go on."""
        if self.usual:
            return bool(self.goes_on) or self.first_time or self.is_due
        return bool(self.goes_on or self.waits) or not self.sittings


def home_of(
    entries: Sequence[Dated],
    promises: Sequence[MaybeDue],
    *,
    today: date,
    review_day: str,
    breaks: Collection[Interval],
    first_time: bool,
    drafts: Sequence[str],
    kept: Kept = NONE,
    due_sets: tuple[str, ...] = (),
    usual: str = "",
    next_day: date | None = None,
    year_starts: str = CALENDAR,
) -> Home:
    """Return home, from all entries, oldest first, and the open promises."""
    done, week = weeks_done(entries), iso_week(today)
    asks_on = max(next_day or today, today) if usual else next_sitting(today, review_day, done, breaks)
    return Home(
        today=today,
        week=week,
        first_time=first_time,
        sittings=sum(each.week == week and each.is_sitting for each in entries),
        waits=due_week(today, review_day, done, breaks),
        missed=missed(today, done, breaks),
        strip=strip_of(entries, done, today, breaks),
        kept=kept,
        drafts=tuple(drafts),
        goes_on=_goes_on(drafts, lacking(today, review_day, done, breaks)),
        notes=count_since_last(entries),
        opened=promise_counts(each.kind for each in promises),
        due=sum(each.is_due(asks_on) for each in promises),
        overdue=sum(each.is_overdue(today) for each in promises),
        due_today=sum(_is_last_day(each, today) for each in promises),
        asks_on=asks_on,
        weeks=len(done),
        due_sets=due_sets,
        usual=usual,
        next_day=next_day,
        quarter_ended=_quarter_ended(done, today, year_starts),
    )


def _is_last_day(each: MaybeDue, today: date) -> bool:
    return each.is_overdue(today + timedelta(days=1)) and not each.is_overdue(today)


def _quarter_ended(done: Collection[str], today: date, year_starts: str) -> bool:
    """Whether last quarter ended a few weeks ago and has enough weeks with a sitting to look back on."""
    weeks = weeks_of_last(today, year_starts)
    ago = (today - monday(weeks[-1])).days // 7 if weeks else 0
    return 0 < ago <= RECENT and sum(week in done for week in weeks) >= ADDING_UP


def _goes_on(drafts: Sequence[str], lacks: str | None) -> str:
    """The week of the unfinished sitting to continue, "" for none; not one from before the week that lacks one."""
    return next((each for each in drafts if not lacks or each >= lacks), "")

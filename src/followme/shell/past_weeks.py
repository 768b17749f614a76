"""The way to past weeks: the entries of a quarter, a year or others, and what became of the promises made there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from followme.env import Env
from followme.insight.ledger import kept, ledger
from followme.insight.past_weeks import PastWeeks, of_period, of_weeks
from followme.insight.quarters import Period
from followme.insight.query import Query, filter_words, select
from followme.insight.rewording import in_todays_words, rewordings
from followme.insight.sieves import OfWeeks, may_tell_of
from followme.insight.weeks import breaks_of
from followme.model import Entry
from followme.shell import usable_sets
from followme.shell.entries import newest_first, quietly


def past_period(env: Env, period: Period, query: Query | None = None) -> PastWeeks:
    """Return what a quarter or a year holds, of the entries that fit the query; damage is reported."""
    today = env.now().date()
    filters = filter_words(query or Query(), today)
    # The year before is read with it, and not in two passes of its own.
    earlier = () if period.number or filters else _weeks_before(period)
    entries, told, began = _read(env, (*earlier, *period.weeks), query)
    past = of_period(entries, told, period, today, breaks_of(env.config), began, filters)
    if past.empty or not earlier:
        return past
    rows = ledger((*entries, *told), today)
    return replace(past, before=kept(row for row in rows if row.week in earlier))


def _weeks_before(period: Period) -> Sequence[str]:
    """The weeks of the year before; none if there is no such year."""
    with suppress(ValueError):
        return period.before.weeks
    return ()


def past_weeks(env: Env, weeks: Sequence[str]) -> PastWeeks:
    """Return what these weeks hold, given oldest first; damage is reported."""
    entries, told, began = _read(env, weeks)
    return of_weeks(entries, told, weeks, env.now().date(), breaks_of(env.config), began)


def _read(env: Env, weeks: Sequence[str], query: Query | None = None) -> tuple[list[Entry], list[Entry], str]:
    """The entries of these weeks in today's words, those that tell of their promises, and the journal's first week."""
    wanted = OfWeeks(weeks)
    found = (each for each in newest_first(env, wanted) if each.week in weeks)
    entries = list(select(found, query or Query()))[::-1]
    reworded = rewordings(usable_sets.usable(env, lambda data: b"formerly" in data))
    return in_todays_words(entries, reworded), _told(env, entries), wanted.first


def _told(env: Env, entries: Sequence[Entry]) -> list[Entry]:
    ids = {each.id for each in entries if each.promises}
    later = quietly(env, may_tell_of(ids)) if ids else ()
    known = {each.id for each in entries}
    telling = (each for each in later if each.outcomes and each.id not in known)
    return [replace(each, promises=()) for each in telling]

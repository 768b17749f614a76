"""The way to past weeks: the entries of a quarter, a year or others, and what became of the promises made there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from followme.env import Env
from followme.insight.ledger import NONE, Kept, kept, ledger
from followme.insight.past_weeks import PastWeeks, of_period, of_weeks
from followme.insight.quarters import Period
from followme.insight.query import Query, select
from followme.insight.rewording import in_todays_words, rewordings
from followme.insight.sieves import may_be_of, may_tell_of
from followme.insight.weeks import breaks_of
from followme.model import Entry
from followme.shell import usable_sets
from followme.shell.entries import newest_first, quietly
from followme.shell.however_old import without_answers


def past_period(env: Env, period: Period, query: Query | None = None) -> PastWeeks:
    """Return what a quarter or a year holds, of the entries that fit the query; damage is reported."""
    entries, told = _read(env, period.weeks, query)
    past = of_period(entries, told, period, env.now().date(), breaks_of(env.config))
    if query is not None and query != Query():
        quarters = tuple(replace(each, filtered=True) for each in past.quarters)
        return replace(past, filtered=True, quarters=quarters)
    return past if period.number or past.empty else replace(past, before=_year_before(env, period))


def _year_before(env: Env, period: Period) -> Kept:
    """The rate of the promises made in the year before; of none if there is no such year."""
    with suppress(ValueError):
        weeks = frozenset(period.before.weeks)
        return kept(row for row in ledger(without_answers(env), env.now().date()) if row.week in weeks)
    return NONE


def past_weeks(env: Env, weeks: Sequence[str]) -> PastWeeks:
    """Return what these weeks hold, given oldest first; damage is reported."""
    return of_weeks(*_read(env, weeks), weeks, env.now().date(), breaks_of(env.config))


def _read(env: Env, weeks: Sequence[str], query: Query | None = None) -> tuple[list[Entry], list[Entry]]:
    """The entries of these weeks in today's words, and those that tell what became of their promises."""
    found = (each for each in newest_first(env, may_be_of(weeks)) if each.week in weeks)
    entries = list(select(found, query or Query()))[::-1]
    reworded = rewordings(usable_sets.usable(env, lambda data: b"formerly" in data))
    return in_todays_words(entries, reworded), _told(env, entries)


def _told(env: Env, entries: Sequence[Entry]) -> list[Entry]:
    ids = {each.id for each in entries if each.promises}
    later = quietly(env, may_tell_of(ids)) if ids else ()
    known = {each.id for each in entries}
    telling = (each for each in later if each.outcomes and each.id not in known)
    return [replace(each, promises=()) for each in telling]

"""`lookback --quarter` and `--year`: what a quarter or a year holds, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from followme.env import Env
from followme.errors import NothingFound, no_entries
from followme.hints import Command
from followme.insight.past_values import period_values
from followme.insight.past_weeks import PastWeeks
from followme.insight.quarters import Period, quarter_of, year_of
from followme.insight.query import Query
from followme.shell import present
from followme.shell.entries import newest_first
from followme.shell.past_weeks import past_period
from followme.views import view


def show(env: Env, query: Query, period: Period, *, as_json: bool) -> None:
    """Print what the period holds, of the entries that fit the query. Raises NothingFound."""
    past = past_period(env, period, query)
    if past.empty:
        raise _nothing_in(env, period, query)
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").periods(period_values(past)),
        page=lambda screen: view("past_weeks").page(past, screen, *_ways(past, query)),
        lines=lambda: view("tabs").past_weeks(past),
    )


def _ways(past: PastWeeks, query: Query) -> Iterator[Command]:
    """The page of the quarter or the year before, if it has a week of the journal, and that of a quarter's year."""
    period = past.period
    if not period or query != Query():
        return
    option = "--quarter" if period.number else "--year"
    with suppress(ValueError):
        if past.began <= period.before.weeks[-1]:
            yield Command("lookback", option, period.before.name)
    if period.number:
        yield Command("lookback", "--year", f"{period.year:04}")


def _nothing_in(env: Env, period: Period, query: Query) -> NothingFound:
    """Why there's nothing in a quarter or a year, and how to go on."""
    option = "--quarter" if period.number else "--year"
    if query != Query():
        whole = Command("lookback", option, period.name)
        return NothingFound(f"Nothing in {period.title} fits these filters. See all of it with:", whole)
    latest = next(newest_first(env), None)
    if latest is None:
        return no_entries()
    near = (quarter_of if period.number else year_of)(latest.week, period.starts)
    return NothingFound(
        f"Nothing was written in {period.title}. Your latest entry is in {near.title}. Look back on that with:",
        Command("lookback", option, near.name),
    )

"""What verbs that look share: filters and their meaning, and the words of promises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import typer

from followme import dates
from followme.env import Env
from followme.errors import WrongUsage
from followme.insight.query import Query
from followme.model import Entry, Promise

_FILTER = "Filters"


def _filter(*names: str, about: str) -> Any:
    return typer.Option(*names, help=about, rich_help_panel=_FILTER, show_default=False)


Since = Annotated[
    str | None, _filter("--since", about="Only from this DATE on: 2026-11-20, 2026-W47, 2026-Q4, 3m.")
]
Until = Annotated[str | None, _filter("--until", about="Only up to this DATE, all of it included.")]
OfSet = Annotated[str | None, _filter("--set", about="Only entries of this prompt set.")]
Person = Annotated[
    str | None, _filter("--person", about="Only entries that a promise or a one-on-one ties to this person.")
]
Week = Annotated[str | None, _filter("--week", about="Only entries of this week, such as 2026-W47.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; docs/json.md describes it.")]


def query_of(
    env: Env, since: str | None, until: str | None, of_set: str | None, person: str | None, week: str | None
) -> Query:
    """The filters as one query. Raises WrongUsage where a DATE or a week cannot be read."""
    today = env.now().date()
    return Query(
        since=_interval(since, today).first if since is not None else None,
        until=_interval(until, today).last if until is not None else None,
        set=of_set,
        person=person,
        week=week_of(week, today) if week is not None else None,
    )


def week_of(words: str, today: date) -> str:
    """The ISO week meant by these words. Raises WrongUsage."""
    found = _interval(words, today)
    week = dates.iso_week(found.first)
    if dates.week_interval(week) != found and found.first != found.last:
        raise WrongUsage(f"{words!r} is not one week; write it as 2026-W47.")
    return week


def _interval(words: str, today: date) -> dates.Interval:
    try:
        return dates.interval(words, today)
    except ValueError as error:
        raise WrongUsage(str(error)) from None


def promises_of(entries: Iterable[Entry]) -> dict[str, Promise]:
    """Every promise made in these entries, by its full reference."""
    return {ref: promise for entry in entries for ref, promise in entry.made}

"""What several verbs share: options with their meaning, and the way to the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from io import StringIO
from itertools import islice, takewhile
from typing import Annotated, Any

import typer

from followme import dates
from followme.clean import ascii_json
from followme.env import Env, Screen
from followme.errors import WrongUsage
from followme.insight.plan import LOOK_BACK
from followme.insight.promises import promise_words
from followme.insight.query import Query
from followme.journal import reading
from followme.journal.place import Place
from followme.journal.reading import Damage
from followme.model import Entry

_FILTER = "Filters"


def _filter(*names: str, about: str) -> Any:
    return typer.Option(*names, help=about, rich_help_panel=_FILTER, show_default=False)


Since = Annotated[
    str | None, _filter("--since", about="Only from this DATE on: 2026-11-20, 2026-W47, 2026-Q4, 3m.")
]
Until = Annotated[str | None, _filter("--until", about="Only up to this DATE, all of it included.")]
OfSet = Annotated[str | None, _filter("--set", about="Only entries of this prompt set.")]
Person = Annotated[str | None, _filter("--person", about="Only entries with a promise to this person.")]
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


def place_of(env: Env) -> Place:
    """Where the journal and its drafts lie."""
    return Place(journal=env.journal, state=env.state, spare=env.spare)


def newest_first(env: Env) -> Iterator[Entry]:
    """The entries from the latest on, read only as far as they are asked for; damage is said on the way."""
    return _undamaged(env, reading.newest_first(env.journal))


def everything(env: Env) -> tuple[Entry, ...]:
    """All entries in file order; damage and notices are said."""
    loaded = reading.read(env.journal)
    for notice in loaded.notices:
        env.say(notice)
    list(_undamaged(env, loaded.damages))
    return loaded.entries


def recent(env: Env) -> list[Entry]:
    """The latest entries, oldest first: as many as plans and promises look back on."""
    return list(islice(newest_first(env), LOOK_BACK))[::-1]


def latest(env: Env, since: date) -> list[Entry]:
    """The entries from a day on, oldest first; reading stops at the first one before it."""
    return list(takewhile(lambda entry: entry.date.date() >= since, newest_first(env)))[::-1]


def breaks(env: Env) -> tuple[dates.Interval, ...]:
    """The planned absences of the settings."""
    return tuple(dates.Interval(first, last) for first, last in env.config.breaks)


def promises_of(entries: Iterable[Entry]) -> dict[str, str]:
    """The words of every promise made in these entries, by its full reference."""
    return {f"{each.id}/{made.ref}": promise_words(made) for each in entries for made in each.promises}


def page(env: Env, draw: Callable[[Screen], None]) -> None:
    """Draw for a person, through a pager if it is taller than the terminal."""
    drawn = StringIO()
    draw(replace(env.out, stream=drawn))
    env.page(drawn.getvalue())


def write(env: Env, text: str) -> None:
    """Write data to stdout; what may go wrong there is for `main` to say."""
    env.stdout.write(text)


def write_lines(env: Env, lines: Iterable[str]) -> None:
    """Write data to stdout, a line each."""
    for line in lines:
        write(env, line + "\n")


def write_json(env: Env, text: str) -> None:
    """Write JSON to stdout, in ASCII where the stream has no other signs."""
    write(env, text if env.out.unicode else ascii_json(text))


def _undamaged(env: Env, found: Iterable[Entry | Damage]) -> Iterator[Entry]:
    for each in found:
        if isinstance(each, Entry):
            yield each
        else:
            env.say(f"{each.reason} It is left as it is; all other entries are here.")

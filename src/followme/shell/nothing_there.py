"""Why there's no entry for what someone asked for, and the way on: the nearest entries, or the command that has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from followme.dates import Interval, interval, iso_week, span_words, week_interval, week_name
from followme.env import Env
from followme.errors import NothingFound, no_entries
from followme.hints import Command, arguments
from followme.insight.neighbors import around
from followme.insight.people import is_known
from followme.insight.query import Query, days_of, select
from followme.model import Entry
from followme.shell.entries import quietly

Near = tuple[str, Sequence[Command]]
"""A sentence on the nearest entries, and the commands that show them."""


def of_reference(env: Env, known: Sequence[Entry], ref: str, of_set: str | None) -> NothingFound:
    """Return why `ref` names none of the known entries, or none of this set, and how to go on."""
    if not known:
        return no_entries()
    if ref == "last" and not of_set:
        return NothingFound("There are no reflections yet. Start with:", Command("reflect"))
    nothing = f"There's no entry for {ref!r}{f' in the set {of_set}' if of_set else ''}."
    if days := _days(ref, env.now().date()):
        return _of_days(known, days, ref, nothing, env.now().date(), of_set)
    if not of_set and (other := _other(env, ref, nothing)):
        return other
    return NothingFound(f"{nothing} To see them all:", Command("list"))


def _days(ref: str, today: date) -> Interval | None:
    try:
        return interval(ref, today)
    except ValueError:
        return None


def _of_days(
    known: Sequence[Entry], days: Interval, ref: str, nothing: str, today: date, of_set: str | None
) -> NothingFound:
    """The way on for someone who typed a day, a week or a longer time."""
    when: str | Interval = days
    first, last = iso_week(days.first), iso_week(days.last)
    if first == last:
        if any(each.week == first for each in known):
            return NothingFound(f"{nothing} See the entries of its week with:", Command("show", first))
        days, when = week_interval(first), first
    elif any(days.first <= each.day <= days.last for each in known):
        there = Command("list", "--since", ref, "--until", ref, *(("--set", of_set) if of_set else ()))
        return NothingFound(f"{ref!r} is more than a week. List its entries with:", there)
    near, commands = _near(known, when, today, of_set)
    written = f"Nothing was written for {span_words(days, today)}."
    if not commands:
        return NothingFound(f"{written} To see all entries:", Command("list"))
    return NothingFound(f"{written} {near}", *commands)


def of_filters(env: Env, query: Query) -> Near:
    """Return a sentence on the entries nearest to the week or the days of a query, as far as its other filters choose.

    With it come the commands that show them. It's "" if there are none, or if the query has no week and no days.
    """
    when = days_of(query) if query.since or query.until else query.week
    if when is None:
        return "", []
    others = select(quietly(env), replace(query, since=None, until=None, week=None))
    return _near(others, when, env.now().date(), query.set)


def _near(entries: Iterable[Entry], when: str | Interval, today: date, of_set: str | None) -> Near:
    """A sentence on the entries before and after a week or some days, and the commands that show them; "" for none."""
    beside = list(filter(None, dict.fromkeys(around(entries, when, of_set))))
    weeks = " and ".join(dict.fromkeys(week_name(each.week, today) for each in beside))
    entries_are = "entry is" if len(beside) == 1 else "entries are"
    words = f"The nearest {entries_are} from {weeks}:" if beside else ""
    return words, [Command("show", each.ref, *(("--set", of_set) if of_set else ())) for each in beside]


def _other(env: Env, ref: str, nothing: str) -> NothingFound | None:
    """The way on for someone who typed a person, a question or any other word; None if it isn't one."""
    known, word = list(quietly(env)), arguments(ref)
    if is_known(known, ref):
        return NothingFound(f"{nothing} See what you wrote about them with:", Command("people", *word))
    if any(answer.key == ref for each in known for answer in each.answers):
        return NothingFound(f"{nothing} It's a question; see your answers with:", Command("lookback", *word))
    if ref.isalpha():
        return NothingFound(
            f"{nothing} Look for the word, or see all entries, with:",
            Command("search", *word),
            Command("list"),
        )
    return None

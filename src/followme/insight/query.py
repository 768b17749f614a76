"""How to choose entries: the filters that verbs share, and the words that name an entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, fields, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from followme.dates import (
    Interval,
    interval,
    named_day,
    named_week,
    one_week,
    short_day,
    week_day,
    week_interval,
)
from followme.frozen import frozen
from followme.hints import Command
from followme.insight.people import is_tied
from followme.insight.quarters import quarter_in
from followme.model import OUTCOME, PROMISE, Entry, Located

Starts = Callable[[], str]
"""Returns the month in which the company's year starts; the settings are only read if someone needs it."""

Meant = Callable[[str, date, Starts], Any]


_LAST = re.compile(r"last(?:~([0-9]{1,6}))?")


class Filter(NamedTuple):
    """One filter: its help, whether an entry fits a value, and which value the given words mean on a day.

    `meant` also gets a function that returns the month in which the company's year starts, since a quarter is one of
    that year. It raises ValueError with a sentence if it can't read the words. `words` says a value in a title.
    """

    about: str
    fits: Callable[[Entry, Any], bool]
    meant: Meant
    words: Callable[[Any, date], str]


def _as_typed(words: str, today: date, starts: Starts) -> str:
    return words


def _days(words: str, today: date, starts: Starts) -> Interval:
    return (quarter_in(words, starts()) if "q" in words.casefold() else None) or interval(words, today)


def _has(entry: Entry, key: str) -> bool:
    """Whether an entry has an answer to this question, skipped or not; PROMISE and OUTCOME name these."""
    parts = {PROMISE: entry.promises, OUTCOME: entry.outcomes}
    return bool(parts.get(key)) or any(answer.key == key for answer in entry.answers)


def _filter(
    about: str,
    fits: Callable[[Entry, Any], bool],
    words: Callable[[Any, date], str],
    meant: Meant = _as_typed,
) -> dict[str, Filter]:
    return {"filter": Filter(about, fits, meant, words)}


@frozen(kw_only=True)
class Query:
    """The filters that an entry must fit: a field for each filter, None if the filter is not used.

    The day of an entry is the local day of its writer, whatever its offset; `since` and `until` are both included.
    An entry fits a person if it names them: with an `@`, as a whole word with its capital, in a promise, or as the
    one it is about.
    """

    since: date | None = field(
        default=None,
        metadata=_filter(
            "Entries from this DATE on: 2026-11-20, 2026-W47, 2026-Q4, 3m.",
            fits=lambda entry, day: entry.day >= day,
            meant=lambda words, today, starts: _days(words, today, starts).first,
            words=lambda day, today: f"since {short_day(day, today)}",
        ),
    )
    until: date | None = field(
        default=None,
        metadata=_filter(
            "Entries up to and including this DATE.",
            fits=lambda entry, day: entry.day <= day,
            meant=lambda words, today, starts: _days(words, today, starts).last,
            words=lambda day, today: f"until {short_day(day, today)}",
        ),
    )
    set: str | None = field(
        default=None,
        metadata=_filter(
            "Entries from this prompt set.",
            lambda entry, name: entry.set == name,
            lambda name, today: f"set {name}",
        ),
    )
    person: str | None = field(
        default=None,
        metadata=_filter(
            "Entries that name this person, with an `@` or without.",
            is_tied,
            lambda name, today: f"person {name.removeprefix('@')}",
        ),
    )
    week: str | None = field(
        default=None,
        metadata=_filter(
            "Entries from this week, such as 2026-W47.",
            fits=lambda entry, week: entry.week == week,
            meant=lambda words, today, starts: one_week(words, today),
            words=lambda week, today: f"week of {week_day(week, today)}",
        ),
    )
    question: str | None = field(
        default=None,
        metadata=_filter(
            "Entries with an answer to the question with this KEY, such as moment.",
            _has,
            lambda key, today: f"question {key}",
        ),
    )


FILTERS: dict[str, Filter] = {each.name: each.metadata["filter"] for each in fields(Query)}
"""Every filter by its name, which is also the name of its option."""


def filter_words(query: Query, today: date, *others: str) -> str:
    """Return the filters of a query in words, and others after them, for a title: "since Jul 1, person Jonas"."""
    given = ((each, getattr(query, name)) for name, each in FILTERS.items())
    return ", ".join([*(each.words(value, today) for each, value in given if value is not None), *others])


@frozen
class Filters:
    """The filters of a page in words, "" for none, and the command that shows it without them, None for none."""

    words: str
    unfiltered: Command | None


def filters_of(query: Query, today: date, unfiltered: Command) -> Filters:
    """Return the filters of a query, whose command without them is `unfiltered`."""
    return Filters(filter_words(query, today), unfiltered if query != Query() else None)


def select(entries: Iterable[Entry], query: Query) -> Iterator[Entry]:
    """Yield the entries that fit the query, in their order."""
    return filter(fits(query), entries)


def fits(query: Query) -> Callable[[Entry], bool]:
    """Return the test that an entry passes if it fits the query."""
    asked = [
        (each.fits, value) for name, each in FILTERS.items() if (value := getattr(query, name)) is not None
    ]
    return lambda entry: all(fits(entry, value) for fits, value in asked)


def days_of(query: Query) -> Interval:
    """Return the days that its filters leave."""
    week = week_interval(query.week) if query.week else Interval(date.min, date.max)
    return Interval(max(query.since or date.min, week.first), min(query.until or date.max, week.last))


def only(key: str | None) -> Callable[[Entry], Entry]:
    """Return the change that leaves of an entry only its answers to the question with this key; None changes nothing.

    PROMISE and OUTCOME leave only its promises, or only what it says became of promises.
    """

    def narrowed(entry: Entry) -> Entry:
        return replace(
            entry,
            answers=tuple(answer for answer in entry.answers if answer.key == key),
            promises=entry.promises if key == PROMISE else (),
            outcomes=entry.outcomes if key == OUTCOME else (),
        )

    return narrowed if key else lambda entry: entry


def listed(entries: Iterable[Entry], query: Query) -> Iterator[Entry]:
    """Yield the entries that a list shows: all that fit; outcomes and promises between sittings only if it asks."""
    return (
        entry
        for entry in select(entries, query)
        if entry.set not in (OUTCOME, PROMISE) or entry.set == query.set
    )


def resolve(
    entries: Sequence[Located], ref: str, today: date, of_set: str | None = None
) -> tuple[Located, ...]:
    """Return the entries that `ref` names, in their order, with `of_set` only those of that set; () if there are none.

    `ref` is tried in this order: `last` for the latest reflection by date, or for the latest entry of that set
    (`last~1` is the one before); a week (`W47` is the latest one that began within a year); an ISO date, `today` or
    `yesterday`; a full id; its last five letters; the start of an id. Capitals do not matter.
    """
    word = ref.strip().casefold()
    if not word:
        return ()
    if of_set is not None:
        entries = [each for each in entries if each.entry.set == of_set]
    if match := _LAST.fullmatch(word):
        return _last(entries, int(match[1] or 0), any_set=of_set is not None)
    if week := named_week(word, today):
        return tuple(each for each in entries if each.entry.week == week)
    if day := named_day(word, today):
        return tuple(each for each in entries if each.entry.day == day)
    return _of_id(entries, word)


def texts_of(ref: str, today: date) -> tuple[str, ...]:
    """Return texts in lower case: each entry that `ref` may name has at least one of them. () if `ref` is `last`.

    An entry needn't say its week, so a week's days are among its texts.
    """
    word = ref.strip().casefold()
    if _LAST.fullmatch(word):
        return ()
    if week := named_week(word, today):
        first = week_interval(week).first
        return (week.casefold(), *(str(first + timedelta(days=number)) for number in range(7)))
    return (str(named_day(word, today) or word),)


def _last(entries: Sequence[Located], before: int, *, any_set: bool) -> tuple[Located, ...]:
    """The latest reflection by date after leaving out the `before` latest; with equal dates, the one added later."""
    latest = [each for each in reversed(entries) if any_set or _may_be_last(each.entry)]
    latest.sort(key=lambda each: each.entry.moment, reverse=True)
    return tuple(latest[before : before + 1])


def _may_be_last(entry: Entry) -> bool:
    return entry.is_reflection and not entry.conflict and (not entry.imported or entry.is_sitting)


def _of_id(entries: Sequence[Located], word: str) -> tuple[Located, ...]:
    # An entry typed by hand may have no id, and "" must not name it.
    ids = [(each.entry.id.casefold(), each) for each in entries if each.entry.id]
    full = tuple(each for name, each in ids if name == word)
    tail = tuple(each for name, each in ids if len(word) == 5 and name.endswith(f"-{word}"))
    return full or tail or tuple(each for name, each in ids if name.startswith(word))

"""Which entries are meant: the filters of every verb, and the words that name an entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from followme.dates import named_day, named_week
from followme.model import OUTCOME, Entry, Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What an entry must fit; None asks for nothing. `since` and `until` are days that are both included."""

    since: date | None = None
    until: date | None = None
    set: str | None = None
    person: str | None = None
    week: str | None = None


def select(entries: Iterable[Entry], query: Query) -> Iterator[Entry]:
    """Yield the entries that fit the query, one by one and in their order.

    The day of an entry is the one its writer saw, whatever its offset. A person is met where a promise names
    them in `to` or `who`, or where the entry is about them, with or without capitals.
    """
    return (entry for entry in entries if _fits(entry, query))


def listed(entries: Iterable[Entry], query: Query) -> Iterator[Entry]:
    """Yield what a list shows of these: all that fit, but endings noted between sittings only where asked for."""
    return (entry for entry in select(entries, query) if entry.set != OUTCOME or query.set == OUTCOME)


def resolve(entries: Sequence[Entry], ref: str, today: date, of_set: str | None = None) -> tuple[Entry, ...]:
    """Return all entries that `ref` names, in their order, or those of one set; () when there is none.

    Tried in this order: `last`, the latest reflection by date, or of the set that is asked for (`last~1` is the
    one before), a week (`W47` is the latest one that has begun within a year), an ISO date or `today` or
    `yesterday`, a full id, its five-letter tail, the start of an id. Capitals do not matter.
    """
    word = ref.strip().casefold()
    if not word:
        return ()
    if of_set is not None:
        entries = [entry for entry in entries if entry.set == of_set]
    if match := re.fullmatch(r"last(?:~([0-9]{1,6}))?", word):
        return _last(entries, int(match[1] or 0), any_set=of_set is not None)
    if week := named_week(word, today):
        return tuple(entry for entry in entries if entry.week == week)
    if day := named_day(word, today):
        return tuple(entry for entry in entries if entry.date.date() == day)
    return _of_id(entries, word)


def same_name(name: str) -> str:
    """Return the form in which two spellings of one person's name are equal."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def names(promise: Promise, person: str) -> bool:
    """Whether a promise is about this person: made to them, handed on to them, or a question for them."""
    return is_same(promise.to, person) or is_same(promise.who, person)


def fits_person(entry: Entry, person: str | None) -> bool:
    """Whether an entry may be shown to whom this person is on the mind: none about another one; None is no one."""
    return person is None or entry.person is None or is_same(entry.person, person)


def is_same(one: str, other: str) -> bool:
    """Whether these are spellings of one person's name; no name is no one's."""
    return bool(one.strip()) and same_name(one) == same_name(other)


def _fits(entry: Entry, query: Query) -> bool:
    day = entry.date.date()
    return (
        (query.since is None or day >= query.since)
        and (query.until is None or day <= query.until)
        and (query.set is None or entry.set == query.set)
        and (query.week is None or entry.week == query.week)
        and (query.person is None or _is_about(entry, query.person))
    )


def _is_about(entry: Entry, person: str) -> bool:
    return is_same(entry.person or "", person) or any(names(promise, person) for promise in entry.promises)


def _last(entries: Sequence[Entry], before: int, *, any_set: bool) -> tuple[Entry, ...]:
    """The latest reflection by date but for so many; of two with one date, the one that was added later."""
    found = [entry for entry in reversed(entries) if any_set or entry.is_reflection]
    found.sort(key=lambda entry: entry.moment, reverse=True)
    return tuple(found[before : before + 1])


def _of_id(entries: Sequence[Entry], word: str) -> tuple[Entry, ...]:
    # An entry typed by hand may have no id, and so cannot be named by one.
    ids = [(entry.id.casefold(), entry) for entry in entries if entry.id]
    full = tuple(entry for name, entry in ids if name == word)
    tail = tuple(entry for name, entry in ids if len(word) == 5 and name.endswith(f"-{word}"))
    return full or tail or tuple(entry for name, entry in ids if name.startswith(word))

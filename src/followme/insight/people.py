"""People by name: the people an entry is tied to, and whether two spellings name the same person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from followme.model import Entry, Promise


def people_of(entry: Entry) -> Iterator[str]:
    """Yield the names an entry is tied to, as they were typed: the person it is about, then those in its promises."""
    yield from filter(None, (entry.person,))
    for promise in entry.promises:
        yield from people_in(promise)


def people_in(promise: Promise) -> Iterator[str]:
    """Yield the names in a promise, as they were typed: the person it is to, and the person who took it on."""
    yield from filter(None, (promise.to, promise.who))


def names(promise: Promise, person: str) -> bool:
    """Return whether a promise is about this person: made to them, handed on to them, or a question for them."""
    return any(is_same(name, person) for name in people_in(promise))


def is_tied(entry: Entry, person: str) -> bool:
    """Return whether an entry is about this person, or one of its promises is."""
    return any(is_same(name, person) for name in people_of(entry))


def fits_person(entry: Entry, person: str | None) -> bool:
    """Return whether an entry is about this person or about no one; every entry fits None."""
    return person is None or entry.person is None or is_same(entry.person, person)


def is_same(one: str, other: str) -> bool:
    """Return whether these two spellings name the same person; an empty name names no one."""
    return bool(one.strip()) and same_name(one) == same_name(other)


def same_name(name: str) -> str:
    """Return a form of the name that is equal for every spelling of it."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())

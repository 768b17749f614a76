"""People: where the entries name them, which entries are about them, and whether two spellings name the same person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from followme.frozen import frozen
from followme.model import PICKED_KINDS, Answer, Entry, Promise
from followme.names import Known, Spot, is_same_name, listed, marked, same_name, spelled


@frozen(kw_only=True)
class Place:
    """One place where an entry names a person: `text[start:end]`, without the `@` before it if it is `marked`.

    `part` is "answers", "promises" or "outcomes", `index` the number of the record in it from 0, and `field` the field
    of the record that has the text; `item` is its number in a reply of several texts, None for one text.
    """

    entry: Entry
    part: str
    index: int
    field: str
    item: int | None
    text: str
    start: int
    end: int
    marked: bool

    @property
    def name(self) -> str:
        """The name as it is spelled here, with blanks for `_`."""
        return spelled(self.text, Spot(self.start, self.end, self.marked))


@frozen(kw_only=True)
class Person:
    """Someone the writer names, as most often spelled, and every place that names them, in the order of the entries."""

    name: str
    places: tuple[Place, ...]


def is_known(entries: Iterable[Entry], name: str) -> bool:
    """Return whether these entries make someone with this name known."""
    return any(is_same_name(each, name) for entry in entries for each in introduced(entry))


def people(entries: Iterable[Entry]) -> tuple[Person, ...]:
    """Return everyone the entries name, in the order of their first places.

    A name is known if it's marked, as in `@Ana`, if a promise is to that person or was taken on by them, or if an entry
    is about them. A known name also counts without the mark, as a whole word with its capital.
    """
    entries = tuple(entries)
    known = Known(name for entry in entries for name in introduced(entry))
    found: dict[str, list[Place]] = {}
    for entry in entries:
        for place in places(entry, known):
            found.setdefault(same_name(place.name), []).append(place)
    return tuple(Person(name=_usual(theirs), places=tuple(theirs)) for theirs in found.values())


def places(entry: Entry, known: Known) -> Iterator[Place]:
    """Yield every place of an entry that names someone, in its order; `known` has the names to find unmarked."""
    for part, index, name, item, text, is_name in _texts(entry):
        spots = set(known.spots(text)) | set(listed(text) if is_name else ())
        for start, end, sign in sorted(spots):
            yield Place(
                entry=entry,
                part=part,
                index=index,
                field=name,
                item=item,
                text=text,
                start=start,
                end=end,
                marked=sign,
            )


def introduced(entry: Entry) -> Iterator[str]:
    """Yield the names that an entry makes known, wherever else they stand unmarked."""
    for *_, text, is_name in _texts(entry):
        for spot in listed(text) if is_name else marked(text):
            yield spelled(text, spot)


def people_in(promise: Promise) -> Iterator[str]:
    """Yield the names in a promise, as they were typed: each person it is to, and each who took it on."""
    for text in (promise.to, promise.who):
        yield from (spelled(text, spot) for spot in listed(text))


def names(promise: Promise, person: str) -> bool:
    """Return whether a promise is about this person: made to them, handed off to them, or a question for them."""
    return any(is_same_name(name, person) for name in (*people_in(promise), promise.to, promise.who))


def is_tied(entry: Entry, person: str) -> bool:
    """Return whether an entry names this person anywhere: marked or not, in a promise, or as who it is about."""
    wanted = same_name(person)
    return bool(wanted) and any(same_name(place.name) == wanted for place in places(entry, _known(person)))


def fits_person(entry: Entry, person: str | None) -> bool:
    """Return whether an entry is about this person or about no one; every entry fits None."""
    return person is None or entry.person is None or is_same_name(entry.person, person)


@lru_cache(maxsize=8)
def _known(person: str) -> Known:
    return Known((person,))


def _texts(entry: Entry) -> Iterator[tuple[str, int, str, int | None, str, bool]]:
    """Each text that the writer wrote: its part, index, field and item, the text, and whether it holds names alone."""
    for index, answer in enumerate(entry.answers):
        for item, reply in _replies(answer):
            yield "answers", index, "reply", item, reply, answer.names_person
        yield "answers", index, "fact", None, answer.fact, False
    for index, promise in enumerate(entry.promises):
        for name in ("text", "occasion", "to", "who"):
            yield "promises", index, name, None, getattr(promise, name), name in ("to", "who")
    for index, outcome in enumerate(entry.outcomes):
        yield "outcomes", index, "note", None, outcome.note, False


def _replies(answer: Answer) -> Iterator[tuple[int | None, str]]:
    if answer.kind in PICKED_KINDS:
        return
    if isinstance(answer.reply, str):
        yield None, answer.reply
    elif isinstance(answer.reply, tuple):
        yield from enumerate(answer.reply)


def _usual(theirs: Iterable[Place]) -> str:
    """The spelling used most often, if possible one with a capital; of two used as often, the latest."""
    uses: dict[str, tuple[int, datetime]] = {}
    for place in theirs:
        count, latest = uses.get(place.name, (0, place.entry.moment))
        uses[place.name] = count + 1, max(latest, place.entry.moment)
    return max(uses, key=lambda name: (not name.islower(), uses[name]))

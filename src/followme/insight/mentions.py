"""Who you write about: when last, the words around each name, and what was promised to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from followme.errors import near_names
from followme.frozen import frozen
from followme.insight.ledger import CLOSED, Row, of_person
from followme.insight.people import Person, Place
from followme.insight.search import Hit, said
from followme.insight.weeks import by_week
from followme.model import OUTCOME, PROMISE, Entry
from followme.names import same_name

NO_ONE = "followme knows no one in your journal yet. Mark someone with an @, as in @Dana."
"""The sentence for a journal that makes no name known."""

_FOR_NAMES = frozenset({"to", "who"})
"""Fields of a promise that hold nothing but names."""


@frozen(kw_only=True)
class Mentions:
    """Someone the writer names: the weeks of the first and of the latest entry that is about them, and their promises.

    `promises` has the open ones first, then the closed ones, newest first. `hits` has at least one of each entry that
    is about them, newest entry first: every text with the name, every promise to them, and all words on what became of
    one; of an entry about them, all answers. `earlier` has promises to them of entries that the filters don't choose.
    """

    name: str
    hits: tuple[Hit, ...]
    promises: tuple[Row, ...]
    earlier: tuple[Row, ...]

    @property
    def first(self) -> str:
        """The week of the earliest hit."""
        return self.hits[-1].entry.week

    @property
    def last(self) -> str:
        """The week of the latest hit."""
        return self.hits[0].entry.week

    @property
    def open(self) -> int:
        """How many of the promises are open."""
        return sum(row.state != CLOSED for row in self.promises)


def mentions(
    people: Iterable[Person],
    rows: Iterable[Row],
    chosen: Iterable[Entry] = (),
    private: Collection[str] = (),
) -> tuple[Mentions, ...]:
    """Return everyone with an entry that counts, whoever was written about latest first.

    `rows` has all promises, `private` the references of those that exports leave out, and `chosen` the entries that the
    filters choose, whose promises are shown. The other version of an entry that a merge kept counts nowhere.
    """
    rows, made = tuple(rows), set[str]()
    told: dict[str, list[Hit]] = {}
    for entry in chosen:
        made.update(ref for ref, _ in entry.made)
        for outcome in entry.outcomes if not entry.conflict else ():
            if outcome.note:
                word = Hit(entry, OUTCOME, "", outcome.note, (), entry.private, outcome.promise)
                told.setdefault(outcome.promise, []).append(word)
    found = []
    for person in people:
        places = [each for each in person.places if not each.entry.conflict]
        theirs = of_person(rows, person.name)
        words = [hit for row in theirs for hit in told.get(row.ref, ())]
        if places or words:
            hits = (replace(hit, private=True) if hit.ref in private else hit for hit in _with(places, words))
            found.append(_mentions(person.name, hits, theirs, made))
    found.sort(key=lambda each: each.name)
    return tuple(sorted(found, key=lambda each: each.last, reverse=True))


def near_people(typed: str, names: Iterable[str]) -> list[str]:
    """Return up to three names that someone who typed this may have meant: with it as one of their words, or alike."""
    by_form = {same_name(name): name for name in names}
    word = same_name(typed)
    with_it = [form for form in by_form if word in form.split()]
    return [by_form[form] for form in dict.fromkeys((*with_it, *near_names(word, by_form, 3)))][:3]


def _mentions(name: str, hits: Iterable[Hit], promises: tuple[Row, ...], made: Collection[str]) -> Mentions:
    newest = [row for row in promises[::-1] if row.ref in made]
    return Mentions(
        name=name,
        hits=tuple(sorted(hits, key=lambda hit: (by_week(hit.entry), hit.entry.id), reverse=True)),
        promises=(
            *(row for row in newest if row.state != CLOSED),
            *(row for row in newest if row.state == CLOSED),
        ),
        earlier=tuple(row for row in promises if row.ref not in made),
    )


def _with(places: list[Place], words: Iterable[Hit]) -> Iterator[Hit]:
    """A hit for each text with one of these places, and the words that aren't among them."""
    hits = list(_hits(places))
    naming = set(map(_which, hits))
    yield from (*hits, *(hit for hit in words if _which(hit) not in naming))


def _which(hit: Hit) -> tuple[object, ...]:
    """Tells a text from others, though its entry may have been read with or without its answers."""
    return hit.entry.id, hit.entry.moment, hit.key, hit.ref, hit.text


def _hits(places: list[Place]) -> Iterator[Hit]:
    """A hit for each text; of an entry that is about the person, every answer."""
    for _, here in groupby(places, key=lambda place: id(place.entry)):
        in_entry = list(here)
        entry = in_entry[0].entry
        if any(each.part == "answers" and entry.answers[each.index].names_person for each in in_entry):
            answers = [each for each in in_entry if each.part == "answers"]
            # If nothing else was answered, the name is all that there is.
            yield from list(_answers(entry, answers)) or _naming(answers)
            in_entry = in_entry[len(answers) :]
        yield from _naming(in_entry)


def _answers(entry: Entry, places: list[Place]) -> Iterator[Hit]:
    """The answers of an entry about the person but their name, those that name them as hits, and all others whole."""
    for index, answer in enumerate(entry.answers):
        if answer.names_person:
            continue
        found = list(_naming([each for each in places if (each.part, each.index) == ("answers", index)]))
        if found:
            yield from found
        elif text := said(answer):
            yield Hit(entry, answer.key, answer.question, text, (), entry.private or answer.private)


def _naming(places: list[Place]) -> Iterator[Hit]:
    """A hit for each text with one of these places; of a promise whose words don't name the person, its words."""
    promises = set[int]()
    for (part, index, field, *_), some in groupby(places, key=_text):
        several = list(some)
        first = several[0]
        text, spots = first.text, tuple((each.start, each.end) for each in several)
        if part == "promises" and field in _FOR_NAMES:
            if index in promises:
                continue
            text, spots = first.entry.promises[index].text, ()
        if part == "promises":
            promises.add(index)
        key, question = _question(first.entry, part, index)
        private = _is_private(first.entry, part, index)
        yield Hit(first.entry, key, question, text, spots, private, _ref(first.entry, part, index))


def _ref(entry: Entry, part: str, index: int) -> str:
    """The full reference of the promise that a text is of, "" for an answer."""
    if part == "promises":
        return f"{entry.id}/{entry.promises[index].ref}"
    return entry.outcomes[index].promise if part == "outcomes" else ""


def _is_private(entry: Entry, part: str, index: int) -> bool:
    if part == "answers":
        return entry.private or entry.answers[index].private
    return entry.private or (part == "promises" and entry.promises[index].private)


def _text(place: Place) -> tuple[str, int, str, int | None, int]:
    # An entry that was typed by hand may have no id of its own.
    return place.part, place.index, place.field, place.item, id(place.entry)


def _question(entry: Entry, part: str, index: int) -> tuple[str, str]:
    if part != "answers":
        return (PROMISE if part == "promises" else OUTCOME), ""
    return entry.answers[index].key, entry.answers[index].question

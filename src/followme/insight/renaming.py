"""One person's name replaced: wherever entries name them, marked or not, in texts and in fields for names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from followme.insight.forgetting import SOMEONE
from followme.insight.people import Place, people, places
from followme.model import Entry
from followme.names import Known, is_same_name, same_name


def places_of(entries: Iterable[Entry], name: str) -> tuple[Place, ...]:
    """Return every place of these entries that names this person, in the order of the entries; () if no one does."""
    wanted = same_name(name)
    return next((each.places for each in people(entries) if same_name(each.name) == wanted), ())


def places_in(entry: Entry, name: str) -> list[Place]:
    """Return every place of an entry that names this person, who counts as known."""
    return [each for each in places(entry, Known((name,))) if is_same_name(each.name, name)]


def by_entry(found_in: Iterable[Place]) -> dict[int, list[Place]]:
    """Return the places by the `id` of the very entry they are in: hashing an entry takes longer than all else."""
    found: dict[int, list[Place]] = {}
    for place in found_in:
        found.setdefault(id(place.entry), []).append(place)
    return found


def text_without(text: str, name: str) -> str:
    """Return a text with "someone" in the place of this name, as in entries where it's known."""
    for start, end, sign in reversed(Known((name,)).spots_of(name, text)):
        text = text[: start - sign] + SOMEONE + text[end:]
    return SOMEONE if is_same_name(text, name) else text


def renamed(entry: Entry, at: Sequence[Place], new: str) -> Entry:
    """Return the entry with the new name at these places of it. After an `@`, a blank in it becomes `_`."""
    return _changed(entry, at, lambda place: new.replace(" ", "_") if place.marked else new)


def without_name(entry: Entry, at: Sequence[Place]) -> Entry:
    """Return the entry with "someone" at these places of it, without the `@` before it.

    A promise to that person is then to no one; one that they took on is taken on by someone, since it would count as
    the writer's own otherwise.
    """
    bare = _changed(entry, at, _someone, marks=False)
    gone = {(place.index, place.field) for place in at if place.part == "promises"}
    promises = (
        replace(promise, to="") if (number, "to") in gone and promise.to == SOMEONE else promise
        for number, promise in enumerate(bare.promises)
    )
    return replace(bare, promises=tuple(promises))


def _someone(place: Place) -> str:
    """The word in the place of a name, with a capital at the beginning of a sentence."""
    if place.field in ("to", "who"):
        return SOMEONE
    before = place.text[: place.start - place.marked].rstrip(" \"'“‘([")
    alone = not before and place.end == len(place.text)
    return (
        SOMEONE.capitalize()
        if before.endswith((".", "!", "?", ":", "\n")) or not (before or alone)
        else SOMEONE
    )


def _changed(entry: Entry, at: Sequence[Place], word: Any, *, marks: bool = True) -> Entry:
    """The entry with a word at each place, from the last place of a text to its first."""
    parts: dict[str, list[Any]] = {
        name: list(getattr(entry, name)) for name in ("answers", "promises", "outcomes")
    }
    for place in sorted(at, key=lambda each: each.start, reverse=True):
        record = parts[place.part][place.index]
        value = getattr(record, place.field)
        text = value if place.item is None else value[place.item]
        start = place.start - (place.marked and not marks)
        text = text[:start] + word(place) + text[place.end :]
        if place.item is not None:
            text = (*value[: place.item], text, *value[place.item + 1 :])
        parts[place.part][place.index] = replace(record, **{place.field: text})
    answers, promises, outcomes = map(tuple, parts.values())
    return replace(entry, answers=answers, promises=promises, outcomes=outcomes)

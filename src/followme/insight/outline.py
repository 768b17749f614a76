"""The outline of an entry: what a page says about it, in parts. A page only adds words, escapes and layout."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from followme.clean import one_line
from followme.frozen import frozen
from followme.insight.later import Later, LaterWords, on_answer, on_entry
from followme.insight.promises import ending_words, promise_parts
from followme.insight.wording import counted
from followme.model import Answer, Entry, Outcome, Promise

OUTCOMES_TITLE = "What became of earlier promises"
PROMISES_TITLE = "Promises"
FORGOTTEN = "(forgotten)"
"""What stands in the place of words that were dropped."""


@frozen
class Number:
    """A number, and if they are known, the lowest and the highest number of its scale, each with its meaning."""

    value: int
    ends: tuple[tuple[int, str], ...] = ()


Content = str | bool | Number | tuple[str, ...]
"""The content of a reply: a text, yes or no, a number, or bullets. A text may be empty, and so may the bullets."""


class Asked(NamedTuple):
    """A question under its title, and the reply, None if it was skipped. `fact` is "" if there is none.

    `later` has the later words on it, oldest first. If its words were `forgotten`, FORGOTTEN is the content.
    """

    title: str
    content: Content | None
    fact: str = ""
    private: bool = False
    later: tuple[Later, ...] = ()
    forgotten: bool = False


@frozen(kw_only=True)
class Made:
    """A promise and what is said of it, part by part, and the words of the promise it replaces, "" if none is known.

    `told` says whether someone knows about it, None if that isn't known or there is no one to tell.
    """

    promise: Promise
    parts: tuple[str, ...]
    in_place_of: str = ""
    told: bool | None = None


@frozen(kw_only=True)
class Became:
    """What became of a promise: its parts, or else its reference, its ending in words, and a note or ""."""

    parts: tuple[str, ...]
    reference: str
    ending: str
    note: str = ""
    told: bool | None = None


@frozen(kw_only=True)
class Outline:
    """An entry in its parts; a part without content is empty.

    `about` has the words beside its date: how long it took, whether it is private, and what it comes from.
    `later` has the later words on it as a whole, and `heard` the references of questions whose answer was heard.
    """

    entry: Entry
    about: tuple[str, ...]
    outcomes: tuple[Became, ...]
    questions: tuple[Asked, ...]
    promises: tuple[Made, ...]
    later: tuple[Later, ...] = ()
    heard: Container[str] = ()


NOTHING_LATER: LaterWords = {}


def outline_of(
    entry: Entry,
    promises: Mapping[str, Promise],
    later: LaterWords = NOTHING_LATER,
    heard: Container[str] = (),
) -> Outline:
    """Return the outline of an entry; `promises` has the promises that it may mention, by their full references.

    `later` has the later words on this entry, and may have those on others; `heard` is as for `ending_words`.
    """
    day = entry.day
    return Outline(
        entry=entry,
        about=tuple(_beside_its_date(entry)),
        outcomes=tuple(_became(each, promises.get(each.promise), entry, heard) for each in entry.outcomes),
        questions=tuple(
            [outlined(each, on_answer(later, entry, each) if later else ()) for each in entry.answers]
        ),
        promises=tuple(_made(each, promises.get(each.origin), day) for each in entry.promises),
        later=on_entry(later, entry),
        heard=heard,
    )


def _beside_its_date(entry: Entry) -> Iterator[str]:
    if entry.minutes:
        yield counted(entry.minutes, "minute")
    if entry.private:
        yield "private"
    if entry.imported:
        yield f"imported from {entry.imported}"
    if entry.conflict:
        yield f"another version of {entry.conflict[-5:]}, not counted"
    if entry.about:
        yield f"a later word on {entry.about[entry.about.find('-') + 1 :]}"


def outlined(answer: Answer, later: tuple[Later, ...] = ()) -> Asked:
    """Return one answer in its parts, under its question or else its key, with later words on it."""
    title = answer.question if _has_words(answer.question) else answer.key
    reply = answer.reply
    forgotten = reply is None and answer.forgotten
    content: Content | None
    # The type of the reply decides, not the kind: a journal may hold kinds from a later version.
    if isinstance(reply, int) and not isinstance(reply, bool):
        content = Number(reply, _ends(answer))
    else:
        content = FORGOTTEN if forgotten else reply
    return Asked(title, content, answer.fact, answer.private, later, forgotten)


@lru_cache(100)
def _has_words(question: str) -> bool:
    return bool(one_line(question).strip())


def _ends(answer: Answer) -> tuple[tuple[int, str], ...]:
    if answer.low is None or answer.high is None:
        return ()
    return ((answer.low, answer.low_label), (answer.high, answer.high_label))


def _made(promise: Promise, earlier: Promise | None, day: date) -> Made:
    return Made(
        promise=promise,
        parts=promise_parts(promise, day),
        in_place_of=earlier.text if earlier else "",
        told=_told(promise.told, promise),
    )


def _became(outcome: Outcome, promise: Promise | None, entry: Entry, heard: Container[str]) -> Became:
    day = entry.day
    new = next((each for each in entry.promises if each.origin == outcome.promise), None)
    return Became(
        parts=promise_parts(promise, day) if promise else (),
        reference=outcome.promise,
        ending=ending_words(outcome, promise, new, day, heard),
        note=outcome.note,
        told=_told(outcome.told, promise),
    )


def _told(told: bool | None, promise: Promise | None) -> bool | None:
    """Whether someone knows; None for a promise that is for no one but the writer, who has no one to tell."""
    alone = promise is not None and not (promise.to.strip() or promise.who.strip())
    return None if alone and not told else told

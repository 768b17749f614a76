"""Later words: notes on earlier answers and entries, shown where these are, and never in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from followme.frozen import frozen
from followme.insight.digest import reply_words
from followme.model import Answer, Entry


@frozen
class Later:
    """A later word on an answer: the id and the date of its note, the key of the question, and the text.

    The key is "" for a word on the entry as a whole.
    """

    id: str
    date: datetime
    key: str
    text: str
    private: bool = False


LaterWords = Mapping[str, Sequence[Later]]
"""Later words by the id of the entry that they are about, the oldest first."""


def later_words(entries: Iterable[Entry]) -> LaterWords:
    """Return what these entries say about other ones."""
    words: dict[str, list[Later]] = {}
    for entry in sorted((each for each in entries if each.about), key=lambda each: each.moment):
        about, _, key = entry.about.partition("/")
        words.setdefault(about, []).extend(_said(entry, key))
    return words


def on_answer(words: LaterWords, entry: Entry, answer: Answer) -> tuple[Later, ...]:
    """Return the later words on one answer of an entry."""
    return tuple(each for each in words.get(entry.id, ()) if each.key == answer.key) if words else ()


def on_entry(words: LaterWords, entry: Entry) -> tuple[Later, ...]:
    """Return the later words on an entry as a whole, and those on an answer that it no longer has."""
    if not words:
        return ()
    keys = {answer.key for answer in entry.answers}
    return tuple(each for each in words.get(entry.id, ()) if each.key not in keys)


def set_aside(entries: Iterable[Entry], notes: list[Entry]) -> Iterator[Entry]:
    """Yield the entries, and put those that are later words into `notes` too, whatever a filter leaves of them."""
    for entry in entries:
        if entry.about:
            notes.append(entry)
        yield entry


def _said(entry: Entry, key: str) -> Iterator[Later]:
    for answer in entry.answers:
        if words := reply_words(answer):
            yield Later(entry.id, entry.date, key, words, entry.private or answer.private)

"""Forgetting: an entry without its words. Numbers, what was picked, endings, dates, keys and counts stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from followme.frozen import frozen
from followme.insight.book import book
from followme.insight.wording import all_counted
from followme.model import PICKED_KINDS, Answer, Entry, Outcome, Promise

SOMEONE = "someone"
"""What takes the place of a forgotten name, so that a promise handed off doesn't become one of the writer's own."""


@frozen
class Dropped:
    """How many entries lose words, and how many answers, facts, notes and promises in them.

    `kept` counts the open promises of all these entries, which keep theirs.
    """

    entries: int = 0
    answers: int = 0
    facts: int = 0
    promises: int = 0
    notes: int = 0
    kept: int = 0

    @property
    def sentence(self) -> str:
        """What goes, in words."""
        return all_counted(
            (self.answers, "answer"),
            (self.facts, "fact"),
            (self.promises, "promise"),
            (self.notes, "note on an ending", "notes on endings"),
        )


def open_promises(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the full references of the promises that are open: these keep their words until they're closed."""
    return frozenset(each.ref for each in book(entries, closed=False))


def forgotten(entry: Entry, on: date, still_open: Collection[str]) -> Entry:
    """Return the entry without its words, marked as forgotten `on` this day; the same one if it has no words to drop.

    Promises that are `still_open` keep theirs.
    """
    bare = replace(
        entry,
        answers=tuple(map(_answer, entry.answers)),
        promises=tuple(
            promise if ref in still_open else _promise(promise)
            for (ref, _), promise in zip(entry.made, entry.promises, strict=True)
        ),
        outcomes=tuple(map(_outcome, entry.outcomes)),
    )
    return entry if bare == entry else replace(bare, forgotten=on)


def with_words(entries: Iterable[Entry], before: date) -> int:
    """Return how many of these entries from before a day have words that would be dropped."""
    entries = tuple(entries)
    still_open = open_promises(entries)
    old = (entry for entry in entries if entry.day < before)
    return sum(forgotten(entry, before, still_open) is not entry for entry in old)


def dropped(pairs: Iterable[tuple[Entry, Entry]], kept: int) -> Dropped:
    """Return what goes with these changes, each an entry before and after; `kept` counts the open promises."""
    entries = answers = facts = promises = notes = 0
    for old, new in pairs:
        entries += 1
        answers += sum(one.reply != other.reply for one, other in zip(old.answers, new.answers, strict=True))
        facts += sum(one.fact != other.fact for one, other in zip(old.answers, new.answers, strict=True))
        promises += sum(one != other for one, other in zip(old.promises, new.promises, strict=True))
        notes += sum(one != other for one, other in zip(old.outcomes, new.outcomes, strict=True))
    return Dropped(entries, answers, facts, promises, notes, kept)


def _answer(answer: Answer) -> Answer:
    own = isinstance(answer.reply, (str, tuple)) and answer.kind not in PICKED_KINDS
    if own:
        return replace(answer, reply=None, fact="", forgotten=True)
    return replace(answer, fact="")


def _promise(promise: Promise) -> Promise:
    return replace(promise, text="", occasion="", to="", who=SOMEONE if promise.who else "")


def _outcome(outcome: Outcome) -> Outcome:
    return replace(outcome, note="")

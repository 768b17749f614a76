"""What may leave the journal: entries without anything marked private, one at a time, and counts of what stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from followme.frozen import frozen
from followme.insight.later import LaterWords, later_words
from followme.insight.left import Counts
from followme.insight.marks import PRIVATE, UNSURE, Journal, Marks
from followme.model import Entry, Promise


def _unchanged(entry: Entry) -> Entry:
    return entry


@frozen(kw_only=True)
class Choice:
    """What is wanted: entries that fit, of these only the answers to one question if it is given, and what is private.

    `disguised` is the last change to each entry: it can put letters in place of names.
    """

    fits: Callable[[Entry], bool] = lambda entry: True
    narrowed: Callable[[Entry], Entry] = _unchanged
    private: bool = False
    disguised: Callable[[Entry], Entry] = _unchanged


class Shared:
    """Entries as they may leave the journal, and what was left out. Only `shared` makes one.

    `counts` has what the latest call of `entries` has looked at so far, yielded and left out.
    """

    def __init__(self, journal: Journal, choice: Choice):
        self._journal = journal
        self._choice = choice
        self.counts = Counts()
        self._marks = Marks(journal)

    def entries(self, *, oldest_first: bool = False) -> Iterator[Entry]:
        """Yield the entries, newest first unless `oldest_first`, each as it may leave."""
        self.counts = Counts()
        for entry in self._journal if oldest_first else reversed(self._journal):
            self.counts.looked_at += 1
            if self._choice.fits(entry):
                narrowed = self._choice.narrowed(entry)
                shown = self._shown(narrowed)
                self._count(narrowed, shown)
                if shown is not None:
                    self.counts.left.count(shown)
                    yield self._choice.disguised(shown)

    def mentioned(self, entry: Entry) -> dict[str, Promise]:
        """Return the promises that an entry names as ended or replaced, as far as they leave, by reference."""
        named = [outcome.promise for outcome in entry.outcomes]
        named += [promise.origin for promise in entry.promises if promise.origin]
        return {
            ref: promise
            for ref in named
            for other in self._leaving(self._journal.with_id(ref.rpartition("/")[0]))
            for name, promise in other.made
            if name == ref
        }

    def later(self, entry: Entry) -> LaterWords:
        """Return the later words on an entry, as far as they leave."""
        return later_words(self._leaving(self._journal.about(entry.id))) if entry.id else {}

    def stands_below(self, entry: Entry) -> bool:
        """Whether this is a later word on another entry that leaves and doesn't itself stand below one.

        Of entries that are about each other in a circle, none does.
        """
        seen: list[str] = []
        here: Entry | None = entry
        while here and here.id not in seen:
            seen.append(here.id)
            about = self._journal.with_id(here.about_id) if here.about else ()
            here = next(self._leaving(about), None)
        return here is None and len(seen) % 2 == 0

    def _leaving(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            if self._choice.fits(entry) and (shown := self._shown(entry)):
                yield self._choice.disguised(shown)

    def _shown(self, entry: Entry) -> Entry | None:
        """The entry without what's private; None if nothing is left, so that not even its day is shown."""
        if self._choice.private:
            return entry
        if (entry.private or entry.about) and self._marks.of_entry(entry):
            return None
        of_promise = self._marks.of_promise
        answers = tuple([answer for answer in entry.answers if not answer.private])
        promises = tuple([promise for ref, promise in entry.made if not of_promise(ref)])
        outcomes = tuple([each for each in entry.outcomes if not of_promise(each.promise)])
        if (answers, promises, outcomes) == (entry.answers, entry.promises, entry.outcomes):
            return entry
        if not (answers or promises or outcomes):
            return None
        return replace(entry, answers=answers, promises=promises, outcomes=outcomes)

    def _count(self, entry: Entry, shown: Entry | None) -> None:
        """Count what of an entry is left out."""
        if shown is entry:
            return
        mark, left_out = self._marks.of_entry(entry), self.counts.left_out
        left_out.entries += mark == PRIVATE
        left_out.unread += mark == UNSURE
        if not mark:
            named = [ref for ref, _ in entry.made] + [outcome.promise for outcome in entry.outcomes]
            marks = [self._marks.of_promise(ref) for ref in named]
            left_out.answers += sum(answer.private and answer.reply is not None for answer in entry.answers)
            left_out.promises += marks.count(PRIVATE)
            left_out.unsure += marks.count(UNSURE)


def shared(journal: Journal, choice: Choice) -> Shared:
    """Return the entries of a journal that are wanted, as they may leave it; with `private`, all of each.

    Private entries, answers and promises are left out. So are every outcome of a private promise and every later word
    on something private, in any entry, even if the entry that it is about was not chosen. An entry with nothing left is
    left out too. If some entries could not be read, outcomes and later words about what is in none of the others are
    left out as well.
    """
    return Shared(journal, choice)

"""What may leave the journal: entries without anything marked private, one at a time, and counts of what stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from followme.insight.later import LaterWords, later_words
from followme.insight.wording import all_of, counted
from followme.model import Entry, Promise

_OPEN, _UNSURE, _PRIVATE = range(3)
"""What the marks say of a promise or an entry; unsure if not all entries could be read, and none of the others says."""


MARKS = 1_000
"""How many promises are known at once as private or not: each is asked about in its entry, and where it ends."""


class Journal(Protocol):
    """A journal whose entries are read one at a time: in the order of the file or from its end, or by id."""

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries in the order of the file."""

    def __reversed__(self) -> Iterator[Entry]:
        """Yield the entries from the end of the file."""

    def with_id(self, name: str) -> Iterable[Entry]:
        """Return the entries that have this id: one, or none, or several by accident."""

    def about(self, name: str) -> Iterable[Entry]:
        """Return the later words on the entry with this id."""

    @property
    def whole(self) -> bool:
        """Whether all entries could be read so far."""


@dataclass(slots=True)
class Left:
    """Counts of what left the journal."""

    entries: int = 0
    answers: int = 0
    promises: int = 0
    outcomes: int = 0

    def count(self, entry: Entry) -> None:
        """Count an entry that leaves, and what it has; a skipped question is no answer."""
        self.entries += 1
        self.answers += sum(answer.reply is not None for answer in entry.answers)
        self.promises += len(entry.promises)
        self.outcomes += len(entry.outcomes)

    @property
    def words(self) -> str:
        """What left in words: "2 entries with 7 answers and 1 promise"."""
        words = (("answer", "answers"), ("promise", "promises"), ("outcome", "outcomes"))
        numbers = (self.answers, self.promises, self.outcomes)
        parts = [counted(number, *word) for number, word in zip(numbers, words, strict=True) if number]
        return " with ".join(filter(None, (counted(self.entries, "entry", "entries"), all_of(parts))))


@dataclass(slots=True)
class LeftOut:
    """Counts of what was left out as private: whole entries, and answers, promises and outcomes of other entries.

    `unsure` counts outcomes of promises whose entry could not be read, `unread` later words on such entries; these
    promises and entries may be private.
    """

    entries: int = 0
    answers: int = 0
    promises: int = 0
    unsure: int = 0
    unread: int = 0

    @property
    def sentence(self) -> str:
        """The sentence to show; "" if nothing was left out."""
        words = (("answer", "answers"), ("promise", "promises"), ("entry", "entries"))
        numbers = (self.answers, self.promises, self.entries)
        said = [counted(number, *word) for number, word in zip(numbers, words, strict=True) if number]
        verb, them = ("was", "it") if sum(numbers) == 1 else ("were", "them")
        marked = f"{all_of(said)} marked private {verb} left out; --private includes {them}." if said else ""
        lost = (
            (counted(self.unsure, "promise"), self.unsure),
            (counted(self.unread, "later word"), self.unread),
        )
        verb, them = ("was", "it") if self.unsure + self.unread == 1 else ("were", "them")
        unsure = (
            f"{all_of([words for words, number in lost if number])} may be private and {verb} left out, because "
            f"not all entries could be read; --private includes {them}."
        )
        return " ".join(filter(None, (marked, unsure if self.unsure or self.unread else "")))


def _unchanged(entry: Entry) -> Entry:
    return entry


@dataclass(frozen=True, slots=True, kw_only=True)
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

    `left` and `left_out` count what the latest call of `entries` has yielded so far, and left out. `looked_at` counts
    the entries that it has looked at.
    """

    def __init__(self, journal: Journal, choice: Choice):
        self._journal = journal
        self._choice = choice
        self.looked_at = 0
        self.left = Left()
        self.left_out = LeftOut()
        self._mark = lru_cache(MARKS)(self._look_for_mark)

    def entries(self, *, oldest_first: bool = False) -> Iterator[Entry]:
        """Yield the entries, newest first unless `oldest_first`, each as it may leave."""
        self.looked_at, self.left, self.left_out = 0, Left(), LeftOut()
        for entry in self._journal if oldest_first else reversed(self._journal):
            self.looked_at += 1
            if self._choice.fits(entry):
                narrowed = self._choice.narrowed(entry)
                shown = self._shown(narrowed)
                self._count(narrowed, shown)
                if shown is not None:
                    self.left.count(shown)
                    yield self._choice.disguised(shown)

    def mentioned(self, entry: Entry) -> dict[str, Promise]:
        """Return the promises that an entry names as ended or replaced, as far as they leave, by reference."""
        named = [outcome.promise for outcome in entry.outcomes]
        named += [promise.origin for promise in entry.promises if promise.origin]
        return {
            ref: promise
            for ref in named
            for other in self._leaving(self._journal.with_id(_entry_of(ref)))
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
            about = self._journal.with_id(_about(here)) if here.about else ()
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
        if (entry.private or entry.about) and self._of_entry(entry):
            return None
        answers = tuple(answer for answer in entry.answers if not answer.private)
        promises = tuple(promise for ref, promise in entry.made if not self._of_promise(ref))
        outcomes = tuple(each for each in entry.outcomes if not self._of_promise(each.promise))
        if list(map(len, (answers, promises, outcomes))) == list(
            map(len, (entry.answers, entry.promises, entry.outcomes))
        ):
            return entry
        if not (answers or promises or outcomes):
            return None
        return replace(entry, answers=answers, promises=promises, outcomes=outcomes)

    def _count(self, entry: Entry, shown: Entry | None) -> None:
        """Count what of an entry is left out."""
        if shown is entry:
            return
        mark = self._of_entry(entry)
        self.left_out.entries += mark == _PRIVATE
        self.left_out.unread += mark == _UNSURE
        if not mark:
            named = [ref for ref, _ in entry.made] + [outcome.promise for outcome in entry.outcomes]
            marks = [self._of_promise(ref) for ref in named]
            self.left_out.answers += sum(answer.private for answer in entry.answers)
            self.left_out.promises += marks.count(_PRIVATE)
            self.left_out.unsure += marks.count(_UNSURE)

    def _of_promise(self, ref: str) -> int:
        """What the marks of a promise say, and of those it came from."""
        # What was found before some damage may be unsure after it.
        return self._mark(ref, self._journal.whole)

    def _look_for_mark(self, ref: str, _whole: bool) -> int:
        worst, seen, refs = _OPEN, set[str](), [ref]
        while refs:
            ref = refs.pop()
            of, _, number = ref.rpartition("/")
            made = [(entry, each) for entry in self._journal.with_id(of) for each in entry.promises]
            promises = [promise for _, promise in made if promise.ref == number]
            if any(entry.private or each.private for entry, each in made if each.ref == number):
                return _PRIVATE
            if not promises and not self._journal.whole:
                worst = _UNSURE
            seen.add(ref)
            refs += {promise.origin for promise in promises} - {"", *seen}
        return worst

    def _of_entry(self, entry: Entry) -> int:
        """What the marks of an entry say, and for a later word those of what it is on."""
        worst, seen, entries = _OPEN, set[str](), [entry]
        while entries:
            entry = entries.pop()
            on = list(self._journal.with_id(_about(entry))) if entry.about else []
            if entry.private or any(
                f"{each.id}/{one.key}" == entry.about for each in on for one in each.answers if one.private
            ):
                return _PRIVATE
            if entry.about and not on and not self._journal.whole:
                worst = _UNSURE
            seen.add(entry.id)
            entries += [each for each in on if each.id not in seen]
        return worst


def shared(journal: Journal, choice: Choice) -> Shared:
    """Return the entries of a journal that are wanted, as they may leave it; with `private`, all of each.

    Private entries, answers and promises are left out. So are every outcome of a private promise and every later word
    on something private, in any entry, even if the entry that it is about was not chosen. An entry with nothing left is
    left out too. If some entries could not be read, outcomes and later words about what is in none of the others are
    left out as well.
    """
    return Shared(journal, choice)


def private_promises(entries: Iterable[Entry]) -> frozenset[str]:
    """The references of private promises, of promises in private entries, and of all promises that replaced them."""
    made = [each for entry in entries for each in entry.made]
    return _with_what_followed({ref for ref, promise in made if promise.private}, made)


def _with_what_followed(refs: Collection[str], made: Sequence[tuple[str, Promise]]) -> frozenset[str]:
    """These references, and those of all promises that replaced them, anywhere in the file."""
    more, all_refs = set(refs), set[str]()
    while more:
        all_refs |= more
        more = {ref for ref, promise in made if promise.origin in more} - all_refs
    return frozenset(all_refs)


def _entry_of(ref: str) -> str:
    """The id of the entry that made the promise with this full reference."""
    return ref.rpartition("/")[0]


def _about(entry: Entry) -> str:
    """The id of the entry that a later word is about."""
    return entry.about.partition("/")[0]

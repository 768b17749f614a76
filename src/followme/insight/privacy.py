"""What may leave the journal: entries without anything marked private, and a count of what was left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from followme.insight.wording import all_of, counted
from followme.model import Entry, Promise


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Shared:
    """Entries as they may leave the journal, in its order, and what was left out. Only `shared` makes one."""

    entries: tuple[Entry, ...]
    left_out: LeftOut = LeftOut()


def shared(
    chosen: Iterable[Entry], journal: Sequence[Entry], *, private: bool = False, whole: bool = True
) -> Shared:
    """Return the chosen entries as they may leave the journal; with `private`, they are returned unchanged.

    Private entries, answers and promises are left out. So are every outcome of a private promise and every later word
    on something private, in any entry, even if the entry that it is about was not chosen: `journal` has all entries.
    An entry with nothing left is left out too, so that not even its day is shown. If some entries could not be read,
    the journal is not `whole`, and outcomes and later words about what is not in it are left out as well.
    """
    entries = tuple(chosen)
    if private:
        return Shared(entries)
    hidden = private_promises(journal)
    later = _with_later_words(_private_answers(journal), journal)
    unsure = frozenset() if whole else _lost_promises(journal) - hidden
    unread = frozenset() if whole else _with_later_words(_lost_entries(journal), journal)
    open_to_all = [entry for entry in entries if not (entry.private or _is_on(entry, later))]
    stripped = [(entry, _shown(entry, hidden | unsure)) for entry in open_to_all if not _is_on(entry, unread)]
    kept = tuple(
        shown
        for entry, shown in stripped
        if shown == entry or shown.answers or shown.promises or shown.outcomes
    )
    left_out = LeftOut(
        entries=len(entries) - len(open_to_all),
        answers=sum(len(entry.answers) - len(shown.answers) for entry, shown in stripped),
        promises=sum(_spoken_of(entry, hidden) for entry, _ in stripped),
        unsure=sum(_spoken_of(entry, unsure) for entry, _ in stripped),
        unread=len(open_to_all) - len(stripped),
    )
    return Shared(kept, left_out)


def private_promises(entries: Iterable[Entry]) -> frozenset[str]:
    """The references of private promises, of promises in private entries, and of all promises that replaced them."""
    made = [each for entry in entries for each in entry.made]
    return _with_what_followed({ref for ref, promise in made if promise.private}, made)


def _private_answers(entries: Iterable[Entry]) -> set[str]:
    """The references of private answers, `ENTRY-ID/KEY`, and the ids of private entries."""
    answers = {f"{each.id}/{one.key}" for each in entries for one in each.answers if one.private}
    return answers | {each.id for each in entries if each.private}


def _lost_entries(entries: Iterable[Entry]) -> set[str]:
    """The ids of entries that later words are about, and that aren't here."""
    return {each.about.partition("/")[0] for each in entries if each.about} - {each.id for each in entries}


def _with_later_words(refs: Collection[str], entries: Iterable[Entry]) -> frozenset[str]:
    """These references of answers and entries, and the ids of later words on them, anywhere in the file."""
    more, all_refs = set(refs) - {""}, set[str]()
    later = [entry for entry in entries if entry.about]
    while more:
        all_refs |= more
        more = {each.id for each in later if _is_on(each, more)} - all_refs - {""}
    return frozenset(all_refs)


def _is_on(entry: Entry, refs: Collection[str]) -> bool:
    """Whether an entry is a later word on one of these answers or entries."""
    return entry.about in refs or entry.about.partition("/")[0] in refs


def _lost_promises(entries: Sequence[Entry]) -> frozenset[str]:
    """The references of promises that entries mention but none made, and of all promises that replaced them."""
    made = [each for entry in entries for each in entry.made]
    spoken_of = {outcome.promise for entry in entries for outcome in entry.outcomes}
    spoken_of |= {promise.origin for _, promise in made if promise.origin}
    return _with_what_followed(spoken_of - {ref for ref, _ in made}, made)


def _with_what_followed(refs: Collection[str], made: Sequence[tuple[str, Promise]]) -> frozenset[str]:
    """These references, and those of all promises that replaced them, anywhere in the file."""
    more, all_refs = set(refs), set[str]()
    while more:
        all_refs |= more
        more = {ref for ref, promise in made if promise.origin in more} - all_refs
    return frozenset(all_refs)


def _shown(entry: Entry, hidden: Collection[str]) -> Entry:
    return replace(
        entry,
        answers=tuple(answer for answer in entry.answers if not answer.private),
        promises=tuple(promise for ref, promise in entry.made if ref not in hidden),
        outcomes=tuple(outcome for outcome in entry.outcomes if outcome.promise not in hidden),
    )


def _spoken_of(entry: Entry, refs: Collection[str]) -> int:
    """How many promises and outcomes of an entry are about one of these."""
    named = [ref for ref, _ in entry.made] + [outcome.promise for outcome in entry.outcomes]
    return sum(ref in refs for ref in named)

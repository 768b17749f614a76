"""What a merge or an import would bring into the journal, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from followme.dates import short_day
from followme.frozen import frozen
from followme.insight.wording import all_of, counted
from followme.model import NOTE, OUTCOME, PROMISE, Entry

TEXT, TAGS, STARRED = "text", "tags", "starred"
"""The keys of an imported entry's answers: what was written, and what the other program kept beside it."""

FEW = 3
"""Up to this many days are named one by one."""

_BETWEEN = {
    NOTE: ("note", "notes"),
    OUTCOME: ("ending noted between reflections", "endings noted between reflections"),
    PROMISE: ("promise made between reflections", "promises made between reflections"),
}


@frozen(kw_only=True)
class Incoming:
    """What would come: entries, and counts of everything else that would change in a journal."""

    # The entries that the journal doesn't have yet.
    entries: tuple[Entry, ...] = ()
    # How many entries are there already.
    there: int = 0
    # How many of its entries change.
    changed: int = 0
    # How many entries stay in two versions.
    conflicts: int = 0
    # How many entries were deleted in the other version and go here too.
    removed: int = 0
    # How many parts can't be read and come as they are.
    unread: int = 0
    # Whether it goes the other way: from here to the other machines.
    leaves: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.entries or self.changed or self.removed or self.unread)


def sentences(incoming: Incoming, today: date) -> Iterator[str]:
    """Yield what would come and what is there already, a phrase for each."""
    yield from _entries(incoming, today)
    yield from (counted(*words) for words in _counts(incoming) if words[0])


def _entries(incoming: Incoming, today: date) -> Iterator[str]:
    """The entries that would come, by their sort, with their days."""
    whole = [entry for entry in incoming.entries if entry.is_reflection and not entry.conflict]
    for word, some in (
        ("reflection", [entry for entry in whole if not entry.imported or entry.is_sitting]),
        ("entry", [entry for entry in whole if entry.imported and not entry.is_sitting]),
    ):
        if some:
            several = "entries" if word == "entry" else ""
            yield f"{counted(len(some), word, several)} {_days(some, today)}"
    for name, words in _BETWEEN.items():
        if count := sum(entry.set == name and not entry.conflict for entry in incoming.entries):
            yield counted(count, *words)


def _counts(incoming: Incoming) -> Iterator[tuple[int, str, str]]:
    """The counts of everything else, each with the words for one and for several."""
    first, then = ("here", "there") if incoming.leaves else ("there", "here")
    yield (
        incoming.changed,
        f"entry was changed {first} and changes {then} too",
        f"entries were changed {first} and change {then} too",
    )
    yield (
        incoming.conflicts,
        "entry was changed in both places; both versions stay until you delete one",
        "entries were changed in both places; both versions of each stay until you delete one",
    )
    yield (
        incoming.removed,
        f"entry was deleted {first} and goes {then} too",
        f"entries were deleted {first} and go {then} too",
    )
    yield incoming.unread, "part can't be read and comes as it is", "parts can't be read and come as they are"
    yield incoming.there, "entry is here already", "entries are here already"


def _days(entries: Sequence[Entry], today: date) -> str:
    days = sorted({entry.day for entry in entries})
    if len(days) <= FEW:
        return f"of {all_of([short_day(day, today) for day in days])}"
    return f"from {short_day(days[0], today)} to {short_day(days[-1], today)}"

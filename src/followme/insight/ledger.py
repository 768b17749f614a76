"""The ledger of promises: each promise with its ending or its state, and how many due promises were kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from followme.errors import quoted
from followme.frozen import frozen
from followme.insight.book import Standing, book, is_rated
from followme.insight.people import names
from followme.insight.promises import ENDINGS, ending_words, is_overdue
from followme.model import Entry, Outcome, Promise

OPEN, DUE, CLOSED = "open", "due", "closed"


@frozen(kw_only=True)
class Row:
    """One promise: its full reference, the week it was made, and what became of it so far.

    `state` is OPEN, DUE or CLOSED; `outcomes` has every outcome noted, the latest last, and `days` the day of each.
    `new` is what was promised in its place, None if nothing was.
    """

    ref: str
    promise: Promise
    week: str
    state: str
    outcomes: tuple[Outcome, ...] = ()
    days: tuple[date, ...] = ()
    new: Promise | None = None

    @property
    def short_ref(self) -> str:
        """The end of its reference, which people type: "k7q2m/p1"."""
        return self.ref.rpartition("-")[2]

    @property
    def result(self) -> str:
        """How it ended; "" if it has not."""
        return self.outcomes[-1].result if self.state == CLOSED else ""

    @property
    def is_in_rate(self) -> bool:
        """Whether it counts in the rate of promises kept."""
        return _is_rated(self.promise) and self.result in ("kept", "partly", "not-kept")

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and its last day has passed."""
        return self.state != CLOSED and is_overdue(self.promise.by, today)

    @property
    def ending(self) -> str:
        """How it ended, in words; "open" if it has not."""
        return self.latest if self.result else OPEN

    @property
    def latest(self) -> str:
        """What was last noted of it, in words; "" if nothing was."""
        return self.words(self.outcomes[-1]) if self.outcomes else ""

    def words(self, outcome: Outcome, *, new: Promise | None = None, day: date = date.min) -> str:
        """Return one of its outcomes in words, or one about to be noted; `new` and `day` as for `ending_words`."""
        heard = {self.ref} if any(each.result == "partly" for each in self.outcomes) else ()
        return ending_words(outcome, self.promise, new, day, heard)

    @property
    def said(self) -> bool:
        """Whether someone else knows about it: the person to ask, the one who took it on, or someone who was told."""
        since = any(outcome.told for outcome in self.outcomes)
        return self.promise.kind == "ask" or bool(self.promise.who or self.promise.told or since)


@frozen
class Kept:
    """How many promises were closed, and how many of these were kept or partly kept."""

    whole: int
    partly: int
    due: int

    @property
    def sentence(self) -> str:
        """The numbers in words: "Promises closed: 9. Kept: 8. Not kept: 1."; "" if none was closed."""
        not_kept = self.due - self.whole - self.partly
        rest = "".join(
            f" {words}: {n}." for words, n in (("Partly", self.partly), ("Not kept", not_kept)) if n
        )
        return f"Promises closed: {self.due}. Kept: {self.whole}.{rest}" if self.due else ""


NONE = Kept(0, 0, 0)
"""The rate where no promise was closed."""


def ledger(entries: Iterable[Entry], asked_on: date) -> tuple[Row, ...]:
    """Return every promise of these entries, oldest first, with what became of it.

    It is due if a sitting on the day `asked_on` asks about it, as it does about every promise without a day.
    """
    standings = tuple(book(entries))
    new = {each.promise.origin: each.promise for each in standings if each.promise.origin}
    return tuple(
        Row(
            ref=each.ref,
            promise=each.promise,
            week=each.week,
            state=_state(each, asked_on),
            outcomes=each.outcomes,
            days=each.days,
            new=new.get(each.ref),
        )
        for each in standings
    )


def made_in(chosen: Iterable[Entry], entries: Iterable[Entry], asked_on: date) -> tuple[Row, ...]:
    """Return the promises that the chosen ones of these entries make, whatever entry says what became of them."""
    made = {ref for entry in chosen for ref, _ in entry.made}
    return tuple(row for row in ledger(entries, asked_on) if row.ref in made)


def kept(rows: Iterable[Row]) -> Kept:
    """The rate of promises kept, without questions and those that someone took on, aren't needed or were replaced."""
    return kept_of(row.result for row in rows if _is_rated(row.promise))


def own_results(promises: Iterable[Standing]) -> Iterator[str]:
    """Yield how each closed promise that counts in the rate ended."""
    return (each.outcomes[-1].result for each in promises if not each.is_open and _is_rated(each.promise))


def kept_of(results: Iterable[str]) -> Kept:
    """The rate of promises kept, by how each ended: those no longer needed or replaced don't count."""
    ended = Counter(results)
    return Kept(ended["kept"], ended["partly"], ended["kept"] + ended["partly"] + ended["not-kept"])


def _is_rated(promise: Promise) -> bool:
    return is_rated(promise.kind, handed_off=bool(promise.who))


def of_person(rows: Iterable[Row], name: str) -> tuple[Row, ...]:
    """The promises made to a person or handed off to them, and the questions for them."""
    return tuple(row for row in rows if names(row.promise, name))


def ending_named(words: str) -> str:
    """Return the ending that these words name, as the page says it.

    Raises ValueError with a sentence for words that are no ending.
    """
    wanted = " ".join(words.replace("-", " ").casefold().split())
    if wanted not in (OPEN, *ENDINGS):
        raise ValueError(
            f"{quoted(words)} isn't an ending. Write one of these: {'; '.join((OPEN, *ENDINGS))}."
        )
    return wanted


def of_ending(rows: Iterable[Row], ending: str) -> tuple[Row, ...]:
    """The promises that ended like this so far, in the words of the page, or that are open."""
    return tuple(row for row in rows if ending in (row.ending, row.latest))


def named(rows: Sequence[Row], words: str) -> tuple[Row, ...]:
    """The promises that these words name: a full reference, its end (`k7q2m/p1`), or the entry's last five letters."""
    exact = tuple(row for row in rows if row.ref == words)
    ends = tuple(
        row for row in rows if row.ref.endswith((f"-{words}", f"/{words}")) or f"-{words}/" in row.ref
    )
    return exact or ends


def _state(standing: Standing, asked_on: date) -> str:
    if not standing.is_open:
        return CLOSED
    by = standing.promise.by
    return DUE if by is None or by <= asked_on else OPEN

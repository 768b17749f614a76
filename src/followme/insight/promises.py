"""Open promises: which are open, which are due, and how they read."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from datetime import date
from typing import Protocol

from followme.clean import one_line
from followme.dates import shown_day
from followme.frozen import frozen
from followme.insight.book import Standing, book, closes
from followme.model import RETURN, Entry, Outcome, Promise, PromptSet

_FORGOTTEN = "(forgotten)"
"""A promise without words: these were dropped."""

_I_WILL = r"(?i)I(?: will:?|['’]ll:?| promise to)\s+(?=\S)"
_ENDED = {
    "kept": "kept",
    "partly": "partly",
    "not-kept": "not kept",
    "not-yet": "ask me again",
    "not-needed": "no longer needed",
    "replaced": "replaced by a new one",
}
_ASKED = _ENDED | {"kept": "asked, done", "partly": "asked, something to do"}
_HEARD = _ASKED | {"kept": "did something with it"}
_HANDED_ON = _ENDED | {"kept": "taken on", "not-kept": "not taken on"}


class MaybeDue(Protocol):
    """What it takes to count an open promise."""

    @property
    def kind(self) -> str:
        """Whether it's to be done ("do") or a question for someone ("ask")."""

    def is_due(self, day: date) -> bool:
        """Whether a sitting on this day should ask about it."""

    def is_overdue(self, day: date) -> bool:
        """Whether its last day is over on this day."""


@frozen
class Until:
    """An open promise, with only its last day, None if it has none, and its kind."""

    by: date | None
    kind: str

    def is_due(self, day: date) -> bool:
        """Whether a sitting on this day should ask about it: its last day has come, or it has none."""
        return _is_due(self.by, day)

    def is_overdue(self, day: date) -> bool:
        """Whether its last day is over on this day."""
        return is_overdue(self.by, day)


@frozen
class OpenPromise:
    """A promise that has no ending yet: its full reference, the promise, and the week and the day it was made.

    `returns` counts how often its result was "not-yet". `heard` is the note on the answer to a question that was
    taken to a person: "" if there is no note, None if the person has not been asked. `asked` is the day on which
    something was last said about it, or else the day it was made.
    """

    ref: str
    promise: Promise
    week: str
    returns: int = 0
    heard: str | None = None
    made: date | None = None
    asked: date | None = None

    @property
    def kind(self) -> str:
        """Whether it's to be done ("do") or a question for someone ("ask")."""
        return self.promise.kind

    def is_due(self, day: date) -> bool:
        """Whether a sitting on this day should ask about it: its last day has come, or it has none."""
        return _is_due(self.promise.by, day)

    def is_overdue(self, day: date) -> bool:
        """Whether its last day is over on this day."""
        return is_overdue(self.promise.by, day)

    def waits(self, today: date) -> bool:
        """Whether a sitting on this day should ask about it: it is due, and was not made on the same day."""
        return self.is_due(today) and not (self.promise.by is None and self.made == today)


def is_overdue(by: date | None, day: date) -> bool:
    """Whether an open promise with this last day, None for none, is overdue on this day."""
    return by is not None and by < day


def _is_due(by: date | None, day: date) -> bool:
    return by is None or by <= day


def after_i_will(promise: Promise) -> str:
    """The promise without a leading "I will" or "I promise to", which many people type."""
    typed = re.match(_I_WILL, promise.text)
    return promise.text[typed.end() :] if typed else promise.text or _FORGOTTEN


def after_ask(promise: Promise) -> str:
    """Return a question without a leading "ask" and the name of who it is for, which many people type.

    It stays whole where the name goes on, or where another one follows.
    """
    text, name = promise.text or _FORGOTTEN, r"[\s_]+".join(map(re.escape, promise.to.split()))
    typed = re.match(rf"(?i)ask\s+@?{name}(:?)\s+(?=\S)", text) if name else None
    words = text[typed.end() :] if typed else text
    goes_on = words[0].isupper() or re.match(r"(?i)(and|or|&)\s", words)
    return text if typed and not typed[1] and goes_on else words


def promise_parts(promise: Promise, day: date) -> tuple[str, ...]:
    """Return what a page says of a promise, part by part, in the writer's words; a page only escapes and lays them out.

    What is to be done comes first, then the cue, the person, and the last day. `day` is when it is read, or when the
    entry it is read in was written: a last day in another year than that one names its year.
    """
    to, who = one_line(promise.to), one_line(promise.who)
    if promise.kind == "ask":
        words = after_ask(promise)
        first, person = f"Ask {to}: {words}" if to else f"Ask: {words}", ""
    else:
        first = f"{who or 'I'} will: {after_i_will(promise)}"
        person = f"{'For' if who else 'Promised to'}: {to}" if to else ""
    cue = f"Cue: {promise.occasion}" if promise.occasion else ""
    by = f"By {shown_day(promise.by, day)}" if promise.by else ""
    return tuple(filter(None, (first, cue, person, by)))


def promise_words(promise: Promise, day: date) -> str:
    """Return the parts of a promise in one line: "I will: call · Cue: Monday · Promised to: Ben · By Fri, Dec 4"."""
    return " · ".join(promise_parts(promise, day))


def ending_words(
    outcome: Outcome,
    promise: Promise | None,
    new: Promise | None = None,
    day: date = date.min,
    heard: Container[str] = (),
) -> str:
    """The ending of a promise in words: "asked" for a question, "taken on" for a promise that was handed off.

    With the promise that is `new` in its place, it says what is new: the day, as read on `day`, the step, or who.
    `heard` has the full references of questions whose answer was heard before.
    """
    if outcome.result == "replaced" and promise is not None and new is not None:
        return _in_its_place(promise, new, day)
    words = _ENDED
    if promise is not None and promise.kind == "ask":
        words = _HEARD if outcome.promise in heard else _ASKED
    elif promise is not None and promise.who:
        words = _HANDED_ON
    return words.get(outcome.result, outcome.result)


def _in_its_place(promise: Promise, new: Promise, day: date) -> str:
    if new.who and new.who != promise.who:
        return f"handed off to {one_line(new.who)}"
    if new.text != promise.text:
        return f"smaller: {after_i_will(new)}"
    return f"new day: {shown_day(new.by, day)}" if new.by else _ENDED["replaced"]


ENDINGS = tuple(
    dict.fromkeys(words for each in (_ENDED, _HANDED_ON, _HEARD, _ASKED) for words in each.values())
)
"""How a promise or a question may have ended so far, in words."""


def open_promises(entries: Iterable[Entry]) -> tuple[OpenPromise, ...]:
    """Return the promises that no outcome has closed, oldest first."""
    return tuple(open_promise(each) for each in book(entries, closed=False))


def open_after(opened: Iterable[OpenPromise], saved: Entry) -> list[OpenPromise]:
    """Return what is open once this entry is saved, oldest first; `opened` was open before it."""
    ended = {each.promise: each.result for each in saved.outcomes}
    still = [each for each in opened if each.ref not in ended or not closes(each.kind, ended[each.ref])]
    return [*still, *open_promises([saved])]


def to_ask_about(opened: Sequence[OpenPromise], prompt_set: PromptSet, today: date) -> Sequence[OpenPromise]:
    """The promises that a sitting with this set asks about on this day; none if the set doesn't count for a week."""
    return [] if prompt_set.about_event else [each for each in opened if each.waits(today)]


def in_one_key(prompt_set: PromptSet) -> bool:
    """Whether a sitting with this set takes one key for each promise: the set RETURN does, and sets that look back."""
    return prompt_set.name == RETURN or bool(prompt_set.look_back)


def open_promise(standing: Standing) -> OpenPromise:
    """Return it with how often its result was "not-yet", and the answer heard to a question that was asked."""
    asked = (each for each in reversed(standing.outcomes) if each.result == "partly")
    heard = next(asked, None) if standing.promise.kind == "ask" else None
    return OpenPromise(
        ref=standing.ref,
        promise=standing.promise,
        week=standing.week,
        returns=sum(each.result == "not-yet" for each in standing.outcomes),
        heard=heard.note if heard else None,
        made=standing.made,
        asked=standing.noted,
    )

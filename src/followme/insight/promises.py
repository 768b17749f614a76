"""What became of promises: which are open, and which are due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from followme.insight.book import Standing, book
from followme.model import RETURN, Entry, Outcome, Promise, PromptSet

MOST, FEW, SHORT = 5, 2, 5
"""So many promises at most are asked about in one sitting; in one of fewer than so many minutes, so few."""


_WHEN = re.compile(r"when\s+(?=\S)", re.IGNORECASE)
"""The word with which an occasion may have been typed, since its question shows "When"."""

_OPENS = re.compile(
    r"(?:after|as|at|before|by|during|each|every|if|in|next|on|once|over|right|the next time|this|today|tomorrow"
    r"|tonight|whenever|while)(?![\w-])",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"(?:(?P<of>['’]s)|(?P<alone>$|,| +(?:(?:fore|after)?noon|morning|evening|night|at|\d)))?(?![\w-])",
    re.IGNORECASE,
)
"""How an occasion may begin that goes on well without "When"."""

_I_WILL = re.compile(r"I(?: will|['’]ll):?\s+(?=\S)", re.IGNORECASE)
_ENDED = {
    "kept": "kept",
    "partly": "partly kept",
    "not-kept": "not kept",
    "not-yet": "not yet",
    "not-needed": "no longer needed",
    "replaced": "replaced by a new one",
}
_ASKED = _ENDED | {"kept": "asked, and done with", "partly": "asked"}
_HANDED_ON = _ENDED | {"kept": "taken on", "not-kept": "not taken on", "not-yet": "not taken on yet"}


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise without an ending yet: its full reference, itself, and the week and the day it was made in.

    `returns` counts how often it came back as "not-yet"; `heard` is what was noted of the answer to a question
    that was taken to a person, "" if nothing was; None as long as they were not asked.
    """

    ref: str
    promise: Promise
    week: str
    returns: int = 0
    heard: str | None = None
    made: date | None = None

    def is_due(self, today: date) -> bool:
        """Whether the next sitting should ask about it: its day has come, or it has none."""
        return self.promise.by is None or self.promise.by <= today

    def waits(self, today: date) -> bool:
        """Whether a sitting on this day should ask: it is due, and was not made on the same day."""
        return self.is_due(today) and not (self.promise.by is None and self.made == today)


def after_when(promise: Promise) -> str:
    """The occasion as it goes on after "When", which many type themselves."""
    typed = _WHEN.match(promise.occasion)
    return promise.occasion[typed.end() :] if typed else promise.occasion


def after_i_will(promise: Promise) -> str:
    """The promise as it goes on after "I will", which many type themselves."""
    typed = _I_WILL.match(promise.text)
    return promise.text[typed.end() :] if typed else promise.text


def promise_words(promise: Promise) -> str:
    """A promise in one line, in the writer's own words: when, what, to whom, by when; or who took it on."""
    if promise.kind == "ask":
        return f"Ask {promise.to}: {promise.text}" if promise.to else f"Ask: {promise.text}"
    will = f"{promise.who or 'I'} will: {after_i_will(promise)}"
    said = f"{_occasion(promise)}, {will}" if promise.occasion else will
    waits = bool(promise.who and promise.to)
    extra = ["" if waits or not promise.to else f"to {promise.to}", f"by {promise.by}" if promise.by else ""]
    noted = ", ".join(filter(None, extra))
    said = f"{said} ({noted})" if noted else said
    return f"{said.removesuffix('.')}; {promise.to} is waiting" if waits else said


def _occasion(promise: Promise) -> str:
    """The occasion as the beginning of a sentence: with "When", save where it begins with a word that does as well."""
    occasion = after_when(promise)
    if _OPENS.match(occasion):
        return occasion[:1].upper() + occasion[1:]
    if day := _DAY.match(occasion):
        before = "At " if day["of"] else "" if day["alone"] is None else "On "
        return f"{before}{occasion}"
    return f"When {occasion}"


def ending_words(outcome: Outcome, promise: Promise | None) -> str:
    """How a promise ended, in words: a question is asked rather than kept, what was handed on is taken on."""
    words = _ENDED
    if promise is not None and (promise.kind == "ask" or promise.who):
        words = _ASKED if promise.kind == "ask" else _HANDED_ON
    return words.get(outcome.result, outcome.result)


def open_promises(entries: Iterable[Entry]) -> tuple[OpenPromise, ...]:
    """The promises that no outcome has closed, oldest first."""
    return tuple(_open(each) for each in book(entries, closed=False))


def to_ask_about(opened: Sequence[OpenPromise], found: PromptSet, today: date) -> Sequence[OpenPromise]:
    """Those that wait for a sitting with this set on this day; none where it counts for no week."""
    return [] if found.about_event else [each for each in opened if each.waits(today)]


def in_one_key(found: PromptSet) -> bool:
    """Whether a sitting with this set takes one key for each promise: the way back, and what looks back first."""
    return found.name == RETURN or bool(found.look_back)


def at_once(found: PromptSet) -> int:
    """How many promises, the latest ones, a sitting with this set asks about; it must leave time for its questions."""
    short = found.minutes is not None and found.minutes < SHORT
    return FEW if short and not in_one_key(found) else MOST


def _open(standing: Standing) -> OpenPromise:
    """The same, with how often it came back, and what was heard where a question was asked."""
    asked = (each for each in reversed(standing.outcomes) if each.result == "partly")
    heard = next(asked, None) if standing.promise.kind == "ask" else None
    return OpenPromise(
        ref=standing.ref,
        promise=standing.promise,
        week=standing.week,
        returns=sum(each.result == "not-yet" for each in standing.outcomes),
        heard=heard.note if heard else None,
        made=standing.made,
    )

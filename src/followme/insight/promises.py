"""Open promises: which are open, which are due, and how they read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from followme.insight.book import Standing, book
from followme.model import RETURN, Entry, Outcome, Promise, PromptSet

MOST, FEW, SHORT = 5, 2, 5
"""MOST: how many promises one sitting asks about at most. FEW: how many if the set takes less than SHORT minutes."""


_WHEN = re.compile(r"when\s+(?=\S)", re.IGNORECASE)
"""The "when" that people may type before an occasion, although the question already shows it."""

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
"""The beginnings of an occasion that need no "When" before them."""

_I_WILL = re.compile(r"I(?: will|['’]ll):?\s+(?=\S)", re.IGNORECASE)
_ENDED = {
    "kept": "kept",
    "partly": "partly",
    "not-kept": "not kept",
    "not-yet": "ask me again",
    "not-needed": "no longer needed",
    "replaced": "replaced by a new one",
}
_ASKED = _ENDED | {"kept": "asked, done", "partly": "asked, something to do"}
_HANDED_ON = _ENDED | {"kept": "taken on", "not-kept": "not taken on"}


class MaybeDue(Protocol):
    """The part of an open promise that counts need."""

    def is_due(self, today: date) -> bool:
        """Whether the next sitting should ask about it."""


@dataclass(frozen=True, slots=True)
class Until:
    """An open promise, with only its last day; None if it has none."""

    by: date | None

    def is_due(self, today: date) -> bool:
        """Whether the next sitting should ask about it: its last day has come, or it has none."""
        return _is_due(self.by, today)


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that has no ending yet: its full reference, the promise, and the week and the day it was made.

    `returns` counts how often its result was "not-yet". `heard` is the note on the answer to a question that was
    taken to a person: "" if there is no note, None if the person has not been asked.
    """

    ref: str
    promise: Promise
    week: str
    returns: int = 0
    heard: str | None = None
    made: date | None = None

    def is_due(self, today: date) -> bool:
        """Whether the next sitting should ask about it: its last day has come, or it has none."""
        return _is_due(self.promise.by, today)

    def waits(self, today: date) -> bool:
        """Whether a sitting on this day should ask about it: it is due, and was not made on the same day."""
        return self.is_due(today) and not (self.promise.by is None and self.made == today)


def _is_due(by: date | None, today: date) -> bool:
    return by is None or by <= today


def after_when(promise: Promise) -> str:
    """The occasion without a leading "When", which many people type."""
    typed = _WHEN.match(promise.occasion)
    return promise.occasion[typed.end() :] if typed else promise.occasion


def after_i_will(promise: Promise) -> str:
    """The promise without a leading "I will", which many people type."""
    typed = _I_WILL.match(promise.text)
    return promise.text[typed.end() :] if typed else promise.text


def promise_words(promise: Promise) -> str:
    """A promise in one line, in the writer's words: occasion, text, person and last day, or who took it on."""
    if promise.kind == "ask":
        asked = f"Ask {promise.to}: {promise.text}" if promise.to else f"Ask: {promise.text}"
        return f"{asked} (by {promise.by})" if promise.by else asked
    will = f"{promise.who or 'I'} will: {after_i_will(promise)}"
    said = f"{_occasion(promise)}, {will}" if promise.occasion else will
    waits = bool(promise.who and promise.to)
    extra = ["" if waits or not promise.to else f"to {promise.to}", f"by {promise.by}" if promise.by else ""]
    noted = ", ".join(filter(None, extra))
    said = f"{said} ({noted})" if noted else said
    return f"{said.removesuffix('.')}; {promise.to} is waiting" if waits else said


def _occasion(promise: Promise) -> str:
    """The occasion as the beginning of a sentence, with "When" unless its first words need none."""
    occasion = after_when(promise)
    if _OPENS.match(occasion):
        return occasion[:1].upper() + occasion[1:]
    if day := _DAY.match(occasion):
        before = "At " if day["of"] else "" if day["alone"] is None else "On "
        return f"{before}{occasion}"
    return f"When {occasion}"


def ending_words(outcome: Outcome, promise: Promise | None) -> str:
    """The ending of a promise in words: "asked" for a question, "taken on" for a promise that was handed on."""
    words = _ENDED
    if promise is not None and (promise.kind == "ask" or promise.who):
        words = _ASKED if promise.kind == "ask" else _HANDED_ON
    return words.get(outcome.result, outcome.result)


def open_promises(entries: Iterable[Entry]) -> tuple[OpenPromise, ...]:
    """Return the promises that no outcome has closed, oldest first."""
    return tuple(_open(each) for each in book(entries, closed=False))


def to_ask_about(opened: Sequence[OpenPromise], prompt_set: PromptSet, today: date) -> Sequence[OpenPromise]:
    """The promises that a sitting with this set asks about on this day; none if the set doesn't count for a week."""
    return [] if prompt_set.about_event else [each for each in opened if each.waits(today)]


def in_one_key(prompt_set: PromptSet) -> bool:
    """Whether a sitting with this set takes one key for each promise: the set RETURN does, and sets that look back."""
    return prompt_set.name == RETURN or bool(prompt_set.look_back)


def at_once(prompt_set: PromptSet) -> int:
    """How many of the latest promises a sitting with this set asks about, so that time is left for its questions."""
    short = prompt_set.minutes is not None and prompt_set.minutes < SHORT
    return FEW if short and not in_one_key(prompt_set) else MOST


def _open(standing: Standing) -> OpenPromise:
    """The open promise, with how often its result was "not-yet", and the answer heard to a question that was asked."""
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

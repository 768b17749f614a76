"""The endings that a due promise can have, each with its key, its words, and its result in the journal."""

from __future__ import annotations

from collections.abc import Sequence

from followme.frozen import frozen
from followme.insight.promises import OpenPromise


@frozen
class Ending:
    """An ending: the key that picks it, its words, its result, and the words for it in older drafts."""

    key: str
    words: str
    result: str
    formerly: str = ""


_LATER = Ending("a", "ask me again", "not-yet", "not yet")
_DROPPED = Ending("x", "no longer needed", "not-needed")

# No ending has the key y: someone who reads "kept?" presses it for yes.
_KEPT = (
    Ending("k", "kept", "kept"),
    Ending("p", "partly", "partly"),
    Ending("n", "not kept", "not-kept"),
    _LATER,
    _DROPPED,
)
_ASKED = (
    Ending("d", "asked, done", "kept", "I asked, and that is all"),
    Ending("t", "asked, something to do", "partly", "I asked, and I will do something about it"),
    _LATER,
    _DROPPED,
)
_HEARD = (
    Ending("d", "did something with it", "kept", "I did something with it"),
    _LATER,
    Ending("x", "no longer needed", "not-needed", "there's nothing to do"),
)
_HANDED_ON = (
    Ending("t", "taken on", "kept", "yes"),
    Ending("n", "not taken on", "not-kept", "no"),
    _LATER,
    _DROPPED,
)


def endings(due: OpenPromise) -> Sequence[Ending]:
    """Return the endings that a promise can have now, in the order in which they are offered."""
    if due.promise.kind != "ask":
        return _HANDED_ON if due.promise.who else _KEPT
    return _ASKED if due.heard is None else _HEARD


def result_of(due: OpenPromise, words: str) -> str:
    """Return the result that these words stand for, the words of an older draft included; "" if it is left open."""
    return next((each.result for each in endings(due) if words in (each.words, each.formerly) and words), "")


def words_of(due: OpenPromise, result: str) -> str:
    """Return the words for this result, "" if the promise can't end this way."""
    return next((each.words for each in endings(due) if each.result == result), "")

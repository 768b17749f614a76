"""One thing that a sitting asks: a question of its set, or what became of a promise."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from followme.asking.recall import NOTHING, Quoted, Recall
from followme.frozen import frozen
from followme.insight.earlier import Earlier
from followme.insight.wording import told_apart
from followme.kinds.base import Field, Response
from followme.model import Question, Typed, When

Respond = Callable[[Typed], Response]
"""Turns typed text into an answer. Raises ValueError if it can't."""


def _nothing(response: Response) -> str:
    return ""


@frozen(kw_only=True)
class Item:
    """One thing asked in a sitting, with its fields and the function that turns them into an answer.

    `key` is the question's key, or the full reference of the promise asked about. `before` has the earlier answers
    to it, oldest first. `recall` finds the answers to other questions, `quoted`, that are shown above it. `after`
    returns the sentence to show after the answer, "" for none. `talk` says whether its promises are made in a talk
    with the person of the sitting. `about` returns the same item without earlier answers about other people.
    """

    key: str
    section: str
    ask: str
    fields: tuple[Field, ...]
    respond: Respond
    intro: str = ""
    hint: str = ""
    quoted: Quoted = ()
    when: When | None = None
    question: Question | None = None
    before: tuple[Earlier, ...] = ()
    recall: Recall = NOTHING
    after: Callable[[Response], str] = _nothing
    talk: bool = False
    about: Callable[[str], Item] | None = None

    @property
    def asks_who(self) -> bool:
        """Whether the answer names the person that the sitting is about."""
        return bool(self.question and self.question.person)


def held(respond: Respond) -> Respond:
    """Return the same function, which remembers its last answer and reuses it until the typed text changes."""
    last: list[tuple[Typed, Response]] = []

    def remembered(typed: Typed) -> Response:
        if not last or last[0][0] != typed:
            last[:] = [(typed, respond(typed))]
        return last[0][1]

    return remembered


_FIRST = 70
"""How long the first words of a question are at most, so that a list of them has a row for each at 80 columns."""


def _first_words(words: str) -> str:
    if len(words) <= _FIRST:
        return words
    whole = words[: _FIRST - 1].rpartition(" ")[0] or words[: _FIRST - 1]
    return f"{whole.rstrip(' ,;:.')}…"


def by_words(items: Iterable[Item]) -> dict[str, Item]:
    """Return the items in order, by their first words; items with the same ones get a number after them."""
    items, worded = tuple(items), dict[str, Item]()
    for item, asked in zip(items, told_apart([each.ask for each in items]), strict=True):
        words = _first_words(asked)
        worded[words if words not in worded else f"{words} ({len(worded) + 1})"] = item
    return worded

"""One thing that a sitting asks: a question of its set, or what became of a promise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from followme.asking.recall import NOTHING, Recall
from followme.insight.earlier import Earlier
from followme.kinds.base import Field, Given, Typed
from followme.model import Question, When

Give = Callable[[Typed], Given]
"""Makes an answer of what was typed; raises ValueError where it makes none."""


def _nothing(given: Given) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing asked in a sitting, with the fields it takes and what makes an answer of them.

    `key` is the question's key, or the full reference of the promise asked about. `before` are the earlier
    answers to it, oldest first; `recall` is what was answered to others; `after` gives what is said once it has
    been answered, "" for nothing. `talk` says that its promises are made in a talk with the person of the sitting,
    and `about` gives the same item with nothing of what was written about another one.
    """

    key: str
    section: str
    ask: str
    fields: tuple[Field, ...]
    give: Give
    intro: str = ""
    hint: str = ""
    quote: str = ""
    when: When | None = None
    question: Question | None = None
    before: tuple[Earlier, ...] = ()
    recall: Recall = NOTHING
    after: Callable[[Given], str] = _nothing
    talk: bool = False
    about: Callable[[str], Item] | None = None

    @property
    def asks_who(self) -> bool:
        """Whether the answer to it is the person that the sitting is about."""
        return bool(self.question and self.question.person)


def held(give: Give) -> Give:
    """The same, which makes an answer once and holds it until something else is typed."""
    last: list[tuple[Typed, Given]] = []

    def given(typed: Typed) -> Given:
        if not last or last[0][0] != typed:
            last[:] = [(typed, give(typed))]
        return last[0][1]

    return given


def by_words(items: Iterable[Item]) -> dict[str, Item]:
    """The items by the words they are asked with, in order; a number tells equal ones apart."""
    found: dict[str, Item] = {}
    for item in items:
        words = item.quote or item.ask
        found[words if words not in found else f"{words} ({len(found) + 1})"] = item
    return found

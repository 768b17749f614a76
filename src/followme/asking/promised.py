"""What you promised, on one screen: the item that asks for the endings of all due promises, then for their details."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from followme.asking.endings import endings, result_of, words_of
from followme.asking.followup import NAMES, ON, RESULT, about, details, response
from followme.asking.item import Item, held
from followme.asking.verdicts import labels_of, value_with
from followme.insight.book import closes
from followme.insight.promises import OpenPromise
from followme.kinds.base import Field, Response
from followme.kinds.promise_fields import tail
from followme.model import Progress, Typed, Value

PROMISED = ".promised"
"""The key of the item; no question can have it."""

VERDICTS = "verdicts"
"""The field for the endings, in words: one for each promise, "" where it is left open; empty if all are."""

P = TypeVar("P", bound=Progress)

_TITLES = {"ask": "What you wanted to ask", "do": "What you promised", "on": "What you handed off"}


def promised(due: Sequence[OpenPromise], today: date, *, brief: bool = False) -> Item:
    """Return the item that asks about these promises, one or more, in a sitting begun on `today`.

    With `brief`, one key answers for each, and nothing else is asked.
    """
    fields = () if brief else (field for at in range(len(due)) for field in _details(due, at, today))

    def respond(typed: Typed) -> Response:
        given = [response(each, _own(typed, at), today) for at, each in enumerate(due)]
        return Response(
            outcomes=tuple(outcome for each in given for outcome in each.outcomes),
            promises=tuple(promise for each in given for promise in each.promises),
        )

    def after(response: Response) -> str:
        over = {each.promise for each in response.outcomes if closes(kinds[each.promise], each.result)}
        return _comes_back(len(due), [each for each in due if each.ref not in over])

    kinds = {each.ref: each.promise.kind for each in due}
    sorts = {"on" if each.promise.who else each.promise.kind for each in due}
    return Item(
        key=PROMISED,
        section=_TITLES[sorts.pop()] if len(sorts) == 1 else _TITLES["do"],
        ask="What became of it?" if len(due) == 1 else "What became of each?",
        hint="Press Enter to leave it open.",
        fields=(
            Field(
                name=VERDICTS,
                input="verdicts",
                empty="left open",
                rows=tuple(_row(each, today) for each in due),
            ),
            *fields,
        ),
        respond=held(respond),
        after=after,
    )


def gathered(due: Sequence[OpenPromise], typed: Mapping[str, Typed]) -> dict[str, Typed]:
    """Return everything typed, with what was typed for each promise alone put together for the one item.

    An answers file says what became of each promise under its reference, and so did older drafts, in older words.
    """
    alone = {each.ref for each in due} & typed.keys()
    rest = {key: said for key, said in typed.items() if key not in alone}
    if not alone:
        return rest
    together = dict(rest.get(PROMISED, {}))
    labels = labels_of(together.get(VERDICTS, ()), len(due))
    for at, each in enumerate(due):
        said = typed.get(each.ref, {})
        labels[at] = words_of(each, result_of(each, str(said.get(RESULT, "")))) or labels[at]
        together |= {name + tail(at + 1): value for name, value in said.items() if name != RESULT}
    return rest | {PROMISED: {**together, VERDICTS: value_with(labels)}}


def gone_on_with(progress: P, due: Sequence[OpenPromise]) -> P:
    """Return the progress of a draft, which may be an older one, in today's words.

    Older versions asked about each promise by itself.
    """
    refs = [each.ref for each in due]
    typed = gathered(due, progress.typed)
    if PROMISED in typed:
        typed[PROMISED] = _in_todays_words(typed[PROMISED])
    among = progress.at in refs
    others = tuple(key for key in progress.done if key not in refs)
    ended = len(others) < len(progress.done) and (not among or {*refs} <= {*progress.done})
    return replace(
        progress,
        typed=typed,
        done=(PROMISED, *others) if ended else others,
        at=PROMISED if among else progress.at,
    )


def _in_todays_words(typed: Typed) -> Typed:
    """What was typed for promises; an older draft's words and names of fields become today's."""
    return {
        name.replace("whom", "who"): ON if name.startswith("change") and said == "hand it on" else said
        for name, said in typed.items()
    }


def _comes_back(due: int, left: Sequence[OpenPromise]) -> str:
    """The sentence that says which of these promises stay open, "" if none does."""
    if not left:
        return ""
    if due == 1:
        return "It stays open."
    if len(left) == 1:
        return f"One stays open: {left[0].promise.text}"
    return f"{'All' if len(left) == due else len(left)} of them stay open."


def _row(due: OpenPromise, today: date) -> Field:
    """The row of one promise: its words, and its endings with their keys."""
    ways = endings(due)
    return Field(
        name=due.ref,
        input="one",
        ask=about(due, today),
        empty="left open",
        options=tuple(each.words for each in ways),
        keys=tuple(each.key for each in ways),
    )


def _details(due: Sequence[OpenPromise], at: int, today: date) -> list[Field]:
    """The fields asked about one promise after all endings; they have its number in their names."""

    def own(applies: Callable[[Typed], bool]) -> Callable[[Typed], bool]:
        return lambda typed: applies(_own(typed, at))

    quoted = len(due) > 1
    return [
        replace(
            each,
            name=each.name + tail(at + 1),
            quote=each.quote if quoted else "",
            applies=own(each.applies),
        )
        for each in details(due[at], today)
    ]


def _own(typed: Typed, at: int) -> dict[str, Value]:
    """What was typed for one of the promises."""
    ending = labels_of(typed.get(VERDICTS, ()), at + 1)[at]
    return {RESULT: ending} | {name: typed.get(name + tail(at + 1), "") for name in NAMES}

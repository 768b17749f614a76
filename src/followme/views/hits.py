"""The texts that have the words looked for, in a terminal: the week, the question, and the words around."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice

from followme import style
from followme.clean import one_line
from followme.hints import Command
from followme.insight.search import Hit, Search
from followme.model import OUTCOME, PROMISE
from followme.screen import Screen
from followme.views.terminal import Printer

PROMISE_TITLE = "Promise"
OUTCOME_TITLE = "What became of a promise"

Marks = Callable[[str], Iterable[tuple[int, int]]]
"""Finds the parts of the words to mark: offsets of beginnings and ends."""

_TITLES = {PROMISE: PROMISE_TITLE, OUTCOME: OUTCOME_TITLE}


def show(
    hits: Iterable[Hit], number: int, search: Search, more: Command, today: date, screen: Screen
) -> None:
    """Print up to `number` hits, each as soon as it's found, and if there are others, the command that shows more."""
    printer, rest = Printer(screen), iter(hits)
    for hit in islice(rest, number):
        one(hit, search.places, today, printer)
        printer.line()
    if next(rest, None) is not None:
        printer.hint("There are more. See them with:", more, style=style.HINT)


def one(hit: Hit, marks: Marks, today: date, printer: Printer) -> None:
    """Print one hit: its week, its question, and the words around what `marks` finds in them."""
    printer.entry_title(hit.entry, today, private=hit.private)
    title = hit.question or _TITLES.get(hit.key)
    if title and title != hit.text:
        printer.row(one_line(title), style.HINT)
    printer.marked(" ".join(one_line(hit.excerpt()).split()), marks)

"""The texts that have the words looked for, in a terminal: the week, the question, and the words around."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import islice
from unicodedata import normalize

from followme import style
from followme.clean import one_line
from followme.hints import Command
from followme.insight.ledger import Row
from followme.insight.promises import promise_words
from followme.insight.search import AROUND, Hit, Search
from followme.insight.wording import counted, titled
from followme.model import OUTCOME, PROMISE
from followme.screen import Screen
from followme.views.terminal import Printer

PROMISE_TITLE = "Promise"
OUTCOME_TITLE = "What became of a promise"

Marks = Callable[[str], Iterable[tuple[int, int]]]
"""Finds the parts of the words to mark: offsets of beginnings and ends."""

Rows = Mapping[str, Row]
"""Promises by their full references."""

_TITLES = {PROMISE: PROMISE_TITLE, OUTCOME: OUTCOME_TITLE}


def show(
    hits: Iterable[Hit],
    number: int | None,
    search: Search,
    rows: Callable[[], Rows],
    more: Command,
    today: date,
    screen: Screen,
    filters: str = "",
) -> None:
    """Print up to `number` hits or all, each as soon as it's found, and how many there are; `more` shows more.

    `rows` returns every promise by its full reference. `filters` are in words.
    """
    printer, rest, count = Printer(screen), iter(hits), 0
    if filters:
        printer.line(titled("Search", filters), style.TITLE)
        printer.line()
    for hit in islice(rest, number):
        one(hit, search.places, rows() if hit.ref else {}, today, printer)
        printer.line()
        count += 1
    if left := sum(1 for _ in rest):
        printer.hint(
            f"{counted(left, 'other has', 'others have')} these words. See them with:", more, style=style.HINT
        )
    else:
        several = "questions" if search.in_questions else "answers, promises and notes"
        one_of_them = "question" if search.in_questions else "answer, promise or note"
        printer.line(f"{counted(count, one_of_them, several)} found.", style.HINT)


def one(hit: Hit, marks: Marks, rows: Rows, today: date, printer: Printer, *, titled: bool = True) -> None:
    """Print one hit: its week if `titled`, its question, and the words around what `marks` finds in them.

    Of a promise among these `rows`, all its parts are shown, and what became of it.
    """
    row = rows.get(hit.ref)
    if titled:
        private = hit.private or (row is not None and row.promise.private)
        printer.entry_title(hit.entry, today, private=private)
    title = hit.question or (_of_promise(hit, row) if row else _TITLES.get(hit.key))
    if title and title != hit.text:
        printer.row(one_line(title), style.HINT)
    words = hit.excerpt()
    if row and hit.key == PROMISE and len(hit.text) <= AROUND:
        words = normalize("NFC", promise_words(row.promise, today))
    printer.marked(" ".join(one_line(words).split()), marks)


def _of_promise(hit: Hit, row: Row) -> str:
    """The title of a promise, with its ending, or of what became of one."""
    if hit.key == OUTCOME:
        return f"What became of: {row.promise.text}"
    return f"{'Question' if row.promise.kind == 'ask' else PROMISE_TITLE}, {row.ending}"

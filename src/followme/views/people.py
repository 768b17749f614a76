"""Who you write about, in a terminal: everyone with the latest week, or one person's promises and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from followme import style
from followme.clean import one_line
from followme.dates import iso_week, week_name
from followme.hints import Command
from followme.insight.ledger import CLOSED, Row, kept
from followme.insight.mentions import NO_ONE, Mentions
from followme.insight.query import Filters
from followme.insight.search import Hit
from followme.insight.weeks import weeks_to
from followme.insight.wording import all_counted, promise_counts, titled
from followme.model import PROMISE
from followme.names import Known, is_same_name
from followme.screen import Screen
from followme.views import hits, ledger
from followme.views.terminal import Printer

_LONGEST = 24
"""How long a name can be and still have its week beside it."""

_LATELY = 4
"""For how many weeks someone who was written about isn't said to be missing."""


def everyone(found: Sequence[Mentions], today: date, screen: Screen, filters: Filters) -> None:
    """Print everyone, with the week in which they were last written about, and how many promises are open."""
    printer = Printer(screen)
    if not found:
        if filters.unfiltered:
            printer.hint(
                "No entry that fits these filters names anyone. See everyone with:", filters.unfiltered
            )
        else:
            printer.line(NO_ONE)
        return
    printer.line(titled("Who you write about, and when last", filters.words), style.TITLE)
    names = [one_line(each.name) for each in found]
    width = max(map(len, (name for name in names if len(name) <= _LONGEST)), default=0) + 2
    for each, name in zip(found, names, strict=True):
        kinds = (row.promise.kind for row in each.promises if row.state != CLOSED)
        told = filter(None, (week_name(each.last, today), all_counted(*promise_counts(kinds, "open"))))
        printer.pair(name, ", ".join(told), width, style.HEADING)
    printer.line()
    printer.hint("See what you wrote about someone with:", Command("people", found[0].name), style=style.HINT)


def one(seen: Mentions, today: date, screen: Screen, filters: str = "") -> None:
    """Print when someone was last written about, their promises, and every other text about them."""
    printer = Printer(screen)
    printer.line(titled(one_line(seen.name), filters), style.TITLE)
    printer.line(_last(seen, today, filtered=bool(filters)))
    if sentence := kept(seen.promises).sentence:
        printer.line(sentence)
    for heading, rows in _groups(seen):
        printer.heading(heading)
        for at, row in enumerate(rows):
            if at:
                printer.line()
            ledger.promise(row, today, printer, with_state=True)
    promised = {row.ref for row in seen.promises}
    others = [hit for hit in seen.hits if hit.ref not in promised]
    if others:
        printer.heading(f"Where{' else' * bool(promised)} you wrote about {one_line(seen.name)}")
    known = Known({seen.name, *(hit.text[start:end] for hit in others for start, end in hit.places)})
    earlier = {row.ref: row for row in seen.earlier}
    above: Hit | None = None
    for hit in others:
        new = not above or _place(hit) != _place(above)
        if new:
            printer.line()
        hits.one(hit, lambda words: _spots(known, seen.name, words), earlier, today, printer, titled=new)
        above = hit


def _place(hit: Hit) -> tuple[object, ...]:
    return hit.entry.id, hit.entry.moment, hit.private


def _spots(known: Known, name: str, words: str) -> list[tuple[int, int]]:
    return [(spot.start, spot.end) for spot in known.spots_of(name, words)]


def _last(seen: Mentions, today: date, *, filtered: bool) -> str:
    name, week = one_line(seen.name), week_name(seen.last, today)
    latest = seen.hits[0]
    row = next((row for row in seen.promises if row.ref == latest.ref), None)
    which = ""
    if row:
        # It isn't among the texts below the promises.
        kind = "question" if row.promise.kind == "ask" else "promise"
        which = f", {'in' if latest.key == PROMISE else 'on'} a {kind}"
    if filtered:
        return f"Latest: {week}{which}."
    if row or seen.last >= weeks_to(iso_week(today), _LATELY)[0]:
        return f"You last wrote about {name} {'' if week == 'this week' else 'in '}{week}{which}."
    return f"You haven't written about {name} since {week}."


def _groups(seen: Mentions) -> Iterator[tuple[str, list[Row]]]:
    """The promises below a heading each: what was promised, what was to be asked, and what they took on."""
    name = one_line(seen.name)
    groups: dict[str, list[Row]] = {
        f"Promises to {name}": [],
        f"Questions for {name}": [],
        f"Taken on by {name}": [],
    }
    for row in seen.promises:
        promised, asked, taken = groups.values()
        group = (
            asked
            if row.promise.kind == "ask"
            else taken
            if is_same_name(row.promise.who, seen.name)
            else promised
        )
        group.append(row)
    return ((heading, rows) for heading, rows in groups.items() if rows)

"""One entry to read: its questions and answers, its promises, and what became of earlier ones."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO

from followme import style
from followme.clean import one_line
from followme.dates import shown_day, week_day, week_name
from followme.hints import Command
from followme.insight.later import LaterWords
from followme.insight.neighbors import Neighbor
from followme.insight.outline import (
    OUTCOMES_TITLE,
    PROMISES_TITLE,
    Asked,
    Became,
    Content,
    Made,
    Number,
    Outline,
    outline_of,
)
from followme.insight.promises import ending_words, promise_words
from followme.insight.wording import capitalized, told_apart
from followme.model import Entry, Outcome, Promise
from followme.screen import Screen
from followme.views.terminal import Printer

Endings = Mapping[str, tuple[Entry, Outcome]]

_INDENT = style.BAR_COLUMNS
"""Where words about an answer begin: in the column of the answer itself."""


def show(
    entries: Sequence[Entry],
    promises: Mapping[str, Promise],
    endings: Endings,
    later: LaterWords,
    today: date,
    screen: Screen,
    beside: tuple[Neighbor | None, Neighbor | None] = (None, None),
    of_set: str = "",
    heard: Container[str] = (),
) -> None:
    """Print entries, as read `today`, with later words on them; `promises` has earlier ones by full reference.
    `endings` has the latest word on each promise, with the entry that says it; `heard` is as for `ending_words`.

    Below them are the commands that show the entries `beside` them, those of one set with `of_set`.
    """
    printer = Printer(screen)
    for at, entry in enumerate(entries):
        if at:
            printer.line()
        outline = outline_of(entry, promises, later, heard)
        printer.title(entry.week, today, entry.set, *outline.about)
        when = f"{shown_day(entry.day, today)} at {entry.date:%H:%M}"
        printer.line(f"{when}  {entry.id}", style.HINT)
        _body(outline, printer, endings)
    if any(beside):
        printer.line()
    for where, each in zip(("before", "after"), beside, strict=True):
        if each:
            command = Command("show", each.ref, *(("--set", of_set) if of_set else ()))
            printer.hint(f"The entry {where}, from {week_name(each.week, today)}:", command, style=style.HINT)


LEFT_OPEN = "left open"

_BESIDE = 8
"""The rows that the title of a summary, the blank rows around it, and what is asked below it take."""


def summary(
    entry: Entry,
    promises: Mapping[str, Promise],
    screen: Screen,
    rows: int = 0,
    left_open: Sequence[Promise] = (),
    heard: Container[str] = (),
) -> None:
    """Print an entry that is about to be saved, with the promises that were asked about and left open.

    If it has no room in `rows` rows, each answer gets one row. `heard` is as for `ending_words`.
    """
    printer, outline, whole = Printer(screen), outline_of(entry, promises, heard=heard), StringIO()
    still = [promise_words(each, entry.day) for each in left_open]
    _body(outline, Printer(replace(screen, stream=whole)), left_open=still)
    printer.line()
    printer.line("Your answers", style.TITLE)
    if rows and screen.styles and whole.getvalue().count("\n") + _BESIDE > rows:
        _in_brief(outline, printer, still)
    else:
        _body(outline, printer, left_open=still)
    printer.line()


def _in_brief(outline: Outline, printer: Printer, left_open: Sequence[str]) -> None:
    for became in outline.outcomes:
        printer.brief(" · ".join(became.parts) or became.reference, became.ending, style.VERDICT)
    for words in left_open:
        printer.brief(words, LEFT_OPEN, style.SKIPPED)
    titles = told_apart([asked.title for asked in outline.questions])
    for title, asked in zip(titles, outline.questions, strict=True):
        if asked.content is None:
            printer.brief(title, "skipped", style.SKIPPED)
        else:
            words = _words(asked.content)
            if isinstance(asked.content, tuple):
                words = ", ".join(asked.content)
            printer.brief(title, ": ".join(filter(None, (words, asked.fact))))
    for made in outline.promises:
        printer.brief("Question" if made.promise.kind == "ask" else "Promise", " · ".join(made.parts))
    printer.line("Long answers are cut here, and saved whole.", style.HINT)


def _body(
    outline: Outline, printer: Printer, endings: Endings | None = None, left_open: Sequence[str] = ()
) -> None:
    """Print the parts of an entry; nothing became yet of the promises of one that is about to be saved."""
    if outline.outcomes or left_open:
        printer.heading(OUTCOMES_TITLE)
    for outcome in outline.outcomes:
        _outcome(printer, outcome)
    for words in left_open:
        printer.said(words)
        printer.line(LEFT_OPEN, style.SKIPPED, indent=_INDENT)
    for asked in outline.questions:
        printer.heading(asked.title)
        _answer(printer, asked)
        printer.later(asked.later, outline.entry.day)
    if outline.promises:
        printer.heading(PROMISES_TITLE)
    for made, (ref, _) in zip(outline.promises, outline.entry.made, strict=True):
        _promise(printer, made)
        if endings is not None and not outline.entry.conflict:
            _ending(printer, made.promise, endings.get(ref), outline)
    if outline.later:
        printer.line()
    printer.later(outline.later, outline.entry.day)


def _answer(printer: Printer, asked: Asked) -> None:
    if asked.content is None or asked.forgotten:
        printer.line("forgotten" if asked.forgotten else "skipped", style.SKIPPED, indent=_INDENT)
        return
    if isinstance(asked.content, Number) and any(label for _, label in asked.content.ends):
        (low, low_label), (high, high_label) = asked.content.ends
        printer.scale(low, high, (low_label, high_label), asked.content.value)
    else:
        printer.said(_words(asked.content))
    if asked.fact:
        printer.noted(asked.fact)
    if asked.private:
        printer.line("private", style.PRIVATE, indent=_INDENT)


def _words(content: Content) -> str:
    match content:
        case bool(yes):
            return "yes" if yes else "no"
        case Number(value):
            return str(value)
        case tuple(texts):
            return "\n".join(texts)
    return content


def _promise(printer: Printer, made: Made) -> None:
    printer.said(" · ".join(made.parts))
    _told(printer, made.told)
    if made.promise.private:
        printer.line("private", style.PRIVATE, indent=_INDENT)


def _ending(printer: Printer, promise: Promise, told: tuple[Entry, Outcome] | None, outline: Outline) -> None:
    """What became so far of a promise made in an entry, with the week of the entry that says so."""
    if told is None:
        printer.line("Open.", style.VERDICT, indent=_INDENT)
        return
    entry, outcome = told
    ending = capitalized(ending_words(outcome, promise, heard=outline.heard))
    head = f"{ending}, week of {week_day(entry.week, outline.entry.day)}"
    note = f": {one_line(outcome.note)}" if outcome.note else "."
    private = " (private)" if entry.private and not promise.private else ""
    printer.line(f"{head}{private}{note}", style.VERDICT, indent=_INDENT)


def _outcome(printer: Printer, became: Became) -> None:
    printer.said(" · ".join(became.parts) or became.reference)
    printer.line(became.ending, style.VERDICT, indent=_INDENT)
    if became.note:
        printer.noted(became.note)
    _told(printer, became.told)


def _told(printer: Printer, told: bool | None) -> None:
    if told is not None:
        printer.line(
            "You've told them." if told else "You haven't told them yet.", style.HINT, indent=_INDENT
        )

"""One entry to read: its questions and answers, its promises, and what became of earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from followme.model import Entry, Promise
from followme.screen import Screen
from followme.views.terminal import Printer


def show(entries: Sequence[Entry], promises: Mapping[str, Promise], screen: Screen) -> None:
    """Print entries; `promises` has earlier promises by their full references."""
    printer = Printer(screen)
    for at, entry in enumerate(entries):
        if at:
            printer.line()
        outline = outline_of(entry, promises)
        printer.line(f"{entry.week}  {entry.set}" if entry.set else entry.week, "bold cyan")
        about = ", ".join((f"{entry.date:%Y-%m-%d %H:%M}", *outline.about))
        printer.line(f"{about}  {entry.id}", "dim")
        _body(outline, printer)


def summary(entry: Entry, promises: Mapping[str, Promise], screen: Screen) -> None:
    """Print an entry that is about to be saved."""
    printer = Printer(screen)
    printer.line()
    printer.line("Your answers", "bold cyan")
    _body(outline_of(entry, promises), printer)
    printer.line()


def _body(outline: Outline, printer: Printer) -> None:
    if outline.outcomes:
        _heading(printer, OUTCOMES_TITLE)
    for outcome in outline.outcomes:
        _outcome(printer, outcome)
    for asked in outline.questions:
        _heading(printer, asked.title)
        _answer(printer, asked)
    if outline.promises:
        _heading(printer, PROMISES_TITLE)
    for made in outline.promises:
        _promise(printer, made)


def _answer(printer: Printer, asked: Asked) -> None:
    if asked.content is None:
        printer.line("passed over", "dim italic", indent=2)
        return
    printer.line(_words(asked.content), indent=2)
    if isinstance(asked.content, Number) and any(label for _, label in asked.content.ends):
        ends = ", ".join(f"{end} {label}" for end, label in asked.content.ends)
        printer.line(f"({ends})", "dim", indent=2)
    if asked.fact:
        printer.line(asked.fact, indent=2)
    if asked.private:
        printer.line("private", "dim", indent=2)


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
    printer.line(" · ".join(made.parts), indent=2)
    _told(printer, made.promise.told, 2)
    if made.promise.private:
        printer.line("private", "dim", indent=2)


def _outcome(printer: Printer, became: Became) -> None:
    printer.line(" · ".join(became.parts) or became.reference, indent=2)
    note = f": {became.note}" if became.note else ""
    printer.line(f"{became.ending}{note}", "italic", indent=4)
    _told(printer, became.told, 4)


def _told(printer: Printer, told: bool | None, indent: int) -> None:
    if told is not None:
        printer.line("They know." if told else "They do not know yet.", "dim", indent=indent)


def _heading(printer: Printer, words: str) -> None:
    printer.line()
    printer.line(words, "bold")

"""One entry to read: its questions and answers, its promises, and what became of earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from followme.insight.digest import reply_words
from followme.insight.promises import ending_words, promise_words
from followme.insight.wording import counted
from followme.model import Answer, Entry, Outcome, Promise
from followme.views.terminal import Printer, Screen


def show(entries: Sequence[Entry], promises: Mapping[str, Promise], screen: Screen) -> None:
    """Print entries; `promises` gives earlier promises by their full reference."""
    printer = Printer(screen)
    for at, entry in enumerate(entries):
        if at:
            printer.line()
        printer.line(heading(entry), "bold cyan")
        printer.line(_about(entry), "dim")
        body(entry, promises, printer)


def summary(entry: Entry, promises: Mapping[str, Promise], screen: Screen) -> None:
    """Print what is about to be saved."""
    printer = Printer(screen)
    printer.line()
    printer.line("Your answers", "bold cyan")
    body(entry, promises, printer)
    printer.line()


def body(entry: Entry, promises: Mapping[str, Promise], printer: Printer) -> None:
    """Print everything that an entry holds."""
    if entry.outcomes:
        _heading(printer, "What became of earlier promises")
    for outcome in entry.outcomes:
        _outcome(printer, outcome, promises.get(outcome.promise))
    for answer in entry.answers:
        _answer(printer, answer)
    if entry.promises:
        _heading(printer, "Promises")
    for promise in entry.promises:
        printer.line(promise_words(promise), indent=2)
        if promise.told is not None:
            printer.line("They know." if promise.told else "They do not know yet.", "dim", indent=2)
        if promise.private:
            printer.line("private", "dim", indent=2)


def heading(entry: Entry) -> str:
    """Week and set."""
    return f"{entry.week}  {entry.set}" if entry.set else entry.week


def _about(entry: Entry) -> str:
    minutes = f", {counted(entry.minutes, 'minute')}" if entry.minutes else ""
    private = ", private" if entry.private else ""
    return f"{entry.date:%Y-%m-%d %H:%M}{minutes}{private}  {entry.id}"


def _answer(printer: Printer, answer: Answer) -> None:
    _heading(printer, answer.question)
    if answer.skipped:
        printer.line("passed over", "dim italic", indent=2)
        return
    printer.line(reply_words(answer), indent=2)
    if answer.low_label or answer.high_label:
        ends = f"({answer.low} {answer.low_label}, {answer.high} {answer.high_label})"
        printer.line(ends, "dim", indent=2)
    if answer.fact:
        printer.line(answer.fact, indent=2)
    if answer.private:
        printer.line("private", "dim", indent=2)


def _outcome(printer: Printer, outcome: Outcome, promise: Promise | None) -> None:
    printer.line(promise_words(promise) if promise else outcome.promise, indent=2)
    ending = ending_words(outcome, promise)
    note = f": {outcome.note}" if outcome.note else ""
    printer.line(f"{ending}{note}", "italic", indent=4)
    if outcome.told is not None:
        printer.line("They know." if outcome.told else "They do not know yet.", "dim", indent=4)


def _heading(printer: Printer, words: str) -> None:
    printer.line()
    printer.line(words, "bold")

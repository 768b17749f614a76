"""Prompt sets in a terminal: the list of them, and one as a page to read before beginning."""

from __future__ import annotations

from collections.abc import Sequence

from followme.model import PromptSet, Question, Section
from followme.views.terminal import Printer, Screen

KIND_WORDS = {
    "text": "in your own words",
    "line": "one line",
    "scale": "one digit",
    "choice": "one of these",
    "several": "any of these",
    "yesno": "yes or no",
    "list": "a few lines",
    "promise": "a promise",
}


def listing(sets: Sequence[PromptSet], screen: Screen) -> None:
    """Print the sets, one paragraph each."""
    printer = Printer(screen)
    width = max((len(found.name) for found in sets), default=0) + 2
    for found in sets:
        minutes = f" About {found.minutes} minutes." if found.minutes else ""
        printer.pair(found.name, f"{found.about or found.title}{minutes}", width)
    printer.line()
    printer.line("Read one with: followme prompts show NAME", "dim")


def page(found: PromptSet, screen: Screen) -> None:
    """Print a set: what it is for, how long it takes, and its questions."""
    printer = Printer(screen)
    printer.line(found.title, "bold cyan")
    for words in (found.about, _frame(found)):
        if words:
            printer.line(words)
    for section in found.sections:
        _section(printer, section)
    if found.source:
        printer.line()
        printer.line(found.source, "dim")
    printer.line()
    printer.line(f"Begin with: followme reflect {found.name}", "dim")


def _frame(found: PromptSet) -> str:
    minutes = f"It takes about {found.minutes} minutes." if found.minutes else ""
    private = "It stays out of exports." if found.private else ""
    return " ".join(filter(None, (minutes, private)))


def _section(printer: Printer, section: Section) -> None:
    printer.line()
    printer.line(section.title, "bold")
    if section.intro:
        printer.line(section.intro, "dim")
    if section.pick is not None and section.pick < len(section.questions):
        printer.line(f"Each sitting asks {section.pick} of these, the longest unasked first.", "dim")
    for question in section.questions:
        _question(printer, question)


def _question(printer: Printer, question: Question) -> None:
    printer.line()
    printer.line(question.ask, indent=2)
    printer.line(_manner(question), "dim", indent=2)
    if question.low is not None:
        ends = f"{question.low} {question.low_label} … {question.high} {question.high_label}"
        printer.line(ends, "dim", indent=2)
    for option in question.options:
        printer.line(f"- {option}", "dim", indent=4)


def _manner(question: Question) -> str:
    manner = KIND_WORDS.get(question.kind, question.kind)
    if question.promise == "ask" and question.kind == "promise":
        manner = "a question to take to a person, if none is open"
    if question.every > 1:
        manner += f"; every {question.every} sittings"
    return f"{question.key}: {manner}"

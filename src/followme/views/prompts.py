"""Prompt sets in a terminal: the list of them, and one set as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from followme import style
from followme.dates import short_day
from followme.hints import Command
from followme.insight.wording import counted
from followme.model import PromptSet, Question, Section, When
from followme.screen import Screen
from followme.views.opening import PRIVATE
from followme.views.terminal import Printer

_HOW = {
    "line": "One line.",
    "choice": "One of these:",
    "several": "Any of these:",
    "yesno": "Yes or no.",
    "list": "A few short lines.",
}
_CHANGES = {"sitting": "each time", "quarter": "every quarter"}
MANY = 3
"""From more options than this in a condition, only their number is told."""

_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}


def listing(sets: Sequence[PromptSet], days: Mapping[str, date], today: date, screen: Screen) -> None:
    """Print the sets, one paragraph each; `days` has the day from which on a set is due, by its name."""
    printer = Printer(screen)
    width = max((len(prompt_set.name) for prompt_set in sets), default=0) + 2
    for prompt_set in sets:
        minutes = f" About {counted(prompt_set.minutes, 'minute')}." if prompt_set.minutes else ""
        day = days.get(prompt_set.name)
        due = "" if day is None else " It's due." if day <= today else f" Next due {short_day(day, today)}."
        printer.pair(prompt_set.name, f"{prompt_set.about or prompt_set.title}{minutes}{due}", width)
    printer.line()
    printer.hint("To read one:", Command("prompts", "show", "NAME"), style=style.HINT)


def page(prompt_set: PromptSet, minutes: int, most: int, name: str, screen: Screen) -> None:
    """Print a set: what it is for, how long it takes, and its questions.

    `most` is how many questions one sitting asks at most, `name` the name to type to begin with it.
    """
    printer = Printer(screen)
    printer.line(prompt_set.title, style.TITLE)
    if prompt_set.about:
        printer.line(prompt_set.about)
    printer.line()
    for sentence in _frame(prompt_set, minutes, most):
        printer.line(sentence)
    asks = {question.key: question.ask for question in prompt_set.questions}
    for section in prompt_set.sections:
        _section(printer, section, asks)
    printer.line()
    if prompt_set.source:
        printer.line(prompt_set.source, style.HINT)
    printer.line(f"Keys for answers from a file: {', '.join(asks)}.", style.HINT)
    printer.hint("Start with:", Command("reflect", name), style=style.HINT)


def _frame(prompt_set: PromptSet, minutes: int, most: int) -> Iterator[str]:
    asked = counted(most, "question", "questions at most")
    yield f"It takes about {counted(minutes, 'minute')} and asks {asked}."
    yield "Press Enter on an empty answer to skip a question. Ctrl+C pauses and keeps everything."
    if prompt_set.look_back:
        shown = f"last {prompt_set.look_back} weeks"
        if isinstance(prompt_set.look_back, str):
            shown = f"latest {prompt_set.look_back}, week by week"
        yield f"It starts by showing your {shown}."
    if changing := {question.vary for question in prompt_set.questions if question.variants}:
        when = " or ".join(words for vary, words in _CHANGES.items() if vary in changing)
        yield f"Open questions change their wording {when}."
    if prompt_set.about_event:
        what = "day" if prompt_set.cadence == "daily" else "event"
        yield f"It's about one {what}, so it doesn't count as the week's reflection."
    if prompt_set.private:
        yield PRIVATE


def _section(printer: Printer, section: Section, asks: Mapping[str, str]) -> None:
    printer.heading(section.title)
    if section.intro:
        printer.line(section.intro)
    if section.pick is not None and section.pick < len(section.questions):
        printer.line(f"Asks {section.pick} of these {len(section.questions)} each time, in turn.")
    if section.spare:
        printer.line("Skipped while you still have a question to ask someone.")
    shared = section.questions[0].when
    if shared and all(question.when == shared for question in section.questions):
        printer.line(_condition(shared, asks), style.HINT)
    else:
        shared = None
    for question in section.questions:
        _question(printer, question, asks, shared)


def _question(printer: Printer, question: Question, asks: Mapping[str, str], shared: When | None) -> None:
    printer.line()
    printer.line(question.ask, indent=2)
    said = [question.hint, *_occasions(question)]
    if question.when and not shared:
        said.append(_condition(question.when, asks))
    if about := " ".join(filter(None, (*said, _how(question)))):
        printer.line(about, style.HINT, indent=4)
    for option in question.offered:
        printer.line(f"- {option}", style.HINT, indent=4)


def _how(question: Question) -> str:
    """How to answer a question, in words."""
    if question.kind == "scale":
        fact = ", and the one fact behind it" if question.fact else ""
        ends = f"{question.low} ({question.low_label}) to {question.high} ({question.high_label})"
        return f"A number from {ends}{fact}."
    if question.kind == "promise" and question.promise == "ask":
        return "A question, and who to ask."
    if question.kind == "promise":
        return "What you'll do, your cue, who you promise it to, and by when."
    return _HOW.get(question.kind, "")


def _occasions(question: Question) -> Iterator[str]:
    """How often it is asked, and what becomes of its answers."""
    if question.every > 1:
        yield f"Asked every {_ORDINALS.get(question.every, f'{question.every}th')} time."
    if question.kind == "promise" and question.promise == "ask":
        yield "Skipped while you still have one to ask."
    if question.person:
        yield "The answer names the person this entry is about."
    if question.private:
        yield "Private: not exported."


def _condition(when: When, asks: Mapping[str, str]) -> str:
    asked = f"“{asks.get(when.key, when.key)}”"
    if when.test == "answered":
        return f"Asked once {asked} is answered." if when.value else f"Asked if {asked} is skipped."
    if len(when.words) > MANY:
        return f"Asked if the answer to {asked} includes one of {len(when.words)} options."
    said = f"is {when.test}" if when.test in ("below", "above") else when.test
    value = when.value if not isinstance(when.value, bool) else "yes" if when.value else "no"
    values = " or ".join(f"“{each}”" for each in when.words or (value,))
    if when.test == "not":
        return f"Asked unless the answer to {asked} is {values}."
    return f"Asked if the answer to {asked} {said} {values}."

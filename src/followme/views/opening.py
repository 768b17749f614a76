"""The screens before the first question: the first run, and the opening of every sitting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followme import style
from followme.dates import shown_day, week_name
from followme.hints import Command
from followme.insight.notes import Note
from followme.insight.wording import Count, all_counted, counted
from followme.model import RETURN, PromptSet
from followme.screen import Screen
from followme.views.terminal import Printer

PRIVATE = "Private: not exported. Anyone who can open the file can still read it."

PEOPLE = (
    "Write about other people only what you'd be willing to have them read.",
    "Leave out health, family, religion and union membership.",
    "This journal is about what you do. It's not a performance file.",
)


def first_run(journal: str, screen: Screen) -> None:
    """Print where the answers are kept, who can read them, how to skip, and three sentences about other people."""
    printer = Printer(screen)
    printer.line("Before your first reflection", style.TITLE)
    printer.line("For you alone. No right answers.")
    printer.line("Your answers stay on this computer:")
    printer.line(journal, style.KEY, indent=2)
    printer.line(
        "Anyone who can open your files can read it. On a work computer that may include others; disk "
        "encryption protects a lost laptop."
    )
    printer.line()
    printer.line("Press Enter on an empty answer to skip a question. Ctrl+C pauses and keeps everything.")
    printer.line()
    for sentence in PEOPLE:
        printer.line(sentence)
    printer.line()


def opening(
    prompt_set: PromptSet,
    week: str,
    notes: Sequence[Note],
    today: date,
    screen: Screen,
    *,
    gone_by: bool,
    again: bool,
    due: Sequence[Count],
    later: Sequence[Count],
    questions: int,
    minutes: int,
) -> None:
    """Print the name of the set, what it asks and how long it takes, its week, and the notes captured since last time.

    `gone_by` says whether the week is over, and `again` whether it has its sitting already. `due` counts the
    promises and the questions for someone that are asked about, `later` those that aren't asked about this time, and
    `questions` what is asked besides.
    """
    printer = Printer(screen)
    printer.line()
    asks = [counted(*each) for each in due if each[0]]
    asks += [counted(questions, "question"), f"about {counted(minutes, 'minute')}"]
    printer.title(week, today, f"{prompt_set.title}: {', '.join(asks)}")
    if gone_by:
        printer.line(f"In the questions, “this week” means {week_name(week, today)}.")
    if again:
        which = "That" if gone_by else "This"
        printer.line(f"{which} week already has a reflection; this one is kept beside it.")
    if prompt_set.private:
        printer.line(PRIVATE)
    if left := sum(each[0] for each in later):
        are = "is open too, and takes turns" if left == 1 else "are open too, and take turns"
        printer.hint(f"{all_counted(*later)} {are} with these. To see them all:", Command("promises"))
    if prompt_set.name == RETURN:
        printer.line(prompt_set.about)
    if notes:
        printer.heading("Your notes since last time")
    for note in notes:
        printer.pair(shown_day(note.day, today), note.text, 14)

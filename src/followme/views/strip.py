"""The strip of weeks: a row of signs with their counts below, or a sentence where nothing is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from followme import style
from followme.insight.strip import BREAK, DONE, LATE, MISSED, sentence, tallies
from followme.screen import Screen
from followme.views.terminal import Printer

SIGNS = {DONE: "■", LATE: "◩", BREAK: "–", MISSED: "□"}
ASCII = {DONE: "#", LATE: "+", BREAK: "-", MISSED: "o"}


def draw(states: Sequence[str], printer: Printer, screen: Screen) -> None:
    """Print the strip; a reader of lines, or a screen reader, gets it as a sentence."""
    if not screen.styles:
        printer.line(sentence(states))
        return
    printer.line(f"The last {len(states)} weeks:")
    signs = SIGNS if screen.unicode else ASCII
    printer.line(" ".join(signs[state] for state in states))
    legend(states, printer, screen)


def legend(states: Sequence[str], printer: Printer, screen: Screen) -> None:
    """Print what the signs mean, each with its count."""
    signs = SIGNS if screen.unicode else ASCII
    counts = [f"{signs[state]} {words}" for state, words in tallies(states)]
    whole = "   ".join(counts)
    for row in [whole] if len(whole) <= screen.columns else counts:
        printer.line(row, style.HINT)

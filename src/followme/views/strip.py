"""The strip of weeks: a row of signs with their counts below, or a sentence where nothing is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from followme import style
from followme.insight.strip import BREAK, DONE, LATE, MISSED, sentence, tallies
from followme.screen import Screen
from followme.views.terminal import Printer

_SIGNS = {DONE: "■", LATE: "◩", BREAK: "–", MISSED: "□"}
_ASCII = {DONE: "#", LATE: "+", BREAK: "-", MISSED: "o"}


def draw(states: Sequence[str], printer: Printer, screen: Screen) -> None:
    """Print the strip; a reader of lines, or a screen reader, gets it as a sentence."""
    if not screen.styles:
        printer.line(sentence(states))
        return
    printer.line(f"The last {len(states)} weeks:")
    signs = _SIGNS if screen.unicode else _ASCII
    counts = [f"{signs[state]} {words}" for state, words in tallies(states)]
    printer.line(" ".join(signs[state] for state in states))
    legend = "   ".join(counts)
    for row in [legend] if len(legend) <= screen.columns else counts:
        printer.line(row, style.HINT)

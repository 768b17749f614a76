"""The strip of weeks: a row of signs with their counts below, or a sentence where nothing is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from followme import style
from followme.insight.strip import BREAK, DONE, LATE, MISSED, sentence, tallies
from followme.screen import Screen
from followme.views.terminal import Printer

_SIGNS = {DONE: "■", LATE: "◩", BREAK: "–", MISSED: "□"}
_ASCII = {DONE: "#", LATE: "+", BREAK: "-", MISSED: "o"}


def signs_for(screen: Screen) -> Mapping[str, str]:
    """Return the sign of each state that this screen can show."""
    return _SIGNS if screen.unicode else _ASCII


def draw(states: Sequence[str], printer: Printer, screen: Screen) -> None:
    """Print the strip; a reader of lines, or a screen reader, gets it as a sentence."""
    if not screen.styles:
        printer.line(sentence(states))
        return
    printer.line(f"Reflections in the last {len(states)} weeks:")
    signs = signs_for(screen)
    printer.line(" ".join(signs[state] for state in states))
    legend(states, printer, screen)


def legend(states: Sequence[str], printer: Printer, screen: Screen) -> None:
    """Print what the signs mean, each with its count."""
    signs = signs_for(screen)
    counts = [f"{signs[state]} {words}" for state, words in tallies(states)]
    whole = "   ".join(counts)
    for row in [whole] if len(whole) <= screen.columns else counts:
        printer.line(row, style.HINT)

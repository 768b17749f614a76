"""Home: the state of this week, and what to type next."""

from __future__ import annotations

from followme.insight.home import Home
from followme.views.terminal import Printer, Screen

_COMMANDS = (
    ("followme reflect", "begin or go on with this week's reflection"),
    ("followme list", "see past entries"),
    ("followme show last", "read the latest one"),
    ("followme export", "write everything as Markdown"),
    ("followme --help", "see all commands"),
)


def show(home: Home, week: str, screen: Screen) -> None:
    """Print home; `week` is this week in words."""
    printer = Printer(screen)
    printer.line("followme", "bold")
    printer.line(f"This is {week}.")
    printer.line()
    for sentence in sentences(home):
        printer.line(sentence)
    printer.line()
    for command, meaning in _COMMANDS[:1] + _COMMANDS[-1:] if home.first_time else _COMMANDS:
        printer.pair(command, meaning, 20)


def sentences(home: Home) -> list[str]:
    """What there is to say, one sentence each."""
    said = [_week(home)]
    if home.drafts:
        several = f"{home.drafts} unfinished sittings wait for you."
        said.append("An unfinished sitting waits for you." if home.drafts == 1 else several)
    if home.open:
        promises = "1 promise is" if home.open == 1 else f"{home.open} promises are"
        said.append(f"{promises} open, {home.due} of them due at the next sitting.")
    return said


def _week(home: Home) -> str:
    if home.first_time:
        return "There is no journal yet; your first reflection begins one, and takes about eight minutes."
    if not home.sittings:
        return "This week has no reflection yet."
    return (
        "This week has its reflection."
        if home.sittings == 1
        else f"This week has {home.sittings} reflections."
    )

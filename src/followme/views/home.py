"""Home: the state of this week, and what to type next; no names and no answers, since people share screens."""

from __future__ import annotations

from collections.abc import Iterator

from followme.dates import short_day, shown_day, week_name, week_words
from followme.hints import Command
from followme.insight.home import ADDING_UP, Home
from followme.insight.weeks import ENOUGH
from followme.insight.wording import all_counted, all_of, counted
from followme.screen import Screen
from followme.views.strip import draw
from followme.views.terminal import Printer

_REFLECT = (Command("reflect"), "start or continue your reflection")
_HELP = (Command("--help"), "see all commands")
_SYNC = (Command("sync"), "try the sync again")
_DEMO_FIRST = (Command("demo"), "see what two years could bring, in an invented journal")
_MERGE = (Command("merge"), "see what the copy has, and bring it in")
_COMMANDS = (
    _REFLECT,
    (Command("note", "…"), "save a note for the next one"),
    (Command("promises"), "see your open promises"),
    (Command("show", "last"), "read your latest reflection"),
)
_LOOKBACK = (Command("lookback"), "see what your weeks add up to")
_QUARTER = (Command("lookback", "--quarter", "last"), "read last quarter on one page")

_DEMO = (
    (Command("list"), "see the latest entries"),
    (Command("show", "last"), "read the latest reflection"),
    (Command("lookback"), "see what two years add up to"),
    (Command("lookback", "--quarter", "2026-Q3"), "read a quarter on one page"),
    (Command("lookback", "courage"), "follow one question through it all"),
    (Command("people", "Jonas"), "see what was promised to someone"),
    (Command("search", "napkin"), "find a word anywhere"),
    (Command("export", "demo.html"), "write all of it to one page for a browser"),
)


def show(home: Home, screen: Screen) -> None:
    """Print home."""
    printer = Printer(screen)
    printer.title(home.week, home.today, "followme")
    printer.line()
    for sentence in sentences(home):
        printer.line(sentence)
    printer.line()
    if shows_strip(home):
        draw(home.strip, printer, screen)
        printer.line()
    pairs = [
        (printer.typed(each).replace("…", printer.marks.gap), meaning) for each, meaning in _commands(home)
    ]
    width = max(len(typed) for typed, _ in pairs) + 2
    for typed, meaning in pairs:
        printer.pair(typed, meaning, width)


def _commands(home: Home) -> Iterator[tuple[Command, str]]:
    """What to type next, and what each of these does."""
    *first, last = _of_demo(home) if home.demo else _usual(home)
    yield from first
    if home.copies:
        yield _MERGE
    if home.twice:
        yield Command("show", home.twice[0]), "compare both versions, and delete one"
    if home.sync_failed:
        yield _SYNC
    yield last


def _of_demo(home: Home) -> Iterator[tuple[Command, str]]:
    yield from _DEMO
    yield from ((_begin(name)[0], "begin this set in your own journal") for name in home.due_sets)


def _usual(home: Home) -> Iterator[tuple[Command, str]]:
    if home.first_time:
        yield from (_REFLECT, _DEMO_FIRST)
    else:
        yield from (_begin(name) for name in home.due_sets if name != home.usual)
        yield from _COMMANDS
        if home.weeks >= ADDING_UP:
            yield _LOOKBACK
        if home.quarter_ended:
            yield _QUARTER
    yield _HELP


def offer(home: Home) -> tuple[str, str]:
    """Return the question that home ends with, which names what Enter starts, and what Enter does."""
    week = week_name(home.goes_on or home.waits or home.week, home.today)
    if home.goes_on:
        return f"Go on with the reflection for {week} now?", f"Press Enter to go on.{_left(home)}"
    if home.first_time:
        return "Begin your first reflection now?", "Press Enter to begin."
    if home.returns:
        return "Welcome back. Begin with three minutes now?", f"Press Enter to begin.{_left(home)}"
    which = f"the set {home.usual}" if home.usual else f"the reflection for {week}"
    return f"Begin {which} now?", f"Press Enter to begin.{_left(home)}"


def _left(home: Home) -> str:
    """What becomes of the unfinished reflections that Enter doesn't continue; "" if there are none."""
    if not home.left:
        return ""
    weeks = all_of([week_name(each, home.today) for each in home.left])
    return f" Your reflection for {weeks} is kept, unfinished."


def _begin(name: str) -> tuple[Command, str]:
    return Command("reflect", name), "start the set that's due"


def sentences(home: Home) -> Iterator[str]:
    """Yield everything home says, sentence by sentence."""
    if home.first_time:
        # An unfinished one comes first: it creates the journal.
        if not home.drafts:
            yield "There's no journal yet. Your first reflection creates it and takes about eight minutes."
    elif not home.usual:
        yield _week(home)
    elif home.next_day and home.usual not in home.due_sets:
        yield f"{home.usual} is next due {short_day(home.next_day, home.today)}."
    if home.due_sets and not home.first_time:
        sets = counted(len(home.due_sets), "prompt set is", "prompt sets are")
        yield f"{sets} due: {all_of(home.due_sets)}."
    if home.drafts:
        weeks = [week_name(each, home.today) for each in sorted(set(home.drafts))]
        yield f"{counted(len(home.drafts), 'reflection is', 'reflections are')} unfinished, for {all_of(weeks)}."
    if home.notes:
        yield f"{counted(home.notes, 'note', 'notes')} for your next reflection."
    if home.open:
        yield _promises(home)
    if home.kept.sentence:
        yield home.kept.sentence
    if home.sync_failed:
        yield f"The last sync didn't work. {home.sync_failed}"
    if home.copies:
        copies = counted(home.copies, "copy of the journal has", "copies of the journal have")
        yield f"{copies} something that the journal is missing."
    if home.twice:
        twice = counted(len(home.twice), "entry has two versions", "entries have two versions each")
        yield f"{twice}, and only one counts."


def shows_strip(home: Home) -> bool:
    """Return whether home shows the strip: not before the second week, nor to someone who comes back after a gap."""
    return len(home.strip) > 1 and home.missed < ENOUGH and not home.usual


def _week(home: Home) -> str:
    if home.waits and home.waits != home.week:
        return f"Last week ({week_words(home.waits, home.today)}) has no reflection yet."
    if not home.sittings:
        return "This week's reflection is due." if home.waits else "This week has no reflection yet."
    return (
        "This week has its reflection."
        if home.sittings == 1
        else f"This week has {home.sittings} reflections."
    )


def _promises(home: Home) -> str:
    opened = all_counted(*home.opened)
    now, day = home.asks_on == home.today, f"on {shown_day(home.asks_on, home.today)}"
    today = 0 if now else home.due_today
    coming = home.due - home.overdue - today
    kinds = [
        (home.overdue, "overdue", "is overdue"),
        (today, "due today", "is due today"),
        (coming, "due", "is due") if now else (coming, f"coming up {day}", f"comes up {day}"),
    ]
    some = [each for each in kinds if each[0]]
    if home.open == 1:
        return f"{opened} {some[0][2] if some else 'is open'}."
    said = [
        f"{'all' if count == home.open else count or 'none'} {words}"
        for count, words, _ in some or kinds[-1:]
    ]
    return f"{opened} are open, {', '.join(said)}."

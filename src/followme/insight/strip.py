"""The strip of weeks: each done, late, in a break, or missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from followme.dates import Interval, iso_week, week_interval, weeks_words
from followme.insight.weeks import Dated, in_break, weeks_to
from followme.insight.wording import NAMED, all_of, counted, times

SPAN = 13
"""How many weeks the strip has: a quarter."""

DONE, LATE, BREAK, MISSED = "done", "late", "break", "missed"
STATES = (DONE, LATE, BREAK, MISSED)
"""What a week can be, in the order of the legend; LATE is a reflection written after the Sunday of its week."""

_WORDS = {BREAK: ("break", "breaks")}


def strip_of(
    entries: Iterable[Dated], done: Collection[str], today: date, breaks: Collection[Interval] = ()
) -> tuple[str, ...]:
    """Return the state of each of the last thirteen weeks, oldest first; `done` has the weeks with a reflection.

    Weeks before the first reflection are left out, and so is this week until it has one.
    """
    return tuple(state for _, state in states_of(entries, done, today, breaks, SPAN))


def states_of(
    entries: Iterable[Dated], done: Collection[str], today: date, breaks: Collection[Interval], span: int
) -> tuple[tuple[str, str], ...]:
    """Return each of the last `span` weeks with its state, in the same way."""
    this = iso_week(today)
    weeks = weeks_to(iso_week(today if this in done else today - timedelta(days=7)), span)
    first = min(done, default=this)
    written: dict[str, date] = {}
    for entry in entries:
        if entry.week >= weeks[0] and entry.is_sitting:
            written[entry.week] = min(entry.day, written.get(entry.week, entry.day))
    return tuple((week, _state(week, written.get(week), breaks)) for week in weeks if week >= first)


def sentence(states: Collection[str], *, lately: bool = True) -> str:
    """Return the strip in words: "Reflections in the last 13 weeks: 10 done, 1 late, 1 break and 1 missed.".

    Weeks that aren't the latest ones, without `lately`, are "in 13 weeks".
    """
    weeks = f"last {len(states)} weeks" if len(states) > 1 else "last week"
    where = f"the {weeks}" if lately else counted(len(states), "week")
    return f"Reflections in {where}: {all_of([words for _, words in tallies(states)])}."


def longest_gaps(states: Iterable[tuple[str, str]]) -> Sequence[Sequence[str]]:
    """Return the most missed weeks that follow one another, oldest first if they do more than once.

    `states` has each week's.
    """
    runs = [
        [week for week, _ in run] for state, run in groupby(states, lambda each: each[1]) if state == MISSED
    ]
    longest = max(map(len, runs), default=0)
    return [run for run in runs if len(run) == longest]


def gap_words(gaps: Sequence[Sequence[str]], today: date) -> str:
    """Return the longest gaps in words: "Longest gaps: 2 weeks, Apr 14–27, 2025 and Mar 2–15."; "" for none."""
    if not gaps:
        return ""
    weeks = counted(len(gaps[0]), "week")
    days = [weeks_words(gap, today) for gap in gaps]
    if len(gaps) > NAMED:
        return f"Longest gap: {weeks}, {times(len(gaps))}, latest {days[-1]}."
    return f"Longest {'gap' if len(gaps) == 1 else 'gaps'}: {weeks}, {all_of(days)}."


def tallies(states: Collection[str]) -> list[tuple[str, str]]:
    """Return each state that is there, with its count in words: "10 done", "2 breaks"."""
    counts = Counter(states)
    return [(state, f"{counts[state]} {_word(state, counts[state])}") for state in STATES if counts[state]]


def _word(state: str, count: int) -> str:
    one, several = _WORDS.get(state, (state, state))
    return one if count == 1 else several


def _state(week: str, written: date | None, breaks: Collection[Interval]) -> str:
    if written is None:
        return BREAK if in_break(week, breaks) else MISSED
    return LATE if written > week_interval(week).last else DONE

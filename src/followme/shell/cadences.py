"""Which prompt sets are due by days, and when the others will be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from followme.env import Env
from followme.frozen import frozen
from followme.insight.cadences import DAYS, due_sets, last_days, next_day, window
from followme.insight.weeks import Dated, breaks_of, next_sitting, weeks_done
from followme.journal.file import reading
from followme.promptfile.cadences import cadence_of
from followme.promptfile.folders import all_files, file_of
from followme.shell.entries import latest


@frozen
class Calendar:
    """What is due by days: the usual set's name and cadence, each set that is due, and each set's next day.

    A set that was never used has no next day, and neither has one that the person has left.
    """

    usual: str
    cadence: str
    due: tuple[str, ...]
    days: dict[str, date]

    @property
    def by_days(self) -> bool:
        """Whether the usual set is due by days instead of by weeks."""
        return self.cadence in DAYS


def next_reflection(env: Env, entries: Sequence[Dated]) -> date:
    """Return the day of the next reflection with the usual set: today if it is due, else when it will be."""
    today, settings, by_days = env.now().date(), env.config, calendar(env, entries)
    if by_days.by_days:
        return max(by_days.days.get(by_days.usual, today), today)
    return next_sitting(today, settings.review_day, weeks_done(entries), breaks_of(settings))


def calendar(env: Env, entries: Iterable[Dated] | None = None) -> Calendar:
    """Return what is due by days; without `entries`, the journal is read as far back as needed."""
    today, usual = env.now().date(), Path(env.config.set).stem
    cadences = {path.stem: cadence_of(path) for path in all_files(env.prompt_folders)}
    file = file_of(env.config.set, env.prompt_folders)
    cadences[usual] = cadence_of(file) if file else "any"
    by_days = {name: cadence for name, cadence in cadences.items() if cadence in DAYS}
    if entries is None:
        used = reading.holding(env.journal, by_days)
        entries = latest(env, window([by_days[name] for name in used], today)) if used else []
    last = last_days(entries, by_days)
    due = due_sets(by_days, last, usual, today)
    days = {name: next_day(by_days[name], day, today) for name, day in last.items()}
    return Calendar(
        usual=usual,
        cadence=cadences[usual],
        due=tuple(due),
        days={name: day for name, day in days.items() if day and (day > today or name in due)},
    )

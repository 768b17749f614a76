"""What Tab offers seldom: quarters and years, and backups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followme.env import Env
from followme.insight.quarters import quarter_of, year_of
from followme.journal.change.backups import listed
from followme.shell.paths import paths_of


def quarters(env: Env, weeks: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the quarters of these weeks by their names, each with its months."""
    for week, _ in weeks:
        period = quarter_of(week, env.config.year_starts)
        yield period.name, period.title


def years(env: Env, weeks: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the years of these weeks by their names."""
    for week, _ in weeks:
        yield year_of(week, env.config.year_starts).name, ""


def backups(env: Env) -> Iterator[tuple[str, str]]:
    """Yield the backups of the journal, the newest first, by their names."""
    for one in listed(paths_of(env)):
        yield one.path.stem, f"{one.made:%Y-%m-%d %H:%M} UTC"

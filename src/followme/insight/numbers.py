"""What entries say in numbers, without one sentence: their weeks, their scales, and how promises ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from followme.dates import Interval, monday
from followme.frozen import frozen
from followme.insight.ledger import Row, ledger
from followme.insight.strip import states_of
from followme.insight.weeks import weeks_done
from followme.insight.wording import all_counted
from followme.model import Entry

OPEN = "open"
"""What stands in the place of a result where a promise has none yet."""


@frozen(kw_only=True)
class Scale:
    """The numbers given on one scale, each with its week and day, oldest first; another one if its ends changed."""

    key: str
    low: int | None
    high: int | None
    values: tuple[tuple[str, date, int], ...]

    @property
    def by_week(self) -> dict[str, str]:
        """The numbers of each week that has some, in words: "4", or "4, 5"."""
        weeks: dict[str, list[str]] = {}
        for week, _, number in self.values:
            weeks.setdefault(week, []).append(str(number))
        return {week: ", ".join(numbers) for week, numbers in weeks.items()}


@frozen(kw_only=True)
class Numbers:
    """What entries say in numbers.

    `weeks` has each week from the first reflection to the last, with its state, none if that was not wanted. `endings`
    counts promises (kind "do") and questions to someone ("ask") by their result, OPEN for none.
    """

    weeks: tuple[tuple[str, str], ...]
    scales: tuple[Scale, ...]
    endings: tuple[tuple[str, str, int], ...]

    @property
    def words(self) -> str:
        """How much there is, in words: "the numbers of 3 weeks, 5 answers and 2 promises"."""
        said = all_counted(
            (len(self.weeks), "week"),
            (sum(len(scale.values) for scale in self.scales), "answer"),
            (sum(count for *_, count in self.endings), "promise"),
        )
        return f"the numbers of {said}" if said else "no numbers"


def numbers_of(
    entries: Iterable[Entry],
    today: date,
    breaks: Collection[Interval],
    *,
    of_weeks: bool = True,
    rows: Iterable[Row] | None = None,
) -> Numbers:
    """Return the numbers of these entries, in the order of the journal; without `of_weeks`, none of their weeks.

    The weeks say nothing where only some of their reflections are among the entries. `rows` is the ledger of these
    entries, if it's at hand.
    """
    scales: dict[tuple[str, int | None, int | None], list[tuple[str, date, int]]] = {}
    bare = []
    for entry in entries:
        if not entry.conflict:
            for key, number in _numbers(entry):
                scales.setdefault(key, []).append((entry.week, entry.day, number))
            # Without a ledger at hand, this may be a long journal, whose answers aren't kept.
            bare.append(replace(entry, answers=()) if rows is None else entry)
    return Numbers(
        weeks=tuple(_weeks(bare, today, breaks)) if of_weeks else (),
        scales=tuple(
            Scale(key=key, low=low, high=high, values=tuple(sorted(values, key=lambda each: each[1])))
            for (key, low, high), values in scales.items()
        ),
        endings=_endings(ledger(bare, today) if rows is None else rows),
    )


def _numbers(entry: Entry) -> Iterator[tuple[tuple[str, int | None, int | None], int]]:
    for answer in entry.answers:
        if type(answer.reply) is int:
            yield (answer.key, answer.low, answer.high), answer.reply


def _weeks(
    entries: Collection[Entry], today: date, breaks: Collection[Interval]
) -> Iterator[tuple[str, str]]:
    """Each week from the first with a reflection to the last, with its state."""
    done = weeks_done(entries)
    if done:
        span = (today - monday(min(done))).days // 7 + 1
        last = max(done)
        yield from (each for each in states_of(entries, done, today, breaks, span) if each[0] <= last)


def _endings(rows: Iterable[Row]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter((row.promise.kind, row.result or OPEN) for row in rows)
    return tuple((kind, result, count) for (kind, result), count in sorted(counts.items()))

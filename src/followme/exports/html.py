"""Entries as one page of HTML to print and keep: it loads nothing, runs nothing, and no word of an entry is markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from followme.clean import one_line
from followme.dates import MONTHS, day_words, iso_week, monday, week_words
from followme.exports.figures import curves_of, strip_of
from followme.exports.options import Options
from followme.exports.page import written
from followme.exports.parts import KINDS
from followme.insight.later import Later
from followme.insight.ledger import CLOSED, Row, kept, ledger
from followme.insight.numbers import Numbers, numbers_of
from followme.insight.outline import Content, Outline, outline_of
from followme.insight.privacy import Shared
from followme.insight.promises import promise_parts
from followme.model import Entry


class Question(NamedTuple):
    """A question with its place on the page, a name, and the answer to it, part by part as in its outline."""

    place: str
    title: str
    content: Content | None
    fact: str
    private: bool
    later: Sequence[Later]


class Sitting(NamedTuple):
    """An entry with its place on the page, its day and more, the questions shown, and the skipped ones in a line."""

    place: str
    set: str
    about: str
    outline: Outline
    questions: Sequence[Question]
    skipped: str


class Week(NamedTuple):
    """The entries of a week: the place on the page, the days, the week's own name, and the entries."""

    place: str
    days: str
    name: str
    sittings: Sequence[Sitting]


class Year(NamedTuple):
    """The weeks of a year."""

    name: str
    weeks: Sequence[Week]


class Index(NamedTuple):
    """A question, and each of its answers: the days of the week and the place on the page."""

    title: str
    answers: list[tuple[str, str]]


class Promised(NamedTuple):
    """A promise in the ledger: its parts, the week it was made, that week's place, its ending, and the last note."""

    parts: Sequence[str]
    days: str
    place: str
    ending: str
    note: str
    private: bool


def write(shared: Shared, options: Options) -> Iterator[bytes]:
    """Yield one page: a title, contents by week and by question, numbers, the weeks, and the ledger of promises."""
    entries, shown = [], []
    for each in options.arranged(shared):
        week = _week_of(each)
        entry = each if each.week == week else replace(each, week=week)
        entries.append(entry)
        if not shared.stands_below(entry):
            # Now, while the journal has the entries beside it at hand.
            shown.append(outline_of(entry, shared.mentioned(entry), shared.later(entry)))
    years = list(_years(_weeks(shown, options.oldest_first)))
    places = {week.name: week for year in years for week in year.weeks}
    today = max((each.day for each in entries), default=monday("2026-W01"))
    in_time = sorted(entries, key=lambda each: each.moment)
    rows = ledger(in_time, today)
    numbers = numbers_of(in_time, today, options.breaks, of_weeks=options.of_weeks, rows=rows)
    page = written(
        title="Reflections",
        span=_span(entries),
        about=shared.counts.left.words,
        years=years,
        index=list(_index(years)),
        strip=strip_of(numbers),
        curves=list(curves_of(numbers, _titles(in_time))),
        ledger=[_promised(row, places, today) for row in _in_order(rows)],
        kept=kept(rows).sentence,
    )
    yield from map(str.encode, page)


def write_numbers(numbers: Numbers, _options: Options) -> Iterator[str]:
    """Yield a page with the strip of weeks, the courses of scales, a table of weeks, and how promises ended."""
    columns = [scale.by_week for scale in numbers.scales]
    weeks = sorted({week for week, _ in numbers.weeks}.union(*columns))
    states = dict(numbers.weeks)
    yield from written(
        title="Reflections in numbers",
        about=numbers.words,
        strip=strip_of(numbers),
        curves=list(curves_of(numbers, {})),
        keys=[scale.key for scale in numbers.scales],
        table=[(week, states.get(week, ""), [column.get(week, "") for column in columns]) for week in weeks],
        endings=[(KINDS.get(kind, kind), result, count) for kind, result, count in numbers.endings],
    )


# --- The weeks --------------------------------------------------------------------------------------------


def _week_of(entry: Entry) -> str:
    """The week of an entry; for one that isn't in the calendar, that of its day."""
    try:
        return iso_week(monday(entry.week))
    except ValueError:
        return iso_week(entry.day)


def _weeks(outlines: Iterable[Outline], oldest_first: bool) -> Iterator[Week]:
    by_week: dict[str, list[Sitting]] = {}
    for number, outline in enumerate(outlines, 1):
        place = f"e{number}"
        questions = [
            Question(f"{place}q{nth}", asked.title, asked.content, asked.fact, asked.private, asked.later)
            for nth, asked in enumerate(outline.questions, 1)
            if asked.content is not None or asked.later
        ]
        skipped = " · ".join(one_line(asked.title) for asked in outline.questions if asked.content is None)
        name = one_line(outline.entry.set).strip() or "Entry"
        about = ", ".join((day_words(outline.entry.day), *outline.about))
        sitting = Sitting(place, name, about, outline, questions, skipped)
        by_week.setdefault(outline.entry.week, []).append(sitting)
    for number, (name, sittings) in enumerate(sorted(by_week.items(), reverse=not oldest_first), 1):
        yield Week(f"w{number}", _days(name), name, sittings)


def _days(week: str) -> str:
    """The days of a week, with a year where they are in another one than the week's."""
    return week_words(week, date(int(week[:4]), 7, 1))


def _years(weeks: Iterable[Week]) -> Iterator[Year]:
    for name, some in groupby(weeks, key=lambda each: each.name[:4]):
        yield Year(name, list(some))


def _index(years: Iterable[Year]) -> Iterator[Index]:
    """The questions that have answers, those with the most answers first."""
    found: dict[str, Index] = {}
    for year in years:
        for week in year.weeks:
            days = f"{week.days}, {year.name}"
            for sitting in week.sittings:
                answers = sitting.outline.entry.answers
                for nth, (answer, asked) in enumerate(
                    zip(answers, sitting.outline.questions, strict=True), 1
                ):
                    if asked.content is not None:
                        index = found.setdefault(answer.key, Index(asked.title, []))
                        index.answers.append((days, f"{sitting.place}q{nth}"))
    yield from sorted(found.values(), key=lambda each: -len(each.answers))


# --- The numbers and the ledger ---------------------------------------------------------------------------


def _span(entries: Sequence[Entry]) -> str:
    """The months from the first entry to the last: "November 2024 to November 2026"."""
    days = sorted(each.day for each in entries)
    months = [f"{MONTHS[day.month - 1]} {day.year}" for day in (days[:1] + days[-1:])]
    return " to ".join(dict.fromkeys(months))


def _titles(entries: Iterable[Entry]) -> dict[str, tuple[str, str, str]]:
    """The latest wording of each question with a number, and of its two ends, by key."""
    return {
        answer.key: (answer.question, answer.low_label, answer.high_label)
        for entry in entries
        for answer in entry.answers
        if type(answer.reply) is int
    }


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """Open promises first, then those that ended, the newest first."""
    newest_first = rows[::-1]
    return sorted(newest_first, key=lambda row: row.state == CLOSED)


def _promised(row: Row, places: dict[str, Week], today: date) -> Promised:
    made = places.get(row.week)
    return Promised(
        parts=promise_parts(row.promise, today),
        days=f"{made.days}, {made.name[:4]}" if made else "",
        place=made.place if made else "",
        ending=row.ending,
        note=row.outcomes[-1].note if row.outcomes else "",
        private=row.promise.private,
    )

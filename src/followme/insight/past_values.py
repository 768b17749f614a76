"""A quarter or a year as plain values for JSON."""

from __future__ import annotations

from typing import Any

from followme.insight.earlier import Earlier
from followme.insight.past_weeks import Counts, Ends, HighsAndLows, PastWeeks, Skipped
from followme.insight.plain import asked_values, head_values, row_values, values


def period_values(past: PastWeeks) -> list[dict[str, Any]]:
    """Return what a quarter holds; for a year, the year first, and then each of its quarters."""
    return list(map(_period, (past, *past.quarters)))


def _period(past: PastWeeks) -> dict[str, Any]:
    assert past.period
    return {
        "name": past.period.name,
        "year_starts": past.period.starts,
        "first": past.period.days.first.isoformat(),
        "last": past.period.days.last.isoformat(),
        **{key: getattr(past, key) for key in ("count", "begun", "reflected", "resting")},
        "weeks": [values(each, {"lacks"}) for each in past.weeks],
        "numbers": list(map(_numbers, past.numbers)),
        "counts": list(map(_counts, past.counts)),
        "ends": list(map(_ends, past.ends)),
        "promises": list(map(row_values, past.promises)),
        "skipped": list(map(_skipped, past.skipped)),
    }


def _numbers(numbers: HighsAndLows) -> dict[str, Any]:
    answers = [_said(each, "reply", "fact") for each, _ in numbers.course]
    return {**asked_values(numbers.asked), "answers": answers}


def _counts(counts: Counts) -> dict[str, Any]:
    asked = _only(counts.asked, "key", "kind", "question")
    picks = [{"option": option, "times": times} for option, times in counts.picks]
    return {**asked, "answered": counts.answered, "picks": picks}


def _ends(ends: Ends) -> dict[str, Any]:
    first, last = (
        {**_said(each, "kind", "question", "reply"), "person": each.entry.person or None}
        for each in (ends.first, ends.last)
    )
    return {"key": ends.last.answer.key, "first": first, "last": last}


def _skipped(skipped: Skipped) -> dict[str, Any]:
    return {**_only(skipped.asked, "key", "question"), **values(skipped, {"asked"})}


def _said(said: Earlier, *keys: str) -> dict[str, Any]:
    head = {key: value for key, value in head_values(said.entry).items() if key in ("id", "week", "date")}
    return {**head, **_only(said.answer, *keys), "private": said.private}


def _only(record: Any, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in values(record).items() if key in keys}

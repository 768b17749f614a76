"""A year of weekly sittings, as the journal has them: turns, wordings, and what missed weeks do to them."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

import pytest

from followme.dates import monday, quarter_of
from followme.env import shipped_prompts
from followme.promptfile.load import load
from running import Run

WEEKLY = load(shipped_prompts() / "weekly.toml")
KEYS = [question.key for question in WEEKLY.questions]
THEMES = [question.key for question in WEEKLY.sections[1].questions]
OPEN = {
    question.key: {question.ask, *question.variants} for question in WEEKLY.questions if question.variants
}

MISSED = {4, 5, 17, 18, 19, 20, 33, 40, 51}
"""Weeks of the year without a sitting."""


def a_year(run: Run, missed: set[int]) -> list[dict[str, Any]]:
    """The entries of a year in which every question was asked for and passed over: a skip counts as asked."""
    skips = [word for key in KEYS for word in ("--skip", key)]
    for week in range(52):
        if week not in missed:
            done = run("reflect", "weekly", *skips)
            assert done.code == 0, done.err
        run.later(weeks=1)
    return run.entries


WHOLE: dict[str, list[dict[str, Any]]] = {}


@pytest.fixture(params=["every week", "weeks missed"])
def year(run: Run, request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """A year, sat through once for all tests."""
    if request.param not in WHOLE:
        WHOLE[request.param] = a_year(run, MISSED if request.param == "weeks missed" else set())
    return WHOLE[request.param]


def asked(entry: dict[str, Any]) -> list[str]:
    return [answer["key"] for answer in entry["answer"]]


def test_every_theme_comes_back_every_sixth_sitting(year):
    turns = [[key for key in asked(entry) if key in THEMES] for entry in year]
    assert all(len(turn) == 1 for turn in turns)
    assert [turn[0] for turn in turns] == [THEMES[at % 6] for at in range(len(year))]


def test_unseen_is_asked_every_second_and_signs_every_fourth_time_and_never_both(year):
    numbers = defaultdict(list)
    for at, entry in enumerate(year):
        for key in asked(entry):
            numbers[key].append(at)
    assert numbers["unseen"] == list(range(0, len(year), 2))
    assert numbers["signs"] == list(range(1, len(year), 4))
    for key in ("moment", "care-days", "promise", "ask"):
        assert numbers[key] == list(range(len(year)))


def test_wordings_change_with_the_quarter_and_never_inside_one(year):
    worded = defaultdict(lambda: defaultdict(set))
    for entry in year:
        for answer in entry["answer"]:
            worded[answer["key"]][quarter_of_week(entry["week"])].add(answer["question"])
    for key, quarters in worded.items():
        assert all(len(wordings) == 1 for wordings in quarters.values()), key
        said = [next(iter(wordings)) for _, wordings in sorted(quarters.items())]
        if key in OPEN:
            assert set(said) <= OPEN[key]
            assert all(one != other for one, other in pairwise(said)), key
        else:
            assert len(set(said)) == 1


def quarter_of_week(week: str) -> str:
    """The quarter in which the Thursday of a week lies."""
    first = monday(week)
    return quarter_of(first.fromordinal(first.toordinal() + 3))


def test_a_half_year_holds_four_answers_to_each_theme(year):
    entries = year[:26]
    counts = {theme: sum(theme in asked(entry) for entry in entries) for theme in THEMES}
    assert set(counts.values()) <= {4, 5}

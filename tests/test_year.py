"""A year of weekly sittings, as the journal has them: turns, wordings, and what missed weeks do to them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from rows import first_quick
from running import Run
from sets import SETS, question, skips

WEEKLY = SETS["weekly"]
THEMES, LINES = ([each.key for each in section.questions] for section in WEEKLY.sections[1:3])
IDEA = {each.key: each.idea for each in WEEKLY.questions}
WORDINGS = {each.key: [each.ask, *each.variants] for each in WEEKLY.questions if each.kind != "promise"}

ESSAY = {
    "following is chosen, and there are ways of not following": {"choice", "signs"},
    "a title isn't enough": {"authority"},
    "why follow you, beyond the title": {"choice", "reasons"},
    "someone worth following": {"choice"},
    "their success and their goals come first": {"care"},
    "tools, technology, training, obstacles": {"care-days"},
    "selling for them inside the company": {"inside"},
    "standing beside them when it's hard": {"beside"},
    "care before they give it back": {"care"},
    "be the standard, lead by doing": {"standard"},
    "courage to take the difficult action": {"courage"},
    "reaching above their weight": {"reach"},
    "the plow horse's discipline": {"plow"},
    "meaning and mission": {"meaning"},
    "esprit de corps, and your part in it": {"spirit"},
    "recognition": {"credit"},
}
"""What the essay says, and the questions of the weekly set that ask about it."""

LEAST = 6
"""How often a year asks about each of them."""

MISSED = {4, 5, 17, 18, 19, 20, 33, 40, 51}
"""Weeks of the year without a sitting."""


def a_year(run: Run, missed: set[int]) -> list[dict[str, Any]]:
    """The entries of a year in which every question was skipped, which counts as asked, but for the signs."""
    signs = question("weekly", "signs")
    sittings = 0
    for week in range(52):
        if week not in missed:
            # Every other time that signs are asked about, there was one.
            seen = {1: signs.options[week % len(signs.options)], 5: signs.none}.get(sittings % 8)
            given = ("--answer", f"signs={seen}") if seen else ("--skip", "signs")
            done = run("reflect", "weekly", *skips("weekly", "signs"), *given)
            assert done.code == 0, done.err
            sittings += 1
        run.later(weeks=1)
    return run.entries


WHOLE: dict[str, list[dict[str, Any]]] = {}


@pytest.fixture(params=first_quick(["every week", "weeks missed"]))
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


def test_the_wordings_of_a_question_take_turns(year):
    worded = defaultdict(list)
    for entry in year:
        for answer in entry["answer"]:
            worded[answer["key"]].append(answer["question"])
    said = {key: worded[key] for key in WORDINGS if key in worded}
    assert said == {
        key: [WORDINGS[key][at % len(WORDINGS[key])] for at in range(len(words))]
        for key, words in said.items()
    }


def test_a_theme_and_a_line_of_one_week_never_have_the_same_idea(year):
    for entry in year:
        (theme,) = (key for key in asked(entry) if key in THEMES)
        (line,) = (key for key in asked(entry) if key in LINES)
        assert IDEA[theme] != IDEA[line]


def test_a_year_asks_about_every_idea_of_the_essay(run: Run):
    if "every week" not in WHOLE:
        WHOLE["every week"] = a_year(run, set())
    counts = {
        idea: sum(bool(keys & set(asked(entry))) for entry in WHOLE["every week"])
        for idea, keys in ESSAY.items()
    }
    assert len(counts) == 16
    assert {idea: count for idea, count in counts.items() if count < LEAST} == {}


def test_what_you_did_about_it_is_asked_in_the_weeks_that_show_a_sign_and_in_no_other(year):
    seen = [sign for entry in year for each in entry["answer"] for sign in each.get("reply", [])]
    shown = [sign for sign in seen if sign != question("weekly", "signs").none]
    assert len(seen) > len(shown) > 2
    for entry in year:
        signs = [sign for each in entry["answer"] for sign in each.get("reply", [])]
        assert ("signs-act" in asked(entry)) is any(sign in shown for sign in signs)


def test_a_half_year_holds_four_answers_to_each_theme(year):
    entries = year[:26]
    counts = {theme: sum(theme in asked(entry) for entry in entries) for theme in THEMES}
    assert set(counts.values()) <= {4, 5}

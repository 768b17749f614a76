"""What is due so many days after the last time, and what the person has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from followme.insight.cadences import DAYS, due_sets, last_days, next_day, patience
from followme.promptfile.cadences import CADENCES

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Dated:
    set: str
    day: date
    week: str = ""
    is_sitting: bool = True


def test_every_cadence_goes_by_days_by_weeks_or_not_at_all():
    assert set(CADENCES) == {*DAYS, "weekly", "any"}


@pytest.mark.parametrize("cadence", DAYS)
def test_a_set_is_due_so_many_days_after_the_last_time_and_for_as_long_again(cadence: str):
    days = DAYS[cadence]
    due = {
        ago: due_sets({"one": cadence}, {"one": TODAY - timedelta(days=ago)}, "weekly", TODAY)
        for ago in (days - 1, days, 2 * days - 1, 2 * days)
    }
    assert [ago for ago, names in due.items() if names] == [ago for ago in due if days <= ago < 2 * days]
    # The usual set is due until it is done.
    for ago in due:
        last = {"one": TODAY - timedelta(days=ago)}
        assert due_sets({"one": cadence}, last, "one", TODAY) == (["one"] if ago >= days else [])


def test_a_set_that_was_never_used_is_due_only_where_it_is_the_usual_one():
    cadences = {"a": "yearly", "b": "fortnightly", "c": "weekly", "d": "any"}
    assert due_sets(cadences, {}, "weekly", TODAY) == []
    assert due_sets(cadences, {}, "b", TODAY) == ["b"]
    assert due_sets(cadences, {}, "c", TODAY) == due_sets(cadences, {}, "d", TODAY) == []
    assert next_day("any", TODAY, TODAY) is None


def test_the_usual_set_comes_first():
    last = dict.fromkeys("abc", TODAY - timedelta(days=14))
    assert due_sets(dict.fromkeys("abc", "fortnightly"), last, "b", TODAY) == ["b", "a", "c"]


def test_the_last_day_counts_in_whatever_order_entries_stand():
    days = [TODAY, TODAY - timedelta(days=9), date.min]
    entries = [Dated("one", days[1]), Dated("one", days[0]), Dated("one", days[2]), Dated("two", TODAY)]
    assert last_days(entries, {"one"}) == {"one": TODAY}


def test_who_reflects_seldom_comes_back_later():
    assert [patience(each) for each in ("weekly", "any", "daily", "fortnightly", "quarterly")] == [
        2,
        2,
        2,
        3,
        14,
    ]

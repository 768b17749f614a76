"""Options that were reworded: what was picked in the old words counts with the new ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from followme.insight.past_weeks import of_weeks
from followme.insight.rewording import in_todays_words, rewordings
from followme.model import Answer, Entry, PromptSet, Question, Section

FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
SIGNS = Question(
    key="signs", kind="several", ask="Which?", options=("left", "stayed"),
    formerly=(("somebody left", "left"), ("somebody is leaving", "left")),
)  # fmt: skip


def a_set(*questions: Question) -> PromptSet:
    return PromptSet(name="own", title="Own", sections=(Section(title="One", questions=questions),))


def picked(*replies: object, kind: str = "several", key: str = "signs") -> list[Entry]:
    return [
        Entry(
            id=f"x{at}", date=FRIDAY, week="2026-W47", set="own",
            answers=(Answer(key=key, kind=kind, question="Which?", reply=reply),),
        )
        for at, reply in enumerate(replies)
    ]  # fmt: skip


def test_counts_stay_whole():
    entries = picked(("somebody left", "stayed"), ("left",), ("somebody left", "somebody is leaving"), None)
    told = in_todays_words(entries, rewordings([a_set(SIGNS)]))
    (counts,) = of_weeks(told, (), ["2026-W47"], FRIDAY.date()).counts
    assert (counts.answered, counts.picks) == (3, (("left", 3), ("stayed", 1)))
    assert [each.answers[0].reply for each in told] == [("left", "stayed"), ("left",), ("left",), None]


@pytest.mark.parametrize(
    ("kind", "key", "reply"),
    [
        ("line", "signs", "somebody left"),
        ("several", "other", ("somebody left",)),
        ("choice", "signs", "stayed"),
    ],
)
def test_nothing_else_changes(kind: str, key: str, reply: object):
    entries = picked(reply, kind=kind, key=key)
    assert in_todays_words(entries, rewordings([a_set(SIGNS)])) == entries


def test_a_choice_has_its_new_words_too():
    told = in_todays_words(picked("somebody left", kind="choice"), rewordings([a_set(SIGNS)]))
    assert told[0].answers[0].reply == "left"


def test_of_two_sets_that_tell_the_same_option_the_first_counts():
    other = Question(
        key="signs", kind="several", ask="?", formerly=(("somebody left", "gone"), ("came", "stayed"))
    )
    told = rewordings([a_set(SIGNS), a_set(other)])
    assert told == {"signs": {"somebody left": "left", "somebody is leaving": "left", "came": "stayed"}}

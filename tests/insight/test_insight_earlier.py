"""Earlier answers to a question are found by its key, and a near repetition is noticed."""

from datetime import UTC, datetime

import pytest

from followme.insight.earlier import earlier, repeats
from followme.model import Answer, Entry

LAST_WEEK = "I moved her licence request past finance on Tuesday, and she stayed for the demo."


def entry(week, *answers):
    return Entry(id="", date=datetime(2026, 11, 20, tzinfo=UTC), week=week, set="weekly", answers=answers)


def answer(key, reply):
    return Answer(key=key, kind="text", question="?", reply=reply)


def test_the_same_key_is_the_same_question_and_a_skip_is_no_answer():
    first = entry("2026-W45", answer("moment", "one"), answer("care", "other"))
    second = entry("2026-W46", answer("moment", None))
    third = entry("2026-W47", answer("moment", "three"))
    found = earlier([first, second, third], "moment")
    assert [(each.entry.week, each.answer.reply) for each in found] == [
        ("2026-W45", "one"),
        ("2026-W47", "three"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        LAST_WEEK,
        LAST_WEEK.upper(),
        "I moved her licence request past finance on Monday, and she stayed for the demo.",
    ],
)
def test_nearly_the_same_words_are_noticed(text):
    assert repeats(text, ["Something else entirely happened in this week.", LAST_WEEK])


@pytest.mark.parametrize(
    "text",
    ["", "Ana.", "Ben brought the numbers early, and I thanked him before everybody.", "I moved her desk."],
)
def test_other_words_and_very_short_ones_are_not(text):
    assert not repeats(text, [LAST_WEEK, text if len(text.split()) < 5 else ""])

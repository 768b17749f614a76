"""Earlier answers to a question are found by its key, and a near repetition is noticed."""

from datetime import UTC, date, datetime

from followme.insight.earlier import course, earlier, repeats
from followme.model import Answer, Entry
from rows import each_row

TODAY = date(2026, 11, 20)
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


@each_row(
    "text",
    [
        LAST_WEEK,
        LAST_WEEK.upper(),
        "I moved her licence request past finance on Monday, and she stayed for the demo.",
    ],
)
def test_nearly_the_same_words_are_noticed(text):
    assert repeats(text, ["Something else entirely happened in this week.", LAST_WEEK])


@each_row(
    "text",
    ["", "Ana.", "Ben brought the numbers early, and I thanked him before everybody.", "I moved her desk."],
)
def test_other_words_and_very_short_ones_are_not(text):
    assert not repeats(text, [LAST_WEEK, text if len(text.split()) < 5 else ""])


def scale(reply, fact="", high=5):
    return Answer(key="care", kind="scale", question="?", reply=reply, low=0, high=high, fact=fact)


def past(*answers, year=2026):
    weeks = (f"{year}-W{number}" for number in range(41, 60))
    return earlier([entry(week, each) for week, each in zip(weeks, answers, strict=False)], "care")


@each_row(
    ("before", "now", "words"),
    [
        ([], scale(4), ""),
        ([scale(3)], scale(4), "Earlier: 3 (Oct 5). Now: 4."),
        ([scale(3), scale(4)], scale(4), "Earlier: 3 (Oct 5), 4 (Oct 12). Now: 4."),
        ([scale(each) for each in (1, 3, 2, 4)], scale(2), "Earlier: 3 (Oct 12), 2 (Oct 19), 4 (Oct 26). Now: 2."),
        ([scale(3, "A call.")], scale(0), "Earlier: 3 (Oct 5). Now: 0.\nIn the week of Oct 5, you wrote: A call."),
        ([scale(9, high=9)], scale(4), ""),
        ([scale(3), scale(None)], scale(4), "Earlier: 3 (Oct 5). Now: 4."),
        ([scale(3)], scale(None), ""),
    ],
)  # fmt: skip
def test_the_course_of_a_scale_is_told_in_words(before, now, words):
    assert course(past(*before), now, TODAY) == words


def test_weeks_of_another_year_are_named_with_it():
    assert course(past(scale(3), year=2025), scale(3), TODAY).startswith("Earlier: 3 (Oct 6, 2025).")

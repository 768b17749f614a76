"""The shipped sets as whole commands: what they count for, what a skip asks, and old answers beside new ones."""

from __future__ import annotations

from datetime import timedelta

import pytest

from asking.asking_samples import CTRL_C
from followme.dates import iso_week
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.model import Answer, Entry
from playing import play
from rows import each_row
from running import FRIDAY, Run
from sets import JUST_NOW, NOT_YET, SETS, question, skips

# --- What each counts for ---


@pytest.mark.parametrize(
    ("name", "is_done"),
    [(name, each.cadence == "weekly" or not each.about_event) for name, each in SETS.items()],
)
def test_a_week_is_done_by_a_set_about_it_and_by_no_event_and_no_day(name: str, is_done: bool, run: Run):
    assert run("due").code == 0
    assert run("reflect", name, *skips(name)).code == 0
    assert run("due").code == (3 if is_done else 0)


def test_these_are_about_an_event_or_a_day():
    events = {name for name, each in SETS.items() if each.about_event}
    assert events == {"after", "before", "daily", "deal", "one-on-one"}


def test_the_first_month_is_due_again_each_week(run: Run):
    assert run("reflect", "first-month", *skips("first-month")).code == 0
    run.later(weeks=1)
    assert run("due").code == 0


# --- Before a one-on-one, and after it ---

BEFORE = ["talk-purpose", "talk-unknown", "talk-begin"]
AFTER = ["talk-heard", "talk-listened"]


@each_row(
    ("first", "keys"),
    [
        (["--skip", "talk"], BEFORE),
        (["--answer", f"talk={NOT_YET}"], BEFORE),
        (["--answer", f"talk={JUST_NOW}"], [*AFTER, "promise"]),
    ],
)
def test_a_skipped_first_choice_asks_the_part_before_the_talk(first: list[str], keys: list[str], run: Run):
    asked = run("reflect", "one-on-one", *first, "--answer", "talk-with=Ben")
    assert asked.code == 2
    missing = [line.split(":")[0].strip() for line in asked.err.splitlines()[1:]]
    assert [key for key in missing if key.startswith(("talk", "promise"))] == keys
    said = [word for key in keys for word in ("--answer", f"{key}=Words.")]
    assert run("reflect", "one-on-one", *first, "--answer", "talk-with=Ben", *said).code == 0
    stored = run.entries[-1]
    others = [key for key in keys if key != "promise"]
    assert [each["key"] for each in stored["answer"]] == ["talk", "talk-with", *others]
    assert ("promise" in stored) == ("promise" in keys)


@pytest.mark.parametrize("plain", [False, True], ids=["rich", "plain"])
def test_so_it_does_in_a_terminal(plain: bool, run: Run, monkeypatch: pytest.MonkeyPatch):
    typed = ["", "", "Ben", "He decides.", "Why he asked", "What would you do?"]
    argv = ["reflect", "one-on-one", *(["--plain"] if plain else [])]
    keys = [] if plain else [*(each + "\r" for each in typed), CTRL_C]
    shown = " ".join(play(argv, keys, monkeypatch, lines=typed, now=run.now).text.split())
    at = [shown.index(question("one-on-one", key).ask) for key in ("talk", "talk-with", *BEFORE)]
    assert at == sorted(at)
    assert not any(question("one-on-one", key).ask in shown for key in (*AFTER, "promise"))


# --- A journal from before the sets were written afresh ---

OLD = (
    Answer(
        key="moment",
        kind="text",
        question="Which moment of this week comes back to you, and what did you have to do with it?",
        reply="Ana stayed for the demo.",
    ),
    Answer(
        key="care-days",
        kind="scale",
        question="On how many days did you remove something that kept one of your people from working?",
        reply=2,
        low=0,
        high=5,
        low_label="no day",
        high_label="every day",
        fact="Two calls.",
    ),
    Answer(
        key="help",
        kind="several",
        question="Which kinds of help did your people get from you this week?",
        reply=("technology that works", "tools or material"),
    ),
    Answer(
        key="signs",
        kind="several",
        question="Which of these did you see or hear of in your team this week?",
        reply=("bad news came early", "somebody left, or spoke of leaving"),
    ),
    Answer(
        key="since-then",
        kind="line",
        question="How have the weeks since your last entry been?",
        reply="Long.",
    ),
)


def old_weeks(run: Run, count: int) -> None:
    """A journal with that many weeks as followme wrote them before, the last one a week ago."""
    entries = [
        Entry(
            id=f"{FRIDAY - timedelta(weeks=ago):%Y%m%d}T150411-aaaa{'abcdefghjk'[ago]}",
            date=FRIDAY - timedelta(weeks=ago),
            week=iso_week((FRIDAY - timedelta(weeks=ago)).date()),
            set="weekly",
            answers=OLD,
        )
        for ago in range(count, 0, -1)
    ]
    run.with_journal("\n".join([PREAMBLE, *map(to_toml, entries)]))


def test_old_answers_stand_beside_new_ones_without_a_gap(run: Run, monkeypatch: pytest.MonkeyPatch):
    old_weeks(run, 5)
    signs = question("weekly", "signs").options
    given = {
        "moment": "Ben called himself.",
        "care-days": "4",
        "signs": signs[0],
        "signs-act": "I thanked him.",
    }
    answers = [word for key, words in given.items() for word in ("--answer", f"{key}={words}")]
    done = run("reflect", "weekly", *answers, *skips("weekly", *given))
    assert done.code == 0, done.err
    shown = play(["reflect", "quarter", "--plain"], [], monkeypatch, lines=[""] * 8, now=run.now).text
    page = " ".join(shown.split()).partition(question("quarter", "weeks-show").ask)[0]
    # One course of numbers over both wordings, and counts in today's words.
    assert "2 (Oct 12), 2 (Oct 19), 2 (Oct 26), 2 (Nov 2), 2 (Nov 9), 4 (Nov 16)" in page
    assert f"6 {signs[0]} 5 {signs[-1]}" in page
    assert "5 a system fixed" in page
    assert not any(old in page for old in ("bad news came early", "somebody", "technology that works"))
    assert "Week of Oct 12 Ana stayed for the demo." in page
    assert "Week of Nov 16 Ben called himself." in page
    # What is asked no more is still there to read.
    assert "Long." in run("show", "2026-W43").out


def test_last_time_shows_the_old_answer_with_its_wording(run: Run, monkeypatch: pytest.MonkeyPatch):
    old_weeks(run, 1)
    lines = [":last", "Ben called."]
    shown = play(["reflect", "weekly", "--plain"], [], monkeypatch, lines=lines, now=run.now).text
    words = " ".join(shown.split())
    assert (
        f'Last time, on Friday, November 13, 2026, to "{OLD[0].question}": Ana stayed for the demo.' in words
    )

"""`followme lookback`: one question over time, the list of questions, and what is said where there is nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from commands.test_cmd_search import entry, keep, said
from followme.journal.file import reading
from followme.model import Answer, Entry
from rows import each_row
from running import FRIDAY
from terminal import Terminal

SET = """
title = "Own"
[[section]]
title = "All"
[[section.question]]
key = "care-days"
kind = "scale"
ask = "On how many days did you clear something out of one of your people's way?"
low = 0
high = 5
low_label = "no days"
high_label = "every day"
[[section.question]]
key = "help"
kind = "several"
ask = "What did you help with?"
options = ["time", "money"]
formerly = { "hours" = "time" }
[[section.question]]
key = "quiet"
kind = "text"
ask = "What stayed quiet?"
[[section.question]]
key = "vow"
kind = "promise"
ask = "What will you do?"
"""

ASKED = "On how many days did you clear something out of one of your people's way?"
BEFORE = "On how many days did you take something off the table of one of your people?"


def care(reply: int | None, fact: str = "", question: str = ASKED, *, private: bool = False) -> Answer:
    ends = {"low": 0, "high": 5, "low_label": "no days", "high_label": "every day"}
    return Answer(
        key="care-days", kind="scale", question=question, reply=reply, fact=fact, private=private, **ends
    )


def helped(*replies: str) -> Answer:
    return Answer(key="help", kind="several", question="What did you help with?", reply=replies)


def marked(one: Entry, **marks: str) -> Entry:
    return Entry(**{name: getattr(one, name) for name in one.__slots__} | marks)


ENTRIES = (
    entry(55, care(1, "A desk.", BEFORE), helped("hours", "money")),
    entry(4, care(3, question=BEFORE), helped("time")),
    entry(3, care(None), said("Ana stayed.", "moment", "What happened?")),
    marked(entry(2, care(4, "License, forecast template, two calls.")), imported="jrnl"),
    marked(entry(1, care(5, "Someone else's.")), conflict="x"),
    entry(0, care(2, private=True), said("So it goes.", "moment", "What happened?"), set_name="own"),
)


@pytest.fixture
def kept(run):
    """A run with a set of its own, and six entries that aren't in order."""
    (run.prompts / "own.toml").write_text(SET, encoding="utf-8")
    keep(run, *ENTRIES[3:], *ENTRIES[:3])
    return run


def test_a_pipe_gets_one_line_an_answer_oldest_first(kept):
    done = kept("lookback", "care-days")
    assert (done.code, done.err) == (0, "")
    assert done.rows == [
        ["20251031T150411-fffff", "2025-W44", "2025-10-31", "care-days", BEFORE, "1 (A desk.)", *three(),
         "reworded", ""],
        ["20261023T150411-eeeee", "2026-W43", "2026-10-23", "care-days", BEFORE, "3", *three(), "reworded", ""],
        ["20261106T150411-ccccc", "2026-W45", "2026-11-06", "care-days", ASKED,
         "4 (License, forecast template, two calls.)", *three(imported="imported"), "", ""],
        ["20261113T150411-bbbbb", "2026-W46", "2026-11-13", "care-days", ASKED, "5 (Someone else's.)",
         *three(conflict="conflict"), "", ""],
        ["20261120T150411-aaaaa", "2026-W47", "2026-11-20", "care-days", ASKED, "2", *three(private="private"), "", ""],
    ]  # fmt: skip


def three(private: str = "", conflict: str = "", imported: str = "") -> tuple[str, str, str]:
    return private, conflict, imported


def test_options_that_were_reworded_are_in_todays_words(kept):
    assert [row[5] for row in kept("lookback", "help").rows] == ["time money", "time"]
    assert "hours" in kept.journal.read_text(encoding="utf-8")


def test_json_has_the_counts_and_each_answer_whole(kept):
    found = json.loads(kept("lookback", "care-days", "--json").out)
    assert (found["key"], found["answered"], found["skipped"]) == ("care-days", 4, 1)
    assert [(each["reply"], each["conflict"], each["imported"]) for each in found["answers"]][2:4] == [
        (4, None, "jrnl"),
        (5, "x", None),
    ]


def test_without_a_key_it_lists_the_questions_with_their_counts_and_what_stands_out_of_numbers(kept):
    assert kept("lookback").rows == [
        ["care-days", "4", "1", "2026-W47", ASKED, "scale", "1", "2", "4", "1"],
        ["moment", "2", "0", "2026-W47", "What happened?", "text", "", "", "", ""],
        ["help", "2", "0", "2026-W43", "What did you help with?", "several", "", "", "", ""],
    ]
    assert [row[:3] for row in kept("lookback", "--since", "2026-11-01").rows] == [
        ["care-days", "2", "0"],
        ["moment", "1", "0"],
    ]


@each_row(
    ("argv", "count"),
    [
        (["--since", "2026-11-06"], 3),
        (["--until", "2026-10"], 2),
        (["--set", "own"], 1),
        (["--week", "W47"], 1),
        (["--person", "Eve"], 0),
    ],
)
def test_filters_choose(kept, argv: list[str], count: int):
    done = kept("lookback", "care-days", *argv)
    assert (len(done.rows), done.code) == (count, 0 if count else 3)


def test_a_question_that_was_always_skipped_is_no_failure(run):
    keep(run, entry(0, care(None)))
    assert (run("lookback", "care-days").code, run("lookback", "care-days").out) == (0, "")


def test_answers_stay_where_a_question_asks_for_a_promise_today_and_its_skips_say_nothing(kept):
    skipped = Answer(key="vow", kind="promise", question="What will you do?")
    keep(kept, entry(1, skipped))
    assert (kept("lookback", "vow").code, kept("lookback").out) == (3, "")
    (kept.prompts / "own.toml").unlink()
    assert "followme promises --all" in kept("lookback", "vow").err
    (kept.prompts / "own.toml").write_text(SET, encoding="utf-8")
    keep(kept, entry(1, skipped), entry(2, said("I'd call.", "vow", "What will you do?")))
    assert [row[5] for row in kept("lookback", "vow").rows] == ["I'd call."]


def test_a_set_named_by_its_path_has_todays_wordings_too(kept):
    (kept.home / "mine.toml").write_text(SET.replace(ASKED, BEFORE), encoding="utf-8")
    (kept.prompts.parent / "config.toml").write_text(f"set = '{kept.home / 'mine.toml'}'\n", encoding="utf-8")
    assert [row[-1] for row in kept("lookback", "care-days").rows] == [""] * 5


@each_row(
    ("argv", "told"),
    [
        (
            ["care-dys"],
            "There's no question 'care-dys' in your journal. Did you mean 'care-days'? See all questions with:\n"
            "  followme lookback\n",
        ),
        (
            ["xyz"],
            "There's no question 'xyz' in your journal. See all questions with:\n  followme lookback\n",
        ),
        (
            ["quiet"],
            "You haven't been asked this question yet. See all questions with:\n  followme lookback\n",
        ),
        (
            ["vow"],
            "The answers to this question are promises. See them with:\n  followme promises --all\n",
        ),
        (
            ["help", "--week", "2026-W47"],
            "No answer fits these filters. See all with:\n  followme lookback help\n",
        ),
    ],
)
def test_where_nothing_is_found_it_says_how_to_go_on(kept, argv: list[str], told: str):
    for flags in ([], ["--json"]):
        done = kept("lookback", *argv, *flags)
        assert (done.code, done.out, done.err) == (3, "", told)


def test_without_entries_it_says_what_to_do(run):
    done = run("lookback", "moment")
    assert (done.code, done.out, done.err) == (
        3,
        "",
        "There are no entries yet. Start with:\n  followme reflect\n",
    )
    assert (run("lookback").code, run("lookback").out) == (0, "")


def test_blocks_without_the_question_are_not_parsed(kept, monkeypatch: pytest.MonkeyPatch):
    parsed, real = [], reading.parsing.parse_block
    monkeypatch.setattr(
        reading.parsing, "parse_block", lambda data, **how: parsed.append(data) or real(data, **how)
    )
    kept("lookback", "help")
    assert len(parsed) == 2


# --- In a terminal ----------------------------------------------------------------------------------------


def seen(run, columns: int, *argv: str) -> str:
    with Terminal(run.home, "lookback", *argv, columns=columns, rows=70, now=FRIDAY) as terminal:
        terminal.end()
    return terminal.text


@pytest.mark.parametrize("columns", [40, 80])
def test_how_it_looks(kept, golden: Callable[[str, str], None], columns: int):
    pages = [
        seen(kept, columns, *argv)
        for argv in (["care-days"], ["help"], [], ["--plain"], ["care-dys"], ["--since", "1d"])
    ]
    assert max(len(row) for page in pages for row in page.split("\n")) <= columns
    golden(f"lookback-{columns}.txt", f"\n{'=' * columns}\n".join(pages) + "\n")


def test_an_overview_in_ascii_shows_the_digits_themselves(run):
    keep(run, *(entry(ago, care(ago % 6)) for ago in range(8) if ago != 2))
    environ = {"PYTHONIOENCODING": "ascii"}
    with Terminal(run.home, "lookback", columns=60, rows=40, now=FRIDAY, environ=environ) as terminal:
        terminal.end()
    assert terminal.text.isascii()
    rows = [row.split() for row in terminal.text.splitlines() if row.startswith("2026")]
    assert rows == [["2026", "#####o##"], ["2026", "10543.10", "2.0"]]

"""`followme list`: in a pipe one line an entry, nothing cut; as JSON one object."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest

from playing import play
from rows import each_row

MANY = 30


@pytest.fixture
def kept(run):
    """A run with entries of thirty weeks, the last one of this week."""
    start = datetime.fromisoformat("2026-05-01T16:00:00+02:00")
    blocks = []
    for number in range(MANY):
        day = start.toordinal() + 7 * number
        date = datetime.fromordinal(day).date()
        blocks.append(
            f'\n[[entry]]\nid = "{date:%Y%m%d}T140000-{"abcdefghjk"[number % 10] * 5}"\n'
            f'date = {date}T16:00:00+02:00\nset = "{"weekly" if number % 2 else "own"}"\n'
            f'minutes = {number}\n[[entry.answer]]\nkey = "moment"\nreply = "{"word " * 100}\\n\\tnumber {number}"\n'
            '[[entry.answer]]\nkey = "more"\nskipped = true\n'
        )
    blocks[3] += '[[entry.promise]]\ntext = "Call"\nto = "Ben"\n'
    return run.with_journal("format = 1\n\n" + "".join(blocks))


def test_it_begins_with_nothing_and_that_is_no_fault(run):
    assert run("list") == run("list", "--set", "own")
    assert (run("list").code, run("list").out, run("list").err) == (0, "", "")
    assert json.loads(run("list", "--json").out) == {"schema": 1, "entries": []}
    assert not run.journal.exists()


def test_a_pipe_gets_all_entries_newest_first_without_header_and_uncut(run, kept):
    rows = run("list").rows
    assert len(rows) == MANY
    assert {len(row) for row in rows} == {12}
    words = "word " * 100 + "  number "
    assert rows[0] == [
        "20261120T140000-kkkkk",
        "2026-W47",
        "2026-11-20",
        "weekly",
        "29",
        "1",
        "1",
        "0",
        words + "29",
        "",
        "",
        "",
    ]
    assert [row[2] for row in rows] == sorted((row[2] for row in rows), reverse=True)
    assert run("list").err == ""


def test_n_chooses_how_many(run, kept):
    rows = run("list").rows
    assert run("list", "-n", "3").rows == rows[:3]
    assert run("list", "-n", "300").rows == rows
    assert len(json.loads(run("list", "-n", "2", "--json").out)["entries"]) == 2


def test_json_holds_what_the_lines_hold(run, kept):
    found = json.loads(run("list", "--json").out)
    assert found["schema"] == 1
    assert list(found["entries"][0]) == [
        "id", "week", "date", "set", "minutes", "answered", "skipped", "promises", "first_words", "private",
        "conflict", "imported",
    ]  # fmt: skip
    cells = [[str(entry[key]) for key in ("id", "week", "set", "minutes")] for entry in found["entries"]]
    assert cells == [[row[0], row[1], row[3], row[4]] for row in run("list").rows]


@each_row(
    ("argv", "count"),
    [
        (["--since", "2026-11-13"], 2),
        (["--since", "2026-Q4"], 8),
        (["--since", "2w"], 3),
        (["--until", "2026-05"], 5),
        (["--since", "2026-06", "--until", "2026-06"], 4),
        (["--week", "2026-W47"], 1),
        (["--week", "last-week"], 1),
        (["--set", "own"], 15),
        (["--set", "nothing"], 0),
        (["--person", "ben"], 1),
        (["--person", "Ana"], 0),
        (["--set", "weekly", "--since", "2026-11-13"], 1),
    ],
)
def test_filters_choose(run, kept, argv, count):
    done = run("list", *argv)
    assert (done.code, done.err) == (0, "")
    assert len(done.rows) == count


ENDED = """
[[entry]]
id = "20261120T150000-ooooo"
date = 2026-11-20T17:00:00+01:00
set = "outcome"
outcome = [{ promise = "20260522T140000-ddddd/p1", result = "kept" }]

[[entry]]
id = "20261120T160000-ppppp"
date = 2026-11-20T18:00:00+01:00
set = "one-on-one"
[[entry.answer]]
key = "talk"
kind = "choice"
reply = "it has just been"
[[entry.answer]]
key = "talk-with"
kind = "line"
reply = "Ana"
[[entry.answer]]
key = "talk-heard"
kind = "text"
reply = "She is tired."
"""


def test_endings_are_listed_only_where_they_are_asked_for_and_a_talk_by_its_person(run, kept):
    rows = run("list").rows
    run.journal.write_text(run.journal.read_text(encoding="utf-8") + ENDED, encoding="utf-8")
    assert run("list").rows[1:] == rows
    assert run("list", "-n", "1").rows[0][8] == "Ana: She is tired."
    assert [row[3] for row in run("list", "--set", "outcome").rows] == ["outcome"]
    assert [row[3] for row in run("list", "--since", "2026-11-20").rows] == ["one-on-one", "weekly"]
    assert len(json.loads(run("list", "--json").out)["entries"]) == MANY + 1
    assert len(json.loads(run("list", "--json", "--set", "outcome").out)["entries"]) == 1
    assert run("show", "ooooo").rows[0][1] == "outcome"


@each_row("option", ["--since", "--until", "--week"])
@each_row(
    ("words", "said"),
    [
        ("03/11/2026", "03/11/2026 could mean two dates, November 3 or March 11: write 2026-11-03"),
        ("20.11.2026", "20.11.2026 isn't how followme writes dates: write 2026-11-20."),
        ("next friday", "'next friday' isn't a date followme knows: write 2026-11-20, nov 20, 2026-W47"),
        ("2026-02-30", "2026-02-30 doesn't exist: February 2026 has 28 days."),
        ("", "'' isn't a date followme knows"),
    ],
)
def test_a_date_that_cannot_be_read_is_refused_with_a_hint(run, kept, option, words, said):
    done = run("list", option, words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)


def test_a_damaged_block_costs_only_itself(run, kept):
    damaged = run.journal.read_text(encoding="utf-8").replace('set = "own"', "set = own", 1)
    run.journal.write_text(damaged, encoding="utf-8")
    done = run("list")
    assert done.code == 0
    assert len(done.rows) == MANY - 1
    assert "It was left alone; all other entries are here." in done.err


def test_a_journal_that_is_a_folder_is_said(run):
    done = run("--journal", ".", "list")
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1


def test_very_much_damage_is_told_with_a_count(run):
    """A journal of a million broken headers would tell the same a million times."""
    run.with_journal("[[entry]]\n" * 25)
    said = run("list").err
    assert said.count('It has no "date".') == 20
    assert said.endswith(
        "5 more parts of the journal couldn't be read. To see them all:\n  followme doctor\n"
    )


def test_a_screen_counts_answers_as_a_pipe_and_json_do(run, kept, monkeypatch):
    """Promises have a column of their own."""
    shown = play(["list", "-n", str(MANY), "--plain"], (), monkeypatch, lines=(), now=run.now).text
    assert shown.count("1 of 2") == MANY
    assert {(row[5], row[6]) for row in run("list").rows} == {("1", "1")}


def test_an_entry_without_a_question_has_no_answers_to_count(kept, monkeypatch):
    ended = '\n[[entry]]\nid = "20261121T140000-zzzzz"\ndate = 2026-11-21T16:00:00+02:00\nset = "weekly"\n'
    outcome = '[[entry.outcome]]\npromise = "20260522T140000-dddddd/p1"\nresult = "kept"\n'
    kept.journal.write_text(kept.journal.read_text(encoding="utf-8") + ended + outcome, encoding="utf-8")
    shown = play(["list", "-n", "1", "--plain"], (), monkeypatch, lines=(), now=kept.now).text
    assert re.fullmatch("Nov 16 .* weekly", shown.splitlines()[1])


def test_a_screen_marks_first_words_that_are_private(run, monkeypatch):
    reply = '[[entry.answer]]\nkey = "moment"\nkind = "text"\nreply = "Between us."\nprivate = true\n'
    run.with_journal(
        'format = 1\n\n[[entry]]\nid = "20261120T150411-k7q2m"\ndate = 2026-11-20T16:04:11+01:00\n'
        f'set = "weekly"\n{reply}'
    )
    shown = play(["list", "--plain"], (), monkeypatch, lines=(), now=run.now).text
    assert "private: Between us." in shown
    assert run("list").rows[0][8:10] == ["Between us.", ""]


def test_the_way_to_older_entries_keeps_what_was_asked_for(kept, monkeypatch):
    shown = play(["list", "--set", "own", "-n", "3"], (), monkeypatch, lines=(), now=kept.now).text
    assert "followme list -n 100 --set own" in shown

"""`followme note --on`: a later word on an earlier answer, and every page that shows it there."""

from __future__ import annotations

import json

import pytest

from pieces import SPIRIT, entry, moment
from rows import each_row
from running import Run
from terminal import Terminal

FIRST, SECOND = "20261113T150210-x4d9w", "20261119T150411-k7q2m"
JOURNAL = f"""\
format = 1

{entry(FIRST)}

{moment("Ana left the demo early.")}

{SPIRIT}

{entry(SECOND)}

{moment("Ana stayed.")}
private = true
"""
WORD = "I had it wrong: her train left at four."


@pytest.fixture
def kept(run: Run) -> Run:
    """A run with two entries."""
    return run.with_journal(JOURNAL)


@pytest.fixture
def noted(kept: Run) -> Run:
    """The same, with a later word on the first answer."""
    done = kept("note", "--on", "x4d9w", "--question", "moment", WORD)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Noted. To see it where it belongs:\n  followme show {FIRST}\n"
    return kept


def test_the_entry_stays_as_it_was_and_the_note_says_what_it_is_about(noted: Run) -> None:
    assert noted.journal.read_text(encoding="utf-8").startswith(JOURNAL)
    assert (noted.entries[-1]["set"], noted.entries[-1]["about"]) == ("note", f"{FIRST}/moment")


def test_every_page_shows_it_below_its_answer_with_its_date(noted: Run) -> None:
    page = noted("show", "W46", "--text").out
    assert page.index("Ana left the demo early.") < page.index("Later, Fri, Nov 20") < page.index(WORD)
    assert page.index(WORD) < page.index("Proud?")
    assert noted("show", "last~1", "--text").out == page
    rows = noted("show", "W46").rows
    assert rows[1] == [FIRST, "later", "moment", "2026-11-20", WORD, ""]
    (entry,) = json.loads(noted("show", "W46", "--json").out)["entries"]
    (later,) = entry["answers"][0]["later"]
    assert (later["date"][:10], later["text"], later["private"]) == ("2026-11-20", WORD, False)
    assert (entry["later"], entry["about"]) == ([], None)
    assert noted("lookback", "moment").rows[0][-1] == f"2026-11-20: {WORD}"
    (first, _) = json.loads(noted("lookback", "moment", "--json").out)["answers"]
    assert [each["text"] for each in first["later"]] == [WORD]


def test_filters_of_looking_back_are_about_the_answers(noted: Run) -> None:
    (row,) = noted("lookback", "moment", "--until", "2026-11-14", "--set", "weekly").rows
    assert row[-1].endswith(WORD)


def test_an_export_has_it_once_below_its_answer(noted: Run) -> None:
    page = noted("export").out
    assert page.count(WORD) == 1
    assert "Ana left the demo early.\n\nLater, Friday, November 20, 2026: I had it wrong" in page
    alone = noted("export", "--set", "note").out
    assert "## 2026-W47 · note" in alone
    assert alone.count(WORD) == 1


def test_the_note_itself_says_what_it_is_about(noted: Run) -> None:
    assert "a later word on x4d9w/moment" in noted("show", "last", "--set", "note", "--text").out


def test_the_next_reflection_does_not_show_it_as_a_note_of_the_week(noted: Run) -> None:
    noted("note", "Ben called.")
    assert "1 note for your next reflection." in noted().out
    with Terminal(noted.home, "reflect", "three-minutes", now=noted.now) as terminal:
        terminal.see("Ben called.")
    assert WORD not in terminal.text


def test_a_word_on_the_whole_entry_stands_at_its_end(kept: Run) -> None:
    kept("note", "--on", "W46", "All of it reads harsh now.")
    kept("note", "--on", "last", "--question", "moment", "And again.")
    page = kept("show", "W46", "--text").out
    assert page.rstrip().endswith("All of it reads harsh now.")
    assert "All of it reads harsh now." in kept("export").out.partition("Skipped: Proud?")[2]
    (entry,) = json.loads(kept("show", "W46", "--json").out)["entries"]
    assert [each["text"] for each in entry["later"]] == ["All of it reads harsh now."]


def test_a_word_on_an_answer_that_is_gone_stands_at_the_end_of_its_entry(noted: Run) -> None:
    text = noted.journal.read_text(encoding="utf-8")
    noted.journal.write_text(text.replace('key = "moment"', 'key = "gone"', 1), encoding="utf-8")
    assert WORD in noted("show", "W46", "--text").out
    assert WORD in noted("export").out


def test_a_word_on_a_skipped_question_stands_below_it(kept: Run) -> None:
    kept("note", "--on", "W46", "--question", "spirit", "Yes, by now.")
    assert kept("show", "W46").rows[-1][1:3] == ["later", "spirit"]
    assert "### Proud?\n\nLater, Friday, November 20, 2026: Yes, by now." in kept("export").out


def test_a_word_on_something_private_is_private(kept: Run) -> None:
    done = kept("note", "--on", "W47", "--question", "moment", WORD)
    assert "This note is private too, like what it's on." in done.err
    assert kept.entries[-1]["private"] is True
    assert WORD not in kept("export").out
    assert "Later, Friday, November 20, 2026 (private): I had" in kept("export", "--private").out


def test_it_leaves_with_no_export_once_its_answer_is_marked_private(noted: Run) -> None:
    word = noted.entries[-1]["id"]
    noted("note", "--on", word, "And one word on that word.")
    text = noted.journal.read_text(encoding="utf-8")
    noted.journal.write_text(text.replace('early."', 'early."\nprivate = true', 1), encoding="utf-8")
    done = noted("export")
    assert WORD not in done.out
    assert "on that word" not in done.out
    assert "2 entries marked private were left out" in done.err
    noted.journal.write_text(text.replace('early."', "early.", 1), encoding="utf-8")
    done = noted("export")
    assert WORD not in done.out
    assert "2 later words may be private and were left out" in done.err


@each_row(
    ("argv", "code", "told"),
    [
        (["--on", "W40", "x"], 1, "There's no entry for 'W40', so nothing was changed."),
        (["--on", "202611", "x"], 1, f"Give one of the ids:\n  {FIRST}  Fri, Nov 13  weekly\n  {SECOND}  Thu, Nov 19"),
        (["--on", "last", "--question", "pride", "x"], 2, "That entry has no question 'pride', so nothing was saved. "
         "Its questions: moment."),
        (["--question", "moment", "x"], 2, "--question needs the entry too. Add --on ENTRY."),
    ],
)  # fmt: skip
def test_what_it_cannot_be_on_is_told_and_nothing_is_stored(kept: Run, argv, code: int, told: str) -> None:
    done = kept("note", *argv)
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert kept.journal.read_text(encoding="utf-8") == JOURNAL

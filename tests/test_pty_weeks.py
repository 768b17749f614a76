"""Weeks in a real terminal: the question on a Monday, the way back after missed weeks, and the notes at the start."""

from __future__ import annotations

from datetime import datetime

import pytest

from rows import first_quick
from sets import SETS, one_question
from terminal import CTRL_C, ENTER, Terminal

ANSWERS = 'care-days = 4\nunseen = "nobody"\npromise = [{text = "Ask legal", to = "Ben", told = false}]\n'
WIDTHS = pytest.mark.parametrize("columns", first_quick([40, 80]))

BOTH = pytest.mark.parametrize("flags", [[], ["--plain"]], ids=["rich", "plain"])

SHORT = one_question("line", "What happened?")


@pytest.fixture(autouse=True)
def short(run):
    (run.prompts / "short.toml").write_text(SHORT, encoding="utf-8")


def sat(run, day):
    """A sitting on that day, long ago."""
    run.now = datetime.fromisoformat(f"{day}T16:00:00+01:00")
    done = run("reflect", "short", "--answer", "moment=Ana stayed.")
    assert done.code == 0, done.err


def now(moment):
    return datetime.fromisoformat(f"{moment}+01:00")


def fits(screen: Terminal, columns: int) -> None:
    """No row is longer than the screen is wide, and no word was cut at its end."""
    assert all(len(row) <= columns for row in screen.text.split("\n"))


@WIDTHS
@BOTH
def test_on_monday_enter_takes_last_week(run, columns, flags):
    sat(run, "2026-11-13")
    with Terminal(
        run.home, *flags, "reflect", "short", columns=columns, now=now("2026-11-23T07:30:00")
    ) as screen:
        screen.see("Last week has no reflection yet. Which week is this for?")
        screen.see("Nov 16–22")
        screen.see("Nov 23–29")
        fits(screen, columns)
        screen.keys(ENTER)
        screen.see("Week of Nov 16 2026-W47")
        screen.answer("What happened?", "Ben called." + ENTER)
        screen.answer("What now?", ENTER)
        screen.answer("Press Enter to close.", ENTER)
        assert screen.end() == 0
    assert run.entries[-1]["week"] == "2026-W47"


@BOTH
def test_on_tuesday_this_week_can_be_meant(run, flags):
    sat(run, "2026-11-13")
    with Terminal(run.home, *flags, "reflect", "short", now=now("2026-11-24T07:30:00")) as screen:
        screen.answer("Which week is this for?", "2" + ENTER)
        screen.answer("What happened?", "Ben called." + ENTER)
        screen.answer("What now?", ENTER)
        screen.answer("Press Enter to close.", ENTER)
        assert screen.end() == 0
    assert run.entries[-1]["week"] == "2026-W48"


def test_no_week_is_asked_about_where_last_week_has_its_sitting(run):
    sat(run, "2026-11-20")
    monday = now("2026-11-23T07:30:00")
    with Terminal(run.home, "reflect", "short", now=monday) as screen:
        screen.see("What happened?")
        assert "Which week" not in screen.words


def test_no_week_is_asked_about_where_one_is_named(run):
    sat(run, "2026-11-13")
    monday = now("2026-11-23T07:30:00")
    with Terminal(run.home, "reflect", "short", "--week", "2026-W45", now=monday) as screen:
        screen.see("What happened?")
        assert "Week of Nov 2 2026-W45" in screen.words


@WIDTHS
@BOTH
def test_after_two_missed_weeks_the_way_back_is_offered_first(run, columns, flags):
    sat(run, "2026-10-30")
    with Terminal(run.home, *flags, "reflect", columns=columns, now=now("2026-11-20T16:00:00")) as screen:
        screen.see("Welcome back. How much time do you have?")
        screen.see("three minutes, to ease back in")
        fits(screen, columns)
        screen.keys(ENTER)
        screen.see("One line is enough.")
        assert screen.words.count(SETS["return"].about) == 1
        assert "Week of Nov 16 2026-W47" in screen.words
        fits(screen, columns)
        screen.keys(CTRL_C)
        assert screen.end() == 130


def test_the_usual_sitting_can_be_had_after_missed_weeks(run):
    sat(run, "2026-10-30")
    with Terminal(run.home, "reflect", now=now("2026-11-20T16:00:00")) as screen:
        screen.answer("How much time do you have?", "2" + ENTER)
        screen.see("Weekly")
        screen.see("1 of")


def test_no_way_back_is_offered_after_one_week(run):
    sat(run, "2026-11-06")
    with Terminal(run.home, "reflect", now=now("2026-11-20T16:00:00")) as screen:
        screen.see("1 of")
        assert "Welcome back" not in screen.words


def test_no_way_back_is_offered_after_a_break(run):
    sat(run, "2026-11-06")
    (run.prompts.parent / "config.toml").write_text(
        'breaks = ["2026-11-09 to 2026-11-27"]\n', encoding="utf-8"
    )
    with Terminal(run.home, "reflect", now=now("2026-12-04T16:00:00")) as screen:
        screen.see("1 of")
        assert "Welcome back" not in screen.words


@WIDTHS
@BOTH
def test_what_was_noted_stands_before_the_first_question(run, columns, flags):
    sat(run, "2026-11-13")
    run.now = now("2026-11-18T11:20:00")
    run("note", "Ben took the call with the client himself, and nobody had asked him to")
    run.later(days=1)
    run("note", "two\nlines, and a \x1b[31msign\x07 of the terminal")
    with Terminal(
        run.home, *flags, "reflect", "short", columns=columns, now=now("2026-11-20T16:00:00")
    ) as screen:
        screen.see("What happened?")
        assert "Your notes since last time" in screen.words
        assert "Wed, Nov 18" in screen.words
        assert "Thu, Nov 19" in screen.words
        assert screen.words.index("Your notes") < screen.words.index("What happened?")
        assert b"\x1b[31msign" not in screen.wire
        fits(screen, columns)
        screen.keys("Ben called." + ENTER)
        screen.answer("What now?", ENTER)
        screen.answer("Press Enter to close.", ENTER)
        assert screen.end() == 0
    # They were shown; the next sitting begins with none.
    with Terminal(run.home, "reflect", "short", now=now("2026-11-20T17:00:00")) as screen:
        screen.see("What happened?")
        assert "Your notes" not in screen.words

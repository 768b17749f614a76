"""The week of an unfinished reflection: what Enter does with an earlier one, what home says, a second window."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from asking.asking_samples import CTRL_C, DELETE, ENTER
from followme.journal import drafts
from followme.journal.draftfile import Draft, Pending
from playing import Played, play
from running import Run
from sets import PROMISE, one_question
from terminal import Terminal

SET = one_question("line", "What happened?") + PROMISE
ANSWERS = 'moment = "All quiet."\npromise = [{text = "Call Ben"}]\n'

Sit = Callable[..., Played]


@pytest.fixture(autouse=True)
def mine(run: Run) -> None:
    (run.prompts / "mine.toml").write_text(SET, encoding="utf-8")
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "followme" / "config.toml"
    settings.write_text('set = "mine"\n', encoding="utf-8")


@pytest.fixture
def sit(run: Run, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """A sitting in a terminal on the day of the run; when the keys are used up, Ctrl+C comes."""
    return lambda *keys, argv=("reflect",), lines=(): play(argv, keys, monkeypatch, lines=lines, now=run.now)


def words(done: Played) -> str:
    return " ".join(done.text.split())


def batch(run: Run, *argv: str) -> None:
    done = run("reflect", "--answers", "-", *argv, stdin=ANSWERS)
    assert done.code == 0, done.err


def paused(run: Run, sit: Sit) -> None:
    """Last week has its reflection, with a promise; this week's is left on Friday in the middle of a word."""
    run.later(weeks=-1)
    batch(run)
    run.later(weeks=1)
    assert sit(ENTER, "half" + CTRL_C).code == 130
    assert weeks_of_drafts(run) == ["2026-W47"]


def weeks_of_drafts(run: Run) -> list[str]:
    return [drafts.load(path).week for path in run.drafts]


def weeks(run: Run) -> list[str]:
    return [entry["week"] for entry in run.entries]


# --- Nothing typed ---


def test_home_leads_with_an_unfinished_first_reflection(run: Run, sit: Sit):
    first = "There's no journal yet."
    assert first in run().out
    assert sit(ENTER, "Half." + CTRL_C).code == 130
    home = run().out
    assert first not in home
    assert home.split("\n\n")[1] == "1 reflection is unfinished, for this week."


@pytest.mark.parametrize(
    "keys", [[], [ENTER], ["half" + 4 * DELETE + CTRL_C]], ids=["nothing", "a skip", "taken back"]
)
def test_a_reflection_in_which_nothing_is_typed_leaves_nothing_behind(run: Run, sit: Sit, keys: list[str]):
    run("note", "Before all this.")
    done = sit(*keys)
    assert done.code == 130
    assert done.text.endswith(
        "\nYou didn't answer anything, so nothing is kept. Start whenever you like:\n  followme reflect\n"
    )
    assert list(run.paths.drafts.iterdir()) == []
    assert "unfinished" not in run().out


@pytest.mark.parametrize(
    "named",
    [["mine"], ["other"], ["./own.toml"], ["other", "--week", "2026-W46"]],
    ids=["usual", "other", "path", "week"],
)
def test_the_set_and_the_week_left_are_named_to_start_again(run: Run, sit: Sit, named: list[str]):
    (run.prompts / "other.toml").write_text(SET, encoding="utf-8")
    Path("own.toml").write_text(SET, encoding="utf-8")
    again = " ".join(["followme", "reflect", *named]).removesuffix(" mine")
    # Without a journal, the first screen waits for Enter.
    done = sit(argv=("reflect", *named))
    assert done.text.endswith(f"Nothing was saved. Start whenever you like:\n  {again}\n")
    run("note", "Before all this.")
    done = sit(argv=("reflect", *named))
    assert done.text.endswith(f"so nothing is kept. Start whenever you like:\n  {again}\n")
    # A draft that is gone on with is of its own set, whatever the call names.
    sit("half" + CTRL_C, argv=("reflect", *named))
    done = sit("1", 4 * DELETE + CTRL_C, argv=("reflect", *named))
    assert done.text.endswith(f"so nothing is kept. Start whenever you like:\n  {again}\n")


def test_a_draft_from_which_all_words_are_taken_back_goes_too(run: Run, sit: Sit):
    run("note", "Before all this.")
    assert sit("half" + CTRL_C).code == 130
    assert len(run.drafts) == 1
    assert "You didn't answer anything" in sit("1", 4 * DELETE + CTRL_C).text
    assert run.drafts == []


@pytest.mark.parametrize(("typed", "kept"), [("", 0), ("half", 1)])
def test_a_window_that_is_closed_leaves_a_draft_only_where_something_was_typed(
    run: Run, typed: str, kept: int
):
    batch(run)
    with Terminal(run.home, "reflect", now=run.now) as window:
        window.answer("What happened?", typed)
        window.see(typed or "What happened?")
        window.hang_up()
        window.process.wait(timeout=10)
    assert len(run.drafts) == kept


# --- An earlier week ---


def test_a_week_later_enter_begins_this_week_with_its_promises_and_the_draft_stays_offered(
    run: Run, sit: Sit
):
    paused(run, sit)
    run.later(weeks=1)
    assert "1 reflection is unfinished, for the week of Nov 16.\n" in run().out
    done = sit(ENTER, "1", "Quiet." + ENTER, ENTER, ENTER, argv=())
    assert "Begin the reflection for this week now?" in done.text
    assert "Your reflection for the week of Nov 16 is kept, unfinished." in words(done)
    assert "There's an unfinished reflection" not in words(done)
    assert done.code == 0, done.text
    assert weeks(run) == ["2026-W46", "2026-W48"]
    assert [each["result"] for each in run.entries[-1]["outcome"]] == ["kept"]
    assert weeks_of_drafts(run) == ["2026-W47"]
    assert "1 reflection is unfinished, for the week of Nov 16.\n" in run().out


def test_where_this_week_has_its_reflection_enter_goes_on_with_the_earlier_one(run: Run, sit: Sit):
    paused(run, sit)
    run.later(weeks=1)
    batch(run)
    done = sit(ENTER, "a day" + ENTER, ENTER, ENTER, argv=())
    assert "Go on with the reflection for the week of Nov 16 now?" in done.text
    assert "There's an unfinished reflection" not in words(done)
    assert "half" in done.text
    assert weeks(run) == ["2026-W46", "2026-W48", "2026-W47"]
    assert run.drafts == []


@pytest.mark.parametrize(
    ("days", "goes_on"), [(0, True), (2, True), (3, True), (4, True), (5, False), (7, False)]
)
def test_until_tuesday_last_week_is_the_one_that_lacks_its_reflection(
    run: Run, sit: Sit, days: int, goes_on: bool
):
    """Whoever paused on Friday goes on on Monday: a new one would be for the same week."""
    paused(run, sit)
    run.later(days=days)
    assert ("Press Enter to go on." in sit(argv=("reflect", "mine")).text) is goes_on
    assert ("Go on with the reflection for" in sit("n", argv=()).text) is goes_on


def test_on_monday_home_begins_last_week_at_once_and_after_missed_weeks_the_three_minutes(run: Run, sit: Sit):
    """What Enter would choose is named, and no other question comes before the first one."""
    batch(run)
    run.later(days=10)
    done = sit(ENTER, CTRL_C, argv=())
    assert "Begin the reflection for the week of Nov 23 now?" in done.text
    assert "What you promised" in done.text
    assert "Which week" not in done.text
    run.later(weeks=3)
    done = sit("y", CTRL_C, argv=())
    assert "Welcome back. Begin with three minutes now?" in done.text
    assert "After a few missed weeks" in words(done)
    assert "How much time do you have?" not in done.text


def test_who_names_a_week_means_that_one(run: Run, sit: Sit):
    paused(run, sit)
    run.later(minutes=1)
    done = sit(ENTER, argv=("reflect", "--week", "2026-W45"))
    assert "Press Enter to begin the reflection for the week of Nov 2." in done.text
    assert "Week of Nov 2  2026-W45" in done.text
    assert "Press Enter to go on." in sit(argv=("reflect", "--week", "2026-W47")).text


def test_of_several_drafts_enter_passes_those_of_earlier_weeks(run: Run, sit: Sit):
    paused(run, sit)
    run.later(weeks=1)
    assert sit(ENTER, ENTER, "newer" + CTRL_C).code == 130
    assert weeks_of_drafts(run) == ["2026-W47", "2026-W48"]
    assert "2 reflections are unfinished, for the week of Nov 16 and this week.\n" in run().out
    done = sit(ENTER, ENTER, CTRL_C)
    assert (
        done.text.count("Press Enter to begin the reflection for this week."),
        done.text.count("Press Enter to go on."),
    ) == (
        1,
        1,
    )
    assert "newer" in drafts.load(run.drafts[1]).typed["moment"]["reply"]


def test_the_year_of_a_draft_is_named_where_it_is_another_one(run: Run, sit: Sit):
    paused(run, sit)
    run.later(weeks=9)
    assert "1 reflection is unfinished, for the week of Nov 16, 2026.\n" in run().out


# --- A second window ---


def test_a_second_window_of_the_same_week_is_told_of_the_first(run: Run, sit: Sit):
    batch(run, "--week", "2026-W46")
    other = "Another window has a reflection for this week open: mine, begun Fri, Nov 20 at 16:04."
    with Terminal(run.home, "reflect", now=run.now) as window:
        window.see("What happened?")
        assert "Another window" not in window.words
        assert other in words(sit())
        assert other in words(sit(argv=("reflect", "three-minutes")))
        assert other in " ".join(run("reflect", "--answers", "-", stdin=ANSWERS).err.split())
        for argv in (
            ("reflect", "--week", "2026-W45"),
            ("reflect", "after"),
            ("--journal", "other.toml", "reflect"),
        ):
            assert "Another window" not in sit(argv=argv).text
        window.keys("Ana stayed." + ENTER)
        window.answer("What do you promise?", ENTER)
        window.answer("What now?", ENTER)
        window.see("Saved.")
        window.answer("Press Enter to close.", ENTER)
        assert window.end() == 0
    assert "Another window" not in sit().text
    assert weeks(run) == ["2026-W46", "2026-W47", "2026-W47"]


def test_so_it_is_of_one_that_could_not_be_saved(run: Run, sit: Sit):
    """The other window is asked what now; a note that is being added is no reflection."""
    batch(run, "--week", "2026-W46")
    text = run.journal.read_bytes()
    with Terminal(run.home, "reflect", now=run.now) as window:
        window.answer("What happened?", "Ana stayed." + ENTER)
        window.answer("What do you promise?", ENTER)
        window.see("What now?")
        run.journal.unlink()
        run.journal.mkdir()
        window.keys(ENTER)
        window.see("Press Enter to try again.")
        run.journal.rmdir()
        run.journal.write_bytes(text)
        assert "Another window has a reflection for this week open: mine" in words(sit())
        window.keys(ENTER)
        window.see("Saved.")
        window.answer("Press Enter to close.", ENTER)
        assert window.end() == 0
    assert weeks(run) == ["2026-W46", "2026-W47"]
    note = Draft(id="note", journal=run.paths.real, set="note", week="2026-W47", started=run.now)
    held = drafts.open_new(run.paths, note)
    assert "Another window" not in sit().text
    held.discard()


def test_home_goes_on_with_a_reflection_only_while_no_other_window_has_it(run: Run, sit: Sit):
    paused(run, sit)
    with Terminal(run.home, now=run.now) as window:
        window.see("Go on with the reflection for this week now?")
        with Terminal(run.home, "reflect", now=run.now) as other:
            other.answer("There's an unfinished reflection", ENTER)
            other.see("half")
            window.keys(ENTER)
            window.see("That reflection is open in another window, or was finished there. To begin another:")
            assert window.end() == 0
            other.keys(CTRL_C)
            assert other.end() == 130
    assert weeks_of_drafts(run) == ["2026-W47"]


# --- What could not be saved to the end ---


def unsaved(run: Run, size: int | None) -> None:
    """This week's reflection is finished, and in its draft only; so large was the journal before it."""
    batch(run)
    record = run.journal.read_text().partition("\n\n")[2]
    run.journal.unlink()
    run.paths.memory.unlink()
    (entry,) = tomllib.loads(record)["entry"]
    pending = Pending(record=record, size=size)
    finished = Draft(
        id=entry["id"],
        journal=run.paths.real,
        set=entry["set"],
        week=entry["week"],
        started=run.now,
        pending=pending,
    )
    drafts.open_new(run.paths, finished).close()


def test_home_brings_it_into_the_journal_before_it_says_what_is_due(run: Run, sit: Sit):
    unsaved(run, None)
    done = sit(argv=())
    assert "it is now." in words(done)
    assert " now?" not in words(done)
    assert weeks(run) == ["2026-W47"]


def test_home_offers_no_other_one_while_it_waits(run: Run, sit: Sit):
    """The journal has become shorter, so nothing is added without a yes."""
    unsaved(run, 5000)
    assert "may not be in the journal yet" in words(sit(argv=()))
    assert " now?" not in words(sit(argv=()))
    assert "it is now." in words(sit(argv=("--yes",)))
    assert weeks(run) == ["2026-W47"]


def test_reflect_brings_it_in_and_begins_no_other_one_by_itself(run: Run, sit: Sit):
    unsaved(run, None)
    done = sit(ENTER)
    assert done.code == 0
    assert "it is now. The reflection for this week is saved. Read it with: followme show last" in words(done)
    assert "What happened?" not in words(done)
    assert (weeks(run), run.drafts) == (["2026-W47"], [])


@pytest.mark.parametrize("argv", [(), ("mine",), ("--week", "2026-W46")], ids=["y", "set", "week"])
def test_who_wants_another_one_gets_it(run: Run, sit: Sit, argv: tuple[str, ...]):
    unsaved(run, None)
    keys = () if argv else ("y",)
    done = sit(*keys, "More." + ENTER, argv=("reflect", *argv))
    assert "it is now." in words(done)
    assert ("Begin another one?" in words(done)) == (not argv)
    assert "What happened?" in words(done)


def test_where_another_week_lacks_its_own_reflect_goes_straight_on(run: Run, sit: Sit):
    unsaved(run, None)
    run.later(days=6)
    done = sit()
    assert "it is now." in words(done)
    assert "Begin another one?" not in words(done)
    assert words(done).count(" · One: ") == 1

"""What stands before the first question of a sitting, and what is said once it is saved."""

from __future__ import annotations

import shlex
from datetime import datetime

import pytest

from asking.asking_samples import CTRL_C, ENTER
from playing import BOTH, play
from running import Run
from sets import one_question

SHORT = one_question("line", "What happened?")
MEANS = "In the questions, “this week” means the week of {}."
NOV_16, NOV_9, LAST_YEAR = (MEANS.format(day) for day in ("Nov 16", "Nov 9", "Dec 22, 2025"))
THIS_AGAIN = "This week already has a reflection; this one is kept beside it."
THAT_AGAIN = "That week already has a reflection; this one is kept beside it."
PRIVATE = "Private: not exported. Anyone who can open the file can still read it."
SENTENCES = {NOV_16, NOV_9, LAST_YEAR, THIS_AGAIN, THAT_AGAIN, PRIVATE}


@pytest.fixture(autouse=True)
def short(run: Run) -> None:
    (run.prompts / "short.toml").write_text(SHORT, encoding="utf-8")
    (run.prompts / "secret.toml").write_text(f"private = true\n{SHORT}", encoding="utf-8")


@pytest.fixture
def opening(run: Run, monkeypatch: pytest.MonkeyPatch):
    """The sentences of the opening; the sitting is discarded as it began."""

    def opened(*argv: str, plain: bool = False) -> set[str]:
        flags = ["--plain"] if plain else []
        shown = play([*flags, "reflect", *argv], [CTRL_C], monkeypatch, now=run.now)
        assert shown.code == 130, shown.text
        for path in run.drafts:
            path.unlink()
        words = " ".join(shown.text.partition("What happened?")[0].split())
        return {sentence for sentence in SENTENCES if sentence in words}

    return opened


def sat(run: Run, name: str = "short", *argv: str) -> None:
    done = run("reflect", name, "--answer", "moment=Ana stayed.", *argv)
    assert done.code == 0, done.err


@BOTH
def test_a_week_gone_by_is_the_one_that_is_meant(run: Run, opening, plain: bool):
    sat(run, "short", "--week", "2026-W44")
    assert opening("short", plain=plain) == set()
    assert opening("short", "--week", "2026-W47", plain=plain) == set()
    assert opening("short", "--week", "2026-W46", plain=plain) == {NOV_9}
    assert opening("short", "--week", "2025-W52", plain=plain) == {LAST_YEAR}


@BOTH
def test_a_week_that_has_its_reflection_gets_another_one_beside_it(run: Run, opening, plain: bool):
    sat(run)
    assert opening("short", plain=plain) == {THIS_AGAIN}
    assert opening("three-minutes", plain=plain) == {THIS_AGAIN}
    run.later(weeks=1)
    assert opening("short", plain=plain) == set()
    assert opening("short", "--week", "2026-W47", plain=plain) == {NOV_16, THAT_AGAIN}


def test_last_week_on_a_monday_is_meant_too(run: Run, monkeypatch: pytest.MonkeyPatch):
    sat(run, "short", "--week", "2026-W46")
    monday = datetime.fromisoformat("2026-11-23T08:00:00+01:00")
    shown = play(["reflect", "short"], [ENTER, CTRL_C], monkeypatch, now=monday).text
    assert "Week of Nov 16  2026-W47" in shown
    assert NOV_16 in " ".join(shown.split())
    assert "has a reflection already" not in shown


def test_a_note_or_an_ending_makes_no_reflection_of_a_week(run: Run, opening):
    sat(run, "short", "--week", "2026-W45")
    run("note", "Ana stayed.")
    assert opening("short") == set()


@BOTH
def test_a_private_set_says_what_that_means(run: Run, opening, plain: bool):
    sat(run, "short", "--week", "2026-W45")
    assert opening("secret", plain=plain) == {PRIVATE}
    assert opening("after", plain=plain) == {PRIVATE}
    assert opening("one-on-one", plain=plain) == {PRIVATE}
    assert opening("three-minutes", plain=plain) == set()


def test_a_sitting_that_goes_on_says_it_again(run: Run, monkeypatch: pytest.MonkeyPatch):
    sat(run, "short", "--week", "2026-W46")
    argv = ["reflect", "secret", "--week", "2026-W46"]
    assert play(argv, ["half" + CTRL_C], monkeypatch, now=run.now).code == 130
    shown = play(["reflect"], ["1", CTRL_C], monkeypatch, now=run.now).text
    found = {sentence for sentence in SENTENCES if sentence in " ".join(shown.split())}
    assert found == {NOV_9, THAT_AGAIN, PRIVATE}


# --- Afterwards ---


@BOTH
@pytest.mark.parametrize("journal", [[], ["--journal", "my journal.toml"]], ids=["usual", "named"])
def test_after_saving_it_says_where_it_is_and_how_to_read_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, plain: bool, journal: list[str]
):
    argv = [*journal, *(["--plain"] if plain else []), "reflect", "short"]
    typed = ["", "Ana stayed.", ""]
    done = play(argv, [each + ENTER for each in typed], monkeypatch, lines=typed, now=run.now)
    assert done.code == 0, done.text
    saved, words, read = done.text.rstrip("\n").split("\n")[-3:]
    assert (saved.strip(), words, read[:11]) == ("Saved.", "Read it with:", "  followme ")
    # What it names can be typed as it stands there.
    shown = run(*shlex.split(read)[1:])
    assert (shown.code, "Ana stayed." in shown.out) == (0, True)


def test_what_was_discarded_is_not_to_be_read(run: Run, monkeypatch: pytest.MonkeyPatch):
    done = play(["reflect", "short"], [ENTER, "x" + ENTER, "3", "y"], monkeypatch, now=run.now)
    assert "Discarded. Nothing from this reflection was kept." in done.text
    assert "Read it with" not in done.text

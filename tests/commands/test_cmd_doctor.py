"""`followme doctor`: says what is wrong and what to do, and mends only what it may, after a yes."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import pytest

from followme.cli import main
from followme.env import Env
from followme.insight.findings import Finding, Report
from followme.insight.wording import all_of, counted
from followme.screen import Screen
from followme.views import doctor as view
from sets import SETS, skips
from terminal import BACK, CTRL_C, Terminal

SITTING = ("reflect", "three-minutes", "--answer", "care-days=4", *skips("three-minutes", "care-days"))


@pytest.fixture
def kept(run):
    """A run with two entries in which all is well."""
    for _ in range(2):
        assert run(*SITTING).code == 0
        run.later(weeks=1)
    return run


def spoil(run) -> bytes:
    """Damage the first entry, add one without id, and give back what the journal now is."""
    text = run.journal.read_bytes().replace(b'kind = "scale"', b"kind = scale", 1)
    run.journal.write_bytes(text + b"\n[[entry]]\ndate = 2026-11-21T10:00:00+01:00\n")
    return run.journal.read_bytes()


def repaired(run, *more: str):
    return run("doctor", "--repair", "--yes", *more)


# --- Looking ----------------------------------------------------------------------------------------------


def test_all_is_well(run, kept):
    done = run("doctor")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Everything is in order: 2 entries and {len(SETS)} prompt sets.\n"


def test_before_the_first_entry_all_is_well(run):
    done = run("doctor")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Everything is in order: no entries and {len(SETS)} prompt sets.\n"
    assert not run.journal.exists()


def test_a_pipe_gets_one_line_a_finding(run, kept):
    spoil(run)
    done = run("doctor")
    assert done.code == 1
    assert {len(row) for row in done.rows} == {6}
    last = run.journal.read_bytes().count(b"\n")
    # The first entry ends before an empty line.
    end = run.journal.read_bytes().splitlines().index(b"[[entry]]", 4) - 1
    assert [row[:4] for row in done.rows] == [
        ["fault", "damaged", "4", str(end)],
        ["fault", "no-id", str(last - 1), str(last)],
        ["note", "order", str(last - 1), str(last)],
        ["note", "changed", "", ""],
    ]
    assert done.err.endswith("Start with:\n  followme doctor --repair\n")


def test_json_says_it_all_in_one_object(run, kept):
    good = json.loads(run("doctor", "--json").out)
    assert (good["in_order"], good["entries"], good["findings"]) == (True, 2, [])
    spoil(run)
    bad = run("doctor", "--json")
    assert bad.code == 1
    found = json.loads(bad.out)
    assert (found["in_order"], found["entries"]) == (False, 2)
    assert found["findings"][0]["kind"] == "damaged"
    assert found["findings"][0]["first_line"] == 4


def test_notes_alone_are_no_fault(run, kept):
    run.journal.write_bytes(run.journal.read_bytes() + b"# a line by hand\n")
    done = run("doctor")
    assert (done.code, [row[:2] for row in done.rows]) == (0, [["note", "changed"]])
    assert done.err.startswith("Everything is in order")


def test_looking_changes_nothing(run, kept):
    text = spoil(run)
    run("doctor")
    assert run.journal.read_bytes() == text
    assert not run.paths.backups.exists()


def test_no_names_and_no_answers(run, kept):
    secret = (*SITTING[2:4], "--answer", "unseen=Zacharias", "--answer", "promise=ask Zacharias")
    secret += tuple(skips("three-minutes", "care-days", "unseen", "promise"))
    assert run(*SITTING[:2], *secret).code == 0
    run.journal.write_bytes(
        run.journal.read_bytes().replace(b'"unseen"', b"unseen").replace(b"text =", b"txt =")
    )
    for done in (run("doctor"), run("doctor", "--json"), repaired(run)):
        assert "Zacharias" not in done.out + done.err
    assert b"Zacharias" in (run.paths.state / f"damaged-{run.now.date()}.toml").read_bytes()


@pytest.mark.parametrize("content", ["title = 1\n", "x"])
def test_a_prompt_set_with_faults(run, kept, content: str):
    (run.prompts / "mine.toml").write_text(content, encoding="utf-8")
    done = run("doctor")
    assert done.code == 1
    assert done.rows[0][:2] == ["fault", "prompts"]
    assert "mine.toml:1:" in done.rows[0][4]
    assert f"{len(SETS) + 1} prompt sets" in done.err


def test_a_draft_that_cannot_be_read(run, kept):
    run.paths.drafts.mkdir(exist_ok=True)
    (run.paths.drafts / "torn.toml").write_bytes(b"format = ")
    assert run("doctor").rows[0][1] == "draft"


def test_a_journal_that_is_no_file(run):
    run.journal.mkdir(parents=True)
    done = run("doctor")
    assert (done.code, done.rows[0][1]) == (1, "unreadable")


# --- Mending ----------------------------------------------------------------------------------------------


def test_without_a_yes_nothing_is_changed(run, kept):
    text = spoil(run)
    done = run("doctor", "--repair")
    assert done.code == 2
    assert "- Move lines 4-" in done.err
    assert "- Give an id to the entry in lines " in done.err
    assert done.err.endswith(
        "Nothing was changed, because a repair needs your yes. Add --yes, or run it in a terminal.\n"
    )
    assert run.journal.read_bytes() == text
    assert not run.paths.backups.exists()


def test_with_a_yes_it_is_mended_and_told(run, kept):
    text = spoil(run)
    done = repaired(run)
    assert done.code == 0
    assert {row[0] for row in done.rows} == {"note"}
    (backup,) = run.paths.backups.iterdir()
    assert backup.read_bytes() == text
    damaged = run.paths.state / f"damaged-{run.now.date()}.toml"
    assert f"Moved 1 damaged part to {damaged}\n" in done.err
    assert "Gave an id to 1 entry.\n" in done.err
    assert f"The journal from before the repair is in {backup}\n" in done.err
    assert b"kind = scale" in damaged.read_bytes()
    assert run.entries[-1]["id"].startswith("20261121T090000-")
    assert len(run.entries) == 2


def test_a_dry_run_says_what_a_repair_would_do_and_changes_nothing(run, kept):
    text = spoil(run)
    done = run("doctor", "--repair", "--dry-run")
    assert done.code == 1
    assert "The repair backs up the journal, then does this:\n- " in done.err
    assert "Nothing was changed, since this is a dry run.\n" in done.err
    assert run.journal.read_bytes() == text
    assert not run.paths.backups.exists()
    assert run("doctor", "--dry-run").code == 2


def test_a_second_run_finds_nothing_more_to_do(run, kept):
    spoil(run)
    repaired(run)
    text = run.journal.read_bytes()
    done = repaired(run)
    assert done.code == 0
    assert "There's nothing followme can fix on its own." in done.err
    assert run.journal.read_bytes() == text
    assert len(list(run.paths.backups.iterdir())) == 1


def test_what_only_a_person_can_mend_is_still_said(run, kept):
    (run.prompts / "mine.toml").write_text("x", encoding="utf-8")
    done = repaired(run)
    assert done.code == 1
    assert done.rows[0][1] == "prompts"


def test_what_cannot_be_done_is_one_sentence(run, kept):
    spoil(run)
    run.journal.write_bytes(run.journal.read_bytes().replace(b"format = 1", b"format = 2"))
    done = repaired(run)
    assert done.code == 1
    assert "Update followme first." in done.err
    assert "Traceback" not in done.err


def test_a_journal_that_shrank_is_not_repaired(run, kept):
    text = b"format = 1\n\n[[entry]]\nbroken\n"
    run.journal.write_bytes(text)
    done = repaired(run)
    assert done.code == 1
    assert "The journal has shrunk, so nothing was repaired." in done.err
    assert "shrunk" in [row[1] for row in done.rows]
    assert run.journal.read_bytes() == text


def test_reflecting_goes_on_after_mending(run, kept):
    spoil(run)
    repaired(run)
    assert run(*SITTING).code == 0
    assert len(run.entries) == 3


# --- In a terminal ----------------------------------------------------------------------------------------


def screen_of() -> Screen:
    """A narrow screen without color."""
    return Screen(
        StringIO(), True, False, False, True, 60, lambda typed: " ".join(["followme", *typed.words])
    )


REPORT = Report(
    journal="/home/journal.toml",
    entries=1,
    drafts=1,
    backups=2,
    prompt_sets=3,
    findings=(
        Finding(
            kind="no-id", what="It has no id.", remedy="Give it one.", first_line=4, repair="Give an id."
        ),
        Finding(kind="unfinished", what="A sitting waits.", remedy="Go on.", note=True),
    ),
)


def test_a_page_for_a_person():
    screen = screen_of()
    view.show(REPORT, screen)
    assert screen.stream.getvalue() == (
        "Looked at /home/journal.toml\n"
        "\n"
        "1. It has no id.\n"
        "   Give it one.\n"
        "\n"
        "Good to know:\n"
        "- A sitting waits.\n"
        "  Go on.\n"
        "\n"
        "1 problem found in 1 entry, 1 unfinished reflection, 2\n"
        "backups and 3 prompt sets. Start with:\n"
        "  followme doctor --repair\n"
    )


def test_a_page_when_all_is_well():
    screen = screen_of()
    view.show(replace(REPORT, drafts=0, backups=0, findings=()), screen)
    assert screen.stream.getvalue() == (
        "Looked at /home/journal.toml\n\nEverything is in order: 1 entry and 3 prompt sets.\n"
    )


def test_escape_sequences_in_what_is_said_do_nothing():
    screen = screen_of()
    view.show(replace(REPORT, findings=(Finding(kind="x", what="\x1b[31mred [bold]"),)), screen)
    assert "␛[31mred [bold]" in screen.stream.getvalue()


def test_numbers_and_lists_in_words():
    assert [counted(n, "entry", "entries") for n in (0, 1, 2)] == ["no entries", "1 entry", "2 entries"]
    assert counted(3, "backup") == "3 backups"
    assert [all_of(list(items)) for items in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]


class Typed(StringIO):
    """A stream that a person sits at."""

    def isatty(self) -> bool:
        return True


def in_a_terminal(run, typed: str) -> tuple[int, str]:
    """Repair with these words typed; the exit code, and all that the screen shows."""
    screen = Typed()
    env = Env(
        environ={"TERM": "dumb"},
        stdin=Typed(typed),
        stdout=screen,
        stderr=screen,
        now=lambda: run.now,
        clock=lambda: 0.0,
        chance=run.chance,
    )
    return main(["doctor", "--repair"], env), screen.getvalue()


@pytest.mark.parametrize("typed", ["\n", "n\n", "", "what?\n", "what?\n\n", ":back\n"])
def test_anything_but_a_yes_changes_nothing(run, kept, typed: str):
    text = spoil(run)
    code, shown = in_a_terminal(run, typed)
    assert code == 1
    assert "Go ahead?\nPress Enter to change nothing.\n" in shown
    assert shown.endswith("Nothing was changed.\n")
    assert run.journal.read_bytes() == text


@pytest.mark.parametrize("key", ["y", "n"])
def test_one_key_is_a_yes_or_a_no(run, kept, key: str):
    text = spoil(run)
    with Terminal(run.home, "doctor", "--repair", now=run.now) as window:
        window.answer("Go ahead?", key)
        assert window.end() == (0 if key == "y" else 1)
        assert ("Nothing was changed." in window.words) is (key == "n")
    assert (run.journal.read_bytes() == text) is (key == "n")


def test_at_a_yes_or_no_no_key_leads_through_a_reflection_that_is_not_there(run, kept):
    text = spoil(run)
    with Terminal(run.home, "doctor", "--repair", now=run.now) as window:
        window.answer("Ctrl+C leaves", BACK)
        window.see("Ctrl+C leaves")
        assert "Shift+Tab" not in window.text
        window.keys(CTRL_C)
        assert window.end() == 1
        assert "Nothing was changed." in window.words
    assert run.journal.read_bytes() == text


@pytest.mark.parametrize("typed", ["y\n", "Yes\n", " y"])
def test_a_yes_in_a_terminal(run, kept, typed: str):
    spoil(run)
    code, shown = in_a_terminal(run, typed)
    assert code == 0
    assert f"Everything is in order: 2 entries, 1 backup and {len(SETS)} prompt sets." in shown


def test_home_says_that_a_copy_of_the_journal_waits(run):
    run("note", "Tom, half said.")
    copy = run.journal.with_name("journal-MacBook Pro von Ana.toml")
    copy.write_bytes(run.journal.read_bytes())
    assert "copy" not in run().out
    run("note", "Something new.")
    newer = run.journal.read_bytes()
    run.journal.write_bytes(copy.read_bytes())
    copy.write_bytes(newer)
    home = run().out
    assert "1 copy of the journal has something that the journal is missing." in home
    assert "followme merge" in home
    assert "Ana" not in home
    assert copy.name in run("doctor").out

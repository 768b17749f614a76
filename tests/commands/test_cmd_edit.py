"""`followme edit`: one thing in an earlier entry changed, and every other byte of the journal kept."""

from __future__ import annotations

import signal

import pytest

from followme.journal.kept import version
from pieces import SPIRIT, entry, moment, scale
from rows import each_row
from running import Run
from terminal import CTRL_C, ENTER, Terminal

ID = "20261113T150210-x4d9w"
JOURNAL = f"""\
# mine
format = 1

{entry(ID, beside=" # Friday")}
mood = "calm"

{moment("Ana left the demo erly.", beside=" # a typo")}

{scale("care-days", "Two calls.")}

{SPIRIT}

[[entry.promise]]
ref = "p1"
kind = "do"
occasion = "Monday"
text = "Call him"
to = "Ben"
by = 2026-11-16
told = true

# the next one
{entry("20261119T150411-k7q2m")}

{moment("Ana stayed.")}
"""


@pytest.fixture
def kept(run: Run) -> Run:
    """A run with two entries."""
    return run.with_journal(JOURNAL)


def text_of(run: Run) -> str:
    return run.journal.read_text(encoding="utf-8")


@each_row(
    ("argv", "old", "new"),
    [
        (["--answer", "moment=Ana left early."], "Ana left the demo erly.", "Ana left early."),
        (["--answer", "care-days=3"], "reply = 4", "reply = 3"),
        (["--answer", "spirit=Yes."], "skipped = true", 'reply = "Yes."'),
        (["--week", "2026-W45"], 'week = "2026-W46"', 'week = "2026-W45"'),
        (["--private"], 'set = "weekly"', 'set = "weekly"\nprivate = true'),
        (["moment", "--private"], "# a typo", "# a typo\nprivate = true"),
        (["p1", "--private"], "told = true", "told = true\nprivate = true"),
        (["--answer", "p1=Write to him @Ben by nov 27"], 'text = "Call him"\nto = "Ben"\nby = 2026-11-16',
         'text = "Write to him"\nto = "Ben"\nby = 2026-11-27'),
    ],
)  # fmt: skip
def test_without_a_terminal_only_what_is_named_changes(
    kept: Run, argv: list[str], old: str, new: str
) -> None:
    kept.journal.write_text(JOURNAL, encoding="utf-8")
    shown = kept("edit", "x4d9w", *argv, "--dry-run")
    assert (shown.code, shown.out) == (0, "")
    assert "Nothing was changed, since this is a dry run." in shown.err
    assert kept("edit", "x4d9w", *argv).code == 2
    assert text_of(kept) == JOURNAL
    done = kept("edit", "x4d9w", *argv, "--yes")
    assert (done.code, done.out) == (0, "")
    assert text_of(kept) == JOURNAL.replace(old, new, 1)


def test_the_change_is_shown_with_what_was_before(kept: Run) -> None:
    shown = kept(
        "edit", "x4d9w", "--answer", "moment=Ana left early.\nAt four.", "--week", "2026-W45", "--dry-run"
    )
    assert shown.err == (
        f"\nFri, Nov 13, weekly  {ID}\n\n"
        "Week\n  was: Week of Nov 9 (2026-W46)\n  now: Week of Nov 2 (2026-W45)\n\n"
        "What happened?\n  was: Ana left the demo erly.\n  now: Ana left early.\n       At four.\n\n"
        "Nothing was changed, since this is a dry run.\n"
    )


def test_a_change_that_changes_nothing_writes_nothing(kept: Run) -> None:
    before = version(kept.journal)
    done = kept("edit", "x4d9w", "--answer", "care-days=4", "--week", "W46", "--public", "--yes")
    assert (done.code, done.err) == (0, "Nothing was changed.\n")
    assert version(kept.journal) == before


def test_unmarking_takes_the_mark_away(kept: Run) -> None:
    kept("edit", "x4d9w", "moment", "--private", "--yes")
    kept("edit", "x4d9w", "moment", "--public", "--yes")
    assert text_of(kept) == JOURNAL


@each_row(
    ("argv", "code", "told"),
    [
        (["W40", "--private"], 1, "There's no entry for 'W40', so nothing was changed."),
        (["202611", "--private"], 1, "202611 could mean any of these, so nothing was changed."),
        (["x4d9w", "--answer", "momet=x"], 2, "momet: That entry has no answer or promise 'momet'."),
        (["x4d9w", "--answer", "care-days=7", "--answer", "moment="], 2,
         "  care-days: It takes one number from 0 to 5.\n  moment: It has no words. Write some."),
        (["x4d9w", "--answer", "moment"], 2, "--answer 'moment' needs the form KEY=TEXT"),
        (["x4d9w", "--week", "soon"], 2, "soon"),
        (["x4d9w", "momet", "--private"], 2, "Did you mean 'moment'?"),
        (["x4d9w"], 2, "There's no terminal to ask in, so nothing was changed."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_and_nothing_changes(
    kept: Run, argv: list[str], code: int, told: str
) -> None:
    done = kept("edit", *argv, "--yes")
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert text_of(kept) == JOURNAL


def test_what_cannot_be_changed_alone_is_left_alone_with_the_way_to_do_it(kept: Run) -> None:
    text = JOURNAL.replace('reply = "Ana left the demo erly."', 'reply = [\n"a", # why\n]').replace(
        'kind = "text"', 'kind = "list"', 1
    )
    kept.journal.write_text(text, encoding="utf-8")
    done = kept("edit", "x4d9w", "--answer", "moment=b", "--yes")
    assert done.code == 1
    assert f"followme edit {ID} --editor" in done.err
    assert text_of(kept) == text


# --- In a terminal ----------------------------------------------------------------------------------------

BACKSPACE = "\x7f"


def test_the_same_prompt_begins_with_the_answer(kept: Run) -> None:
    with Terminal(kept.home, "edit", "x4d9w", "moment", now=kept.now) as terminal:
        terminal.see("What happened?")
        terminal.see("Ana left the demo erly.")
        terminal.keys(BACKSPACE * 5 + "early." + ENTER)
        terminal.answer("Go ahead?", ENTER)
        assert terminal.end() == 0
        assert "Changed." in terminal.words
    assert text_of(kept) == JOURNAL.replace("erly", "early")
    assert list((kept.paths.state / "edits").iterdir()) == []


def test_a_list_tells_what_can_be_changed(kept: Run) -> None:
    with Terminal(kept.home, "edit", "x4d9w", now=kept.now) as terminal:
        for words in (
            "What do you want to change?",
            "Proud? (skipped)",
            "Promise: Call him",
            "the week it's for",
        ):
            terminal.see(words)
        terminal.keys("4")
        terminal.answer("Enter next", "Yes." + ENTER)
        terminal.answer("Go ahead?", ENTER)
        assert terminal.end() == 0
    assert text_of(kept) == JOURNAL.replace("skipped = true", 'reply = "Yes."')


def test_the_list_marks_one_answer_private(kept: Run) -> None:
    with Terminal(kept.home, "edit", "x4d9w", now=kept.now) as terminal:
        terminal.see("mark the whole entry private")
        number = terminal.text.partition(" mark one answer private")[0].split()[-1]
        terminal.keys(number)
        terminal.see("Which one?")
        terminal.keys("2")
        terminal.answer("Go ahead?", ENTER)
        assert terminal.end() == 0
    first = 'reply = "Ana left the demo erly." # a typo'
    assert text_of(kept) == JOURNAL.replace(first, f"{first}\nprivate = true")


@pytest.mark.slow
def test_half_an_edit_outlives_a_closed_window(kept: Run) -> None:
    with Terminal(kept.home, "edit", "x4d9w", "moment", now=kept.now) as terminal:
        terminal.see("Ana left the demo erly.")
        terminal.keys(" At four.")
        terminal.see("At four.")
        assert terminal.kill(signal.SIGTERM) == 128 + signal.SIGTERM
    assert text_of(kept) == JOURNAL
    with Terminal(kept.home, "edit", "x4d9w", "moment", "--plain", now=kept.now) as terminal:
        terminal.see("that was never saved")
        terminal.keys(ENTER)
        terminal.see("At four.")


@pytest.mark.slow
def test_half_an_edit_is_kept_and_offered_again(kept: Run) -> None:
    with Terminal(kept.home, "edit", "x4d9w", "moment", now=kept.now) as terminal:
        terminal.see("Ana left the demo erly.")
        terminal.keys(" At four.")
        terminal.see("At four.")
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
        assert "What you typed is kept" in terminal.words
    assert text_of(kept) == JOURNAL
    with Terminal(kept.home, "edit", "x4d9w", "moment", now=kept.now) as terminal:
        terminal.answer("What now?", ENTER)
        terminal.see("At four.")
        terminal.keys(ENTER)
        terminal.answer("Go ahead?", ENTER)
        assert terminal.end() == 0
    assert 'reply = "Ana left the demo erly. At four."' in text_of(kept)


def test_half_an_edit_that_can_be_kept_nowhere_is_shown_to_be_copied(kept: Run) -> None:
    kept.paths.state.mkdir(parents=True)
    (kept.paths.state / "edits").write_text("in its place")
    with Terminal(kept.home, "edit", "x4d9w", "moment", now=kept.now) as terminal:
        terminal.see("Ana left the demo erly.")
        terminal.keys(" At four.")
        terminal.see("At four.")
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
        assert "isn't on the disk. Copy it from here: Ana left the demo erly. At four." in terminal.words
        assert "is kept" not in terminal.words


def test_a_no_leaves_nothing_behind(kept: Run) -> None:
    with Terminal(kept.home, "edit", "x4d9w", "p1", now=kept.now) as terminal:
        terminal.see("What's the promise?")
        terminal.see("Call him")
        terminal.keys(" back" + ENTER)
        terminal.keys(ENTER)
        terminal.answer("What's your cue?", ENTER)
        terminal.answer("Go ahead?", "n")
        assert terminal.end() == 1
    assert text_of(kept) == JOURNAL
    assert list((kept.paths.state / "edits").iterdir()) == []


# --- In an editor -----------------------------------------------------------------------------------------


def edited(run: Run, body: str, *argv: str) -> Terminal:
    """The verb with an editor that does what the body says with "$file"."""
    editor = run.home / "my-editor"
    editor.write_text(f"#!/bin/sh\nfor file; do :; done\n{body}\n", encoding="utf-8")
    editor.chmod(0o700)
    environ = {"EDITOR": str(editor)}
    return Terminal(run.home, "edit", *argv, "--editor", columns=200, environ=environ, now=run.now)


@pytest.mark.slow
def test_the_whole_entry_in_the_editor_keeps_what_is_around_it(kept: Run) -> None:
    body = "sed -i -e 's/erly/early/' -e 's/calm/brave/' \"$file\"; sleep 1"
    with edited(kept, body, "x4d9w") as terminal:
        terminal.answer("Go ahead?", ENTER)
        assert terminal.end() == 0
        assert "was: Ana left the demo erly." in terminal.words
    assert text_of(kept) == JOURNAL.replace("erly", "early").replace("calm", "brave")
    assert list((kept.paths.state / "edits").iterdir()) == []


@pytest.mark.slow
def test_what_does_not_parse_is_offered_again_with_its_line(kept: Run) -> None:
    body = """
if grep -q erly "$file"; then sed -i 's/reply = "Ana left the demo erly."/reply = "Ana/' "$file"
else sed -i 's/reply = "Ana/reply = "Ana left."/' "$file"; fi; sleep 1"""
    with edited(kept, body, "x4d9w") as terminal:
        terminal.see("Line 12: It has a text that isn't closed on its line.")
        terminal.answer("What now?", ENTER)
        terminal.answer("Go ahead?", ENTER)
        assert terminal.end() == 0
    assert text_of(kept) == JOURNAL.replace("Ana left the demo erly.", "Ana left.")


@pytest.mark.slow
def test_what_does_not_fit_and_is_left_is_kept_and_goes_on(kept: Run) -> None:
    with edited(kept, 'sed -i "s/x4d9w/x4d9z/" "$file"; sleep 1', "x4d9w") as terminal:
        terminal.see(f"Its id must stay {ID}, since promises and notes name it.")
        terminal.keys("2")
        assert terminal.end() == 1
        assert "The entry hasn't changed. Your text is in " in terminal.words
    assert text_of(kept) == JOURNAL
    with edited(kept, 'sed -i -e "s/x4d9z/x4d9w/" -e "s/erly/early/" "$file"; sleep 1', "x4d9w") as terminal:
        terminal.answer("was never saved in the journal.", ENTER)
        terminal.answer("Go ahead?", ENTER)
        assert terminal.end() == 0
    assert text_of(kept) == JOURNAL.replace("erly", "early")


@pytest.mark.slow
def test_one_answer_in_the_editor_is_its_words_alone(kept: Run) -> None:
    body = 'test "$(cat "$file")" = "Ana left the demo erly." && printf "Ana left.\\nAt four.\\n" > "$file"; sleep 1'
    with edited(kept, body, "x4d9w", "moment") as terminal:
        terminal.answer("Go ahead?", ENTER)
        assert terminal.end() == 0
    wanted = 'reply = """\nAna left.\nAt four."""'
    assert text_of(kept) == JOURNAL.replace('reply = "Ana left the demo erly."', wanted)


@pytest.mark.slow
def test_an_editor_that_changes_nothing_leaves_every_byte(kept: Run) -> None:
    before = version(kept.journal)
    with edited(kept, "sleep 1.1", "x4d9w") as terminal:
        assert terminal.end() == 0
        assert "Nothing was changed." in terminal.words
    assert version(kept.journal) == before


@pytest.mark.slow
def test_a_hand_edit_made_meanwhile_is_not_lost(kept: Run) -> None:
    body = f'sed -i "s/erly/early/" "$file"; sed -i "s/Two calls/Three calls/" "{kept.journal}"; sleep 1'
    with edited(kept, body, "x4d9w") as terminal:
        terminal.see("was changed elsewhere while you were editing it.")
        terminal.keys(ENTER)
        assert terminal.end() == 1
    assert text_of(kept) == JOURNAL.replace("Two calls", "Three calls")

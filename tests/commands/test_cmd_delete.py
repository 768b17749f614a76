"""`delete`: what goes is shown first, one yes is needed, and with --purge no copy that followme has is left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from followme.journal import sheets
from followme.journal.change import gone
from followme.journal.draftfile import Draft
from followme.journal.drafts import open_new
from pieces import entry, moment
from running import FRIDAY, Run
from terminal import Terminal

FIRST, SECOND, THIRD = "20261106T150210-x4d9w", "20261113T150210-b2c8h", "20261119T150411-k7q2m"
JOURNAL = f"""\
format = 1

{entry(FIRST)}

{moment("Ana left the pangolin early.")}

[[entry.promise]]
ref = "p1"
kind = "do"
text = "Ask about the pangolin"

# a comment of the writer's own
{entry(SECOND)}

{moment("Ana stayed.")}

[[entry.outcome]]
promise = "{FIRST}/p1"
result = "kept"

{entry(THIRD, "note")}
about = "{FIRST}/moment"

[[entry.answer]]
key = "note"
kind = "line"
question = "Note"
reply = "Her train left at four."
"""


@pytest.fixture
def kept(run: Run) -> Run:
    return run.with_journal(JOURNAL)


def ids(run: Run) -> list[str]:
    return [one["id"] for one in run.entries]


def test_what_goes_and_what_loses_its_other_half(kept: Run):
    done = kept("delete", FIRST, "--dry-run")
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == [
        "This would go:",
        '- Fri, Nov 6 · weekly · x4d9w · 1 answer · 1 promise: "Ana left the pangolin early."',
        'Fri, Nov 13 has the ending of a promise that goes (kept): "I will: Ask about the pangolin".',
        "1 later word on what's deleted stays.",
        "Nothing was changed, since this is a dry run.",
    ]
    assert kept.journal.read_text() == JOURNAL
    assert 'This promise loses its ending (kept): "I will: Ask' in kept("delete", SECOND, "--dry-run").err


def test_a_question_whose_answer_was_heard_before_loses_its_ending_in_its_own_words(run: Run):
    heard = f'{entry("20261107T150210-h6m3p")}\n\n[[entry.outcome]]\npromise = "{FIRST}/p1"\nresult = "partly"\n\n'
    asked = JOURNAL.replace('kind = "do"', 'kind = "ask"').replace("# a comment", f"{heard}# a comment")
    shown = run.with_journal(asked)("delete", SECOND, "--dry-run").err
    assert 'This promise loses its ending (did something with it): "Ask: Ask about' in shown


def test_without_a_terminal_it_needs_a_yes(kept: Run):
    done = kept("delete", SECOND)
    assert done.code == 2
    assert "because a delete needs your yes" in done.err
    assert kept.journal.read_text() == JOURNAL


def test_deleted_entries_are_gone_and_every_other_byte_stays(kept: Run):
    done = kept("delete", "2026-W46", THIRD, SECOND, "--yes")
    assert done.code == 0
    assert "Deleted. To take that back:\n  followme undo\n" in done.err
    text = kept.journal.read_text()
    start, end = JOURNAL.index('[[entry]]\nid = "' + SECOND), len(JOURNAL)
    line = f'gone = [\n    "{SECOND}",\n    "{THIRD}",\n]\n'
    assert text == (JOURNAL[:start] + JOURNAL[end:]).replace("format = 1\n", f"format = 1\n{line}")
    assert ids(kept) == [FIRST]
    assert kept("undo", "--yes").code == 0
    assert kept.journal.read_text() == JOURNAL


def test_several_matches_are_listed_and_nothing_goes(kept: Run):
    done = kept("delete", "2026", "--yes")
    assert done.code == 1
    assert "could mean any of these" in done.err
    assert FIRST in done.err
    assert "There's no entry for 'zzzzz'" in kept("delete", "zzzzz", "--yes").err
    assert kept.journal.read_text() == JOURNAL


def test_in_a_terminal_it_asks_once_and_enter_changes_nothing(kept: Run):
    for keys, left in (("\r", 3), ("y", 2)):
        with Terminal(kept.home, "delete", SECOND, now=kept.now) as window:
            window.answer("Go ahead?", keys)
            assert window.end() == (0 if left == 2 else 1)
        assert len(ids(kept)) == left


# --- For good ---------------------------------------------------------------------------------------------


def found_in(run: Run, words: str) -> list[str]:
    """The files of the journal and the state folder that have these words in their bytes or their name."""
    found = []
    for top in (run.journal.parent, run.paths.state):
        for folder, _, names in os.walk(top):
            for path in (Path(folder) / name for name in names):
                if words.encode() in path.read_bytes() or words in str(path):
                    found.append(str(path.relative_to(top)))
    return sorted(found)


def test_after_a_purge_no_byte_of_it_is_left(kept: Run):
    """In the journal, backups, an unfinished reflection, what an editor left, and the log."""
    kept("delete", THIRD, "--yes")  # Makes a backup.
    due = [
        {
            "ref": f"{FIRST}/p1",
            "kind": "do",
            "text": "Ask about the pangolin",
            "week": "2026-W45",
            "returns": 0,
        }
    ]
    draft = Draft(
        id="20261120T150000-aaaaa",
        journal=kept.paths.real,
        set="weekly",
        week="2026-W47",
        started=FRIDAY,
        plan={"due": due, "set": {"title": "Weekly"}},
        typed={f"{FIRST}/p1": {"note": "about the pangolin"}, "moment": {"reply": "stays"}},
    )
    open_new(kept.paths, draft).close()
    sheet = sheets.sheet_of(kept.paths.drafts / f"{FIRST}.toml", "moment", "reply")
    sheet.begin("the pangolin again")
    sheet.keep()
    assert len(found_in(kept, "pangolin")) >= 4
    done = kept("delete", FIRST, "--purge", "--yes")
    assert done.code == 0, done.err
    assert "Deleted for good, and 2 backups rewritten.\n" in done.err
    assert "can't reach exports, files taken from an inbox, cloud copies" in done.err
    assert found_in(kept, "pangolin") == []
    assert "These files may still" not in done.err
    assert "stays" in (kept.paths.drafts / f"{draft.id}.toml").read_text()
    assert gone.listed(kept.journal.read_bytes()) == (THIRD, FIRST)
    assert ids(kept) == [SECOND]


def test_undo_never_goes_past_a_purge(kept: Run):
    kept("note", "later")
    kept("delete", FIRST, "--purge", "--yes")
    done = kept("undo", "--yes")
    assert done.code == 1
    assert "The last change left is a purge." in done.err
    assert FIRST not in ids(kept)


def test_a_purge_that_was_interrupted_is_finished_by_the_same_command(kept: Run):
    kept("delete", FIRST, "--yes")
    assert found_in(kept, "left the pangolin")
    done = kept("delete", FIRST, "--purge", "--yes")
    assert done.code == 0, done.err
    assert f"the copies of {FIRST}, which was deleted before" in done.err
    assert found_in(kept, "pangolin") == []
    assert "There's no entry for" in kept("delete", "20200101T000000-aaaaa", "--purge", "--yes").err


def test_an_entry_without_an_id_has_no_copies_that_can_be_found(kept: Run):
    kept.journal.write_text(JOURNAL.replace(f'id = "{SECOND}"\n', ""), encoding="utf-8")
    done = kept("delete", "2026-11-13", "--purge", "--yes")
    assert done.code == 1
    assert "doctor --repair" in done.err
    assert kept("delete", "2026-11-13", "--yes").code == 0
    assert ids(kept) == [FIRST, THIRD]

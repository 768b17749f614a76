"""`followme people NAME --rename` and `followme forget NAME`: one person's name, wherever followme knows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from followme.journal import sheets
from followme.journal.draftfile import Draft
from followme.journal.drafts import open_new
from pieces import entry, moment
from rows import each_row
from running import FRIDAY, Run
from terminal import Terminal

JOURNAL = f"""\
format = 1

{entry("20261106T150210-a2b3c")}

{moment("Ana stayed, with Anabel.", "What happened with Ana?", beside=" # a comment on her")}

[[entry.promise]]
ref = "p1"
text = "Call Ana" # soon
to = "Ana"

{entry("20261113T150210-x4d9w")}

{moment("@Ana's demo, then Ben's.")}

[[entry.promise]]
ref = "p1"
text = "Write it up"
who = "Ana"
"""


@pytest.fixture
def kept(run: Run) -> Run:
    """A run with two entries, and a backup that an edit made."""
    run.with_journal(JOURNAL)
    assert run("edit", "x4d9w", "--week", "W44", "--yes").code == 0
    assert run("edit", "x4d9w", "--week", "W46", "--yes").code == 0
    return run


def text_of(run: Run) -> str:
    return run.journal.read_text(encoding="utf-8")


RENAMED = (
    JOURNAL.replace('"Ana stayed', '"Dana stayed').replace("Call Ana", "Call Dana").replace("@Ana's", "@Dana's")
    .replace('to = "Ana"', 'to = "Dana"').replace('who = "Ana"', 'who = "Dana"')
)  # fmt: skip


def test_a_new_name_stands_in_every_place_and_every_other_byte_stays(kept: Run) -> None:
    shown = kept("people", "ana", "--rename", "@Dana", "--dry-run")
    assert (shown.code, shown.out) == (0, "")
    assert "was: Ana stayed, with Anabel.\n  now: Dana stayed, with Anabel." in shown.err
    assert "Nicknames and initials may remain" in shown.err
    assert kept("people", "ana", "--rename", "Dana").code == 2
    assert text_of(kept) == JOURNAL
    done = kept("people", "ana", "--rename", "Dana", "--yes")
    assert done.code == 0
    assert "Renamed in 2 entries. To take that back:\n  followme undo\n" in done.err
    assert text_of(kept) == RENAMED
    assert kept("undo", "--yes").code == 0
    assert text_of(kept) == JOURNAL


def test_a_name_of_someone_else_makes_the_two_one(kept: Run) -> None:
    kept("note", "@Ben called.")
    done = kept("people", "Ana", "--rename", "Ben", "--dry-run")
    assert "followme already knows someone named Ben. After this, the two are one." in done.err


@each_row(
    ("argv", "code", "told"),
    [
        (
            ["people", "Anna", "--rename", "Dana"],
            3,
            "followme knows no one named 'Anna'. Did you mean 'Ana'?",
        ),
        (["people", "Ana", "--rename", "D4na"], 2, "'D4na' can't be a name."),
        (["people", "--rename", "Dana"], 2, "--rename NEW needs NAME"),
        (["people", "Ana", "--rename", "Dana", "--since", "2026"], 2, "goes without filters"),
        (["forget", "Anna"], 1, "followme knows no one named 'Anna'."),
        (["forget", "Ana", "--before", "2y"], 2, "Give either a name"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_changes(
    kept: Run, argv: list[str], code: int, told: str
) -> None:
    done = kept(*argv, "--yes")
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert text_of(kept) == JOURNAL


def test_a_forgotten_name_is_nowhere_but_where_no_one_can_know_it(kept: Run) -> None:
    kept.paths.drafts.mkdir(parents=True, exist_ok=True)
    done = kept("forget", "Ana", "--yes")
    assert done.code == 0
    assert "Forgotten in 2 entries and 3 backups." in done.err
    wanted = (
        JOURNAL.replace('"Ana stayed', '"Someone stayed').replace("Call Ana", "Call someone")
        .replace("@Ana's", "Someone's").replace('to = "Ana"\n', "").replace('who = "Ana"', 'who = "someone"')
    )  # fmt: skip
    assert text_of(kept) == wanted
    for path in (path for path in Path(kept.home).rglob("*") if path.is_file()):
        words = path.read_bytes().replace(b"with Ana?", b"").replace(b"Anabel", b"")
        assert b"Ana" not in words, path
    assert kept("people", "Ana").code == 3
    assert kept("undo", "--yes").code == 1


def test_a_name_that_only_a_draft_has_is_forgotten_there(kept: Run) -> None:
    """As after a disk that was full when the draft's turn came."""
    kept("forget", "Ana", "--yes")
    draft = Draft(
        id="20261120T150000-aaaaa", journal=kept.paths.real, set="weekly", week="2026-W47", started=FRIDAY,
        typed={"moment": {"reply": "Tea with @Ana."}},
    )  # fmt: skip
    open_new(kept.paths, draft).close()
    sheet = sheets.sheet_of(kept.paths.drafts / f"{draft.id}.toml", "moment", "reply")
    sheet.begin("Tea with @Ana. And Zoë.", key="moment", field="reply", way="text")
    done = kept("forget", "Ana", "--yes")
    assert done.code == 0
    assert "The journal doesn't name 'Ana', but a backup or a draft does.\n" in done.err
    assert "Forgotten in what you typed and haven't saved yet.\n" in done.err
    assert "Tea with someone." in (kept.paths.drafts / f"{draft.id}.toml").read_text()
    assert sheet.file.read_text() == sheet.before["text"] == "Tea with someone. And Zoë."
    assert kept("forget", "Ana", "--yes").code == 1


def test_a_word_that_is_no_ones_name_is_left_in_the_copies_too(kept: Run) -> None:
    """As a name that was never marked, or was mistyped: the journal keeps it, so its backups do."""
    kept("note", "Call will Will about it.")
    kept("edit", "last", "--private", "--yes")
    before = {path: path.read_bytes() for path in kept.paths.backups.iterdir()}
    assert any(b"Will" in data for data in before.values())
    done = kept("forget", "Will", "--yes")
    assert done.code == 1
    assert "knows no one" in done.err
    assert {path: path.read_bytes() for path in kept.paths.backups.iterdir()} == before


def test_a_draft_loses_the_name_and_nothing_else(kept: Run) -> None:
    set_text = (
        'title = "T"\n[[section]]\ntitle = "S"\n[[section.question]]\nkey = "m"\nkind = "text"\nask = "So?"\n'
    )
    (kept.prompts / "own.toml").write_text(set_text, encoding="utf-8")
    with Terminal(kept.home, "reflect", "own", now=kept.now) as terminal:
        terminal.see("Call Ana")
        terminal.keys("1")
        terminal.wait(0.5)
    kept("forget", "Ana", "--yes")
    (draft,) = kept.drafts
    words = draft.read_text(encoding="utf-8")
    assert "Ana" not in words.replace("Anabel", "")
    assert "Call someone" in words

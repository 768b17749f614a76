"""`followme export --split`: a folder of notes, where nothing is replaced that followme didn't write itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from journal_samples import entry

from followme.journal.file.codec import to_toml
from rows import each_row
from running import Run

LIST = ".followme-export.json"


@pytest.fixture
def kept(run: Run) -> Run:
    """A run with two weeks in its journal."""
    store(run, "One.", "Two.")
    return run


def store(run: Run, *replies: str) -> None:
    blocks = (to_toml(entry(number, reply)) for number, reply in enumerate(replies))
    run.with_journal("format = 1\n\n" + "\n".join(blocks))


FIRST, SECOND = "2026-11-20 weekly k7q2m.md", "2026-11-27 weekly k7q2m.md"


def inside(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def states(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_each_entry_is_a_note_and_the_next_time_only_what_changed_is_written(kept: Run) -> None:
    folder = kept.home / "vault"
    done = kept("export", "--split", "vault")
    assert (done.code, done.out) == (0, "")
    assert done.err == "Exported 2 entries with 4 answers and 2 promises to vault\nNotes: 2 new.\n"
    assert sorted(inside(folder)) == [LIST, FIRST, SECOND]
    assert b"One." in inside(folder)[FIRST]
    before = states(folder)
    assert kept("export", "--split", "vault").err.endswith("Notes: 2 as they were.\n")
    assert states(folder) == before
    store(kept, "One.", "Two, changed.", "Three.")
    assert kept("export", "--split", "vault").err.endswith("Notes: 1 new, 1 changed and 1 as they were.\n")
    assert states(folder)[FIRST] == before[FIRST]
    assert b"Two, changed." in inside(folder)[SECOND]


def test_no_folder_is_made_where_nothing_leaves(kept: Run) -> None:
    nothing = "Nothing leaves the journal this way, so vault wasn't written.\n"
    assert kept("export", "--split", "vault", "--since", "2027").err == nothing
    assert not (kept.home / "vault").exists()
    kept("export", "--split", "vault")
    before = states(kept.home / "vault")
    assert kept("export", "--split", "vault", "--since", "2027").err == (
        f"{nothing}Not part of this export, so left there: {FIRST}, {SECOND}.\n"
    )
    assert states(kept.home / "vault") == before


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")
def test_folder_and_notes_are_their_owners_alone(kept: Run) -> None:
    kept("export", "--split", "deep/vault")
    folder = kept.home / "deep" / "vault"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_note_that_someone_changed_is_left_unless_force_is_given(kept: Run) -> None:
    note = kept.home / "vault" / FIRST
    kept("export", "--split", "vault")
    theirs = note.read_bytes() + b"My own thought.\n"
    note.write_bytes(theirs)
    done = kept("export", "--split", "vault")
    assert done.code == 1
    assert (
        f"Changed since followme wrote them, so they were left alone: {FIRST}. --force replaces" in done.err
    )
    assert note.read_bytes() == theirs
    assert kept("export", "--split", "vault", "--force").code == 0
    assert b"My own thought" not in note.read_bytes()


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_file_that_followme_did_not_write_is_never_replaced(kept: Run, force: list[str]) -> None:
    folder = kept.home / "vault"
    folder.mkdir()
    (folder / FIRST).write_bytes(b"mine\r\n")
    done = kept("export", "--split", "vault", *force)
    assert done.code == 1
    assert f"Not written by followme, so they were left alone: {FIRST}. Move or rename them." in done.err
    assert "Notes: 1 new." in done.err
    assert inside(folder)[FIRST] == b"mine\r\n"


def test_the_same_words_without_the_list_are_followmes_own_again(kept: Run) -> None:
    kept("export", "--split", "vault")
    (kept.home / "vault" / LIST).unlink()
    store(kept, "One.", "Two, changed.")
    done = kept("export", "--split", "vault")
    assert (done.code, f"left alone: {SECOND}." in done.err) == (1, True)
    assert FIRST not in done.err


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_link_in_the_folder_is_neither_followed_nor_replaced(kept: Run, force: list[str]) -> None:
    folder = kept.home / "vault"
    kept("export", "--split", "vault")
    (folder / FIRST).unlink()
    (kept.home / "precious.txt").write_bytes(b"mine")
    (folder / FIRST).symlink_to(kept.home / "precious.txt")
    done = kept("export", "--split", "vault", *force)
    assert (done.code, f"left alone: {FIRST}." in done.err) == (1, True)
    assert (folder / FIRST).is_symlink()
    assert (kept.home / "precious.txt").read_bytes() == b"mine"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_list_that_is_a_link_or_no_list_stops_it(kept: Run) -> None:
    folder = kept.home / "vault"
    folder.mkdir()
    other = kept.home / "other.json"
    other.write_bytes(b'{"files": {}}')
    (folder / LIST).symlink_to(other)
    assert "isn't a file, so nothing was written" in kept("export", "--split", "vault").err
    (folder / LIST).unlink()
    for words in ("{", "[]", '{"files": []}', "\\xff"):
        (folder / LIST).write_text(words)
        done = kept("export", "--split", "vault")
        assert (done.code, "can't be read, so nothing was written" in done.err) == (1, True)
    assert sorted(inside(folder)) == [LIST]
    assert other.read_bytes() == b'{"files": {}}'


def test_what_became_private_is_told_and_left(kept: Run) -> None:
    kept("export", "--split", "vault")
    text = kept.journal.read_text(encoding="utf-8")
    kept.journal.write_text(text.replace("minutes = 11", "private = true", 1), encoding="utf-8")
    done = kept("export", "--split", "vault")
    assert done.code == 0
    assert f"Not part of this export, so left there: {FIRST}.\n" in done.err
    assert "1 entry marked private was left out" in done.err


def test_a_dry_run_writes_no_folder(kept: Run) -> None:
    done = kept("export", "--split", "vault", "--dry-run")
    assert done.err.startswith(
        "This would export 2 entries with 4 answers and 2 promises. Nothing was written.\n"
    )
    assert "Notes: 2 new.\n" in done.err
    assert not (kept.home / "vault").exists()


@each_row(
    ("argv", "code", "said"),
    [
        (["--split", "plain.txt"], 1, "plain.txt isn't a folder, so it was left alone. Name a folder."),
        (["--split", "vault", "mine.md"], 2, "--split FOLDER and FILE can't go together. "),
        (["--split", "vault", "--format", "csv"], 2, "--split writes whole notes in Markdown. "),
        (["--split", "vault", "--only", "numbers"], 2, "--split writes whole notes in Markdown. "),
    ],
)
def test_what_does_not_go_is_said(kept: Run, argv: list[str], code: int, said: str) -> None:
    (kept.home / "plain.txt").write_text("mine")
    done = kept("export", *argv)
    assert done.code == code
    assert done.err.startswith(said)
    assert not (kept.home / "vault").exists()


def test_followmes_own_folders_take_no_notes(kept: Run) -> None:
    done = kept("export", "--split", str(kept.prompts))
    assert (done.code, "is kept for a prompt set" in done.err) == (1, True)
    assert list(kept.prompts.iterdir()) == []


def test_letters_stay_the_same_when_a_week_is_added(kept: Run) -> None:
    kept("export", "--split", "vault", "--people", "letters")
    before = inside(kept.home / "vault")[FIRST]
    assert b'"[[Person A]]"' in before
    store(kept, "One.", "Two.", "@Marta came.")
    assert kept("export", "--split", "vault", "--people", "letters").err.startswith("Exported 3 ")
    assert inside(kept.home / "vault")[FIRST] == before

"""The inbox: small text files become notes once, are shown before, and move away only when they are saved."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from followme.journal import saving
from followme.shell import inbox
from rows import each_row
from running import Run
from sets import skips


@pytest.fixture
def box(run: Run) -> Path:
    folder = run.home / "Dropbox"
    folder.mkdir()
    assert run("config", "set", "inbox", str(folder)).code == 0
    return folder


def put(run: Run, path: Path, content: str | bytes, seconds_ago: float = 3600) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    when = run.now.timestamp() - seconds_ago
    os.utime(path, (when, when))
    return path


def replies(run: Run) -> list[str]:
    return [entry["answer"][0]["reply"] for entry in run.entries] if run.journal.exists() else []


def test_a_file_becomes_a_note_that_is_shown_first_and_then_moves(run: Run, box: Path):
    put(run, box / "2.txt", "Jonas was quiet.\r\nAsk him.", 60 * 60)
    put(run, box / "1.txt", "\ufeffAna stayed.\n", 60 * 60 * 24)
    done = run("note", "--take")
    assert done.err == "2 notes from your inbox:\n- Ana stayed.\n- Jonas was quiet.\nAsk him.\n"
    assert replies(run) == ["Ana stayed.", "Jonas was quiet.\nAsk him."]
    assert [entry["date"].day for entry in run.entries] == [19, 20]
    assert sorted(path.name for path in (box / "taken").iterdir()) == ["1.txt", "2.txt"]
    assert run("note", "--take").err == "There's nothing new in your inbox.\n"


def test_the_next_reflection_takes_it_and_two_machines_take_it_once(run: Run, box: Path):
    path = put(run, box / "1.txt", "Ana stayed.")
    content, when = path.read_bytes(), path.stat().st_mtime
    done = run("reflect", "three-minutes", *skips("three-minutes", "unseen"), "--answer", "unseen=Ben")
    assert (done.code, "1 note from your inbox:\n- Ana stayed.\n" in done.err) == (0, True)
    assert [entry["set"] for entry in run.entries] == ["note", "three-minutes"]
    # The move was lost, or a second machine sees the same file.
    path.write_bytes(content)
    os.utime(path, (when, when))
    assert run("note", "--take").code == 0
    assert [entry["set"] for entry in run.entries] == ["note", "three-minutes"]
    assert sorted(each.name for each in (box / "taken").iterdir()) == ["1-2.txt", "1.txt"]


def test_a_file_that_was_just_changed_waits_for_the_next_time(run: Run, box: Path):
    put(run, box / "1.txt", "Half", seconds_ago=5)
    assert inbox.look(_env(run), box, at_once=False) == inbox.Looked()
    assert len(inbox.look(_env(run), box, at_once=True).notes) == 1


def _env(run: Run):
    class World:
        now = staticmethod(lambda: run.now)

    return World()


@each_row(
    ("name", "content", "says"),
    [
        ("a.bin", b"\xff\xfe\x00", "a.bin stays in your inbox. It isn't text."),
        ("nul.txt", b"a\0b", "nul.txt stays in your inbox. It isn't text."),
        (
            "giant.txt",
            b"x" * 70_000,
            "giant.txt stays in your inbox. It has 70,000 bytes, too many for a note.",
        ),
        ("a.tmp", b"half", ""),
        (".hidden", b"words", ""),
        ("note.icloud", b"words", ""),
        ("empty.txt", b"", ""),
        ("blank.txt", b" \n", ""),
    ],
)
def test_what_is_no_note_stays(run: Run, box: Path, name, content, says):
    put(run, box / name, content)
    done = run("note", "--take")
    assert done.code == 0
    assert says in done.err
    assert (box / name).exists()
    assert not run.journal.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links only with a right of its own")
def test_links_and_conflict_copies_of_what_was_taken_stay(run: Run, box: Path):
    put(run, run.home / "secret.txt", "Not in the box")
    (box / "link.txt").symlink_to(run.home / "secret.txt")
    put(run, box / "note.txt", "Ana stayed.")
    run("note", "--take")
    put(run, box / "note (conflicted copy).txt", "Ana stayed.")
    done = run("note", "--take")
    assert "It's a copy of a note that was taken already." in done.err
    assert replies(run) == ["Ana stayed."]


def test_nothing_moves_where_nothing_could_be_saved(run: Run, box: Path):
    put(run, box / "1.txt", "Ana stayed.")
    run.journal.parent.mkdir(parents=True)
    run.journal.mkdir()
    done = run("note", "--take")
    assert done.code == 1
    assert (box / "1.txt").exists()


def test_an_inbox_that_is_missing_or_not_set_is_told(run: Run, box: Path):
    box.rmdir()
    assert "Your inbox can't be looked at." in run("note", "--take").err
    run("config", "set", "inbox", "")
    assert run("note", "--take").code == 2
    assert run("note", "--take", "words").code == 2


def test_a_file_that_grows_while_its_note_is_saved_stays_for_the_next_time(
    run: Run, box: Path, monkeypatch: pytest.MonkeyPatch
):
    path = put(run, box / "idea.txt", "Ask Mara")
    real = saving.save_all

    def grows(*given: object, **more: object) -> object:
        path.write_text("Ask Mara about the plan", encoding="utf-8")
        return real(*given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(saving, "save_all", grows)
        done = run("note", "--take")
    assert "idea.txt has changed since" in done.err
    assert path.exists()
    run("note", "--take")
    assert replies(run) == ["Ask Mara", "Ask Mara about the plan"]

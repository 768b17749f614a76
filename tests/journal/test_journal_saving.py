"""Saving an entry: one append, nothing else touched, private files, and a clear word when it cannot be."""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from damages import DAMAGES, journal
from hypothesis import HealthCheck, given, settings
from journal_samples import entries, entry
from test_journal_drafts import draft

from followme.errors import NotSaved
from followme.journal import drafts, memory, recovery
from followme.journal.draftfile import Pending
from followme.journal.file import append, lock
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import settled, to_toml
from followme.journal.file.paths import Paths
from followme.journal.file.reading import NotText, read
from followme.journal.memory import Shrunk
from followme.journal.saving import save, save_all
from followme.model import Entry

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes and links are those of POSIX systems")


def nothing_is_left_open(paths: Paths) -> bool:
    return not list(paths.drafts.iterdir())


# --- What is written --------------------------------------------------------------------------------------


def test_the_first_entry_makes_the_file(paths: Paths):
    save(paths, entry(0), None)
    assert paths.journal.read_text() == f"{PREAMBLE}\n{to_toml(entry(0))}"
    assert nothing_is_left_open(paths)


def test_the_next_one_follows_after_one_blank_line(paths: Paths):
    save(paths, entry(0), None)
    save(paths, entry(1), None)
    assert paths.journal.read_text() == f"{PREAMBLE}\n{to_toml(entry(0))}\n{to_toml(entry(1))}"
    assert len(tomllib.loads(paths.journal.read_text())["entry"]) == 2


@pytest.mark.parametrize(
    ("before", "between"),
    [
        ("x = 1", "\n\n"),
        ("x = 1\n", "\n"),
        ("x = 1\n\n", ""),
        ("x = 1\r\n", "\n"),
        ("\n", "\n"),
        ("é", "\n\n"),
    ],
)
def test_old_bytes_stay_and_one_blank_line_follows_them(paths: Paths, before: str, between: str):
    paths.journal.parent.mkdir()
    paths.journal.write_bytes(before.encode())
    save(paths, entry(0), None)
    assert paths.journal.read_bytes() == (before + between + to_toml(entry(0))).encode()


def test_a_draft_ends_with_its_entry(paths: Paths):
    own = drafts.open_new(paths, draft(paths, entry(0).id))
    save(paths, entry(0), own)
    assert read(paths.journal).entries == (entry(0),)
    assert nothing_is_left_open(paths)


@given(any_entry=entries)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_entry_comes_back_from_the_file(paths: Paths, any_entry: Entry):
    before = paths.journal.read_bytes() if paths.journal.exists() else b""
    save(paths, any_entry, None)
    text = paths.journal.read_bytes()
    assert text.startswith(before)
    assert read(paths.journal).entries[-1] == settled(any_entry)
    assert len(tomllib.loads(text.decode())["entry"]) == len(read(paths.journal).entries)


@pytest.mark.slow
def test_a_megabyte_is_an_entry_too(paths: Paths):
    large = entry(0, reply="Ana stayed. [[entry]]\n[[entry]]\n" * 40_000)
    save(paths, large, None)
    assert read(paths.journal).entries == (large,)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_adding_works_in_a_damaged_journal(paths: Paths, damage: Callable[..., bytes]):
    paths.journal.parent.mkdir()
    paths.journal.write_bytes(damaged := damage(journal(3), random.Random(7)))
    save(paths, entry(9), None)
    assert read(paths.journal).entries[-1] == entry(9)
    assert paths.journal.read_bytes().startswith(damaged)


def test_adding_works_in_a_newer_format(paths: Paths):
    paths.journal.parent.mkdir()
    paths.journal.write_text("format = 2\n")
    save(paths, entry(0), None)
    assert paths.journal.read_text().startswith("format = 2\n")
    assert read(paths.journal).entries == (entry(0),)


def test_saving_does_not_read_the_whole_journal(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    paths.journal.parent.mkdir()
    paths.journal.write_bytes(journal(1) + b"# filler\n" * 1_000_000)
    taken: list[int] = []
    real = os.read

    def counting(handle: int, length: int) -> bytes:
        taken.append(len(data := real(handle, length)))
        return data

    monkeypatch.setattr(os, "read", counting)
    save(paths, entry(1), None)
    assert sum(taken) < 1_000_000


# --- Several at once --------------------------------------------------------------------------------------


def test_several_entries_are_added_in_their_order(paths: Paths):
    save(paths, entry(0), None)
    several = (entry(2), entry(1, reply="A line like a header:\n[[entry]]\nin an answer."), entry(3))
    save_all(paths, several)
    assert read(paths.journal).entries == (entry(0), *several)
    text = paths.journal.read_text()
    assert text == PREAMBLE + "\n" + "\n".join(map(to_toml, (entry(0), *several)))
    assert nothing_is_left_open(paths)
    assert not memory.changed_elsewhere(paths)
    save_all(paths, ())
    assert paths.journal.read_text() == text


def test_many_entries_cost_as_many_syncs_as_one(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    synced: list[int] = []
    real = os.fsync

    def counting(handle: int) -> None:
        synced.append(handle)
        real(handle)

    save(paths, entry(0), None)
    monkeypatch.setattr(os, "fsync", counting)
    save(paths, entry(1), None)
    one = len(synced)
    save_all(paths, [entry(number) for number in range(2, 102)])
    assert len(synced) == 2 * one > 0
    assert len(read(paths.journal).entries) == 102


def test_several_that_cannot_be_added_are_kept_together(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    save(paths, entry(0), None)
    before = paths.journal.read_bytes()
    several = tuple(entry(number) for number in (1, 2, 3))
    with monkeypatch.context() as lying:
        lying.setattr(append, "write_all", lambda handle, data: None)
        with pytest.raises(NotSaved, match=r"The entries aren't saved.*kept in a draft"):
            save_all(paths, several)
    assert paths.journal.read_bytes() == before
    save_all(paths, several)
    assert read(paths.journal).entries == (entry(0), *several)
    assert nothing_is_left_open(paths)


# --- Whose files ------------------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_all_that_is_made_is_private(paths: Paths, mask: int):
    paths = Paths(paths.journal.parent / "a" / "b" / "journal.toml", paths.state / "followme")
    old = os.umask(mask)
    try:
        own = drafts.open_new(paths, draft(paths, entry(0).id))
        paused = drafts.open_new(paths, draft(paths))
        save(paths, entry(0), own)
    finally:
        os.umask(old)
    paused.close()
    top = paths.journal.parents[3]
    for path in top.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@POSIX
def test_an_existing_journal_keeps_its_mode_and_its_link(paths: Paths, tmp_path: Path):
    real = tmp_path / "real.toml"
    real.write_text(PREAMBLE)
    real.chmod(0o640)
    paths.journal.parent.mkdir()
    paths.journal.symlink_to(real)
    save(paths, entry(0), None)
    assert paths.journal.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert read(real).entries == (entry(0),)


@POSIX
def test_a_link_and_its_file_are_the_same_journal(paths: Paths, tmp_path: Path):
    link = tmp_path / "link.toml"
    link.symlink_to(paths.journal)
    assert Paths(link, paths.state).lock == paths.lock


# --- What is refused --------------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nothing", "link in a circle"])
def test_what_is_no_file_is_refused_and_the_words_are_kept(paths: Paths, kind: str):
    paths.journal.parent.mkdir()
    if kind == "folder":
        paths.journal.mkdir()
    elif kind == "pipe":
        os.mkfifo(paths.journal)
    else:
        paths.journal.symlink_to(paths.journal if "circle" in kind else paths.journal.parent / "nowhere")
    with pytest.raises(NotSaved, match="kept in a draft"):
        save(paths, entry(0), None)
    if kind == "link to nothing":
        paths.journal.resolve().touch()
    elif kind == "folder":
        paths.journal.rmdir()
    else:
        paths.journal.unlink()
    assert recovery.recover(paths).completed == (entry(0),)
    assert read(paths.journal).entries == (entry(0),)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_nothing_is_added_in_an_encoding_that_no_reader_reads(paths: Paths, encoding: str):
    """The words wait until the file is saved as UTF-8, and are in it then."""
    paths.journal.parent.mkdir()
    paths.journal.write_bytes(old := f"{PREAMBLE}\n{to_toml(entry(0))}".encode(encoding))
    with pytest.raises(NotText, match="is stored as UTF-16"):
        append.check_can_add(paths)
    with pytest.raises(NotSaved, match=r"is stored as UTF-16.*kept in a draft"):
        save(paths, entry(1), None)
    assert paths.journal.read_bytes() == old
    assert "is stored as UTF-16" in recovery.recover(paths).waiting[0]
    assert paths.journal.read_bytes() == old
    paths.journal.write_bytes(old.decode(encoding).encode())
    assert recovery.recover(paths).completed == (entry(1),)
    assert read(paths.journal).entries == (entry(0), entry(1))


def test_without_a_state_folder_nothing_is_written_and_the_words_are_not_called_safe(paths: Paths):
    paths.state.write_text("a file where the folder should be")
    with pytest.raises(NotSaved, match="copy them before you close this window"):
        save(paths, entry(0), None)
    assert not paths.journal.exists()


def test_a_busy_journal_keeps_the_words_for_later(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    code = """
import sys
from pathlib import Path
from followme.journal.file import lock
from followme.journal.file.paths import Paths
with lock.held(Paths(Path(sys.argv[1]), Path(sys.argv[2]))):
    print("held", flush=True)
    sys.stdin.read()
"""
    monkeypatch.setattr("followme.journal.saving.held", lambda paths: lock.held(paths, limit=0.2))
    command = [sys.executable, "-c", code, str(paths.journal), str(paths.state)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdin
        holder.stdout.readline()
        with pytest.raises(NotSaved, match=rf"process {holder.pid}, since \d\d:\d\d\) is writing"):
            save(paths, entry(0), None)
        holder.stdin.close()
    assert not paths.journal.exists()
    assert recovery.recover(paths).completed == (entry(0),)


# --- A journal that lost its end --------------------------------------------------------------------------


def test_a_journal_that_lost_its_end_is_not_added_to_blindly(paths: Paths):
    save(paths, entry(0), None)
    save(paths, entry(1), None)
    cut = f"{PREAMBLE}\n{to_toml(entry(0))}"
    paths.journal.write_text(cut)
    with pytest.raises(Shrunk, match=r"has shrunk from \d+ to \d+ bytes"):
        save(paths, entry(2), None)
    assert paths.journal.read_text() == cut


@pytest.mark.parametrize("left", [None, b""])
def test_a_journal_that_is_gone_is_not_begun_anew_blindly(paths: Paths, left: bytes | None):
    save(paths, entry(0), None)
    paths.journal.unlink()
    if left is not None:
        paths.journal.write_bytes(left)
    with pytest.raises(Shrunk, match="is gone or empty"):
        save(paths, entry(1), None)
    assert paths.journal.exists() is (left is not None)


@pytest.mark.parametrize("with_draft", [True, False])
def test_who_insists_gets_the_entry_once(paths: Paths, with_draft: bool):
    save(paths, entry(0), None)
    paths.journal.unlink()
    own = drafts.open_new(paths, draft(paths, entry(1).id)) if with_draft else None
    with pytest.raises(Shrunk):
        save(paths, entry(1), own)
    assert recovery.recover(paths).completed == ()
    save(paths, entry(1), own, although_shrunk=True)
    assert read(paths.journal).entries == (entry(1),)
    assert nothing_is_left_open(paths)
    save(paths, entry(2), None)
    assert read(paths.journal).entries == (entry(1), entry(2))


def test_a_hand_edit_that_shortens_an_old_entry_is_nobodys_business(paths: Paths):
    save(paths, entry(0), None)
    save(paths, entry(1), None)
    paths.journal.write_text(paths.journal.read_text().replace("She had asked twice.", "", 1))
    assert memory.changed_elsewhere(paths)
    save(paths, entry(2), None)
    assert len(read(paths.journal).entries) == 3
    assert not memory.changed_elsewhere(paths)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"{}", b"[]", b'{"size": "x"}', b"\xff"])
def test_a_damaged_memory_is_no_memory(paths: Paths, content: bytes):
    save(paths, entry(0), None)
    paths.memory.write_bytes(content)
    save(paths, entry(1), None)
    assert len(read(paths.journal).entries) == 2


# --- A failed try and the next one ------------------------------------------------------------------------


def test_a_failed_save_can_be_tried_again_with_other_words(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    """Even when what was written could not be taken back, as on an append-only file."""
    save(paths, entry(0), None)
    own = drafts.open_new(paths, draft(paths, entry(1).id))
    with monkeypatch.context() as failing:
        failing.setattr(
            append.JournalEnd, "sync", lambda end: (_ for _ in ()).throw(OSError(5, "Input/output error"))
        )
        failing.setattr(
            append.JournalEnd, "cut", lambda end, size: (_ for _ in ()).throw(OSError(1, "Not permitted"))
        )
        with pytest.raises(
            NotSaved,
            match=r"is in the journal, but a power cut could still undo it\. The disk reported an error",
        ):
            save(paths, entry(1), own)
    changed = replace(entry(1), minutes=99)
    save(paths, changed, own)
    assert read(paths.journal).entries == (entry(0), changed)
    assert nothing_is_left_open(paths)


def test_a_failed_save_is_not_tried_again_beside_what_it_left(paths: Paths):
    """It wrote all, could neither sync nor take it back, and another window has added since."""
    save(paths, entry(0))
    pending = Pending(record=to_toml(entry(1)), lead="\n", size=paths.journal.stat().st_size)
    own = drafts.open_new(paths, draft(paths, entry(1).id, pending=pending))
    paths.journal.write_bytes(paths.journal.read_bytes() + pending.data)
    save(paths, entry(2))
    save(paths, entry(1), own)
    assert read(paths.journal).entries == (entry(0), entry(1), entry(2))
    assert nothing_is_left_open(paths)


def test_a_disk_that_lies_is_noticed(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    save(paths, entry(0), None)
    before = paths.journal.read_bytes()
    with monkeypatch.context() as lying:
        lying.setattr(append, "write_all", lambda handle, data: None)
        with pytest.raises(NotSaved, match="kept in a draft"):
            save(paths, entry(1), None)
    assert paths.journal.read_bytes() == before
    assert recovery.recover(paths).completed == (entry(1),)
    assert read(paths.journal).entries == (entry(0), entry(1))

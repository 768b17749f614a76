"""Bad files in the state folder: nothing waits for them or ends because of them, and doctor tells which they are."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from two_questions import ALL, write_set

from followme.journal import draftfile
from followme.journal.draftfile import Draft, Pending
from rows import first_quick

if os.name == "nt":
    pytest.skip("Windows has no such files", allow_module_level=True)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    (path / "deep").mkdir(parents=True)


def link_in_a_circle(path: Path) -> None:
    path.symlink_to(path)


def link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_socket(path: Path) -> None:
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


def very_large(path: Path) -> None:
    path.touch()
    os.truncate(path, 5_000_000_000)


STRANGE = [pipe, folder, link_in_a_circle, link_to_nothing, link_to_a_device, a_socket]
FEW = (pipe, folder)
strange = pytest.mark.parametrize(
    "make", [make if make in FEW else pytest.param(make, marks=pytest.mark.slow) for make in STRANGE],
    ids=[make.__name__ for make in STRANGE],
)  # fmt: skip


@contextmanager
def soon() -> Iterator[None]:
    """Fail where something waits."""

    def late(*_: object) -> None:
        raise AssertionError("it waits for something")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def goes_on(run, told: Path | None, code: int = 1) -> None:
    """Doctor tells of this file, and everything that is written is stored."""
    with soon():
        looked = run("doctor")
        repaired = run("doctor", "--repair", "--yes")
        assert looked.code == repaired.code == (code if told else 0), looked
        assert told is None or str(told) in looked.out
        before = len(run.entries)
        done = [run("note", "Ana stayed."), run("reflect", "two", *ALL), run(), run("list")]
    assert [one.code for one in done] == [0] * 4, done
    assert all("internal error" not in one.err for one in (looked, repaired, *done))
    assert len(run.entries) == before + 2


@pytest.fixture
def used(run):
    """A home in which everything has been made."""
    write_set(run.prompts)
    assert run("note", "The first.").code == 0
    return run


# --- What is no file --------------------------------------------------------------------------------------


@strange
def test_in_place_of_a_draft(used, make: Callable):
    path = used.paths.drafts / "20261120T150411-k7q2m.toml"
    make(path)
    goes_on(used, path)
    assert os.path.lexists(path)


@strange
def test_beside_the_drafts(used, make: Callable):
    path = used.paths.drafts / "20261120T150411-k7q2m.lock"
    make(path)
    goes_on(used, path)


@pytest.mark.parametrize("draft", ["finished", "unfinished"])
def test_a_draft_that_cannot_be_held_is_told_of(used, draft: str):
    """As in a folder where nothing can be made: its words are in no list, but they are there."""
    one = replace(SOUND, journal=used.paths.real, **({} if draft == "finished" else {"pending": None}))
    path = used.paths.drafts / f"{SOUND.id}.toml"
    path.write_text(draftfile.to_toml(one))
    path.with_suffix(".lock").mkdir()
    assert f"The draft {path} can't be opened." in used().err
    goes_on(used, path)
    assert path.exists()


def test_what_an_editor_has_beside_the_drafts_is_not_strange(used):
    folder(used.paths.drafts / "20261120T150411-k7q2m.editor-0a1b")
    with soon():
        assert not [row for row in used("doctor").rows if row[1] == "kept"]


@strange
def test_in_place_of_the_memory(used, make: Callable):
    used.paths.memory.unlink()
    make(used.paths.memory)
    goes_on(used, used.paths.memory)


@strange
def test_in_place_of_the_lock(used, make: Callable, memory: Path):
    """The lock in the spare folder serves meanwhile."""
    used.paths.lock.unlink()
    make(used.paths.lock)
    used.environ = {"XDG_RUNTIME_DIR": str(memory)}
    goes_on(used, used.paths.lock)


@strange
def test_in_place_of_the_lock_without_another_folder_words_wait(used, make: Callable):
    used.paths.lock.unlink()
    make(used.paths.lock)
    with soon():
        done = used("note", "Ana stayed.")
        assert (done.code, "Your words are kept in a draft" in done.err) == (1, True)
        assert str(used.paths.lock) in used("doctor").out


@strange
def test_in_place_of_the_holder(used, make: Callable):
    """Which process holds the lock is only said in a message."""
    used.paths.holder.unlink()
    make(used.paths.holder)
    goes_on(used, used.paths.holder)


@strange
def test_among_the_backups(used, make: Callable):
    used.journal.write_bytes(used.journal.read_bytes() + b"\n[[entry]]\nbroken\n")
    used.paths.backups.mkdir(parents=True)
    path = used.paths.backups / "20261120T150411Z.toml"
    make(path)
    make(path.with_name("half.toml.new"))
    goes_on(used, path)
    assert (
        len([one for one in used.paths.backups.glob("*.toml") if one.is_file() and not one.is_symlink()]) == 1
    )


@strange
def test_in_place_of_the_damaged_parts(used, make: Callable):
    used.journal.write_bytes(used.journal.read_bytes() + b"\n[[entry]]\nbroken\n")
    path = used.paths.state / f"damaged-{used.now.date()}.toml"
    make(path)
    make(path.with_name(f"{path.name}.new"))
    with soon():
        done = used("doctor", "--repair", "--yes")
    assert done.code == 0, done
    assert b"broken" in path.with_name(f"damaged-{used.now.date()}-2.toml").read_bytes()


def test_what_a_killed_doctor_left_goes_with_the_next(used):
    left = [used.paths.drafts / "followme-tries", used.paths.drafts / "followme-tries.new"]
    left.append(used.paths.state / "locks" / "followme-tries")
    for path in left:
        path.write_bytes(b"\0" * 1000)
    assert used("doctor").code == 0
    assert [path for path in left if path.exists()] == []


# --- What is in the files ---------------------------------------------------------------------------------

SOUND = Draft(
    id="20261120T150411-k7q2m",
    journal="JOURNAL",
    set="two",
    week="2026-W47",
    started=datetime.fromisoformat("2026-11-20T16:04:11+01:00"),
    typed={"went": {"reply": "Ana stayed."}},
    pending=Pending(record='[[entry]]\nid = "a"\ndate = 2026-11-20T16:04:11+01:00\n', lead="\n", size=7),
)

CHANGES = {
    "size is a text": ("size = 7", 'size = "x"'),
    "size is a number without end": ("size = 7", "size = 1e999"),
    "size is below nothing": ("size = 7", "size = -7"),
    "size is a truth": ("size = 7", "size = true"),
    "size is beyond all disks": ("size = 7", "size = 9223372036854775807"),
    "seconds without end": ("seconds = 0.0", "seconds = inf"),
    "seconds that are none": ("seconds = 0.0", "seconds = nan"),
    "seconds before the beginning": ("seconds = 0.0", "seconds = -1.0"),
    "a day for a moment": ("started = 2026-11-20 16:04:11+01:00", "started = 2026-11-20"),
    "a moment without offset": ("started = 2026-11-20 16:04:11+01:00", "started = 2026-11-20T16:04:11"),
    "numbers for keys": ("done = []", "done = [1, 2]"),
    "a text for the plan": ("[plan]", 'plan = ""\n[other]'),
    "a number for an answer": ('reply = "Ana stayed."', "reply = 7"),
    "an answer that is none": ("[typed.went]", "[typed]\nwent = 7\n[other]"),
    "brackets": ("done = []", f"done = {'[' * 100_000}"),
    "another format": ("format = 1", 'format = "1"'),
    "no lead": ('lead = "\\n"', "other = 1"),
}


UNFINISHED_CHANGES = {
    "a week that is none": ("2026-W47", "2026-W60"),
    "a week in words": ("2026-W47", "this week"),
}


@pytest.mark.parametrize(
    ("sound", "change"),
    [
        *first_quick((SOUND, change) for change in CHANGES.values()),
        *first_quick((replace(SOUND, pending=None), change) for change in UNFINISHED_CHANGES.values()),
    ],
    ids=[*CHANGES, *UNFINISHED_CHANGES],
)
def test_a_draft_with_a_wrong_value(used, sound: Draft, change: tuple[str, str]):
    text = draftfile.to_toml(sound).replace("JOURNAL", used.paths.real)
    assert text.count(change[0]) == 1
    path = used.paths.drafts / f"{SOUND.id}.toml"
    path.write_text(text.replace(*change))
    goes_on(used, path)
    assert path.read_text() == text.replace(*change)


@pytest.mark.parametrize(
    "record", first_quick(["words", "", "[[entry]]\n", "\0" * 9, '[[entry]]\nid = "a"\n' * 2])
)
def test_a_finished_draft_whose_entry_is_none(used, record: str):
    """Its digest fits, so followme wrote it, or someone who knows how. Nothing waits for it for ever."""
    broken = replace(SOUND, journal=used.paths.real, pending=Pending(record=record, size=7))
    path = used.paths.drafts / f"{SOUND.id}.toml"
    path.write_text(draftfile.to_toml(broken))
    goes_on(used, path)
    assert f"The draft {path} can't be read: the entry in it " in used().err
    assert path.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    first_quick(
        [
            (draftfile.to_toml(SOUND).replace("Ana", "Änne").encode("latin-1"), "it isn't UTF-8 text."),
            (b"\0" * 500, "it isn't UTF-8 text."),
            (b"\xef\xbb\xbf" + draftfile.to_toml(SOUND).encode(), None),
            (draftfile.to_toml(SOUND).encode("utf-16"), None),
        ]
    ),
    ids=["Latin-1", "NUL", "a mark", "UTF-16"],
)
def test_a_draft_that_an_editor_saved_in_another_encoding(used, data: bytes, said: str | None):
    """`doctor` itself says to look at it in an editor."""
    path = used.paths.drafts / f"{SOUND.id}.toml"
    path.write_bytes(data)
    assert (f"{path} can't be read: {said}" in used().err) is bool(said)
    goes_on(used, path if said else None)
    assert path.read_bytes() == data


MEMORIES = (
    *(b"", b"nonsense", b"[]", b"{}", b"\xff", b"1e999", b'{"size": 1e999, "last": "a", "digest": ""}'),
    *(b'{"size": 7, "last": "\\ud800", "digest": ""}', b'{"size": 7, "last": 7, "digest": ""}', b"[" * 5000),
    *(
        b'{"size": true, "last": "a", "digest": ""}',
        b'{"size": "x", "last": "a", "digest": ""}',
        b" " * 20_000,
    ),
)


@pytest.mark.parametrize("content", first_quick(MEMORIES), ids=range(len(MEMORIES)))
def test_a_memory_with_a_wrong_value(used, content: bytes):
    used.paths.memory.write_bytes(content)
    goes_on(used, used.paths.memory)
    assert used("doctor").code == 0


@pytest.mark.parametrize("what", first_quick(["memory", "draft"]))
def test_a_very_large_file(used, what: str):
    path = used.paths.memory if what == "memory" else used.paths.drafts / "large.toml"
    path.unlink(missing_ok=True)
    very_large(path)
    goes_on(used, path)

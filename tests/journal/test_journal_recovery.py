"""Recovery: however a write was torn, the old entries and exactly one whole new one come out of it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from journal_samples import entry
from test_journal_drafts import draft

from followme.journal import drafts, memory, recovery
from followme.journal.draftfile import Pending
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.saving import save, save_all
from followme.model import Entry

OLD = f"{PREAMBLE}\n{to_toml(entry(0))}"
RECORD = to_toml(entry(1))
WHOLE = (OLD + "\n" + RECORD).encode()
ADDED = ("\n" + RECORD).encode()


def torn(paths: Paths, tail: bytes, old: str = OLD, lead: str = "\n") -> None:
    """The state after an accident in the middle of adding: `tail` is what reached the file."""
    paths.memory.unlink(missing_ok=True)
    paths.journal.parent.mkdir(exist_ok=True)
    paths.journal.write_bytes(old.encode() + tail)
    pending = Pending(record=RECORD, lead=lead, size=len(old.encode()))
    drafts.open_new(paths, draft(paths, entry(1).id, pending=pending)).close()


def is_mended(paths: Paths, whole: bytes = WHOLE) -> bool:
    done = recovery.recover(paths)
    assert (done.completed, done.waiting) == ((entry(1),), ())
    assert list(paths.drafts.iterdir()) == []
    return paths.journal.read_bytes() == whole


def test_nothing_to_recover_makes_nothing(paths: Paths):
    assert recovery.recover(paths) == recovery.Recovery()
    assert not paths.state.exists()


AT_ANY_BYTE = pytest.mark.parametrize(
    "stride", [23, pytest.param(5, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.long)]
)
"""At each 23rd byte of what was to be written by default, at each fifth among the slow tests, at every one at last."""


@AT_ANY_BYTE
def test_an_entry_torn_at_any_byte(paths: Paths, stride: int):
    for length in range(0, len(ADDED) + 1, stride):
        torn(paths, ADDED[:length])
        assert is_mended(paths), length


@AT_ANY_BYTE
def test_an_entry_torn_at_any_byte_of_a_file_without_last_line_feed(paths: Paths, stride: int):
    old = OLD.rstrip("\n")
    added = ("\n\n" + RECORD).encode()
    for length in range(0, len(added) + 1, stride):
        torn(paths, added[:length], old=old, lead="\n\n")
        assert is_mended(paths, old.encode() + added), length


@AT_ANY_BYTE
def test_a_first_entry_torn_at_any_byte(paths: Paths, stride: int):
    lead = PREAMBLE + "\n"
    added = (lead + RECORD).encode()
    for length in range(0, len(added) + 1, stride):
        torn(paths, added[:length], old="", lead=lead)
        assert is_mended(paths, added), length


def all_nul(length: int, chance: random.Random) -> bytes:
    return b"\0" * length


def nul_after(length: int, chance: random.Random) -> bytes:
    return ADDED[:length] + b"\0" * (len(ADDED) - length)


def nul_before(length: int, chance: random.Random) -> bytes:
    return b"\0" * length + ADDED[length:]


def nul_here_and_there(length: int, chance: random.Random) -> bytes:
    return bytes(byte if chance.random() < 0.8 else 0 for byte in ADDED[:length])


def nul_beyond(length: int, chance: random.Random) -> bytes:
    return ADDED + b"\0" * length


@AT_ANY_BYTE
@pytest.mark.parametrize("tail", [all_nul, nul_after, nul_before, nul_here_and_there, nul_beyond])
def test_nul_bytes_in_place_of_what_was_written(paths: Paths, tail: Callable[..., bytes], stride: int):
    chance = random.Random(7)
    for length in range(0, len(ADDED) + 1, stride):
        torn(paths, tail(length, chance))
        assert is_mended(paths), length


def test_an_entry_that_got_there_is_not_added_again(paths: Paths):
    torn(paths, ADDED)
    assert is_mended(paths)


def test_what_came_after_it_is_left_alone(paths: Paths):
    torn(paths, ADDED + b"\n# by hand\n")
    assert is_mended(paths, WHOLE + b"\n# by hand\n")


def test_an_entry_edited_by_hand_since_is_neither_cut_nor_doubled(paths: Paths):
    edited = ADDED.replace(b"asked twice", b"asked three times, at least")
    torn(paths, edited)
    recovery.recover(paths)
    assert paths.journal.read_bytes() == OLD.encode() + edited


def test_something_else_in_its_place_stays_and_the_entry_follows(paths: Paths):
    torn(paths, b"\n# my own words\n")
    assert is_mended(paths, OLD.encode() + b"\n# my own words\n\n" + RECORD.encode())


def test_a_torn_end_that_was_edited_since_stays_and_the_entry_follows(paths: Paths):
    torn(paths, ADDED[:50] + b"\nmore by hand")
    recovery.recover(paths)
    assert paths.journal.read_bytes().startswith(OLD.encode() + ADDED[:50] + b"\nmore by hand")
    assert read(paths.journal).entries == (entry(0), entry(1))


# --- Several entries added at once ------------------------------------------------------------------------


SEVERAL = tuple(entry(number) for number in (1, 2, 3))
RECORDS = "\n".join(map(to_toml, SEVERAL))


def several_torn(paths: Paths, tail: bytes) -> tuple[Entry, ...]:
    """What recovery brings into the journal after that much of three entries had reached it."""
    paths.memory.unlink(missing_ok=True)
    paths.journal.parent.mkdir(exist_ok=True)
    paths.journal.write_bytes(OLD.encode() + tail)
    pending = Pending(record=RECORDS, lead="\n", size=len(OLD.encode()))
    drafts.open_new(paths, draft(paths, entry(1).id, pending=pending)).close()
    done = recovery.recover(paths)
    assert done.waiting == ()
    assert list(paths.drafts.iterdir()) == []
    return done.completed


@AT_ANY_BYTE
def test_several_entries_torn_at_any_byte(paths: Paths, stride: int):
    whole = ("\n" + RECORDS).encode()
    for length in range(0, len(whole) + 1, 5 * stride):
        assert several_torn(paths, whole[:length]) == SEVERAL
        assert paths.journal.read_bytes() == OLD.encode() + whole, length


@pytest.mark.parametrize("there", [(1,), (2,), (3,), (1, 3), (3, 1), (1, 2, 3)])
def test_of_several_only_those_are_added_that_a_hand_edit_did_not_leave(paths: Paths, there: tuple[int, ...]):
    tail = "\n" + "\n".join(to_toml(entry(number)) for number in there) + "\n# by hand\n"
    assert several_torn(paths, tail.encode()) == SEVERAL
    assert paths.journal.read_text().startswith(OLD + tail)
    added = [number for number in (1, 2, 3) if number not in there]
    assert read(paths.journal).entries == tuple(entry(number) for number in (0, *there, *added))
    assert not memory.changed_elsewhere(paths)


def test_several_that_waited_are_not_added_again_with_others(paths: Paths):
    paths.journal.parent.mkdir()
    paths.journal.write_text(OLD)
    drafts.open_new(paths, draft(paths, entry(1).id, pending=Pending(record=RECORDS))).close()
    save_all(paths, (*SEVERAL, entry(4)))
    assert read(paths.journal).entries == (entry(0), *SEVERAL, entry(4))


# --- Other ways -------------------------------------------------------------------------------------------


def test_an_entry_never_begun_to_be_added(paths: Paths):
    paths.journal.parent.mkdir()
    paths.journal.write_text(OLD)
    drafts.open_new(paths, draft(paths, entry(1).id, pending=Pending(record=RECORD))).close()
    assert is_mended(paths)


def test_a_journal_that_has_shrunk_is_waited_for(paths: Paths):
    torn(paths, b"")
    paths.journal.write_text(PREAMBLE)
    done = recovery.recover(paths)
    assert done.completed == ()
    assert "has shrunk" in done.waiting[0]
    assert paths.journal.read_text() == PREAMBLE
    assert recovery.recover(paths, although_shrunk=True).completed == (entry(1),)
    assert read(paths.journal).entries == (entry(1),)


def test_an_unfinished_draft_is_left_to_be_asked_about(paths: Paths):
    drafts.open_new(paths, draft(paths)).close()
    assert recovery.recover(paths).completed == ()
    assert len(drafts.orphans(paths)) == 1


def test_a_draft_that_is_being_saved_is_left_to_its_owner(paths: Paths):
    own = drafts.open_new(paths, draft(paths, entry(1).id, pending=Pending(record=RECORD)))
    assert recovery.recover(paths).completed == ()
    own.close()
    assert recovery.recover(paths).completed == (entry(1),)


def test_saving_finishes_what_a_dead_session_left_first(paths: Paths):
    torn(paths, ADDED[:100])
    save(paths, entry(2), None)
    assert read(paths.journal).entries == (entry(0), entry(1), entry(2))
    assert read(paths.journal).damages == ()


def test_several_dead_sessions_are_all_finished(paths: Paths):
    for number in range(3):
        pending = Pending(record=to_toml(entry(number)))
        drafts.open_new(paths, draft(paths, entry(number).id, pending=pending)).close()
    assert len(recovery.recover(paths).completed) == 3
    assert {one.id for one in read(paths.journal).entries} == {entry(number).id for number in range(3)}

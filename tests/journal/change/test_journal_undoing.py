"""Undo: exactly the blocks of the last change go back, whatever was added since, or it says why it doesn't."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import journal_samples as samples
import pytest

from followme.journal.change import backups, gone, log, rewrite, undoing
from followme.journal.change.inverse import CannotUndo, NothingToUndo
from followme.journal.change.log import Logged
from followme.journal.change.rewrite import Change
from followme.journal.change.swap import ChangedMeanwhile
from followme.journal.file import codec, reading
from followme.journal.file.blocks import Block
from followme.journal.file.paths import Paths
from followme.journal.health.repair import repair
from followme.journal.saving import save, save_all
from followme.model import Outcome, Promise

NOW = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)
ENTRIES = [samples.entry(number) for number in range(4)]


@pytest.fixture
def journal(paths: Paths) -> Path:
    """A journal with three entries; each was added on its own."""
    for one in ENTRIES[:3]:
        save(paths, one)
    return paths.journal


def blocks(paths: Paths) -> list[Block]:
    return reading.blocks_of(paths.journal.read_bytes())


def removal(paths: Paths, number: int) -> Change:
    one = blocks(paths)[number]
    return Change(one.start, one.data)


def delete(paths: Paths, *numbers: int) -> None:
    changes = [removal(paths, number) for number in numbers]
    rewrite.rewrite(paths, changes, verb=log.DELETE, gain=-len(numbers), now=NOW)


def edit(paths: Paths, number: int, old: str, new: str) -> None:
    one = removal(paths, number)
    changes = [replace(one, new=one.old.replace(old.encode(), new.encode()))]
    rewrite.rewrite(paths, changes, verb=log.EDIT, now=NOW)


def undo(paths: Paths) -> str:
    """Take back the last change, and return its verb."""
    step = undoing.planned(paths)
    old = paths.journal.read_bytes()
    backup = undoing.undo(paths, step, NOW)
    assert backup.read_bytes() == old
    return step.logged.verb


def ids(paths: Paths) -> list[int]:
    """The numbers of the entries in the file, in its order."""
    names = [one.id for one in ENTRIES]
    found = reading.read(paths.journal)
    return [names.index(each.id) for each in found.entries]


def refused(paths: Paths) -> str:
    old, lines = paths.journal.read_bytes(), paths.changes.read_bytes()
    with pytest.raises(CannotUndo) as caught:
        undoing.planned(paths)
    assert (paths.journal.read_bytes(), paths.changes.read_bytes()) == (old, lines)
    return str(caught.value)


def by_hand(paths: Paths, old: str, new: str, count: int = 1) -> None:
    data = paths.journal.read_bytes()
    assert old.encode() in data
    paths.journal.write_bytes(data.replace(old.encode(), new.encode(), count))


# --- One step back, and further ---------------------------------------------------------------------------


def test_a_delete_an_edit_and_the_adds_one_after_the_other(paths: Paths, journal: Path):
    before = journal.read_bytes()
    edit(paths, 0, "Ana", "Eva")
    edited = journal.read_bytes()
    delete(paths, 1, 2)
    assert undo(paths) == log.DELETE
    assert journal.read_bytes() == edited
    assert undo(paths) == log.EDIT
    assert journal.read_bytes() == before
    assert [undo(paths) for _ in range(3)] == [log.ADD] * 3
    assert ids(paths) == []
    assert set(gone.listed(journal.read_bytes())) == {one.id for one in ENTRIES[:3]}
    with pytest.raises(NothingToUndo):
        undoing.planned(paths)


@pytest.mark.parametrize("numbers", [(0,), (1,), (2,), (0, 1), (1, 2), (0, 2), (0, 1, 2)])
def test_what_was_added_since_stays_and_the_rest_is_byte_for_byte_what_it_was(
    paths: Paths, journal: Path, numbers: tuple[int, ...]
):
    before = journal.read_bytes()
    delete(paths, *numbers)
    undo(paths)
    assert journal.read_bytes() == before
    delete(paths, *numbers)
    later = codec.to_toml(ENTRIES[3])
    journal.write_bytes(journal.read_bytes() + f"\n{later}".encode())
    undo(paths)
    assert sorted(ids(paths)) == [0, 1, 2, 3]
    assert [n for n in ids(paths) if n != 3] == [0, 1, 2]
    assert not reading.read(journal).damages
    assert gone.listed(journal.read_bytes()) == ()


def test_an_import_of_many_goes_at_once(paths: Paths, journal: Path):
    before = blocks(paths)
    many = [samples.entry(number) for number in range(100, 200)]
    data = b"\n".join(codec.to_toml(one).encode() for one in many) + b"\n"
    rewrite.rewrite(paths, [Change(before[1].start, b"", data)], verb=log.IMPORT, gain=100, now=NOW)
    save(paths, ENTRIES[3])
    assert undo(paths) == log.ADD
    assert undo(paths) == log.IMPORT
    assert ids(paths) == [0, 1, 2]
    assert [one.data.rstrip() for one in blocks(paths)] == [one.data.rstrip() for one in before]


def test_a_repair_puts_damaged_parts_back(paths: Paths, journal: Path):
    spoilt = b'[[entry]]\ndate = "unclosed\nwords that count\n'
    by_hand(paths, f'id = "{ENTRIES[1].id}"\n', "")
    first, rest = journal.read_bytes().split(b"[[entry]]", 1)
    journal.write_bytes(
        first + b"[[entry]]" + rest.replace(b"\n\n[[entry]]", b"\n\n" + spoilt + b"\n[[entry]]", 1)
    )
    before = journal.read_bytes()
    repair(paths, NOW, lambda moment: "20261120T000000-aaaaa")
    assert b"words that count" not in journal.read_bytes()
    assert undo(paths) == log.REPAIR
    assert journal.read_bytes() == before


def test_a_restore_is_taken_back_too(paths: Paths, journal: Path):
    delete(paths, 1)
    edit(paths, 0, "Ana", "Eva")
    before = journal.read_bytes()
    oldest = backups.listed(paths)[-1]
    undoing.restore(paths, oldest, before, NOW)
    assert ids(paths) == [0, 1, 2]
    assert b"Ana" in blocks(paths)[0].data
    assert undo(paths) == log.RESTORE
    assert journal.read_bytes() == before


# --- When it refuses --------------------------------------------------------------------------------------


def test_an_entry_that_was_edited_by_hand_since_is_named(paths: Paths, journal: Path):
    by_hand(paths, "asked twice", "asked once", 3)
    assert refused(paths).startswith(f"{ENTRIES[2].id} was changed after that")
    edit(paths, 0, "Ana", "Eva")
    by_hand(paths, "Eva", "Ina")
    assert refused(paths).startswith(f"{ENTRIES[0].id} was changed after that")


def test_an_entry_that_was_damaged_since_is_named_and_not_taken_for_gone(paths: Paths, journal: Path):
    by_hand(paths, f'id = "{ENTRIES[2].id}"', f'id = "{ENTRIES[2].id}"\nspoilt')
    assert refused(paths).startswith(f"{ENTRIES[2].id} was changed after that")


def test_a_deleted_entry_that_came_back_otherwise_is_named(paths: Paths, journal: Path):
    one = blocks(paths)[1].data
    delete(paths, 1)
    journal.write_bytes(
        journal.read_bytes().replace(b"\n[[entry]]", b"\n" + one.replace(b"Ana", b"Eva") + b"[[entry]]", 1)
    )
    assert refused(paths).startswith(f"{ENTRIES[1].id} was changed after that")


def test_a_promise_that_has_got_an_outcome_since_stays(paths: Paths):
    promised = replace(ENTRIES[0], promises=(Promise(ref="p1", text="Call Ben"),))
    save_all(paths, [ENTRIES[1], ENTRIES[2]])
    save(paths, promised)
    outcome = Outcome(promise=f"{promised.id}/p1", result="kept")
    ended = codec.to_toml(replace(ENTRIES[1], outcomes=(outcome,)))
    paths.journal.write_bytes(
        paths.journal.read_bytes().replace(codec.to_toml(ENTRIES[1]).encode(), ended.encode())
    )
    assert refused(paths).startswith(f"{ENTRIES[1].id} says what became of a promise")


@pytest.mark.parametrize("verb", [log.PURGE, log.FORGET, log.SYNC])
def test_it_never_goes_past_what_is_final(paths: Paths, journal: Path, verb: str):
    log.add(paths, Logged(time=NOW, verb=verb), sync=True)
    assert verb in refused(paths)
    save(paths, ENTRIES[3])
    assert undo(paths) == log.ADD
    assert verb in refused(paths)


@pytest.mark.parametrize("lost", [3, 2, 1])
def test_an_entry_whose_line_is_lost_stays_and_undo_says_so(paths: Paths, journal: Path, lost: int):
    save(paths, ENTRIES[3])
    lines = paths.changes.read_bytes().splitlines(keepends=True)
    del lines[lost]
    paths.changes.write_bytes(b"".join(lines))
    assert undoing.planned(paths).unknown == (ENTRIES[3].id if lost == 3 else "")
    for _ in lines:
        undo(paths)
    assert ids(paths) == [lost]
    with pytest.raises(NothingToUndo):
        undoing.planned(paths)


def test_what_was_typed_by_hand_elsewhere_stays(paths: Paths, journal: Path):
    """An entry at the end, one in another's place, and a comment."""
    edit(paths, 1, "Ana", "Eva")
    by_hand(paths, codec.to_toml(ENTRIES[2]), f"{codec.to_toml(ENTRIES[3])}# Mine.\n")
    meant = journal.read_bytes().replace(b"Eva", b"Ana", 1)
    step = undoing.planned(paths)
    assert (step.logged.verb, step.unknown) == (log.EDIT, ENTRIES[3].id)
    undo(paths)
    assert journal.read_bytes() == meant
    for _ in range(2):
        assert undo(paths) == log.ADD
    assert ids(paths) == [3]


def test_a_lost_line_about_the_same_entry_makes_it_refuse(paths: Paths, journal: Path):
    edit(paths, 1, "Ana", "Eva")
    edit(paths, 1, "Eva", "Ida")
    lines = paths.changes.read_bytes().splitlines(keepends=True)
    paths.changes.write_bytes(b"".join(lines[:-1]))
    assert refused(paths).startswith(f"{ENTRIES[1].id} was changed after that")


def test_a_spoilt_line_ends_it(paths: Paths, journal: Path):
    lines = paths.changes.read_bytes().splitlines(keepends=True)
    paths.changes.write_bytes(b"".join([*lines[:2], b"what\n", lines[2]]))
    undo(paths)
    assert "can't be read" in refused(paths)


def test_without_the_backup_an_edit_stays(paths: Paths, journal: Path):
    edit(paths, 1, "Ana", "Eva")
    for one in backups.listed(paths):
        one.path.unlink()
    assert "isn't there anymore" in refused(paths)


# --- What is nothing to it --------------------------------------------------------------------------------


def test_a_change_that_was_noted_and_never_made_is_skipped(paths: Paths, journal: Path):
    """A kill came between the line and the swap."""
    old = journal.read_bytes()
    delete(paths, 2)
    journal.write_bytes(old)
    assert undo(paths) == log.ADD
    assert ids(paths) == [0, 1]


def test_a_change_of_no_entry_is_skipped(paths: Paths, journal: Path):
    """A merge that brought only ids of the list `gone`."""
    log.add(paths, Logged(time=NOW, verb=log.MERGE), sync=True)
    assert undo(paths) == log.ADD


def test_what_a_person_took_back_by_hand_is_skipped(paths: Paths, journal: Path):
    journal.write_bytes(journal.read_bytes().replace(removal(paths, 2).old, b""))
    paths.memory.unlink()
    assert undo(paths) == log.ADD
    assert ids(paths) == [0]
    save(paths, ENTRIES[3])
    edit(paths, 0, "Ana", "Eva")
    by_hand(paths, "Eva", "Ana")
    assert undo(paths) == log.ADD
    assert ids(paths) == [0]


def test_an_add_noted_twice_is_one(paths: Paths, journal: Path):
    lines = paths.changes.read_bytes().splitlines(keepends=True)
    paths.changes.write_bytes(b"".join([*lines, lines[-1]]))
    assert undo(paths) == log.ADD
    assert ids(paths) == [0, 1]
    assert undo(paths) == log.ADD
    assert ids(paths) == [0]


def test_what_was_looked_at_and_what_is_there_by_now(paths: Paths, journal: Path):
    step = undoing.planned(paths)
    save(paths, ENTRIES[3])
    with pytest.raises(ChangedMeanwhile, match="Look again"):
        undoing.undo(paths, step, NOW)
    assert ids(paths) == [0, 1, 2, 3]


# --- Back to a backup -------------------------------------------------------------------------------------


def test_a_backup_says_what_it_would_change_and_the_present_is_kept(paths: Paths, journal: Path):
    delete(paths, 0)
    edit(paths, 0, "Ana", "Eva")
    save(paths, ENTRIES[3])
    now = journal.read_bytes()
    oldest = backups.listed(paths)[-1]
    then = oldest.path.read_bytes()
    found = undoing.difference(undoing.digests(now), undoing.digests(then))
    assert (found.back, found.away, found.changed) == ((ENTRIES[0].id,), (ENTRIES[3].id,), (ENTRIES[1].id,))
    assert found.entries == 3
    assert undoing.difference(undoing.digests(then), undoing.digests(then)).is_none
    kept = undoing.restore(paths, oldest, now, NOW)
    assert kept.read_bytes() == now
    text = journal.read_bytes()
    assert gone.listed(text) == (ENTRIES[3].id,)
    assert text[text.index(b"[[entry]]") :] == then[then.index(b"[[entry]]") :]
    with pytest.raises(ChangedMeanwhile):
        undoing.restore(paths, oldest, now, NOW)


def test_a_journal_that_is_gone_comes_back(paths: Paths, journal: Path):
    delete(paths, 0)
    one = backups.listed(paths)[0]
    journal.unlink()
    undoing.restore(paths, one, b"", NOW)
    assert ids(paths) == [0, 1, 2]

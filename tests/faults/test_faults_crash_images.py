"""Every state that a power cut may leave of the disk, and that no word is lost in any of them.

The second half breaks the protocol on purpose, and the same search has to find it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import save_one
from crash_images import Disk, recorded

from followme.journal import drafts, opendraft, recovery
from followme.journal.draftfile import Pending
from followme.journal.file import append, modes, reading
from followme.journal.file.codec import to_toml
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.opendraft import OpenDraft
from followme.journal.saving import save, save_all
from followme.model import Entry
from rows import first_quick

NEW = save_one.entry(7, 700)
SEVERAL = tuple(save_one.entry(number, 200) for number in (7, 8, 9))
WORDS = {"moment": {"reply": NEW.answers[0].reply}}


@pytest.fixture
def paths(memory: Path) -> Paths:
    paths = Paths(memory / "disk" / "journal.toml", memory / "disk" / "state")
    paths.journal.parent.mkdir()
    return paths


def faults(
    paths: Paths, disk: Disk, new: tuple[Entry, ...], *, old: int, promised: bool, done: bool
) -> set[str]:
    """What is wrong with the disk as it is now, before and after recovery.

    `old` entries were there before; `promised` says that the new ones must be there or in a draft, `done`
    that they must be there.
    """
    found = set()
    before = [save_one.entry(number) for number in range(old)]
    if read(paths.journal).entries[:old] != tuple(before):
        found.add("an old entry was damaged")
    recovery.recover(paths)
    loaded = read(paths.journal)
    if loaded.damages:
        found.add("the journal stayed damaged")
    if loaded.entries not in (tuple(before), (*before, *new)):
        found.add("the entries are not the old ones and at most the new ones")
    left = drafts.orphans(paths)
    if new[-1] not in loaded.entries and (
        done or (promised and WORDS not in [one.draft.typed for one in left])
    ):
        found.add("the new entry was lost")
    for one in left:
        one.close()
    return found


def search(
    paths: Paths,
    patch: pytest.MonkeyPatch,
    action: Callable[[], object],
    new: tuple[Entry, ...] = (NEW,),
    *,
    old: int,
    promised: bool,
) -> set[str]:
    """What can go wrong if the power fails anywhere in the action, or right after it."""
    disk = Disk(paths.journal.parent)
    with patch.context() as watched:
        recorded(disk, watched)
        disk.changed()
        action()
    after = list(disk.power_cut())
    assert len(disk.images) > 8
    patch.setattr(reading, "PATIENCE", 0)
    found = set()
    for image in disk.images.values():
        disk.put_back(image)
        found |= faults(paths, disk, new, old=old, promised=promised, done=image in after)
    return found


def saving_from_a_draft(paths: Paths, patch: pytest.MonkeyPatch) -> set[str]:
    for number in range(2):
        save(paths, save_one.entry(number), None)
    own = save_one.typed(paths, NEW)
    return search(paths, patch, lambda: save(paths, NEW, own), old=2, promised=True)


def saving_the_first_note(paths: Paths, patch: pytest.MonkeyPatch) -> set[str]:
    return search(paths, patch, lambda: save(paths, NEW, None), old=0, promised=False)


def saving_several_at_once(paths: Paths, patch: pytest.MonkeyPatch) -> set[str]:
    """All of them are there after recovery, or none."""
    save(paths, save_one.entry(0), None)
    return search(paths, patch, lambda: save_all(paths, SEVERAL), SEVERAL, old=1, promised=False)


def recovering_several(paths: Paths, patch: pytest.MonkeyPatch) -> set[str]:
    """From an append torn in the second of them, with the power failing a second time."""
    save(paths, save_one.entry(0), None)
    record = recovery.joined(map(to_toml, SEVERAL))
    own = save_one.typed(paths, SEVERAL[0])
    size = paths.journal.stat().st_size
    own.save(replace(own.draft, pending=Pending(record=record, lead="\n", size=size)))
    own.close()
    with paths.journal.open("ab") as file:
        file.write(("\n" + record).encode()[: len(record) // 2])
    return search(paths, patch, lambda: recovery.recover(paths), SEVERAL, old=1, promised=False)


def recovering(paths: Paths, patch: pytest.MonkeyPatch) -> set[str]:
    """From a torn append, with the power failing a second time."""
    for number in range(2):
        save(paths, save_one.entry(number), None)
    record = to_toml(NEW)
    own = save_one.typed(paths, NEW)
    size = paths.journal.stat().st_size
    own.save(replace(own.draft, pending=Pending(record=record, lead="\n", size=size)))
    own.close()
    with paths.journal.open("ab") as file:
        file.write(("\n" + record).encode()[:300])
    return search(paths, patch, lambda: recovery.recover(paths), old=2, promised=False)


SEARCHES = [
    *(saving_from_a_draft, saving_the_first_note, recovering),
    *(saving_several_at_once, recovering_several),
]


@pytest.mark.parametrize("searching", first_quick(SEARCHES), ids=lambda one: one.__name__)
def test_no_power_cut_loses_or_damages_anything(paths: Paths, monkeypatch: pytest.MonkeyPatch, searching):
    assert searching(paths, monkeypatch) == set()


# --- The search bites -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_draft_ended_before_the_sync_is_found(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    def swapped(end: append.JournalEnd, one: OpenDraft, record: str, **more: bool) -> None:
        pending = Pending(record=record, lead=end.lead(), size=end.size)
        one.save(replace(one.draft, pending=pending))
        modes.write_all(end._handle, pending.data)
        one.discard()
        end.sync()

    monkeypatch.setattr(recovery, "add", swapped)
    assert "the new entry was lost" in saving_from_a_draft(paths, monkeypatch)


@pytest.mark.slow
def test_a_journal_never_synced_is_found(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(append.JournalEnd, "sync", lambda end: None)
    assert "the new entry was lost" in saving_from_a_draft(paths, monkeypatch)


@pytest.mark.slow
def test_folders_never_synced_are_found(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(append, "sync_folder", lambda path: None)
    assert "the new entry was lost" in saving_the_first_note(paths, monkeypatch)


@pytest.mark.slow
def test_a_draft_never_synced_is_found(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    real = modes.write_private
    monkeypatch.setattr(opendraft, "write_private", lambda *a, **more: real(*a, **{**more, "sync": False}))
    assert saving_from_a_draft(paths, monkeypatch)


def test_an_entry_added_without_a_draft_is_found(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    def bare(end: append.JournalEnd, one: OpenDraft, record: str, **more: bool) -> None:
        one.draft = replace(one.draft, pending=Pending(record=record, lead=end.lead(), size=end.size))
        end.add(one.draft.pending.data)

    monkeypatch.setattr(recovery, "add", bare)
    assert "the journal stayed damaged" in saving_from_a_draft(paths, monkeypatch)

"""Any sequence of adding, editing, damaging, taking out and crashing: a list and the file agree all the time."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from crash_images import Disk, recorded
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from journal_samples import HEADER_LIKE, entry

from followme.journal import drafts, recovery
from followme.journal.file import reading
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import settled, to_toml
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.memory import Shrunk
from followme.journal.saving import save
from followme.model import Entry

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""A folder in memory, where the system has one: here nothing is learnt from the disk being slow."""

words = st.lists(st.sampled_from([*HEADER_LIKE, "words", "Ana", " ", "\n", "é"]), min_size=1, max_size=8).map(
    "".join
)


class Journal(RuleBasedStateMachine):
    """The journal as a list of entries, None for one that is damaged, and as the bytes that must be in the file."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="followme-", dir=MEMORY))
        self.paths = Paths(self.root / "disk" / "journal.toml", self.root / "disk" / "state")
        self.paths.journal.parent.mkdir()
        self.entries: list[Entry | None] = []
        self.blocks: list[bytes] = []
        self.head = b""
        self.made = 0
        self.lost_its_end = False

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @property
    def bytes(self) -> bytes:
        """The file as it must be."""
        return self.head + b"".join(b"\n" + block for block in self.blocks)

    def new(self, reply: str) -> Entry:
        self.made += 1
        return settled(entry(self.made, reply=reply))

    def is_in(self, one: Entry) -> None:
        self.head = PREAMBLE.encode()
        self.entries.append(one)
        self.blocks.append(to_toml(one).encode())
        self.lost_its_end = False

    # --- What may happen ----------------------------------------------------------------------------------

    @rule(reply=words)
    def add(self, reply: str) -> None:
        one = self.new(reply)
        try:
            save(self.paths, one)
        except Shrunk:
            assert self.lost_its_end
            save(self.paths, one, although_shrunk=True)
        self.is_in(one)

    @precondition(lambda self: any(self.entries))
    @rule(data=st.data(), reply=words)
    def edit_by_hand(self, data: st.DataObject, reply: str) -> None:
        at = data.draw(st.sampled_from([n for n, one in enumerate(self.entries) if one]))
        one = self.entries[at]
        assert one
        answer = replace(one.answers[0], reply=reply)
        edited = settled(replace(one, answers=(answer, *one.answers[1:])))
        self.replace(at, edited, to_toml(edited).encode())

    @precondition(lambda self: any(self.entries))
    @rule(data=st.data())
    def damage(self, data: st.DataObject) -> None:
        at = data.draw(st.sampled_from([n for n, one in enumerate(self.entries) if one]))
        self.replace(at, None, self.blocks[at].replace(b'"weekly"', b'"weekly'))

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def take_out(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.entries) - 1))
        self.lost_its_end |= at == len(self.entries) - 1
        del self.entries[at], self.blocks[at]
        self.paths.journal.write_bytes(self.bytes)

    @rule(data=st.data(), reply=words)
    def crash_while_adding(self, data: st.DataObject, reply: str) -> None:
        """The power fails anywhere in saving, and the disk has kept any part of what was not synced."""
        one = self.new(reply)
        disk = Disk(self.paths.journal.parent)
        with pytest.MonkeyPatch.context() as patch:
            recorded(disk, patch)
            disk.changed()
            save(self.paths, one, although_shrunk=self.lost_its_end)
        after = list(disk.power_cut())
        image = data.draw(st.sampled_from([*disk.images.values()]))
        disk.put_back(image)
        recovery.recover(self.paths)
        if image in after or one in read(self.paths.journal).entries:
            self.is_in(one)
        self.lost_its_end = False  # What was remembered of the journal was never synced.

    @rule()
    def recover(self) -> None:
        assert recovery.recover(self.paths) == recovery.Recovery()

    def replace(self, at: int, one: Entry | None, block: bytes) -> None:
        self.entries[at], self.blocks[at] = one, block
        self.paths.journal.write_bytes(self.bytes)

    # --- What always holds --------------------------------------------------------------------------------

    @invariant()
    def the_list_and_the_file_agree(self) -> None:
        found = read(self.paths.journal)
        assert found.entries == tuple(one for one in self.entries if one)
        assert len(found.damages) == self.entries.count(None)
        assert (self.paths.journal.read_bytes() if self.paths.journal.exists() else b"") == self.bytes

    @invariant()
    def nothing_is_left_over(self) -> None:
        assert drafts.finished(self.paths) == ()
        assert drafts.orphans(self.paths) == ()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0)


quietly = {"deadline": None, "suppress_health_check": list(HealthCheck)}


class TestJournal(Journal.TestCase):
    settings = settings(max_examples=10, stateful_step_count=12, **quietly)


@pytest.mark.long
class TestJournalForLong(Journal.TestCase):
    settings = settings(max_examples=1000, stateful_step_count=30, **quietly)

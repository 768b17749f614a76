"""Any sequence of adding, editing, deleting, forgetting, undoing, hand edits, damage and crashes agrees with a list."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import tomli_w
from crash_images import Disk, recorded
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from journal_samples import HEADER_LIKE, entry

from followme.insight.forgetting import forgotten
from followme.journal import drafts, recovery
from followme.journal.change import forget as forgetting
from followme.journal.change import log, rewrite, undoing
from followme.journal.change.inverse import CannotUndo, NothingToUndo
from followme.journal.change.log import Logged
from followme.journal.change.rewrite import Change
from followme.journal.change.splice import spliced
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


@dataclass
class Kept:
    """A block of the file: the id of its entry, the entry (None if it is damaged), and its bytes."""

    id: str
    entry: Entry | None
    block: bytes


@dataclass
class Made:
    """What a change did to one block: how it was and is, and the ids before its place, the nearest first."""

    before: Kept | None
    after: Kept | None
    neighbors: Sequence[str] = ()

    @property
    def id(self) -> str:
        kept = self.before or self.after
        assert kept
        return kept.id


class Journal(RuleBasedStateMachine):
    """The journal as a list of blocks, as the bytes that must be in the file, and what each line of the log did."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="followme-", dir=MEMORY))
        self.paths = Paths(self.root / "disk" / "journal.toml", self.root / "disk" / "state")
        self.paths.journal.parent.mkdir()
        self.kept: list[Kept] = []
        self.gone: list[str] = []
        self.known: dict[str, list[Made]] = {}
        self.never_made: set[str] = set()
        self.made = 0
        self.begun = False
        self.typed: set[str] = set()
        self.lost_its_end = False

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @property
    def bytes(self) -> bytes:
        """The file as it must be, but for blank lines."""
        if not self.begun:
            return b""
        gone = tomli_w.dumps({"gone": self.gone}) if self.gone else ""
        return f"{PREAMBLE}{gone}".encode() + b"".join(b"\n" + one.block for one in self.kept)

    @property
    def now(self) -> datetime:
        self.made += 1
        return datetime(2026, 11, 20, tzinfo=UTC) + timedelta(seconds=self.made)

    def new(self, reply: str) -> Kept:
        self.made += 1
        one = settled(entry(self.made, reply=reply))
        return Kept(one.id, one, to_toml(one).encode())

    def is_in(self, one: Kept) -> None:
        self.kept.append(one)
        self.begun = True
        self.is_written()

    def is_written(self) -> None:
        """The end of the journal is remembered, and nothing has been typed by hand since."""
        self.typed = set()
        self.lost_its_end = False

    def is_logged(self, verb: str, made: list[Made]) -> None:
        """The newest line of the log has this change, and is remembered with it."""
        line = next(log.newest(self.paths))
        assert line
        assert (line.verb, {each.id for each in line.blocks}) == (verb, {each.id for each in made})
        self.known[line.mark] = made

    # --- What may happen ----------------------------------------------------------------------------------

    @rule(reply=words)
    def add(self, reply: str) -> None:
        one = self.new(reply)
        assert one.entry
        try:
            save(self.paths, one.entry)
        except Shrunk:
            assert self.lost_its_end
            save(self.paths, one.entry, although_shrunk=True)
        self.is_in(one)
        self.is_logged(log.ADD, [Made(None, one)])

    @precondition(lambda self: self.readable)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        chosen = data.draw(st.lists(st.sampled_from(self.readable), min_size=1, max_size=2, unique_by=id))
        ids = {one.id for one in chosen}
        located = [each for each in read(self.paths.journal).located if each.entry.id in ids]
        changes = rewrite.blocks_at(self.paths, located)
        try:
            rewrite.rewrite(self.paths, changes, verb=log.DELETE, gain=-len(ids), now=self.now)
        except Shrunk:
            assert self.lost_its_end
            return
        made = [Made(one, None, self.before(one)) for one in self.kept if one.id in ids]
        self.is_changed(made)
        self.is_logged(log.DELETE, made)

    @precondition(lambda self: self.readable)
    @rule(data=st.data(), reply=words)
    def edit(self, data: st.DataObject, reply: str) -> None:
        one = data.draw(st.sampled_from(self.readable))
        made, change = self.edited(one, reply)
        if made.before == made.after:
            return
        try:
            rewrite.rewrite(self.paths, [change], now=self.now)
        except Shrunk:
            assert self.lost_its_end
            return
        self.is_changed([made])
        self.is_logged(log.EDIT, [made])

    def edited(self, one: Kept, reply: str) -> tuple[Made, Change]:
        """One block with another reply, changed in its bytes alone."""
        assert one.entry
        meant = settled(
            replace(one.entry, answers=(replace(one.entry.answers[0], reply=reply), *one.entry.answers[1:]))
        )
        located = [each for each in read(self.paths.journal).located if each.entry == one.entry]
        (change,) = rewrite.blocks_at(self.paths, located[:1])
        change = replace(change, new=spliced(change.old, meant))
        return Made(one, Kept(one.id, meant, to_toml(meant).encode())), change

    @rule()
    def forget(self) -> None:
        """All words go from every copy, and undo goes no further."""
        on = date(2026, 11, 26)
        plan = forgetting.planned(self.paths, date(2999, 1, 1), on)
        if plan.is_empty:
            return
        try:
            forgetting.forget(self.paths, plan, self.now)
        except Shrunk:
            assert self.lost_its_end
            return
        assert forgetting.planned(self.paths, date(2999, 1, 1), on).is_empty
        bare = [(one, forgotten(one.entry, on, plan.still_open)) for one in self.readable if one.entry]
        for one, without in bare:
            self.kept[self.kept.index(one)] = Kept(one.id, without, to_toml(without).encode())
        (line,) = log.newest(self.paths)
        assert line
        self.known, self.never_made = {line.mark: []}, set()
        # Where only copies had words left, the journal itself wasn't written.
        self.lost_its_end &= all(one.entry == without for one, without in bare)

    @rule()
    def undo(self) -> None:
        """The change that goes back is the one that the model names, and nothing else changes."""
        meant = self.next_to_undo()
        try:
            step = undoing.planned(self.paths)
            assert [each.id for each in meant or ()] == [pair.id for pair in step.pairs]
            undoing.undo(self.paths, step, self.now)
        except Shrunk:
            assert self.lost_its_end
            return
        except NothingToUndo:
            assert meant == []
            return
        except CannotUndo:
            assert meant is None
            return
        back = [Made(each.after, each.before, each.neighbors) for each in meant or ()]
        self.is_changed(back)
        self.is_logged(log.UNDO, back)

    @precondition(lambda self: self.readable)
    @rule(data=st.data(), reply=words)
    def edit_by_hand(self, data: st.DataObject, reply: str) -> None:
        one = data.draw(st.sampled_from(self.readable))
        assert one.entry
        answer = replace(one.entry.answers[0], reply=reply)
        edited = settled(replace(one.entry, answers=(answer, *one.entry.answers[1:])))
        self.replace(one, Kept(one.id, edited, to_toml(edited).encode()))

    @rule(data=st.data(), reply=words)
    def type_by_hand(self, data: st.DataObject, reply: str) -> None:
        one = self.new(reply)
        self.kept.insert(data.draw(st.integers(0, len(self.kept))), one)
        self.typed.add(one.id)
        self.begun = True
        self.paths.journal.write_bytes(self.bytes)

    @precondition(lambda self: self.readable)
    @rule(data=st.data())
    def damage(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.readable))
        self.replace(one, Kept(one.id, None, one.block.replace(b'"weekly"', b'"weekly')))

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def take_out(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.kept) - 1))
        self.lost_its_end |= all(one.id in self.typed or not one.entry for one in self.kept[at + 1 :])
        self.touched_by_hand(self.kept[at].id)
        del self.kept[at]
        self.paths.journal.write_bytes(self.bytes)

    @rule(data=st.data(), reply=words)
    def crash_while_adding(self, data: st.DataObject, reply: str) -> None:
        """The power fails anywhere in saving, and the disk has kept any part of what was not synced."""
        one = self.new(reply)
        assert one.entry
        disk = Disk(self.paths.journal.parent)
        with pytest.MonkeyPatch.context() as patch:
            recorded(disk, patch)
            disk.changed()
            save(self.paths, one.entry, although_shrunk=self.lost_its_end)
        after = list(disk.power_cut())
        image = data.draw(st.sampled_from([*disk.images.values()]))
        disk.put_back(image)
        recovery.recover(self.paths)
        if image in after or one.entry in read(self.paths.journal).entries:
            self.is_in(one)
        self.lost_its_end = False  # What was remembered of the journal was never synced.
        self.logged([Made(None, one)], is_made=True)

    @precondition(lambda self: self.readable)
    @rule(data=st.data(), reply=words)
    def crash_while_editing(self, data: st.DataObject, reply: str) -> None:
        made, change = self.edited(data.draw(st.sampled_from(self.readable)), reply)
        if made.before != made.after:
            self.crash(data, [made], lambda: rewrite.rewrite(self.paths, [change], now=self.now))

    @precondition(lambda self: self.readable)
    @rule(data=st.data())
    def crash_while_deleting(self, data: st.DataObject) -> None:
        """The line comes before the swap, so it may be there for a change that was never made."""
        one = data.draw(st.sampled_from(self.readable))
        located = [each for each in read(self.paths.journal).located if each.entry == one.entry]
        changes = rewrite.blocks_at(self.paths, located)
        self.crash(
            data,
            [Made(one, None, self.before(one))],
            lambda: rewrite.rewrite(self.paths, changes, verb=log.DELETE, gain=-1, now=self.now),
        )

    @rule(data=st.data())
    def crash_while_undoing(self, data: st.DataObject) -> None:
        meant = self.next_to_undo()
        if meant:
            step = undoing.planned(self.paths)
            back = [Made(each.after, each.before, each.neighbors) for each in meant]
            self.crash(data, back, lambda: undoing.undo(self.paths, step, self.now))

    def crash(self, data: st.DataObject, made: list[Made], change: Callable[[], object]) -> None:
        if self.lost_its_end:
            return
        old = read(self.paths.journal)
        disk = Disk(self.paths.journal.parent)
        with pytest.MonkeyPatch.context() as patch:
            recorded(disk, patch)
            disk.changed()
            change()
        image = data.draw(st.sampled_from([*disk.power_cut(), *disk.images.values()]))
        disk.put_back(image)
        recovery.recover(self.paths)
        is_made = read(self.paths.journal) != old
        if is_made:
            self.is_changed(made)
        self.logged(made, is_made=is_made)

    def logged(self, made: list[Made], *, is_made: bool) -> None:
        """Remember what a line of the log that came just before the power failed is about, if it's there."""
        for line in log.newest(self.paths):
            if line and line.mark not in self.known:
                assert {each.id for each in line.blocks} == {each.id for each in made}
                self.known[line.mark] = made
                self.never_made |= set() if is_made else {line.mark}

    @rule()
    def recover(self) -> None:
        assert recovery.recover(self.paths) == recovery.Recovery()

    # --- The model ----------------------------------------------------------------------------------------

    @property
    def readable(self) -> list[Kept]:
        return [one for one in self.kept if one.entry]

    def before(self, one: Kept) -> list[str]:
        return [each.id for each in self.kept[: self.kept.index(one)]][::-1]

    def touched_by_hand(self, name: str) -> None:
        """A change that was noted and never made looks made from now on, if it was about this entry."""
        self.never_made -= {
            mark for mark in self.never_made if name in [each.id for each in self.known[mark]]
        }

    def replace(self, one: Kept, other: Kept) -> None:
        self.touched_by_hand(one.id)
        self.kept[self.kept.index(one)] = other
        self.paths.journal.write_bytes(self.bytes)

    def is_changed(self, made: list[Made]) -> None:
        """Blocks without an `after` are gone, and those without a `before` are back where they were."""
        away = [each.id for each in made if not each.after]
        back = {each.id for each in made if each.after}
        self.kept = [one for one in self.kept if one.id not in away]
        for each in made:
            if each.after and each.before:
                at = next(at for at, one in enumerate(self.kept) if one.id == each.id)
                self.kept[at] = each.after
            elif each.after:
                there = {one.id: at for at, one in enumerate(self.kept) if one.entry}
                near = next((there[name] + 1 for name in each.neighbors if name in there), 0)
                self.kept.insert(near, each.after)
        self.gone = [*(name for name in self.gone if name not in back), *away]
        self.is_written()

    def next_to_undo(self) -> list[Made] | None:
        """The newest change that still stands: [] if there is none, None if undo must refuse."""
        undone: set[str] = set()
        then: dict[str, Kept | None] = {one.id: one for one in self.kept}
        for line in log.newest(self.paths):
            assert line
            if line.verb == log.FORGET:
                return None
            made = self.known[line.mark]
            # What someone took back by hand looks as what was never made.
            if line.mark in self.never_made or all(then.get(each.id) == each.before for each in made):
                continue
            then |= {each.id: each.before for each in made}
            undone.add(line.undone)
            if line.undone or line.mark in undone:
                continue
            standing = list(self.standing(self.known[line.mark]))
            if None in standing or (standing and not self.has_backup(line)):
                return None
            if standing:
                return [each for each in standing if each]
        return []

    def standing(self, made: list[Made]) -> Iterator[Made | None]:
        """Those blocks of a change that are as it left them; None for one that someone has changed since."""
        for each in made:
            now = next((one for one in self.kept if one.id == each.id), None)
            if now == each.after:
                yield each
            elif now != each.before:
                yield None

    def has_backup(self, line: Logged) -> bool:
        return line.verb == log.ADD or (self.paths.backups / line.backup).exists()

    # --- What always holds --------------------------------------------------------------------------------

    @invariant()
    def the_list_and_the_file_agree(self) -> None:
        found = read(self.paths.journal)
        assert found.entries == tuple(one.entry for one in self.readable)
        assert len(found.damages) == len(self.kept) - len(self.readable)
        data = self.paths.journal.read_bytes() if self.paths.journal.exists() else b""
        assert bare(data) == bare(self.bytes)

    @invariant()
    def nothing_is_left_over(self) -> None:
        assert drafts.finished(self.paths) == ()
        assert drafts.orphans(self.paths) == ()
        assert not self.paths.replacement.exists()


def bare(data: bytes) -> bytes:
    """These bytes without blank lines, which come and go with the next entry."""
    return re.sub(rb"\n+", b"\n", data).strip()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0)


quietly = {"deadline": None, "suppress_health_check": list(HealthCheck)}


class TestJournal(Journal.TestCase):
    settings = settings(max_examples=10, stateful_step_count=12, **quietly)


@pytest.mark.long
class TestJournalForLong(Journal.TestCase):
    settings = settings(max_examples=1000, stateful_step_count=30, **quietly)

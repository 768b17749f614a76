"""Rewriting: exactly the named bytes change, a backup comes first, and whatever fails leaves all as it was."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import journal_samples as samples
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followme.errors import FollowmeError
from followme.journal import drafts, memory
from followme.journal.change import backups, rewrite, swap
from followme.journal.change.rewrite import Change, ChangedMeanwhile, NotRewritten
from followme.journal.draftfile import Draft, Pending
from followme.journal.file import codec, modes, reading
from followme.journal.file.paths import Paths
from followme.journal.memory import Shrunk
from followme.journal.saving import save

NOW = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)

posix = pytest.mark.skipif(os.name == "nt", reason="links, modes and owners are those of POSIX systems")


@pytest.fixture
def journal(paths: Paths) -> Path:
    """A journal with three entries, comments and keys of somebody's own."""
    for number in range(3):
        save(paths, samples.entry(number))
    text = paths.journal.read_bytes()
    text = text.replace(b"format = 1\n", b"format = 1 # ours\nmine = 'kept'\n").replace(
        b"minutes = 11\n", b"minutes   =  11   # odd spacing\r\nown_key = [ 1,\n2 ]\n"
    )
    paths.journal.write_bytes(text)
    return paths.journal


def block(journal: Path, number: int) -> Change:
    """The removal of the block of that number."""
    one = reading.blocks_of(journal.read_bytes())[number]
    return Change(one.start, one.data)


def changed(one: Change, old: str, new: str) -> Change:
    return Change(one.start, one.old, one.old.replace(old.encode(), new.encode()))


def files_of(paths: Paths) -> list[str]:
    """What lies beside the journal."""
    return sorted(path.name for path in paths.journal.parent.iterdir())


# --- What changes, and what does not ----------------------------------------------------------------------


def test_removing_an_entry_leaves_every_other_byte(paths: Paths, journal: Path):
    old = journal.read_bytes()
    one = block(journal, 1)
    backup = rewrite.rewrite(paths, [one], gain=-1, now=NOW)
    left = old[: one.start] + old[one.start + len(one.old) :]
    line = f'gone = [\n    "{samples.entry(1).id}",\n]\n'.encode()
    assert journal.read_bytes() == left.replace(b"# ours\n", b"# ours\n" + line)
    assert backup.read_bytes() == old
    assert [one.id for one in reading.read(journal).entries] == [samples.entry(0).id, samples.entry(2).id]


def test_an_entry_as_it_was_located_and_not_as_it_has_become(paths: Paths, journal: Path):
    located = reading.read(journal).located
    assert rewrite.blocks_at(paths, located[1:]) == [block(journal, 1), block(journal, 2)]
    journal.write_bytes(journal.read_bytes().replace(b"Ask legal", b"Ask Ben"))
    with pytest.raises(ChangedMeanwhile, match="have changed in the meantime"):
        rewrite.blocks_at(paths, located[1:])


def test_changing_an_entry_leaves_every_other_byte(paths: Paths, journal: Path):
    old = journal.read_bytes()
    rewrite.rewrite(paths, [changed(block(journal, 1), "asked twice", "asked")], now=NOW)
    text = journal.read_bytes()
    assert old.replace(b"asked twice", b"asked", 2).count(b"twice") == 1
    assert reading.read(journal).entries[1].answers[0].reply == "Ana stayed for the demo.\n\nShe had asked."
    assert text.count(b"# odd spacing\r\nown_key = [ 1,\n2 ]") == 3


def test_several_changes_in_any_order(paths: Paths, journal: Path):
    first, last = block(journal, 0), block(journal, 2)
    rewrite.rewrite(paths, [last, changed(first, "Ana", "Ben")], gain=-1, now=NOW)
    found = reading.read(journal).entries
    assert [one.id for one in found] == [samples.entry(0).id, samples.entry(1).id]
    assert str(found[0].answers[0].reply).startswith("Ben")


def test_inserting_between_entries(paths: Paths, journal: Path):
    new = codec.to_toml(samples.entry(-1)).encode() + b"\n"
    rewrite.rewrite(paths, [Change(block(journal, 0).start, b"", new)], gain=1, now=NOW)
    assert [one.id for one in reading.read(journal).entries] == [
        samples.entry(number).id for number in (-1, 0, 1, 2)
    ]


def test_adding_goes_on_afterwards_also_when_the_last_entry_is_gone(paths: Paths, journal: Path):
    """Our own shortening is not taken for a file cut short elsewhere."""
    rewrite.rewrite(paths, [block(journal, 2)], gain=-1, now=NOW)
    assert not memory.changed_elsewhere(paths)
    save(paths, samples.entry(9))
    assert reading.read(journal).entries[-1] == samples.entry(9)


def test_what_moved_is_found_again_where_it_is(paths: Paths, journal: Path):
    one = block(journal, 1)
    journal.write_bytes(b"# a line on top\n" + journal.read_bytes())
    rewrite.rewrite(paths, [one], gain=-1, now=NOW)
    assert journal.read_bytes().startswith(b"# a line on top\n# followme")
    assert len(reading.read(journal).entries) == 2


def test_damaged_parts_stay_as_they_are(paths: Paths, journal: Path):
    journal.write_bytes(journal.read_bytes() + b'\n[[entry]]\ndate = "unclosed\n\0\0\xff')
    rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)
    assert journal.read_bytes().endswith(b'\n[[entry]]\ndate = "unclosed\n\0\0\xff')


@given(st.lists(samples.entries, min_size=1, max_size=4, unique_by=lambda one: one.id), st.data())
@settings(suppress_health_check=list(HealthCheck))
def test_any_entry_can_be_replaced_by_any_other(tmp_path_factory, found, data):
    folder = tmp_path_factory.mktemp("any")
    paths = Paths(folder / "journal.toml", folder / "state")
    blocks = [codec.to_toml(one) for one in found]
    paths.journal.write_text("format = 1\n\n" + "\n".join(blocks), encoding="utf-8", newline="\n")
    number = data.draw(st.integers(0, len(found) - 1))
    other = data.draw(samples.entries)
    one = block(paths.journal, number)
    tail = one.old[len(blocks[number].encode()) :]
    rewrite.rewrite(paths, [Change(one.start, one.old, codec.to_toml(other).encode() + tail)], now=NOW)
    blocks[number] = codec.to_toml(other)
    assert paths.journal.read_bytes() == ("format = 1\n\n" + "\n".join(blocks)).encode()


# --- What is refused --------------------------------------------------------------------------------------


def refused(paths: Paths, changes: list[Change], gain: int = 0) -> str:
    """The sentence with which a rewrite is refused; nothing is changed, and nothing left behind."""
    old = paths.journal.read_bytes()
    with pytest.raises(FollowmeError) as caught:
        rewrite.rewrite(paths, changes, gain=gain, now=NOW)
    assert paths.journal.read_bytes() == old
    assert files_of(paths) == ["journal.toml"]
    assert backups.listed(paths) == ()
    return str(caught.value)


def test_another_number_of_entries_than_promised(paths: Paths, journal: Path):
    assert "The journal would have 2 entries instead of 3." in refused(paths, [block(journal, 0)])


def test_a_change_that_could_not_be_read(paths: Paths, journal: Path):
    one = block(journal, 0)
    unclosed = one.old.rstrip() + b'\n[[entry.answer]]\nkey = "x"\nreply = """\n'
    assert "The new part couldn't be read back" in refused(
        paths, [Change(one.start, one.old, unclosed)], gain=-1
    )


def test_a_change_that_would_swallow_the_entry_after_it(paths: Paths):
    paths.journal.parent.mkdir()
    paths.journal.write_bytes(b"[[entry]]\ndate = 2026-11-20\n\n[[entry]]\ndate = 2026-11-21 # it's a '''\n")
    one = block(paths.journal, 0)
    unclosed = b"[[entry]]\ndate = 2026-11-20\nmine = '''\n\n"
    assert "altered another entry too" in refused(paths, [Change(one.start, one.old, unclosed)], gain=-1)


def test_what_was_changed_in_the_meantime(paths: Paths, journal: Path):
    one = block(journal, 1)
    journal.write_bytes(journal.read_bytes().replace(b"demo", b"talk"))
    assert "have changed in the meantime" in refused(paths, [one], gain=-1)


def test_changes_about_the_same_bytes(paths: Paths, journal: Path):
    one = block(journal, 1)
    assert "Two changes" in refused(paths, [one, Change(one.start, one.old[:-3])], gain=-1)


def test_a_newer_format_even_where_its_beginning_is_damaged(paths: Paths, journal: Path):
    for beginning in (b"format = 2\n", b"format = 2\nbroken\n"):
        text = journal.read_bytes()
        journal.write_bytes(beginning + text[text.index(b"\n[[entry]]") :])
        assert "has format 2" in refused(paths, [block(journal, -1)], gain=-1)


def test_a_journal_that_shrank_elsewhere(paths: Paths, journal: Path):
    journal.write_bytes(journal.read_bytes()[: block(journal, 2).start])
    with pytest.raises(Shrunk):
        rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)


# --- Somebody else writes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["in place", "same size and time", "by another file", "removed"])
def test_a_hand_edit_between_reading_and_replacing_is_never_lost(
    paths: Paths, journal: Path, monkeypatch: pytest.MonkeyPatch, way: str
):
    """The backup is the last step before the replacement, so the edit happens right then."""
    old = journal.read_bytes()
    edited = old.replace(b"Ana", b"Eva") if way == "same size and time" else old + b"# typed by hand\n"
    make = backups.make

    def edit_then_make(paths: Paths, data: bytes, now: datetime) -> Path:
        path = make(paths, data, now)
        known = journal.stat()
        if way == "removed":
            journal.unlink()
        elif way == "by another file":
            other = journal.with_name("other")
            other.write_bytes(edited)
            os.replace(other, journal)
        else:
            journal.write_bytes(edited)
        if way == "same size and time":
            os.utime(journal, ns=(known.st_atime_ns, known.st_mtime_ns))
        return path

    monkeypatch.setattr(backups, "make", edit_then_make)
    with pytest.raises(ChangedMeanwhile, match="Another program changed it at the same moment"):
        rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)
    assert (journal.read_bytes() if journal.exists() else None) == (None if way == "removed" else edited)
    assert files_of(paths) == ([] if way == "removed" else ["journal.toml"])


def finished_draft(paths: Paths, size: int) -> None:
    one = samples.entry(7)
    pending = Pending(record=codec.to_toml(one), lead="\n", size=size)
    draft = Draft(
        id=one.id, journal=paths.real, set=one.set, week=one.week, started=one.date, pending=pending
    )
    drafts.open_new(paths, draft).close()


def test_finished_drafts_reach_the_journal_before_its_size_changes(paths: Paths, journal: Path):
    finished_draft(paths, journal.stat().st_size)
    rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)
    assert reading.read(journal).entries[-1] == samples.entry(7)
    assert drafts.finished(paths) == ()


def test_while_a_finished_draft_has_to_wait_nothing_else_is_changed(paths: Paths, journal: Path):
    """Its half entry may be at the end of the journal, and would not be known for one any more."""
    finished_draft(paths, journal.stat().st_size + 1000)
    paths.memory.unlink()
    assert "Nothing else will be changed until this is done" in refused(paths, [block(journal, 0)], gain=-1)


def test_no_claim_without_a_look(paths: Paths, journal: Path):
    """A finished draft has reached the journal already when the rewrite is refused, so it is not as it was."""
    finished_draft(paths, journal.stat().st_size)
    changes = [replace(block(journal, 0), old=b"what is not there")]
    with pytest.raises(ChangedMeanwhile) as caught:
        rewrite.rewrite(paths, changes, gain=-1, now=NOW)
    assert reading.read(journal).entries[-1] == samples.entry(7)
    assert "as it was" not in str(caught.value)
    with pytest.raises(ChangedMeanwhile, match="The journal is as it was"):
        rewrite.rewrite(paths, changes, gain=-1, now=NOW)


# --- What the system refuses ------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [18, 13, 16])
def test_a_rename_that_fails_leaves_the_old_file_and_nothing_beside_it(
    paths: Paths, journal: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    def refuse(replacement: Path, path: Path) -> None:
        if path.name == "journal.toml":
            raise OSError(number, os.strerror(number), str(path))
        os.replace(replacement, path)

    monkeypatch.setattr(modes, "replace_file", refuse)
    monkeypatch.setattr(swap, "replace_file", refuse)
    assert "The journal is as it was." in refused(paths, [block(journal, 0)], gain=-1)


def test_no_backup_no_rewrite(paths: Paths, journal: Path):
    paths.backups.parent.mkdir()
    paths.backups.write_bytes(b"in the way")
    old = journal.read_bytes()
    with pytest.raises(NotRewritten):
        rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)
    assert journal.read_bytes() == old
    assert files_of(paths) == ["journal.toml"]


def test_what_an_interrupted_rewrite_left_beside_the_journal_is_no_hindrance(paths: Paths, journal: Path):
    paths.replacement.write_bytes(b"half")
    rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)
    assert files_of(paths) == ["journal.toml"]


# --- The file stays itself --------------------------------------------------------------------------------


@posix
def test_a_link_a_mode_and_a_time_of_its_own(paths: Paths, journal: Path):
    real = journal.rename(journal.with_name("real.toml"))
    journal.symlink_to(real.name)
    real.chmod(0o640)
    rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)
    assert journal.is_symlink()
    assert os.readlink(journal) == "real.toml"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert files_of(paths) == ["journal.toml", "real.toml"]
    assert len(reading.read(journal).entries) == 2


@posix
def test_the_owner_stays(paths: Paths, journal: Path):
    try:
        os.chown(journal, 65534, 65534)
    except PermissionError:
        pytest.skip("only root may give files away")
    journal.chmod(0o660)
    rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)
    known = journal.stat()
    assert (known.st_uid, known.st_gid, stat.S_IMODE(known.st_mode)) == (65534, 65534, 0o660)


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes are read on Linux only")
def test_extended_attributes_stay(paths: Paths, journal: Path):
    try:
        os.setxattr(journal, "user.label", b"mine")
    except OSError:
        pytest.skip("this disk keeps no extended attributes")
    rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)
    assert os.getxattr(journal, "user.label") == b"mine"


def test_a_journal_of_nothing_is_filled_from_nothing(paths: Paths):
    """What restoring does when the journal is gone."""
    new = f"format = 1\n\n{codec.to_toml(samples.entry(0))}".encode()
    rewrite.rewrite(paths, [Change(0, b"", new)], gain=1, now=NOW)
    assert paths.journal.read_bytes() == new


@posix
def test_a_folder_that_may_not_be_written_is_said(paths: Paths, journal: Path):
    folder = journal.parent
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("root may write everywhere")
        with pytest.raises(NotRewritten, match="The system doesn't allow it"):
            rewrite.rewrite(paths, [block(journal, 0)], gain=-1, now=NOW)
    finally:
        folder.chmod(0o700)
    assert len(reading.read(journal).entries) == 3

"""Repairing: what a person is not needed for is mended at once, no byte is lost, and a second run has nothing to do."""

from __future__ import annotations

import os
import random
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import journal_samples as samples
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followme.journal import drafts
from followme.journal.change import backups
from followme.journal.change.rewrite import NotRewritten
from followme.journal.draftfile import Draft, Pending
from followme.journal.file import codec, reading
from followme.journal.file.paths import Paths
from followme.journal.health import repair
from followme.journal.health.checkup import check
from followme.journal.health.repair import Repaired
from followme.journal.memory import Shrunk
from followme.journal.saving import save

NOW = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)
CHANCE = random.Random(7)


@pytest.fixture
def journal(paths: Paths) -> Path:
    for number in range(3):
        save(paths, samples.entry(number))
    return paths.journal


def new_id(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}-{''.join(CHANCE.choices('abcde', k=5))}"


def mend(paths: Paths) -> Repaired:
    return repair.repair(paths, NOW, new_id)


def nothing_left(paths: Paths) -> bool:
    return not any(one.repair for one in check(paths, NOW).findings) and mend(paths) == Repaired(
        recovery=mend(paths).recovery
    )


def kept(paths: Paths) -> bytes:
    """What the file of damaged parts holds."""
    return (paths.state / "damaged-2026-11-20.toml").read_bytes()


def test_with_nothing_to_mend_nothing_is_touched(paths: Paths, journal: Path):
    old, inode = journal.read_bytes(), journal.stat().st_ino
    done = mend(paths)
    assert (done.moved, done.named, done.backup, done.damaged) == (0, 0, None, None)
    assert (journal.read_bytes(), journal.stat().st_ino) == (old, inode)
    assert backups.listed(paths) == ()


# --- Damaged parts ----------------------------------------------------------------------------------------


def test_a_damaged_entry_is_moved_byte_for_byte(paths: Paths, journal: Path):
    old = journal.read_bytes().replace(b'key = "moment"', b'key = "moment\0\xff', 1)
    journal.write_bytes(old)
    block = reading.blocks_of(old)[0]
    done = mend(paths)
    assert (done.moved, done.damaged) == (1, paths.state / "damaged-2026-11-20.toml")
    last = 4 + block.data.rstrip().count(b"\n")
    assert kept(paths) == f"# lines 4-{last} of {paths.real}:\n".encode() + block.data
    assert journal.read_bytes() == old[: block.start] + old[block.end :]
    assert done.backup is not None
    assert done.backup.read_bytes() == old
    assert nothing_left(paths)


def test_a_second_repair_of_the_day_adds_to_the_same_file(paths: Paths, journal: Path):
    for words in ("one", "two"):
        journal.write_bytes(journal.read_bytes() + f"\n[[entry]]\ndate = {words}".encode())
        mend(paths)
    assert kept(paths).count(b"\n\n# lines ") == 1
    assert b"\ndate = one\n" in kept(paths)
    assert kept(paths).endswith(b"\ndate = two\n")


def test_a_damaged_beginning_makes_room_for_a_new_one(paths: Paths, journal: Path):
    old = journal.read_bytes()
    journal.write_bytes(old.replace(b"format = 1\n", b"format = \nmine = 1\n"))
    mend(paths)
    assert journal.read_bytes() == old
    assert b"\nformat = \nmine = 1\n" in kept(paths)
    assert nothing_left(paths)


def test_comments_of_somebodys_own_in_the_parts_that_are_well_stay(paths: Paths, journal: Path):
    text = journal.read_bytes().replace(b"minutes = 11", b"minutes   =   11 # about\r", 1)
    journal.write_bytes(text + b"\n[[entry]]\nbroken\n")
    mend(paths)
    assert journal.read_bytes() == text + b"\n"
    save(paths, samples.entry(5))
    assert reading.read(journal).entries[-1] == samples.entry(5)


def test_what_only_needs_to_be_saved_in_another_encoding_is_not_moved(paths: Paths):
    for number in range(2):
        save(paths, samples.entry(number, reply="Änderung"))
    latin = paths.journal.read_bytes().decode().encode("cp1252")
    paths.journal.write_bytes(latin)
    assert mend(paths).moved == 0
    assert paths.journal.read_bytes() == latin


def test_a_newer_format_is_left_alone(paths: Paths, journal: Path):
    text = journal.read_bytes().replace(b"format = 1", b"format = 2") + b"\n[[entry]]\nbroken\n"
    journal.write_bytes(text)
    with pytest.raises(NotRewritten, match="Update followme first"):
        mend(paths)
    assert journal.read_bytes() == text
    assert not (paths.state / "damaged-2026-11-20.toml").exists()


def test_a_journal_that_shrank_is_left_alone(paths: Paths, journal: Path):
    journal.write_bytes(b"format = 1\n\n[[entry]]\nbroken\n")
    with pytest.raises(Shrunk):
        mend(paths)
    assert journal.read_bytes().endswith(b"broken\n")


def test_without_room_for_the_damaged_parts_nothing_is_moved(paths: Paths, journal: Path):
    journal.write_bytes(journal.read_bytes() + b"\n[[entry]]\nbroken\n")
    (paths.state / "damaged-2026-11-20.toml.new").mkdir()
    old = journal.read_bytes()
    with pytest.raises(NotRewritten, match="The journal is as it was"):
        mend(paths)
    assert journal.read_bytes() == old


# --- Ids --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("", 'id = "NEW"\n'),
        ('id = ""\n', 'id = "NEW"\n'),
        ("id = ''\n", 'id = "NEW"\n'),
        ('  id   =  ""  # none\n', '  id   =  "NEW"  # none\n'),
    ],
)
def test_an_entry_without_id_gets_one_and_keeps_all_else(paths: Paths, journal: Path, was: str, becomes: str):
    text = journal.read_text(encoding="utf-8")
    line = f'id = "{samples.entry(1).id}"\n'
    journal.write_text(text.replace(line, f"{was}# mine\n"), encoding="utf-8", newline="\n")
    assert mend(paths).named == 1
    entries = reading.read(journal).entries
    assert entries[1].id.startswith("20261127T160411-")
    assert replace(entries[1], id=samples.entry(1).id) == samples.entry(1)
    expected = text.replace(line, f"{becomes}# mine\n".replace("NEW", entries[1].id))
    assert journal.read_bytes() == expected.encode()
    assert nothing_left(paths)


def test_windows_line_ends_are_kept(paths: Paths):
    paths.journal.parent.mkdir()
    paths.journal.write_bytes(b"[[entry]]\r\ndate = 2026-11-20\r\n")
    mend(paths)
    assert paths.journal.read_bytes().count(b"\r\n") == paths.journal.read_bytes().count(b"\n") == 3


def test_a_line_of_an_answer_that_looks_like_an_empty_id_is_none(paths: Paths):
    paths.journal.parent.mkdir()
    text = b'[[entry]]\ndate = 2026-11-20\n[[entry.answer]]\nkey = "a"\nreply = """\nid = ""\n"""\n'
    paths.journal.write_bytes(text)
    mend(paths)
    assert paths.journal.read_bytes().endswith(text.removeprefix(b"[[entry]]\n"))


def test_ids_that_are_taken_are_not_given_again(paths: Paths):
    paths.journal.parent.mkdir()
    paths.journal.write_bytes(b"[[entry]]\ndate = 2026-11-20\n" * 3)
    ids = iter("aaabac")
    repair.repair(paths, NOW, lambda _: next(ids))
    assert [one.id for one in reading.read(paths.journal).entries] == ["a", "b", "c"]


def test_a_moment_that_utc_has_no_name_for_is_left_to_a_person(paths: Paths):
    paths.journal.parent.mkdir()
    paths.journal.write_bytes(b"[[entry]]\ndate = 0001-01-01T00:00:00+01:00\n")
    done = repair.repair(paths, NOW, lambda moment: f"{moment.astimezone(UTC):%Y}")
    assert (done.named, done.backup) == (0, None)


# --- Drafts -----------------------------------------------------------------------------------------------


def test_finished_drafts_come_first_so_that_a_torn_end_is_no_damage(paths: Paths, journal: Path):
    entry = samples.entry(7)
    record = codec.to_toml(entry)
    size = journal.stat().st_size
    pending = Pending(record=record, lead="\n", size=size)
    draft = Draft(id=entry.id, journal=paths.real, set="weekly", week="", started=entry.date, pending=pending)
    drafts.open_new(paths, draft).close()
    journal.write_bytes(journal.read_bytes() + b"\n" + record[:100].encode())
    done = mend(paths)
    assert [one.id for one in done.recovery.completed] == [entry.id]
    assert (done.moved, done.backup) == (0, None)
    assert reading.read(journal).entries[-1] == entry
    assert nothing_left(paths)


# --- Whatever is wrong ------------------------------------------------------------------------------------

DAMAGE = st.sampled_from(
    [
        b"",
        b'"',
        b'"""\n',
        b"[",
        b"]]",
        b"\n",
        b"\0\0\0",
        b"\xff",
        b"\n[[entry]]\n",
        b"\n[entry]\n",
        b"x = 1\n",
        b"\r",
    ]
)


@given(st.data())
@settings(suppress_health_check=list(HealthCheck))
def test_no_byte_is_lost_whatever_was_damaged(tmp_path_factory, data):
    """Bytes are cut out or put in anywhere; after repairing, all that was read is there, and all else is kept."""
    folder = tmp_path_factory.mktemp("any")
    paths = Paths(folder / "journal.toml", folder / "state")
    blocks = [codec.to_toml(samples.entry(number)) for number in range(4)]
    text = ("format = 1\n\n" + "\n".join(blocks)).encode()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.sampled_from([0, 0, 1, 5, 300]))
        text = text[:at] + data.draw(DAMAGE) + text[at + cut :]
    paths.journal.write_bytes(text)
    before = reading.blocks_of(text)

    try:
        done = mend(paths)
    except NotRewritten:
        # Damage can turn the format's number into that of a followme to come.
        assert re.match(rb"\s*format\s*=\s*\d*[02-9]\d*|\s*format\s*=\s*\d{2,}", text)
        assert paths.journal.read_bytes() == text
        return

    after = reading.read(paths.journal)
    known = {one.id for one in after.entries}
    assert [replace(one, id="") for one in after.entries] == [
        replace(one.entry, id="") for one in before if one.entry
    ]
    assert {one.entry.id for one in before if one.entry and one.entry.id} <= known
    for one in before:
        if one.error and done.moved:
            assert one.data in kept(paths) or one.data in paths.journal.read_bytes()
    if done.backup:
        assert done.backup.read_bytes() == text
    assert sorted(path.name for path in folder.iterdir() if path.name != "state") == ["journal.toml"]
    assert nothing_left(paths)


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX systems")
def test_damaged_parts_are_for_their_owner_alone(paths: Paths, journal: Path):
    journal.write_bytes(journal.read_bytes() + b"\n[[entry]]\nbroken\n")
    mend(paths)
    assert (paths.state / "damaged-2026-11-20.toml").stat().st_mode & 0o777 == 0o600

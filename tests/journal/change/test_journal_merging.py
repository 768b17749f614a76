"""Merging into the journal: one rewrite with a backup and a line in the log, and every byte that isn't new stays."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import journal_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followme.hints import Command
from followme.insight.merge import Step
from followme.journal.change import backups, gone, log, merging
from followme.journal.change.merging import merge_into, proposed, version_of, version_with
from followme.journal.change.swap import NotRewritten
from followme.journal.file import codec, parsing, reading
from followme.journal.file.append import PREAMBLE
from followme.journal.file.paths import Paths
from followme.journal.saving import save
from followme.model import Answer, Entry

NOW = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)


def text_of(*entries: Entry, gone_ids: str = "") -> bytes:
    blocks = "\n".join(codec.to_toml(codec.settled(each)) for each in entries)
    return f"{PREAMBLE}{gone_ids}\n{blocks}".encode()


def saved(paths: Paths, *numbers: int) -> None:
    for number in numbers:
        save(paths, samples.entry(number))


def numbers_in(journal: Path) -> list[int]:
    by_id = {samples.entry(number).id: number for number in range(9)}
    return [by_id[each.id] for each in reading.read(journal).entries]


def test_a_merge_parses_each_entry_once_and_reads_back_what_is_new(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What was parsed on the way is handed on: to the preview, to the merge, and to the log of changes."""
    saved(paths, *range(6))
    other = tmp_path / "other.toml"
    other.write_bytes(text_of(*map(samples.entry, range(3, 9))))
    parsed: list[bytes] = []
    real = parsing.parse_block
    monkeypatch.setattr(
        parsing, "parse_block", lambda data, **more: parsed.append(data) or real(data, **more)
    )
    _, theirs = merging.other_journal(other)
    found = proposed(paths, theirs)
    assert len(merging.incoming(found, theirs).entries) == 3
    assert len(parsed) == 6 + 3
    parsed.clear()
    merge_into(paths, theirs, verb=log.MERGE, now=NOW, as_proposed=found)
    # Beside the three that are new: the neighbor of the place where they go, and the last entry, for the log.
    assert len(parsed) <= 3 + 4
    parsed.clear()
    assert numbers_in(paths.journal) == [*range(9)]
    parsed.clear()
    base, ours = tmp_path / "base.toml", tmp_path / "ours.toml"
    base.write_bytes(text_of(*map(samples.entry, range(3, 6))))
    ours.write_bytes(text_of(*map(samples.entry, range(6))))
    merging.merge_files(base, ours, other)
    assert len(parsed) == 9


PREAMBLES = [
    # ours, theirs, what both came from (None if no one knows), and what there is then
    ("", "x = 1\n", None, {"x": 1}),
    ("own = 5\n", "x = [\n  1,\n]\ny = 2\n", None, {"own": 5, "x": [1], "y": 2}),
    ("own = 5\n[mine]\nz = 4\n", "x = 1\n[seal]\nto = 3\n", None,
     {"own": 5, "mine": {"z": 4}, "x": 1, "seal": {"to": 3}}),
    ("own = 5\nx = 1\n", "x = 2\n", "x = 1\n", {"own": 5, "x": 2}),
    ("own = 5\n", "x = 1\ny = 2\n", "x = 1\n", {"own": 5, "y": 2}),
    # Both can't stay as they are; the other one is a comment then.
    ("x = 1\n", "x = 2\n", None, {"x": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "base", "found"), PREAMBLES)
@pytest.mark.parametrize("ids", ["", 'gone = ["20261106T150102-b2c8h"]\n'])
def test_no_key_before_the_first_entry_is_dropped(
    ours: str, theirs: str, base: str | None, found: dict[str, Any], ids: str
):
    """Another machine may have written it, with a later followme."""
    entry = codec.to_toml(samples.entry(1))
    one, other, before = (
        None if text is None else f"format = 1\n{ids}{text}\n{entry}".encode()
        for text in (ours, theirs, base)
    )
    assert one
    assert other
    mine, known = version_of(one), version_of(before) if before else None
    for _ in range(2):
        merged = merging.merge(mine, version_of(other), known, cut=merging.tables_of)
        made, mine = merging.bytes_of(one, mine, merged)
        table = tomllib.loads(made.decode())
        assert table.pop("gone", None) == (["20261106T150102-b2c8h"] if ids else None)
        assert len(table.pop("entry")) == 1
        assert table == {"format": 1, **found}
        assert made.count(b"# x = 2") == (found == {"x": 1} and "2" in theirs)
        # Merged once more, nothing is new.
        one = made


def test_a_list_of_deleted_entries_that_cannot_be_read_is_never_written_twice(paths: Paths):
    saved(paths, 0, 1)
    data = paths.journal.read_bytes()
    paths.journal.write_bytes(b"broken\n" + data)
    old = paths.journal.read_bytes()
    other = version_of(text_of(samples.entry(2), gone_ids=f'gone = ["{samples.entry(0).id}"]\n'))
    with pytest.raises(NotRewritten) as raised:
        merge_into(paths, other, verb=log.MERGE, now=NOW)
    assert raised.value.commands == (Command("doctor"),)
    assert "The journal is as it was." in str(raised.value)
    assert paths.journal.read_bytes() == old
    # Without an id to note there, this merge leaves the damage alone, and so does another one's.
    merge_into(paths, version_of(text_of(samples.entry(2))), verb=log.MERGE, now=NOW)
    assert numbers_in(paths.journal) == [0, 1, 2]
    assert reading.read(paths.journal).damages[0].first_line == 1
    before = version_of(data)
    other = version_of(b"broken\n" + text_of(samples.entry(3)))
    for base in (None, before):
        made, after = merging.bytes_of(
            data, before, merging.merge(before, other, base, cut=merging.tables_of)
        )
        assert len(after.parts) == 3
        assert reading.strict_error(paths.journal, made) is None


def test_what_another_journal_has_goes_where_its_time_belongs(paths: Paths):
    saved(paths, 0, 2)
    old = paths.journal.read_bytes()
    other = version_of(text_of(*map(samples.entry, (0, 1, 3))))
    done = merge_into(paths, other, verb=log.MERGE, now=NOW)
    assert numbers_in(paths.journal) == [0, 1, 2, 3]
    assert [part.id for part in done.change.added] == [samples.entry(1).id, samples.entry(3).id]
    # The layout is that of a journal written one week after the other.
    assert paths.journal.read_bytes() == text_of(*map(samples.entry, range(4)))
    assert backups.listed(paths)[0].path.read_bytes() == old
    newest = next(log.newest(paths))
    assert newest is not None
    assert newest.verb == log.MERGE
    assert [(each.id, bool(each.before)) for each in newest.blocks] == [
        (samples.entry(1).id, False),
        (samples.entry(3).id, False),
    ]
    assert proposed(paths, other).is_empty


def test_nothing_new_changes_no_byte_and_makes_no_backup(paths: Paths):
    saved(paths, 0, 1)
    old = paths.journal.read_bytes()
    assert merge_into(paths, version_of(text_of(samples.entry(1))), verb=log.MERGE, now=NOW).is_empty
    assert paths.journal.read_bytes() == old
    assert not backups.listed(paths)


def test_a_proposal_writes_nothing(paths: Paths):
    saved(paths, 0)
    old = paths.journal.read_bytes()
    assert len(proposed(paths, version_of(text_of(samples.entry(1)))).change.added) == 1
    assert paths.journal.read_bytes() == old


def test_comments_odd_layout_and_damage_stay_on_both_sides(paths: Paths):
    saved(paths, 0, 2)
    journal = paths.journal.read_bytes().replace(
        b"minutes = 11\n", b"minutes   = 11 # odd\r\nown = [1,\n2]\n"
    )
    journal = journal.replace(PREAMBLE.encode(), b"# My own\nformat = 1\nmine = 'kept'\n")
    paths.journal.write_bytes(journal)
    damage = b"[[entry]]\ndate = 2026-\nreply = '''half"
    theirs = (
        text_of(samples.entry(1)).rstrip() + b" # theirs\n\n" + damage + b"\n\n" + text_of(samples.entry(3))
    )
    merge_into(paths, version_of(theirs), verb=log.MERGE, now=NOW)
    after = paths.journal.read_bytes()
    assert all(
        part in after for part in (b"mine = 'kept'", b"# odd\r\nown = [1,\n2]\n", b" # theirs\n", damage)
    )
    found = reading.read(paths.journal)
    assert numbers_in(paths.journal) == [0, 1, 2, 3]
    assert len(found.damages) == 1
    assert after.index(damage) < after.index(samples.entry(2).id.encode())


def test_what_was_deleted_in_either_stays_out_and_is_noted(paths: Paths):
    saved(paths, 0, 1)
    ids = f'gone = ["{samples.entry(1).id}", "{samples.entry(5).id}"]\n'
    merge_into(paths, version_of(text_of(samples.entry(2), gone_ids=ids)), verb=log.MERGE, now=NOW)
    assert numbers_in(paths.journal) == [0, 2]
    listed = gone.listed(paths.journal.read_bytes())
    assert set(listed) == {samples.entry(1).id, samples.entry(5).id}
    merge_into(paths, version_of(text_of(samples.entry(1), samples.entry(3))), verb=log.MERGE, now=NOW)
    assert numbers_in(paths.journal) == [0, 2, 3]


def test_two_versions_of_an_entry_stay_and_the_second_says_of_which(paths: Paths):
    saved(paths, 0)
    other = replace(
        samples.entry(0), answers=(Answer(key="moment", kind="text", question="", reply="Other"),)
    )
    done = merge_into(paths, version_of(text_of(other)), verb=log.MERGE, now=NOW)
    first, second = reading.read(paths.journal).entries
    assert done.after.conflicts == (first.id,) == (second.conflict,)
    assert {first.answers[0].reply, second.answers[0].reply} >= {"Other"}
    assert not second.is_sitting


def test_an_import_brings_back_what_was_deleted_and_leaves_what_is_here(paths: Paths):
    saved(paths, 0)
    paths.journal.write_bytes(
        paths.journal.read_bytes().replace(
            b"format = 1\n", f'format = 1\ngone = ["{samples.entry(1).id}"]\n'.encode()
        )
    )
    here = replace(samples.entry(0), minutes=99)
    done = merge_into(paths, version_with([here, samples.entry(1)]), verb=log.IMPORT, new=True, now=NOW)
    assert [part.id for part in done.change.added] == [samples.entry(1).id]
    assert reading.read(paths.journal).entries == (
        codec.settled(samples.entry(0)),
        codec.settled(samples.entry(1)),
    )
    assert gone.listed(paths.journal.read_bytes()) == ()


def test_a_journal_is_made_where_there_is_none(paths: Paths):
    merge_into(paths, version_with([samples.entry(1), samples.entry(0)]), verb=log.IMPORT, new=True, now=NOW)
    assert paths.journal.read_bytes() == text_of(samples.entry(0), samples.entry(1))


def test_a_file_that_is_missing_or_newer_is_refused(paths: Paths, tmp_path: Path):
    with pytest.raises(NotRewritten, match="There's no file"):
        merging.other_journal(tmp_path / "none.toml")
    newer = tmp_path / "newer.toml"
    newer.write_bytes(b"format = 2\n")
    with pytest.raises(NotRewritten, match="format 2"):
        merging.other_journal(newer)


def test_bytes_that_arent_read_back_as_merged_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    ours, theirs = tmp_path / "ours.toml", tmp_path / "theirs.toml"
    old = text_of(samples.entry(0))
    ours.write_bytes(old)
    theirs.write_bytes(text_of(samples.entry(0), samples.entry(1)))
    right = merging.steps

    def wrong(*given: Any) -> list[Step]:
        return [step._replace(new=step.new.replace(b"[[entry]]\n", b"")) for step in right(*given)]

    with monkeypatch.context() as patch:
        patch.setattr(merging, "steps", wrong)
        with pytest.raises(NotRewritten, match="altered another entry"):
            merging.merge_files(tmp_path / "none.toml", ours, theirs)
        # Where damage is about, the way on is to fix it.
        damaged = tmp_path / "damaged.toml"
        damaged.write_bytes(theirs.read_bytes() + b"\n[[entry]]\nbroken\n")
        with pytest.raises(NotRewritten, match="Damaged lines") as raised:
            merging.merge_files(tmp_path / "none.toml", ours, damaged)
        assert raised.value.commands == (Command("doctor"),)
    assert ours.read_bytes() == old
    merging.merge_files(tmp_path / "none.toml", ours, theirs)
    assert ours.read_bytes() == theirs.read_bytes()


def test_other_line_ends_and_damage_are_read_back_as_merged(tmp_path: Path):
    ours, theirs = tmp_path / "ours.toml", tmp_path / "theirs.toml"
    one, two = text_of(samples.entry(0)), text_of(samples.entry(1))
    ours.write_bytes(one.replace(b"\n", b"\r\n") + b'\n[[entry]]\nreply = """open\n')
    theirs.write_bytes(b"junk [\n" + one + b"\n" + two[two.index(b"[[entry]]") :])
    merging.merge_files(tmp_path / "none.toml", ours, theirs)
    assert numbers_in(ours) == [0, 1]


def test_a_journal_that_begins_with_an_entry_gets_the_others_first_comment_above_it(tmp_path: Path):
    ours, theirs = tmp_path / "ours.toml", tmp_path / "theirs.toml"
    old = text_of(samples.entry(0))
    ours.write_bytes(old[old.index(b"[[entry]]") :])
    theirs.write_bytes(old)
    merging.merge_files(tmp_path / "none.toml", ours, theirs)
    assert numbers_in(ours) == [0]
    assert PREAMBLE.encode().splitlines()[0] in ours.read_bytes().splitlines()


@pytest.mark.hypothesis
@given(
    st.lists(st.integers(0, 8), unique=True), st.lists(st.integers(0, 8), unique=True), st.integers(0, 511)
)
def test_every_change_makes_the_version_that_was_proposed(own, others, edited):
    before = version_of(text_of(*map(samples.entry, own)))
    some = (
        replace(samples.entry(number), minutes=3) if edited >> number & 1 else samples.entry(number)
        for number in others
    )
    after = merging.merge(before, version_of(text_of(*some)), cut=merging.tables_of)
    data = text_of(*map(samples.entry, own))
    made, there = merging.bytes_of(data, before, after)
    assert there == version_of(made)
    assert [part.data.strip() for part in there.parts] == [part.data.strip() for part in after.parts]

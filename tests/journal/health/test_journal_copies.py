"""Copies beside the journal: what they hold that it lacks, found without taking apart what both begin with."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_samples import entry

from followme.journal.file import reading
from followme.journal.file.append import PREAMBLE
from followme.journal.file.codec import to_toml
from followme.journal.health import copies

PARTS = [
    *(to_toml(entry(number)) for number in range(4)),
    to_toml(entry(1)).replace("reply = 4", "reply = 3"),
    to_toml(entry(2)).replace("minutes = 11", "minutes   =   11"),
    to_toml(entry(3)).replace("reply = 4", "reply = 4 4"),
    '[[entry]]\ndate = 2026-11-20\nset = "weekly"\n',
]


def written(path: Path, numbers: list[int], end: str = "\n") -> Path:
    text = "\n".join([PREAMBLE, *(PARTS[number] for number in numbers)])
    path.write_bytes(text.replace("\n", end).encode())
    return path


def found(journal: Path) -> list[tuple[int, int]]:
    return [(each.entries, each.unread) for each in copies.copies(journal)]


numbers = st.lists(st.integers(0, len(PARTS) - 1), max_size=5)


@given(numbers, numbers, numbers, st.sampled_from(["\n", "\r\n"]), st.sampled_from([0, 8]))
def test_what_both_begin_with_changes_nothing_in_what_is_found(
    tmp_path_factory, shared: list[int], mine: list[int], theirs: list[int], end: str, few: int
):
    folder = tmp_path_factory.mktemp("any")
    journal = written(folder / "journal.toml", shared + mine, end)
    written(folder / "journal (conflicted copy).toml", shared + theirs, end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "CHUNK", 100)
        patch.setattr(copies, "FEW", few)
        quick = found(journal)
        patch.setattr(copies, "_same_beginning", lambda one, other: 0)
        assert quick == found(journal)


def test_a_copy_with_another_end_is_not_taken_apart_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Else each home would do so, for as long as the copy is there."""
    monkeypatch.setattr(reading, "CHUNK", 100)
    journal = written(tmp_path / "journal.toml", [0, 1, 2])
    written(tmp_path / "journal (conflicted copy).toml", [0, 1, 3])
    real, starts = copies._parts, []
    monkeypatch.setattr(copies, "_parts", lambda path, start=0: starts.append(start) or real(path, start))
    assert found(journal) == [(1, 0)]
    assert len(starts) == 2
    assert min(starts) > 0

"""What a save needs, tried for real: nothing is left behind, and what cannot be done is a finding."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from journal_samples import entry

from followme.journal.file.paths import Paths
from followme.journal.health.trial import ROOM, tried
from followme.journal.saving import save


def kinds(paths: Paths) -> list[str]:
    return [one.kind for one in tried(paths, readable=True)]


def test_where_nothing_has_been_made_nothing_is_left(paths: Paths):
    assert kinds(paths) == []
    assert not paths.state.exists()
    assert not paths.journal.parent.exists()


def test_what_was_there_stays(paths: Paths):
    save(paths, entry(0))
    before = sorted(paths.state.rglob("*"))
    assert kinds(paths) == []
    assert sorted(paths.state.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
@pytest.mark.parametrize("system", ["files without a name", "files with one"])
def test_a_limit_that_the_disk_does_not_tell_of(paths: Paths, system: str, monkeypatch: pytest.MonkeyPatch):
    """As a quota is one: the disk has room, and does not take it."""
    if system == "files with one":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    resource = pytest.importorskip("resource")
    save(paths, entry(0))
    before = sorted(paths.journal.parent.rglob("*"))
    assert kinds(paths) == []
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM - 1, hard))
    try:
        room, state = tried(paths, readable=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert room.kind == "room"
    assert room.what == f"The disk that holds {paths.journal} won't take 256 KB more from you."
    assert state.kind == "state"
    assert sorted(paths.journal.parent.rglob("*")) == before


@pytest.mark.parametrize("name", ["", "drafts", "locks"])
def test_a_file_in_place_of_a_folder(paths: Paths, name: str, tmp_path: Path):
    paths.state.parent.mkdir(exist_ok=True)
    if name:
        paths.state.mkdir()
    (paths.state / name).write_text("")
    (found,) = tried(paths, readable=True)
    assert found.kind == "state"
    assert found.what.endswith("No other folder can hold them either, so nothing can be saved.")
    fallback = tmp_path / "spare"
    (found,) = tried(replace(paths, fallbacks=(fallback,)), readable=True)
    assert found.what.endswith(f"Until that's fixed, they're in {fallback}, which a restart empties.")
    assert not fallback.exists()


def test_a_journal_to_which_nothing_can_be_added(paths: Paths):
    paths.journal.parent.mkdir()
    paths.journal.write_bytes("format = 1\n".encode("utf-16"))
    assert kinds(paths) == ["cannot-add"]
    assert [one.kind for one in tried(paths, readable=False)] == []

"""What a save needs, tried for real: nothing is left behind, and what cannot be done is a finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from journal_samples import entry

from followme.journal.file.paths import Place
from followme.journal.health.trial import tried
from followme.journal.saving import save


def kinds(place: Place) -> list[str]:
    return [one.kind for one in tried(place, readable=True)]


def test_where_nothing_has_been_made_nothing_is_left(place: Place):
    assert kinds(place) == []
    assert not place.state.exists()
    assert not place.journal.parent.exists()


def test_what_was_there_stays(place: Place):
    save(place, entry(0))
    before = sorted(place.state.rglob("*"))
    assert kinds(place) == []
    assert sorted(place.state.rglob("*")) == before


@pytest.mark.parametrize("name", ["", "drafts", "locks"])
def test_a_file_in_place_of_a_folder(place: Place, name: str, tmp_path: Path):
    place.state.parent.mkdir(exist_ok=True)
    if name:
        place.state.mkdir()
    (place.state / name).write_text("")
    (found,) = tried(place, readable=True)
    assert found.kind == "state"
    assert found.what.endswith("No other folder takes them, so nothing can be saved.")
    spare = tmp_path / "spare"
    (found,) = tried(replace(place, spares=(spare,)), readable=True)
    assert found.what.endswith(f"Until that is fixed, they are in {spare}, which a restart empties.")
    assert not spare.exists()


def test_a_journal_to_which_nothing_can_be_added(place: Place):
    place.journal.parent.mkdir()
    place.journal.write_bytes("format = 1\n".encode("utf-16"))
    assert kinds(place) == ["cannot-add"]
    assert [one.kind for one in tried(place, readable=False)] == []

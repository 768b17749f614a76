"""Drafts: what they keep, who holds them, and that none is ever half there or silently gone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_samples import texts

from followme.journal import draftfile, drafts
from followme.journal.draftfile import Ahead, Draft
from followme.journal.drafts import NoDraft
from followme.journal.file import modes
from followme.journal.file.paths import Place

STARTED = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)


def draft(place: Place, name: str = "20261120T150411-k7q2m", **more: Any) -> Draft:
    return Draft(
        **{"id": name, "journal": place.real, "set": "weekly", "week": "2026-W47", "started": STARTED} | more
    )


PLAN = {
    "title": "Weekly",
    "section": [
        {"title": "What happened", "question": [{"key": "moment", "when": {"key": "care-days", "below": 2}}]},
        {"title": "x" * 200, "question": [{"key": "a", "options": ["1", "2"], "by": date(2026, 12, 1)}, {}]},
        {"question": []},
    ],
}


def test_a_draft_comes_back_as_it_was(place: Place):
    whole = draft(
        place,
        seconds=12.5,
        plan=PLAN,
        typed={
            "moment": {"reply": "Ana\r\n\x00 é", "fact": ""},
            "a b/c": {"reply": ("one", "two")},
            "none": {},
        },
        done=("moment",),
        at="a b/c",
        ahead=Ahead(record="[[entry]]\n", lead="\n", size=7),
    )
    opened = drafts.open_new(place, whole)
    assert drafts.load(opened.path) == whole


names = st.text("abc-é. \"'\\\n", min_size=1, max_size=5)
values = st.recursive(
    texts.map(lambda text: text.encode("utf-8", "replace").decode()) | st.integers(0, 9) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(names, values, max_size=4), texts)
def test_any_plan_and_any_typing_come_back(plan: dict[str, Any], typed: str):
    one = draft(Place(Path("j"), Path("s")), plan=plan, typed={"q": {"reply": typed}})
    back = draftfile.from_toml(draftfile.to_toml(one))
    assert back.plan == plan
    assert back.typed["q"]["reply"] == typed.encode("utf-16-le", "surrogatepass").decode(
        "utf-16-le", "replace"
    )


def test_saving_again_replaces_it(place: Place):
    opened = drafts.open_new(place, draft(place))
    opened.save(replace(opened.draft, at="spirit"), sync=False)
    assert opened.draft.at == drafts.load(opened.path).at == "spirit"
    assert {path.suffix for path in place.drafts.iterdir()} == {".lock", ".toml"}


def test_a_signal_in_the_middle_of_saving_may_save_too(place: Place, monkeypatch: pytest.MonkeyPatch):
    """The later state stays, whichever write ends last."""
    opened = drafts.open_new(place, draft(place))
    real = modes.write_all
    later = replace(opened.draft, at="later")

    def interrupted(handle: int, data: bytes) -> None:
        monkeypatch.setattr(modes, "write_all", real)
        opened.save(later)
        real(handle, data)

    monkeypatch.setattr(modes, "write_all", interrupted)
    opened.save(replace(opened.draft, at="earlier"))
    assert drafts.load(opened.path) == later == opened.draft


def test_a_draft_in_use_is_no_orphan_and_a_paused_one_is(place: Place):
    opened = drafts.open_new(place, draft(place))
    assert drafts.orphans(place) == ()
    opened.close()
    (orphan,) = drafts.orphans(place)
    assert orphan.draft == opened.draft
    assert drafts.orphans(place) == ()


def test_several_orphans_come_oldest_first_and_are_not_mixed(place: Place):
    for day in (2, 0, 1):
        one = draft(place, f"draft-{day}", started=STARTED + timedelta(days=day), at=f"q{day}")
        drafts.open_new(place, one).close()
    assert [(one.draft.id, one.draft.at) for one in drafts.orphans(place)] == [
        (f"draft-{day}", f"q{day}") for day in range(3)
    ]


def test_a_killed_process_leaves_an_orphan(place: Place):
    code = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from followme.journal import drafts
from followme.journal.file.paths import Place
place = Place(Path(sys.argv[1]), Path(sys.argv[2]))
started = datetime(2026, 1, 1, tzinfo=UTC)
drafts.open_new(place, drafts.Draft(id="a", journal=place.real, set="", week="2026-W01", started=started))
os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
"""
    subprocess.run([sys.executable, "-c", code, place.journal, place.state], check=False)
    assert [one.draft.id for one in drafts.orphans(place)] == ["a"]


def test_drafts_of_another_journal_are_left_alone(place: Place, tmp_path: Path):
    drafts.open_new(place, draft(place)).close()
    assert drafts.orphans(Place(tmp_path / "other.toml", place.state)) == ()


def test_discarding_leaves_nothing(place: Place):
    opened = drafts.open_new(place, draft(place))
    opened.discard()
    assert list(place.drafts.iterdir()) == []
    opened.discard()


def test_discarding_what_was_never_written_is_no_failure(place: Place):
    drafts.open_unwritten(place, draft(place)).discard()
    assert not place.drafts.exists()


def test_somebody_elses_are_seen_and_neither_taken_nor_changed(place: Place, tmp_path: Path):
    held = drafts.open_new(place, draft(place))
    other = replace(place, journal=tmp_path / "other.toml")
    held_too = drafts.open_new(other, draft(other, "20261120T150412-k7q2m"))
    saving = draft(place, "20261120T150414-k7q2m", ahead=Ahead(record="[[entry]]\n"))
    saved = drafts.open_new(place, saving)
    drafts.open_new(place, draft(place, "20261120T150413-k7q2m")).close()
    (place.drafts / "broken.toml").write_text("format = ")
    before = {path: path.read_bytes() for path in place.drafts.glob("*.toml")}
    assert drafts.elsewhere(place) == (held.draft,)
    assert {path: path.read_bytes() for path in place.drafts.glob("*.toml")} == before
    for one in (held, held_too, saved):
        one.close()
    assert drafts.elsewhere(place) == ()


def test_what_an_interrupted_save_left_is_swept_with_the_orphan(place: Place):
    opened = drafts.open_new(place, draft(place))
    opened.path.with_name(f"{opened.path.name}.3.new").write_text("half")
    opened.close()
    drafts.orphans(place)
    assert not list(place.drafts.glob("*.new"))


def test_an_id_is_taken_once(place: Place):
    drafts.open_new(place, draft(place)).close()
    with pytest.raises(NoDraft, match="already"):
        drafts.open_new(place, draft(place))


@pytest.mark.parametrize("name", ["../evil", "", "a/b", "a.b", "x" * 61])
def test_an_id_is_no_path(place: Place, name: str):
    with pytest.raises(NoDraft):
        drafts.open_new(place, draft(place, name))


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\0" * 300, b"format = 1\n", b"nonsense", b"\xff\xfe", b"format = 2\n", b"format = 'x'\n"),
        b"plan = " + b"[" * 2000,
    ],
)
def test_an_unreadable_draft_is_kept_and_reported(place: Place, content: bytes):
    place.drafts.mkdir(parents=True)
    path = place.drafts / "a.toml"
    path.write_bytes(content)
    assert drafts.orphans(place) == ()
    (found,) = drafts.unreadable(place)
    assert found.path == path
    assert found.reason.startswith(f"The draft {path} cannot be read: ")
    assert path.read_bytes() == content


@pytest.mark.parametrize("week", ["", "2026-W99", "2025-W53", "W47", "x" * 5000])
def test_a_draft_of_no_week_is_kept_and_reported(place: Place, week: str):
    opened = drafts.open_new(place, draft(place))
    opened.path.write_text(opened.path.read_text().replace("2026-W47", week))
    opened.close()
    assert drafts.orphans(place) == ()
    (found,) = drafts.unreadable(place)
    assert "week" in found.reason
    assert len(found.reason) < 300 + len(str(opened.path))
    assert opened.path.exists()


def test_a_finished_draft_is_found_whatever_its_week(place: Place):
    drafts.open_new(place, draft(place, week="2026-W99", ahead=Ahead(record="[[entry]]\n"))).close()
    (found,) = drafts.finished(place)
    assert found.draft.week == "2026-W99"
    found.close()


def test_a_damaged_record_makes_a_draft_unreadable(place: Place):
    opened = drafts.open_new(place, draft(place, ahead=Ahead(record="[[entry]]\n", size=0)))
    opened.path.write_text(opened.path.read_text().replace("[[entry]]", "[[entrx]]"))
    opened.close()
    assert len(drafts.unreadable(place)) == 1
    assert drafts.finished(place) == ()


def test_a_draft_that_cannot_be_written_is_told_before_anything_is_typed(tmp_path: Path):
    (tmp_path / "state").write_text("a file where the folder should be")
    place = Place(tmp_path / "journal.toml", tmp_path / "state")
    with pytest.raises(NoDraft, match="The draft could not be saved"):
        drafts.open_new(place, draft(place))


# --- Other folders ----------------------------------------------------------------------------------------


@pytest.fixture
def spared(place: Place) -> Place:
    """The same place with a folder to fall back on."""
    spare = place.state.with_name("spare")
    spare.mkdir(mode=0o700)
    return replace(place, spares=(spare,))


def at(place: Place) -> list[Path]:
    return [path for folder in place.draft_folders if folder.is_dir() for path in folder.glob("*.toml")]


def test_a_draft_moves_to_the_folder_that_takes_it_and_back(spared: Place):
    """The state folder is swapped for a file, as good as a disk that takes nothing any more."""
    opened = drafts.open_new(spared, draft(spared))
    away = spared.drafts.with_name("away")
    spared.drafts.rename(away)
    spared.drafts.write_text("")
    opened.save(later := replace(opened.draft, at="later"))
    assert (opened.path, opened.is_spare) == (spared.draft_folders[1] / opened.path.name, True)
    assert drafts.load(opened.path) == later
    spared.drafts.unlink()
    away.rename(spared.drafts)
    opened.save(latest := replace(opened.draft, at="latest"))
    assert (opened.path, opened.is_spare) == (spared.drafts / opened.path.name, False)
    assert drafts.load(opened.path) == latest
    assert at(spared) == [opened.path]
    opened.discard()
    assert [list(folder.iterdir()) for folder in spared.draft_folders] == [[], []]


def test_it_has_it_all_only_where_it_is_on_the_disk(place: Place):
    """What was typed since does not count, nor what somebody took away."""
    opened = drafts.open_new(place, draft(place, typed={"moment": {"reply": "one"}}))
    assert opened.has_it_all
    away = place.drafts.rename(place.drafts.with_name("away"))
    place.drafts.write_text("")
    assert not opened.has_it_all
    with pytest.raises(NoDraft):
        opened.save(replace(opened.draft, typed={"moment": {"reply": "one and two"}}))
    place.drafts.unlink()
    away.rename(place.drafts)
    assert opened.is_written
    assert not opened.has_it_all
    opened.save(opened.latest)
    assert opened.has_it_all


def test_of_a_draft_that_was_left_behind_the_latest_state_counts(spared: Place):
    """It could not be removed from the folder that it was in before."""
    drafts.open_new(spared, draft(spared, at="old")).close()
    new = spared.draft_folders[1] / f"{draft(spared).id}.toml"
    new.parent.mkdir(mode=0o700)
    new.write_text(draftfile.to_toml(draft(spared, at="new")))
    os.utime(new, (2_000_000_000, 2_000_000_000))
    (orphan,) = drafts.orphans(spared)
    assert orphan.draft.at == "new"
    orphan.save(replace(orphan.draft, at="newer"))
    assert [drafts.load(path).at for path in at(spared)] == ["newer"]
    orphan.close()
    assert [one.draft.at for one in drafts.orphans(spared)] == ["newer"]


def test_a_draft_that_could_not_be_made_anywhere_leaves_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
):
    """Else it would be added later by itself, beside what the person saved again."""

    def fail(folder: Path) -> None:
        raise OSError(5, "Input/output error", str(folder))

    place.drafts.mkdir(parents=True)
    monkeypatch.setattr(modes, "sync_folder", fail)
    with pytest.raises(NoDraft, match="The disk reported an error"):
        drafts.open_new(place, draft(place))
    monkeypatch.undo()
    assert at(place) == []


def test_no_state_folder_means_no_drafts_and_makes_none(place: Place):
    assert (drafts.orphans(place), drafts.finished(place), drafts.unreadable(place)) == ((), (), ())
    assert not place.state.exists()

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
from journal_samples import entry, texts

from followme.journal import draftfile, drafts
from followme.journal.draftfile import Draft, Pending
from followme.journal.file import modes
from followme.journal.file.codec import to_toml
from followme.journal.file.paths import Paths
from followme.journal.opendraft import NoDraft

RECORD = to_toml(entry(1))
STARTED = datetime(2026, 11, 20, 15, 4, 11, tzinfo=UTC)


def draft(paths: Paths, name: str = "20261120T150411-k7q2m", **more: Any) -> Draft:
    return Draft(
        **{"id": name, "journal": paths.real, "set": "weekly", "week": "2026-W47", "started": STARTED} | more
    )


PLAN = {
    "title": "Weekly",
    "section": [
        {"title": "What happened", "question": [{"key": "moment", "when": {"key": "care-days", "below": 2}}]},
        {"title": "x" * 200, "question": [{"key": "a", "options": ["1", "2"], "by": date(2026, 12, 1)}, {}]},
        {"question": []},
    ],
}


def test_a_draft_comes_back_as_it_was(paths: Paths):
    whole = draft(
        paths,
        seconds=12.5,
        plan=PLAN,
        typed={
            "moment": {"reply": "Ana\r\n\x00 é", "fact": ""},
            "a b/c": {"reply": ("one", "two")},
            "none": {},
        },
        done=("moment",),
        at="a b/c",
        pending=Pending(record=RECORD, lead="\n", size=7),
    )
    opened = drafts.open_new(paths, whole)
    assert drafts.load(opened.path) == whole


names = st.text("abc-é. \"'\\\n", min_size=1, max_size=5)
values = st.recursive(
    texts.map(lambda text: text.encode("utf-8", "replace").decode()) | st.integers(0, 9) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(names, values, max_size=4), texts)
def test_any_plan_and_any_typing_come_back(plan: dict[str, Any], typed: str):
    one = draft(Paths(Path("j"), Path("s")), plan=plan, typed={"q": {"reply": typed}})
    back = draftfile.from_toml(draftfile.to_toml(one))
    assert back.plan == plan
    assert back.typed["q"]["reply"] == typed.encode("utf-16-le", "surrogatepass").decode(
        "utf-16-le", "replace"
    )


def test_saving_again_replaces_it(paths: Paths):
    opened = drafts.open_new(paths, draft(paths))
    opened.save(replace(opened.draft, at="spirit"), sync=False)
    assert opened.draft.at == drafts.load(opened.path).at == "spirit"
    assert {path.suffix for path in paths.drafts.iterdir()} == {".lock", ".toml"}


def test_a_signal_in_the_middle_of_saving_may_save_too(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    """The later state stays, whichever write ends last."""
    opened = drafts.open_new(paths, draft(paths))
    real = modes.write_all
    later = replace(opened.draft, at="later")

    def interrupted(handle: int, data: bytes) -> None:
        monkeypatch.setattr(modes, "write_all", real)
        opened.save(later)
        real(handle, data)

    monkeypatch.setattr(modes, "write_all", interrupted)
    opened.save(replace(opened.draft, at="earlier"))
    assert drafts.load(opened.path) == later == opened.draft


def test_a_draft_in_use_is_no_orphan_and_a_paused_one_is(paths: Paths):
    opened = drafts.open_new(paths, draft(paths))
    assert drafts.orphans(paths) == ()
    opened.close()
    (orphan,) = drafts.orphans(paths)
    assert orphan.draft == opened.draft
    assert drafts.orphans(paths) == ()


def test_several_orphans_come_oldest_first_and_are_not_mixed(paths: Paths):
    for day in (2, 0, 1):
        one = draft(paths, f"draft-{day}", started=STARTED + timedelta(days=day), at=f"q{day}")
        drafts.open_new(paths, one).close()
    assert [(one.draft.id, one.draft.at) for one in drafts.orphans(paths)] == [
        (f"draft-{day}", f"q{day}") for day in range(3)
    ]


def test_a_killed_process_leaves_an_orphan(paths: Paths):
    code = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from followme.journal import drafts
from followme.journal.file.paths import Paths
paths = Paths(Path(sys.argv[1]), Path(sys.argv[2]))
started = datetime(2026, 1, 1, tzinfo=UTC)
drafts.open_new(paths, drafts.Draft(id="a", journal=paths.real, set="", week="2026-W01", started=started))
os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
"""
    subprocess.run([sys.executable, "-c", code, paths.journal, paths.state], check=False)
    assert [one.draft.id for one in drafts.orphans(paths)] == ["a"]


def test_drafts_of_another_journal_are_left_alone(paths: Paths, tmp_path: Path):
    drafts.open_new(paths, draft(paths)).close()
    assert drafts.orphans(Paths(tmp_path / "other.toml", paths.state)) == ()


def test_discarding_leaves_nothing(paths: Paths):
    opened = drafts.open_new(paths, draft(paths))
    opened.discard()
    assert list(paths.drafts.iterdir()) == []
    opened.discard()


def test_discarding_what_was_never_written_is_no_failure(paths: Paths):
    drafts.open_unwritten(paths, draft(paths)).discard()
    assert not paths.drafts.exists()


def test_somebody_elses_are_seen_and_neither_taken_nor_changed(paths: Paths, tmp_path: Path):
    held = drafts.open_new(paths, draft(paths))
    other = replace(paths, journal=tmp_path / "other.toml")
    held_too = drafts.open_new(other, draft(other, "20261120T150412-k7q2m"))
    saving = draft(paths, "20261120T150414-k7q2m", pending=Pending(record=RECORD))
    saved = drafts.open_new(paths, saving)
    drafts.open_new(paths, draft(paths, "20261120T150413-k7q2m")).close()
    (paths.drafts / "broken.toml").write_text("format = ")
    before = {path: path.read_bytes() for path in paths.drafts.glob("*.toml")}
    assert drafts.elsewhere(paths) == (held.draft, saved.draft)
    assert {path: path.read_bytes() for path in paths.drafts.glob("*.toml")} == before
    for one in (held, held_too, saved):
        one.close()
    assert drafts.elsewhere(paths) == ()


def test_what_an_interrupted_save_left_is_swept_with_the_orphan(paths: Paths):
    opened = drafts.open_new(paths, draft(paths))
    opened.path.with_name(f"{opened.path.name}.3.new").write_text("half")
    opened.close()
    drafts.orphans(paths)
    assert not list(paths.drafts.glob("*.new"))


def test_an_id_is_taken_once(paths: Paths):
    drafts.open_new(paths, draft(paths)).close()
    with pytest.raises(NoDraft, match="already"):
        drafts.open_new(paths, draft(paths))


@pytest.mark.parametrize("name", ["../evil", "", "a/b", "a.b", "x" * 61])
def test_an_id_is_no_path(paths: Paths, name: str):
    with pytest.raises(NoDraft):
        drafts.open_new(paths, draft(paths, name))


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\0" * 300, b"format = 1\n", b"nonsense", b"\xff\xfe", b"format = 2\n", b"format = 'x'\n"),
        b"plan = " + b"[" * 2000,
    ],
)
def test_an_unreadable_draft_is_kept_and_reported(paths: Paths, content: bytes):
    paths.drafts.mkdir(parents=True)
    path = paths.drafts / "a.toml"
    path.write_bytes(content)
    assert drafts.orphans(paths) == ()
    (found,) = drafts.unreadable(paths)
    assert found.path == path
    assert found.reason.startswith(f"The draft {path} can't be read: ")
    assert path.read_bytes() == content


@pytest.mark.parametrize("week", ["", "2026-W99", "2025-W53", "W47", "x" * 5000])
def test_a_draft_of_no_week_is_kept_and_reported(paths: Paths, week: str):
    opened = drafts.open_new(paths, draft(paths))
    opened.path.write_text(opened.path.read_text().replace("2026-W47", week))
    opened.close()
    assert drafts.orphans(paths) == ()
    (found,) = drafts.unreadable(paths)
    assert "week" in found.reason
    assert len(found.reason) < 300 + len(str(opened.path))
    assert opened.path.exists()


def test_a_finished_draft_is_found_whatever_its_week(paths: Paths):
    drafts.open_new(paths, draft(paths, week="2026-W99", pending=Pending(record=RECORD))).close()
    (found,) = drafts.finished(paths)
    assert found.draft.week == "2026-W99"
    found.close()


def test_a_damaged_record_makes_a_draft_unreadable(paths: Paths):
    opened = drafts.open_new(paths, draft(paths, pending=Pending(record=RECORD, size=0)))
    opened.path.write_text(opened.path.read_text().replace("[[entry]]", "[[entrx]]"))
    opened.close()
    assert len(drafts.unreadable(paths)) == 1
    assert drafts.finished(paths) == ()


def test_a_draft_that_cannot_be_written_is_told_before_anything_is_typed(tmp_path: Path):
    (tmp_path / "state").write_text("a file where the folder should be")
    paths = Paths(tmp_path / "journal.toml", tmp_path / "state")
    with pytest.raises(NoDraft, match="The draft couldn't be saved"):
        drafts.open_new(paths, draft(paths))


# --- Other folders ----------------------------------------------------------------------------------------


@pytest.fixture
def spared(paths: Paths) -> Paths:
    """The same paths with a folder to fall back on."""
    fallback = paths.state.with_name("spare")
    fallback.mkdir(mode=0o700)
    return replace(paths, fallbacks=(fallback,))


def at(paths: Paths) -> list[Path]:
    return [path for folder in paths.draft_folders if folder.is_dir() for path in folder.glob("*.toml")]


def test_a_draft_moves_to_the_folder_that_takes_it_and_back(spared: Paths):
    """The state folder is swapped for a file, as good as a disk that takes nothing any more."""
    opened = drafts.open_new(spared, draft(spared))
    away = spared.drafts.with_name("away")
    spared.drafts.rename(away)
    spared.drafts.write_text("")
    opened.save(later := replace(opened.draft, at="later"))
    assert (opened.path, opened.is_fallback) == (spared.draft_folders[1] / opened.path.name, True)
    assert drafts.load(opened.path) == later
    spared.drafts.unlink()
    away.rename(spared.drafts)
    opened.save(latest := replace(opened.draft, at="latest"))
    assert (opened.path, opened.is_fallback) == (spared.drafts / opened.path.name, False)
    assert drafts.load(opened.path) == latest
    assert at(spared) == [opened.path]
    opened.discard()
    assert [list(folder.iterdir()) for folder in spared.draft_folders] == [[], []]


def test_it_has_it_all_only_where_it_is_on_the_disk(paths: Paths):
    """What was typed since does not count, nor what somebody took away."""
    opened = drafts.open_new(paths, draft(paths, typed={"moment": {"reply": "one"}}))
    assert opened.has_it_all
    away = paths.drafts.rename(paths.drafts.with_name("away"))
    paths.drafts.write_text("")
    assert not opened.has_it_all
    with pytest.raises(NoDraft):
        opened.save(replace(opened.draft, typed={"moment": {"reply": "one and two"}}))
    paths.drafts.unlink()
    away.rename(paths.drafts)
    assert opened.is_written
    assert not opened.has_it_all
    opened.save(opened.latest)
    assert opened.has_it_all


def test_of_a_draft_that_was_left_behind_the_latest_state_counts(spared: Paths):
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
    paths: Paths, monkeypatch: pytest.MonkeyPatch
):
    """Else it would be added later by itself, beside what the person saved again."""

    def fail(folder: Path) -> None:
        raise OSError(5, "Input/output error", str(folder))

    paths.drafts.mkdir(parents=True)
    monkeypatch.setattr(modes, "sync_folder", fail)
    with pytest.raises(NoDraft, match="The disk reported an error"):
        drafts.open_new(paths, draft(paths))
    monkeypatch.undo()
    assert at(paths) == []


def test_no_state_folder_means_no_drafts_and_makes_none(paths: Paths):
    assert (drafts.orphans(paths), drafts.finished(paths), drafts.unreadable(paths)) == ((), (), ())
    assert not paths.state.exists()


def test_the_lock_of_a_draft_that_is_gone_goes_and_all_others_stay(paths: Paths):
    """A kill between the removal of a draft and of its lock leaves the lock."""
    kept_there, begun = drafts.open_new(paths, draft(paths)), drafts.open_new(paths, draft(paths, "begun"))
    kept_there.close()
    begun.path.unlink()
    left = begun.path.with_name("left.lock")
    left.touch()
    drafts.sweep(paths)
    assert not left.exists()
    assert kept_there.path.with_suffix(".lock").exists()
    assert begun.path.with_suffix(".lock").exists()
    begun.close()

"""Keeping a sitting on disk while it goes on, also when the disk refuses for a while."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from followme.env import Env
from followme.journal import drafts
from followme.journal.draftfile import Draft
from followme.journal.file.paths import Paths
from followme.journal.opendraft import OpenDraft
from followme.model import Progress, PromptSet
from followme.shell.askers import editor_for
from followme.sitting.conversation import Keeper
from followme.sitting.starting import Sitting

NOW = datetime(2026, 11, 20, 16, 4, 11, tzinfo=UTC)
ONE = Progress(typed={"moment": {"reply": "one"}}, done=("moment",), at="ideas")
TWO = ONE.with_typed("ideas", "reply", "two")


def sitting(open_draft: OpenDraft, progress: Progress) -> Sitting:
    """A sitting that has come so far."""
    draft = replace(open_draft.draft, typed=progress.typed, done=progress.done, at=progress.at)
    return Sitting((), progress=draft, asked=PromptSet(name="five", title="Five", sections=()), due=())


@pytest.fixture
def open_draft(tmp_path: Path) -> OpenDraft:
    paths = Paths(journal=tmp_path / "journal.toml", state=tmp_path / "state")
    draft = Draft(id="20261120T160411-k7q2m", journal=paths.real, set="five", week="2026-W47", started=NOW)
    return drafts.open_new(paths, draft)


@pytest.fixture
def env() -> Env:
    ticks = iter(range(0, 1000, 10))
    return Env(
        environ={},
        stdin=StringIO(),
        stdout=StringIO(),
        stderr=StringIO(),
        now=lambda: NOW,
        clock=lambda: float(next(ticks)),
        chance=random.Random(7),
    )


def test_everything_is_in_the_draft_with_the_time_it_took(env: Env, open_draft: OpenDraft):
    keeper = Keeper(env, open_draft, editor_for(env))
    assert keeper.keep(sitting(open_draft, ONE))
    keeper.keep_quickly(sitting(open_draft, TWO))
    kept = drafts.load(open_draft.path)
    assert (kept.typed, kept.done, kept.at) == (TWO.typed, ("moment",), "ideas")
    assert kept.seconds == 20
    assert env.stderr.getvalue() == ""


def test_a_disk_that_refuses_ends_no_sitting_and_is_told_of_once(env: Env, open_draft: OpenDraft):
    keeper = Keeper(env, open_draft, editor_for(env))
    folder = open_draft.path.parent
    away = folder.rename(folder.with_name("away"))
    folder.write_text("a file where the folder was", encoding="utf-8")
    keeper.keep_quickly(sitting(open_draft, ONE))
    assert env.stderr.getvalue() == ""
    assert not keeper.keep(sitting(open_draft, ONE))
    assert not keeper.keep(sitting(open_draft, TWO))
    assert env.stderr.getvalue().count("followme tries again after every answer") == 1
    folder.unlink()
    away.rename(folder)
    assert keeper.keep(sitting(open_draft, TWO))
    assert drafts.load(open_draft.path).typed == TWO.typed

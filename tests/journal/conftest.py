"""What the journal's tests share: a place for a journal and its state, both new."""

from __future__ import annotations

from pathlib import Path

import pytest

from followme.journal.file.paths import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(journal=tmp_path / "home" / "journal.toml", state=tmp_path / "state")

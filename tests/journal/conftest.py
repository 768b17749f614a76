"""What the journal's tests share: the paths of a journal and its state, both new, and how it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from followme.journal.file import reading, skimming
from followme.journal.file.paths import Paths


@pytest.fixture
def paths(memory: Path) -> Paths:
    return Paths(journal=memory / "home" / "journal.toml", state=memory / "state")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.toml"


@pytest.fixture
def sliced_from_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the blocks is parsed only because it is new."""
    monkeypatch.setattr(skimming, "WHOLE", 0)
    monkeypatch.setattr(reading, "PATIENCE", 0)

"""What the journal's tests share: the paths of a journal and its state, both new."""

from __future__ import annotations

from pathlib import Path

import pytest

from followme.journal.file.paths import Paths


@pytest.fixture
def paths(memory: Path) -> Paths:
    return Paths(journal=memory / "home" / "journal.toml", state=memory / "state")

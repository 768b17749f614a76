"""Several machines, each with a home and a clock of its own, and the repository that carries their journal."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from running import FOLDERS, FRIDAY, Done, Run

REMOTE = "remote.git"


def bare(folder: Path, name: str = REMOTE) -> Path:
    """An empty repository on disk."""
    made = folder / name
    subprocess.run(["git", "init", "-q", "--bare", "--initial-branch=main", str(made)], check=True)
    return made


@dataclass
class Machine:
    """A home of its own on this disk; calling it runs followme there."""

    home: Path
    monkeypatch: pytest.MonkeyPatch
    ahead: timedelta = timedelta()
    run: Run = field(init=False)

    def __post_init__(self) -> None:
        self.home.mkdir()
        self.run = Run(
            self.home, self.monkeypatch, now=FRIDAY + self.ahead, chance=random.Random(self.home.name)
        )

    @contextmanager
    def there(self) -> Iterator[Run]:
        """Within this, the variables of this process are those of the machine."""
        with self.monkeypatch.context() as patch:
            for name, folder in FOLDERS.items():
                patch.setenv(name, str(self.home / folder))
            yield self.run

    def __call__(self, *argv: str) -> Done:
        with self.there() as run:
            run.later(minutes=1)
            return run(*argv)

    @property
    def journal(self) -> Path:
        with self.there() as run:
            return run.journal

    @property
    def state(self) -> Path:
        with self.there() as run:
            return run.paths.state


def machine(home: Path, name: str, monkeypatch: pytest.MonkeyPatch, **ahead: float) -> Machine:
    return Machine(home / name, monkeypatch, timedelta(**ahead))

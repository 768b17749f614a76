"""What the fault tests share: a journal with two entries, the program they break, and strace where it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import save_one

from followme.journal import drafts, recovery
from followme.journal.place import Place
from followme.journal.reading import read
from followme.journal.saving import save

PROGRAM = str(Path(save_one.__file__))


@dataclass
class Scene:
    """A journal with entries 0 and 1 in it, and the program that saves number 7 into it."""

    place: Place
    old: bytes

    def command(self, action: str, *more: object) -> list[str]:
        return [
            sys.executable,
            PROGRAM,
            action,
            str(self.place.journal),
            str(self.place.state),
            *map(str, more),
        ]

    def run(
        self, action: str, *more: object, before: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        steady = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [*before, *self.command(action, *more)]
        return subprocess.run(command, capture_output=True, text=True, env=steady, timeout=60, check=False)

    def check(self, done: subprocess.CompletedProcess[str], number: int = 7, *, drafted: bool = True) -> None:
        """No old byte changed; what was called saved is there; what was typed is in the journal or a draft."""
        text = self.place.journal.read_bytes() if self.place.journal.exists() else b""
        assert text.startswith(self.old), done
        if "saved\n" in done.stdout.splitlines(keepends=True):
            assert save_one.entry(number) in read(self.place.journal).entries, done
        else:
            assert done.returncode, done
        recovery.recover(self.place)
        loaded = read(self.place.journal)
        assert not loaded.damages, done
        assert self.place.journal.read_bytes().startswith(self.old), done
        added = [one for one in loaded.entries if one.id == f"entry-{number}"]
        assert added in ([], [save_one.entry(number)]), done
        left = drafts.orphans(self.place)
        for one in left:
            one.close()
        if drafted:
            words = {"moment": {"reply": save_one.entry(number).answers[0].reply}}
            assert [one.draft.typed for one in left] == ([] if added else [words]), done
        assert recovery.recover(self.place).completed == ()


@pytest.fixture
def make_scene(tmp_path: Path) -> Callable[..., Scene]:
    """Make scenes, each in a folder of its own; `empty` ones have no journal yet."""
    sound = Place(tmp_path / "sound" / "home" / "journal.toml", tmp_path / "sound" / "state")
    for number in range(2):
        save(sound, save_one.entry(number), None)

    def make(name: str = "scene", *, empty: bool = False) -> Scene:
        folder = tmp_path / name
        place = Place(folder / "home" / "journal.toml", folder / "state")
        if empty:
            return Scene(place, b"")
        place.journal.parent.mkdir(parents=True)
        shutil.copy(sound.journal, place.journal)
        return Scene(place, place.journal.read_bytes())

    return make


@pytest.fixture
def scene(make_scene: Callable[..., Scene]) -> Scene:
    return make_scene()


@pytest.fixture(scope="session")
def strace() -> str:
    """The path of strace; tests that need it are skipped where it is missing or not permitted."""
    if sys.platform != "linux":
        pytest.skip("strace runs on Linux only")
    path = shutil.which("strace")
    if path is None:
        pytest.skip("strace is not installed")
    tried = subprocess.run(
        [path, "-qq", "-e", "inject=fsync:error=EIO", "true"], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        pytest.skip(f"strace may not trace here: {tried.stderr.strip()}")
    return path

"""What the fault tests share: a journal with two entries, the program they break, strace and disks of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import save_one
from catalogue import rows_of
from fault_scene import Scene

from followme.journal.file.paths import Paths
from followme.journal.saving import save


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name every test after the rows of the catalogue it holds."""
    for item in items:
        item.extra_keyword_matches |= {f"row_{row:02}" for row in rows_of(item.path.name, item.name)}


@pytest.fixture
def make_scene(tmp_path: Path) -> Callable[..., Scene]:
    """Make scenes, each in a folder of its own; `empty` ones have no journal yet."""
    sound = Paths(tmp_path / "sound" / "home" / "journal.toml", tmp_path / "sound" / "state")
    for number in range(2):
        save(sound, save_one.entry(number), None)

    def make(name: str = "scene", *, empty: bool = False) -> Scene:
        folder = tmp_path / name
        paths = Paths(folder / "home" / "journal.toml", folder / "state")
        if empty:
            return Scene(paths, b"")
        paths.journal.parent.mkdir(parents=True)
        shutil.copy(sound.journal, paths.journal)
        return Scene(paths, paths.journal.read_bytes())

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

"""The guard itself: no test sees the home, the settings or the colours of whoever runs it."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from compiling import compile_all
from rows import each_row


@pytest.fixture(scope="session")
def their_home() -> Path:
    """The home of whoever runs the tests: a session's fixture is made before any test's own."""
    return Path.home()


def test_a_test_has_a_home_of_its_own(their_home: Path, home: Path):
    assert Path.home() == home != their_home
    assert list(home.iterdir()) == []


@each_row("name", ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"])
def test_folders_of_a_person_lie_in_that_home(name: str, home: Path):
    assert Path(os.environ[name]).is_relative_to(home)


def test_settings_and_colours_of_the_outside_are_gone():
    assert not [name for name in os.environ if name.startswith("FOLLOWME_")]
    assert not {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"} & set(os.environ)


def test_a_golden_file_must_be_the_same_to_the_byte(golden, monkeypatch, tmp_path):
    monkeypatch.setitem(golden.__globals__, "GOLDEN", tmp_path)
    (tmp_path / "page.md").write_bytes(b"one\ntwo\n")
    golden("page.md", "one\ntwo\n")
    with pytest.raises(AssertionError):
        golden("page.md", "one\r\ntwo\r\n")
    with pytest.raises(AssertionError, match="--update-golden"):
        golden("new.md", "")


def test_every_file_finds_what_it_imports_when_it_is_run_alone():
    """Beside itself, in tests/, or on pytest's path; another folder is found only if its own tests ran before."""
    tests = Path(__file__).parent
    found = tomllib.loads((tests.parent / "pyproject.toml").read_text(encoding="utf-8"))
    shared = {tests, *(tests.parent / each for each in found["tool"]["pytest"]["ini_options"]["pythonpath"])}
    ours = {path.stem for path in tests.rglob("*.py")}
    strays = []
    for path in tests.rglob("*.py"):
        near = {each.stem for folder in (path.parent, *shared) for each in folder.glob("*.py")}
        named = re.findall(r"(?m)^from (\w+) import", path.read_text(encoding="utf-8"))
        strays += [(path.name, module) for module in named if module in ours - near]
    assert strays == []


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_a_fresh_checkout_is_compiled_once_for_all_workers(tmp_path: Path):
    (tmp_path / "test_of_a_fresh_checkout.py").write_text("def test_this():\n    assert True\n")
    (tmp_path / "test_that_cannot_be_read.py").write_text("assert False\n")
    compile_all(tmp_path)
    kept = [path.name.split(".")[0] for path in (tmp_path / "__pycache__").glob("*-pytest-*.pyc")]
    assert sorted(kept) == ["test_of_a_fresh_checkout", "test_that_cannot_be_read"]
    before = (tmp_path / "__pycache__").stat().st_mtime_ns
    compile_all(tmp_path)
    assert (tmp_path / "__pycache__").stat().st_mtime_ns == before

"""docs/privacy.md: what it tells to type finds words, and removes everything."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from running import Run
from test_docs_examples import fences, names_on

PAGE = "docs/privacy.md"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no POSIX shell")


def shell(run: Run, line: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of the page in the home of the test, whatever home the person who tests has."""
    folders = {name: str(run.home / where) for name, where in FOLDERS.items()}
    environ = {"HOME": str(run.home), "PATH": os.environ["PATH"], **folders}
    return subprocess.run(["sh", "-c", line], env=environ, capture_output=True, text=True, check=False)


FOLDERS = {"XDG_DATA_HOME": ".local/share", "XDG_STATE_HOME": ".local/state", "XDG_CONFIG_HOME": ".config"}


def test_the_lines_that_remove_everything_leave_no_file(run: Run):
    for argv in (("note", "Ana stayed."), ("config", "set", "plain", "yes"), ("prompts", "new", "mine")):
        assert run(*argv).code == 0
    assert [path for path in run.home.rglob("*") if path.is_file()]
    (block,) = fences(PAGE, "sh")
    assert shell(run, block).returncode == 0
    assert [path for path in run.home.rglob("*") if path.is_file()] == []


def test_the_search_for_a_few_words_finds_them_in_the_state_folder(run: Run):
    (search,) = (each for each in names_on(PAGE) if re.match(r"grep .* ~/\.local/state/followme$", each))
    run("note", "Ana said a few words.")
    assert shell(run, search).stdout == ""
    kept = run.paths.state / "backups" / "some" / "time.toml"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(run.journal.read_bytes())
    assert shell(run, search).stdout == f"{kept}\n"

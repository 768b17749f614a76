"""After saving: the person's own command runs, and what fails there changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from machines import bare, machine
from running import Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands here are those of POSIX systems")


def script(run: Run, *lines: str) -> str:
    path = run.home / "after.sh"
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    path.chmod(0o700)
    assert run("config", "set", "after_save", str(path)).code == 0
    return str(path)


def test_it_gets_the_journal_the_entry_and_its_set_and_nothing_on_stdin(run: Run):
    script(run, 'echo "$FOLLOWME_JOURNAL|$FOLLOWME_ENTRY|$FOLLOWME_SET|$(cat)" > told')
    done = run("note", "Ana stayed.", stdin="typed")
    assert done.code == 0
    (entry,) = run.entries
    assert (run.home / "told").read_text() == f"{run.journal}|{entry['id']}|note|\n"
    run("promises", "add", "Call Ana")
    assert (run.home / "told").read_text().endswith("|promise|\n")


def test_what_it_says_and_its_failure_are_told_and_the_entry_is_saved(run: Run):
    script(run, "echo '\033[31mred'", "exit 3")
    done = run("note", "Ana stayed.")
    assert (done.code, done.out) == (0, "")
    assert "\033" not in done.err
    assert done.err.endswith(
        "Your entry is saved, but the command in after_save didn't work: it ended with code 3.\n"
    )
    run("config", "set", "after_save", "no-such-program --now")
    assert "there's no program no-such-program." in run("note", "Ben too.").err
    assert len(run.entries) == 2


def test_there_is_no_shell_and_nothing_runs_where_nothing_was_saved(run: Run):
    run("config", "set", "after_save", f"{sys.executable} -c pass ; touch made")
    run("note", "Ana stayed.")
    assert not (run.home / "made").exists()
    script(run, "touch made")
    for argv in (["list"], ["note", ""], ["show", "last"]):
        run(*argv)
    assert not (run.home / "made").exists()


@pytest.mark.slow
def test_a_sync_in_the_background_is_not_waited_for_and_home_tells_its_failure(home: Path, monkeypatch):
    url, one = bare(home), machine(home, "one", monkeypatch)
    one("note", "First")
    one("sync", "--init", str(url), "--yes")
    one("config", "set", "sync_auto", "true")
    with one.there() as run:
        environ = {
            "PATH": os.environ["PATH"],
            **{name: os.environ[name] for name in os.environ if "XDG" in name},
        }
        environ["HOME"] = str(one.home)
        run("note", "Second", environ=environ)
        _until(lambda: b"Second" in _fetched(url))
        url.rename(home / "away.git")
        run("note", "Third", environ=environ)
        _until(run.paths.sync_failed.exists)
        shown = run().out
        assert "The last sync didn't work. The repository can't be reached." in " ".join(shown.split())
        (home / "away.git").rename(url)
        assert run("sync").code == 0
        assert "last sync" not in run().out


def _fetched(url: Path) -> bytes:
    words = ["git", "--git-dir", str(url), "show", "main:journal.toml"]
    return subprocess.run(words, capture_output=True, check=False).stdout


def _until(holds) -> None:
    for _ in range(300):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")

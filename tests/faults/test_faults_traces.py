"""After real use of every verb, a purge and a forget leave no byte of the words in anything that followme keeps."""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("these tests sit at a terminal of POSIX", allow_module_level=True)

from machines import REMOTE, bare
from running import Run
from sets import PROMISE, one_question
from terminal import CTRL_C, EDITOR, Terminal

pytestmark = pytest.mark.slow

WORD, OWN, NAME = "pangolin", "walrus", "Quintus"
COPY = "journal (conflicted copy 2026-11-24).toml"
SET = one_question("text", "What happened?") + PROMISE


@pytest.fixture
def used(run: Run) -> Run:
    """A home in which every verb has met the word and the name."""
    (run.prompts / "own.toml").write_text(SET, encoding="utf-8")
    run("note", f"{NAME} saw the {WORD}.")
    answers = (
        "--answer",
        f"moment=The {WORD} and @{NAME}.",
        "--answer",
        f"promise=Feed the {WORD} @{NAME} by mon",
    )
    assert run("reflect", "own", *answers).code == 0
    entry = next(one["id"] for one in run.entries if one["set"] == "own")
    run.later(days=4)
    run("promises", "add", f"Brush the {WORD} @{NAME} by fri")
    run("note", "--on", entry, "--question", "moment", f"That {WORD} again, said {NAME}.")
    # Backups, and an import, a merge and a copy that a cloud made.
    run("edit", entry, "--answer", f"moment=The old {WORD} and @{NAME}.", "--yes")
    (run.home / "j.txt").write_text(f"[2026-11-01 10:00] Old {WORD}, {NAME}.\n", encoding="utf-8")
    assert run("import", "--format", "jrnl", str(run.home / "j.txt"), "--yes").code == 0
    copy = run.journal.with_name(COPY)
    copy.write_text(run.journal.read_text().replace("saw", "met"), encoding="utf-8")
    assert run("merge", str(copy), "--yes").code == 0
    (run.home / "inbox").mkdir()
    (run.home / "inbox" / "a.txt").write_text(f"{NAME} lost a {WORD}.", encoding="utf-8")
    run("config", "set", "inbox", str(run.home / "inbox"))
    assert run("note", "--take").code == 0
    assert run("sync", "--init", str(bare(run.home)), "--yes").code == 0
    run("edit", entry, "--answer", f"moment=The good {WORD} and @{NAME}.", "--yes")
    assert run("sync").code == 0
    for argv in (
        ["search", WORD],
        ["people", NAME],
        ["lookback", "moment"],
        ["show"],
        ["promises", "--all"],
        [],
    ):
        run(*argv)
    run("promises", "--ics", str(run.home / "p.ics"))
    editors(run)
    return run


def editors(run: Run) -> None:
    """An edit left half typed, two that an editor spoilt or saved, and a sitting left with words from its editor."""
    program = run.home / "my-editor"
    program.write_text(
        f'#!/bin/sh\nfor file; do :; done\necho "[ {OWN} {NAME}" >> "$file"\n', encoding="utf-8"
    )
    program.chmod(0o700)
    environ = {"EDITOR": str(program)}
    entry = of_set(run, "own")
    with Terminal(run.home, "edit", entry, "moment", now=run.now) as window:
        window.answer("The good", f" And a {WORD} with {NAME}")
        window.see("And a")
        window.keys(CTRL_C)
        assert window.end() == 130
    for key, shown in (((), "What now?"), (("moment",), "Go ahead?")):
        with Terminal(run.home, "edit", entry, *key, "--editor", now=run.now, environ=environ) as window:
            window.see(shown)
            window.hang_up()
    with Terminal(run.home, "reflect", "own", now=run.now, environ=environ, columns=100) as window:
        window.answer("What became of it?", "1")
        window.see("What happened?")
        window.keys(EDITOR)
        window.see(f"[ {OWN} {NAME}")
        window.hang_up()


def of_set(run: Run, name: str) -> str:
    return next(one["id"] for one in run.entries if one["set"] == name)


def having(run: Run, word: str) -> list[Path]:
    """The files that have this word, in what followme keeps, as it is there or as git packs it."""
    found = []
    for top in (run.journal.parent, run.paths.state, run.home / ".cache", run.home / REMOTE):
        for path in (path for path in top.rglob("*") if path.is_file()):
            data = path.read_bytes()
            with suppress(zlib.error):
                data = zlib.decompress(data)
            if word.encode() in data:
                found.append(path)
    return found


def unpacked(folder: Path) -> None:
    """Take the objects out of the packs of a repository, since a byte search can't read those."""
    for pack in [*(folder / "objects" / "pack").glob("*.pack")]:
        out = pack.rename(folder / pack.name)
        words = ["git", "--git-dir", str(folder), "unpack-objects", "-q"]
        subprocess.run(words, input=out.read_bytes(), check=True)
        out.unlink()


def test_no_byte_is_left(used: Run):
    saved = shutil.copytree(used.home, used.home.with_name("saved"), symlinks=True)
    ids = [one["id"] for one in used.entries]
    copy = used.journal.with_name(COPY)
    cases = [
        (("delete", *ids, "--purge"), WORD),
        (("forget", "--before", "2999-01-01"), WORD),
        (("forget", NAME), NAME),
    ]
    for argv, word in cases:
        shutil.rmtree(used.home)
        shutil.copytree(saved, used.home, symlinks=True)
        os.chdir(used.home)
        if "--before" in argv:
            used("promises", "close", f"{of_set(used, 'own')}/p1", "--kept")
            used("promises", "close", f"{of_set(used, 'promise')}/p1", "--kept")
        assert len(having(used, word)) > 12
        done = used(*argv, "--yes")
        assert done.code == 0
        assert "Look at them yourself:" in done.err
        assert str(copy) in done.err
        assert done.err.endswith("until you sync:\n  followme sync\n")
        copy.unlink()
        left = {path for path in having(used, word) if used.paths.carrier not in path.parents}
        assert {path for path in left if used.home / REMOTE not in path.parents} == set(), argv
        assert used("sync").code == 0
        for folder in (used.paths.carrier, used.home / REMOTE):
            unpacked(folder)
        subprocess.run(["git", "--git-dir", str(used.home / REMOTE), "prune", "--expire=now"], check=True)
        assert having(used, word) == [], argv
        # What was typed since, and isn't in the journal yet, stays.
        assert len(having(used, OWN)) >= 2

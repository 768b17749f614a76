"""Commands that followme tells to type: pasted as they stand, they work, and mean the same journal."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from followme.cli import COMMANDS
from followme.env import Env, started
from followme.hints import Command
from sets import skips

posix = pytest.mark.skipif(os.name == "nt", reason="these are pasted into a shell that Windows has not")

BIN = Path(sys.executable).parent
HINT = re.compile(r"^ *((?:'[^']*followme'|\S*followme) .*)$", re.MULTILINE)
"""A line that is nothing but a command."""


def hints(text: str) -> list[str]:
    """The commands that a text tells to type."""
    return HINT.findall(text)


# --- How it is called -------------------------------------------------------------------------------------


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with programs in it that the shell does not look into."""
    for name in (".venv/bin", "usual"):
        (tmp_path / name).mkdir(parents=True)
    for path in (".venv/bin/followme", "usual/followme"):
        (tmp_path / path).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / path).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    return tmp_path


@posix
def test_it_is_called_as_it_was_started(there: Path, monkeypatch: pytest.MonkeyPatch):
    python = ["python3", "x"]
    assert started.program([".venv/bin/followme"], python) == (".venv/bin/followme",)
    assert started.program([str(there / ".venv/bin/followme")], python) == (
        str(there / ".venv/bin/followme"),
    )
    monkeypatch.setenv("PATH", str(there / "usual"))
    assert started.program([".venv/bin/followme"], python) == (".venv/bin/followme",), "another one is found"
    assert started.program([str(there / "usual/followme")], python) == ("followme",)
    (there / "usual" / "reflecting").symlink_to(there / ".venv/bin/followme")
    assert started.program([str(there / "usual/reflecting")], python) == ("reflecting",)
    assert started.program(["-c"], python) == ("followme",)


@posix
def test_as_a_module_it_is_called_with_its_python(there: Path, monkeypatch: pytest.MonkeyPatch):
    main = [str(there / "followme" / "__main__.py")]
    assert started.program(main, [".venv/bin/python", "-m", "followme"]) == (
        ".venv/bin/python",
        "-m",
        "followme",
    )
    monkeypatch.setenv("PATH", str(BIN))
    assert started.program(main, ["python3", "-m", "followme"]) == ("followme",)


def env(*program: str, journal: str | None = None) -> Env:
    """A world in which followme was started like this."""
    found = Env.__new__(Env)
    found.program, found.demo = program or ("followme",), None
    found.options = type("Options", (), {"journal": journal and Path(journal)})()
    return found


@posix
def test_words_are_quoted_for_the_shell():
    command = Command("prompts", "edit", "team day")
    assert env().command(command) == "followme prompts edit 'team day'"
    assert env(".venv/bin/followme", journal="my journal.toml").command(command) == (
        ".venv/bin/followme --journal 'my journal.toml' prompts edit 'team day'"
    )
    assert env(journal="x.toml").command(Command("600", "a b", of="chmod")) == "chmod 600 'a b'"


# --- Pasted -----------------------------------------------------------------------------------------------


def typed(run, line: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Type a line into a shell that finds no followme, in the test's home."""
    return subprocess.run(
        ["sh", "-c", line],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=run.home,
        env=os.environ | {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"} | environ,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def newcomer(run) -> str:
    """What a person types who installed followme into a folder `env dir` of their own and named another journal."""
    (run.home / "env dir").symlink_to(BIN.parent)
    assert shutil.which("followme", path="/usr/bin:/bin") is None
    return "'env dir/bin/followme' --journal 'my other.toml'"


DAMAGED = """\
format = 1

[[entry]]
id = "20261120T150411-k7q2m"
date = 2026-11-20T16:04:11+01:00
week = "2026-W47"
set = "weekly"

[[entry.answer]]
key = "moment"
question = "?"
reply = "Ana" stayed

[[entry]]
date = 2026-11-21T16:04:11+01:00
week = "2026-W47"
set = "weekly"
"""


@pytest.mark.slow
@posix
def test_what_a_newcomer_is_told_can_be_pasted_line_by_line(run, newcomer: str):
    others = " ".join(skips("weekly", "moment", "promise"))
    saved = typed(run, f"{newcomer} reflect --answer moment=Ana --answer 'promise=Call Ben' {others}")
    assert saved.returncode == 0, saved.stderr
    assert hints(saved.stderr) == [f"{newcomer} show last"]
    assert "Call Ben" in typed(run, hints(saved.stderr)[0]).stdout
    missing = typed(run, f"{newcomer} show 2020-W01")
    (nearest,) = hints(missing.stderr)
    assert nearest.startswith(f"{newcomer} show ")
    assert "Ana" in typed(run, nearest).stdout
    unknown = typed(run, f"{newcomer} promises close nothing --kept")
    assert "Call Ben" in typed(run, *hints(unknown.stderr)).stdout
    home = typed(run, newcomer)
    commands = hints(home.stdout)
    assert [command.split("other.toml' ")[1].split()[0] for command in commands] == [
        "reflect", "note", "promises", "show", "--help",
    ]  # fmt: skip
    for command in (line.split("  ")[0] for line in commands[1:]):
        assert typed(run, command).returncode == 0, command
    assert not run.journal.exists()


@posix
def test_doctor_repairs_the_journal_that_it_looked_at(run, newcomer: str):
    for path in (run.journal, run.home / "my other.toml"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DAMAGED, encoding="utf-8")
        path.chmod(0o644)
    looked = typed(run, f"{newcomer} doctor")
    assert looked.returncode == 1
    (repair,) = hints(looked.stderr)
    rows = [line.split("\t") for line in looked.stdout.splitlines()]
    (chmod,) = [row[5].partition(": ")[2] for row in rows if row[1] == "mode"]
    assert typed(run, chmod).returncode == 0
    done = typed(run, f"{repair} --yes")
    assert "Moved 1 damaged part" in done.stderr
    assert run.journal.read_text(encoding="utf-8") == DAMAGED
    assert (run.home / "my other.toml").stat().st_mode & 0o077 == 0
    assert "stayed" not in (run.home / "my other.toml").read_text(encoding="utf-8")


@pytest.mark.slow
@posix
def test_prompt_sets_of_a_newcomer_are_checked_and_begun_by_what_is_told(run, newcomer: str):
    new = typed(run, f"{newcomer} prompts new 'team day'")
    edit, check, reflect = hints(new.stderr)
    assert edit == f"{newcomer} prompts edit 'team day'"
    assert typed(run, check).returncode == 0
    assert "There's no terminal to ask in" in typed(run, reflect).stderr
    (run.prompts / "team day.toml").write_text("title = 3\n", encoding="utf-8")
    listed = typed(run, f"{newcomer} prompts list")
    assert "title" in typed(run, *hints(listed.stderr)).stderr
    assert hints(typed(run, f"{newcomer} prompts new 'team day'").stderr) == [edit]


JOURNAL = ("--journal", "other.toml")
VERBS = {verb.split()[0] for verb in COMMANDS}

SAID = {
    "nothing there": ["show"],
    "an empty note": ["note"],
    "no such set": ["prompts", "show", "none"],
    "no such reminder": ["remind"],
    "a promise of no one": ["promises", "close", "x", "--kept"],
    "a damaged entry": ["list"],
    "nothing found": ["search", "xyz", "--set", "x"],
    "no such question": ["lookback", "xyz"],
    "doctor": ["doctor"],
    "due": ["due"],
    "home": [],
    "saved": ["reflect", "three-minutes", *skips("three-minutes")],
}


@pytest.mark.parametrize("argv", SAID.values(), ids=SAID)
def test_no_hint_leaves_out_the_journal(run, argv: list[str]):
    if argv not in (["show"], []):
        (run.home / "other.toml").write_text(DAMAGED, encoding="utf-8")
    done = run(*JOURNAL, *argv)
    said = done.out + done.err
    assert "followme --journal other.toml " in said
    assert not re.search(
        r"followme (?:--help|reflect|note|list|show|promises|doctor|prompts|config|due|remind)\b", said
    )


def test_help_names_the_program_as_it_was_started(run):
    done = subprocess.run(
        [str(BIN / "followme"), "--help"],
        capture_output=True,
        cwd=run.home,
        env=os.environ | {"PATH": "/usr/bin:/bin"},
    )
    words = " ".join(done.stdout.decode().split())
    assert f"Usage: {BIN / 'followme'}" in words
    assert f"{shlex.quote(str(BIN / 'followme'))} help all" in words

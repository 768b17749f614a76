"""followme starts at once, because heavy libraries are loaded only by the commands that need them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from followme.views import VIEWS
from machines import REMOTE, bare
from rows import first_quick
from terminal import Terminal

HEAVY = {
    *("rich", "prompt_toolkit", "questionary", "pydantic", "jinja2", "icalendar"),
    *("importlib.metadata", "asyncio", "logging", "followme.configfile", "followme.tables"),
}
"""What neither `--version` nor a `list` in a pipe has any use for, as long as no settings are written."""

JOURNAL = """\
# followme journal - safe to edit by hand
format = 1

[[entry]]
id = "20261120T150411-k7q2m"
date = 2026-11-20T16:04:11+01:00
week = "2026-W47"
set = "weekly"
minutes = 11

[[entry.answer]]
key = "moment"
kind = "text"
question = "What happened?"
reply = "Ana stayed for the demo."
"""


ANSWERS = Path(__file__).parent / "answers" / "three-minutes.toml"


def modules_of(*arguments: str, home: Path, codes: tuple[int, ...] = (0,)) -> tuple[set[str], str]:
    """Run followme, its output piped; return the modules it imported and what it printed."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "followme", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=home,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert done.returncode in codes, done.stderr
    return set(re.findall(r"^import time: .*\| +([\w.]+)$", done.stderr, re.M)), done.stdout


def within(modules: set[str], names: set[str]) -> set[str]:
    """Those names of which a module, or one inside it, was imported."""
    return {name for name in names if any(m == name or m.startswith(name + ".") for m in modules)}


def heavy(modules: set[str]) -> set[str]:
    return within(modules, HEAVY)


def test_version_loads_no_command_and_nothing_heavy(home: Path):
    modules, printed = modules_of("--version", home=home)
    assert re.search(r"\d+\.\d+", printed)
    assert "followme.cli" in modules
    assert heavy(modules) == set()
    assert not {name for name in modules if name.startswith("followme.commands.")}


@pytest.mark.parametrize("line", first_quick(["list", "search demo", "list --json", "search demo --json"], 2))
def test_reading_in_a_pipe_loads_nothing_heavy(home: Path, line: str):
    journal = home / "journal.toml"
    journal.write_text(JOURNAL, encoding="utf-8")
    modules, printed = modules_of("--journal", str(journal), *line.split(), home=home)
    assert "Ana stayed for the demo." in printed
    assert heavy(modules) == set()
    loaded = within(modules, {"followme.insight.search", "followme.insight.lookback"})
    assert loaded == ({"followme.insight.search"} if line.startswith("search") else set())


@pytest.mark.parametrize("line", first_quick(["people Ana", "people", "list --person Ana"]))
def test_people_in_a_pipe_load_nothing_that_draws(home: Path, line: str):
    """The verb renames too, and a changed entry is compared with its prompt set."""
    journal = home / "journal.toml"
    journal.write_text(JOURNAL.replace("Ana", "@Ana"), encoding="utf-8")
    modules, printed = modules_of("--journal", str(journal), *line.split(), home=home)
    assert "Ana" in printed
    assert heavy(modules) <= ({"followme.tables"} if line.startswith("people") else set())


def test_a_short_export_loads_nothing_of_workers(home: Path):
    """Nor do they load what they have no use for."""
    journal = home / "journal.toml"
    journal.write_text(JOURNAL, encoding="utf-8")
    modules, printed = modules_of("--journal", str(journal), "export", home=home)
    assert "Ana stayed for the demo." in printed
    unwanted = {"pickle", "concurrent", "multiprocessing", "followme.shell.side_by_side"}
    assert within(modules, HEAVY | unwanted) == set()
    done = subprocess.run(
        [sys.executable, "-c", "import sys, followme.shell.worker; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert within(set(done.stdout.split()), HEAVY | {"typer", "concurrent", "followme.env"}) == set()


def test_looking_back_in_a_pipe_draws_nothing(home: Path):
    """It reads the prompt sets for today's wordings, which takes their reader and nothing else."""
    journal = home / "journal.toml"
    journal.write_text(JOURNAL, encoding="utf-8")
    modules, printed = modules_of("--journal", str(journal), "lookback", "moment", home=home)
    assert "Ana stayed for the demo." in printed
    assert heavy(modules) == {"followme.tables"}


def test_the_overview_in_a_pipe_reads_no_prompt_set(home: Path):
    journal = home / "journal.toml"
    journal.write_text(JOURNAL, encoding="utf-8")
    modules, printed = modules_of("--journal", str(journal), "lookback", home=home)
    assert heavy(modules) == set()
    assert not within(modules, {"followme.promptfile", "followme.insight.past_weeks"})
    assert printed == "moment\t1\t0\t2026-W47\tWhat happened?\ttext\t\t\t\t\n"


LIGHT = {
    "due": {
        "followme.journal.saving",
        "followme.asking",
        "followme.kinds",
        *VIEWS.values(),
        "followme.journal.file.skimming",
        "hashlib",
        "json",
    },
    "note": {
        "followme.asking",
        "followme.kinds",
        "followme.views",
        "followme.promptfile",
        "followme.journal.file.skimming",
    },
    "reflect": {"followme.asking.rich.asker", "followme.asking.plain", "followme.views.terminal"},
}
"""What the verbs that must be instant have no use for either."""


@pytest.mark.parametrize(
    ("verb", "arguments"),
    first_quick(
        [
            ("due", []),
            ("note", ["Ana stayed for the demo."]),
            ("reflect", ["three-minutes", "--answers", str(ANSWERS)]),
            ("due", ["--json"]),
        ],
        3,
    ),
    ids=["due", "note", "reflect", "due-json"],
)
def test_what_must_be_instant_loads_little(home: Path, verb: str, arguments: list[str]):
    """`due` stands in a shell's start file, and a note is typed in the middle of something else."""
    journal = home / "journal.toml"
    journal.write_text(JOURNAL, encoding="utf-8")
    modules, _ = modules_of("--journal", str(journal), verb, *arguments, home=home, codes=(0, 3))
    assert "followme.journal.file.reading" in modules
    unwanted = HEAVY - ({"followme.tables"} if verb == "reflect" else set()) | LIGHT[verb]
    unwanted -= {VIEWS["json"], "json"} if "--json" in arguments else set()
    assert within(modules, unwanted) == set()


def test_a_tab_press_loads_neither_the_verb_nor_a_reader_of_toml(home: Path):
    journal = home / "journal.toml"
    journal.write_text(JOURNAL, encoding="utf-8")
    words = ("--journal", str(journal), "completion", "zsh", "show", "")
    modules, printed = modules_of(*words, home=home)
    assert "k7q2m:2026-W47 weekly: Ana stayed for the demo." in printed
    unwanted = {
        "rtoml",
        "tomllib",
        "hashlib",
        "tomli_w",
        "followme.commands.show",
        "followme.journal.file.reading",
        "followme.views",
    }
    assert within(modules, HEAVY | unwanted) == set()


@pytest.mark.slow
def test_a_sync_with_nothing_new_asks_git_two_things_and_loads_no_merge(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    """What the last sync noted, and the remote's branches."""
    bare(home)
    asked, git = home / "asked", shutil.which("git")
    shim = home / "shim" / "git"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {asked}\nexec {git} "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{os.environ['PATH']}")
    modules_of("note", "Ana stayed for the demo.", home=home)
    modules_of("sync", "--init", str(home / REMOTE), "--yes", home=home)
    asked.unlink()
    modules, _ = modules_of("sync", home=home)
    lines = asked.read_text(encoding="utf-8").splitlines()
    assert [re.findall(" (config|ls-remote) ", line) for line in lines] == [["config"], ["ls-remote"]]
    unwanted = {"followme.insight.merge", "followme.journal.change.rewrite", "followme.journal.file.blocks"}
    unwanted |= {"followme.shell.confirm", "followme.kinds", "followme.asking", "rtoml", "tomllib"}
    assert within(modules, HEAVY - {"followme.tables"} | unwanted) == set()


def test_the_test_sees_what_is_loaded(home: Path):
    """`--help` is drawn with rich, so the same look must find it there."""
    modules, _ = modules_of("--help", home=home)
    assert "rich" in heavy(modules)


LATER = {
    *("followme.sitting.given_answers", "followme.sitting.batch", "followme.sitting.weeks_before"),
    *(
        "followme.sitting.giving_back",
        "followme.insight.query",
        "followme.insight.past_weeks",
        "followme.insight.echo",
        "followme.views.echo",
    ),
    *("followme.shell.past_weeks", "followme.shell.cadences", "followme.shell.given", "followme.views.entry"),
    *("followme.asking.plain", "followme.exports", "followme.configfile", "jinja2", "icalendar", "pydantic"),
}
"""What a sitting has no use for before its first question."""

MODULES = 142
"""How many modules of followme that question may load: each takes 0.3 milliseconds with what it makes."""


def test_the_first_question_comes_before_what_only_the_end_needs(home: Path):
    journal = home / "journal.toml"
    journal.write_text(JOURNAL, encoding="utf-8")
    program = [sys.executable, "-X", "importtime", "-m", "followme"]
    with Terminal(home, "--journal", str(journal), "reflect", "three-minutes", program=program) as terminal:
        terminal.see("F1 all keys")
        modules = set(re.findall(rb"import time: .*\| +([\w.]+)", terminal.wire))
    loaded = {name.decode() for name in modules}
    # A module that a late table names isn't told itself, only what it imports.
    assert "followme.asking.rich.prompt" in loaded
    assert within(loaded, LATER) == set()
    assert len([name for name in loaded if name.startswith("followme")]) <= MODULES

"""The command line itself: options before and after the verb, help, mistyped words, streams, faults."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from followme.cli import COMMANDS, GROUPS
from followme.insight import query
from rows import each_row, first_quick
from sets import skips

needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files and no shell pipes")

MARKER = "Ana cried in the meeting"


def skipping(run, *argv: str) -> None:
    """Store an entry in which the whole first weekly sitting is passed over, but for its moment."""
    done = run(*argv, "reflect", "--answer", f"moment={MARKER}", *skips("weekly", "moment"))
    assert done.code == 0, done.err


@each_row("argv", [["-V"], ["--version"], ["list", "-V"], ["prompts", "list", "--version"]])
def test_the_version_is_told_before_and_after_the_verb(run, argv):
    done = run(*argv)
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"followme \d+\.\d+\.\d+\S*\n", done.out)


@pytest.mark.parametrize("option", first_quick(["-h", "--help"]))
@each_row("verb", ["", *COMMANDS, *GROUPS])
def test_every_verb_has_help_with_a_sentence(run, verb, option):
    done = run(*verb.split(), option)
    assert (done.code, done.err) == (0, "")
    assert f"Usage: followme {verb}".strip() in done.out
    about = done.out.partition("Global options")[0].partition("Usage: ")[2].partition("\n")[2]
    assert re.search(r"[A-Z][^.]{15,}\.", about)
    if verb in COMMANDS:
        assert all(word in done.out for word in ("--journal", "--plain", "--no-input", "--debug", "--yes"))


@each_row(
    ("argv", "hint"),
    [
        (["lst"], "Did you mean 'list'?"),
        (["reflct"], "Did you mean 'reflect'?"),
        (["prompts", "chek"], "Did you mean 'check'?"),
        (["list", "--jsn"], "--json"),
        (["--jurnal", "x"], "--journal"),
        (["reflect", "--answr", "x=y"], "--answer"),
    ],
)
def test_a_mistyped_word_is_met_with_the_right_one(run, argv, hint):
    done = run(*argv)
    assert (done.code, done.out) == (2, "")
    assert hint in done.err


@each_row(
    "argv",
    [["nothing-like-it"], ["delete"], ["list", "extra"], ["list", "-n", "0"], ["list", "-n", "x"], ["--journal"]],
)  # fmt: skip
def test_wrong_usage_ends_with_two_and_prints_no_data(run, argv):
    done = run(*argv)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert "Did you mean" not in done.err


def test_a_group_alone_shows_its_verbs(run):
    done = run("prompts")
    assert (done.code, done.err) == (2, "")
    assert all(verb.split()[1] in done.out for verb in COMMANDS if verb.startswith("prompts "))


def test_the_journal_is_named_before_or_after_the_verb_or_in_the_environment(run):
    other = run.home / "elsewhere" / "mine.toml"
    skipping(run, "--journal", str(other))
    assert not run.journal.exists()
    listed = run("--journal", str(other), "list").out
    assert MARKER in listed
    assert run("list", "--journal", str(other)).out == listed
    assert run("--journal", "nowhere.toml", "list", "--journal", str(other)).out == listed
    assert run("list", environ={"FOLLOWME_JOURNAL": str(other)}).out == listed
    assert run("list", "--journal", "nowhere.toml", environ={"FOLLOWME_JOURNAL": str(other)}).out == ""
    assert run("list").out == ""


@pytest.mark.parametrize("option", ["--plain", "--no-input", "--no-color", "--no-pager", "--debug", "--yes"])
def test_every_global_option_stands_before_or_after_the_verb(run, option):
    skipping(run)
    assert run(option, "list") == run("list", option) == run("list")
    assert run(option, "prompts", "list") == run("prompts", "list", option) == run("prompts", "list")


def broken(*_: object) -> bool:
    raise KeyError(MARKER)


def test_a_fault_of_its_own_tells_no_answer(run, monkeypatch):
    skipping(run)
    before = run.journal.read_bytes()
    monkeypatch.setattr(query, "select", broken)
    done = run("list")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "followme hit an internal error (KeyError); --debug shows where. Before you try again, check what "
        "was saved:\n"
        "  followme list\n"
    )
    for argv in (("--debug", "list"), ("list", "--debug")):
        said = run(*argv).err
        assert MARKER not in said
        assert "Traceback" in said
        assert "in broken" in said
    assert run.journal.read_bytes() == before


def test_what_the_system_refuses_is_said_in_its_words(run, monkeypatch):
    def refused(*_: object) -> bool:
        raise PermissionError(13, "Permission denied", "/some/where")

    skipping(run)
    monkeypatch.setattr(query, "select", refused)
    assert run("list").err == "The system refused /some/where: Permission denied. Fix that and try again.\n"


@pytest.fixture
def long_journal(home: Path) -> Path:
    """A journal that does not fit into a pipe's buffer."""
    words = "word é ✓ " * 200
    blocks = (
        f'[[entry]]\nid = "2026{month:02}{day:02}T150411-k7q2m"\ndate = 2026-{month:02}-{day:02}T16:04:11+01:00\n'
        f'set = "weekly"\n[[entry.answer]]\nkey = "moment"\nquestion = "?"\nreply = "{words}"\n'
        for month in range(1, 13)
        for day in range(1, 29)
    )
    path = home / "long.toml"
    path.write_text("format = 1\n\n" + "\n".join(blocks), encoding="utf-8")
    return path


@needs_posix
@pytest.mark.parametrize("verb", first_quick(["list", "list --json", "show 2026-W03", "export", "--help"]))
def test_a_reader_who_has_enough_is_no_fault(run, long_journal, verb):
    piped = f'"{sys.executable}" -m followme --journal "{long_journal}" {verb} | head -n 1; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(
        ["bash", "-c", piped], capture_output=True, text=True, encoding="utf-8", cwd=run.home
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only some systems have a device that is always full"
)
@pytest.mark.parametrize(
    "verb", first_quick(["", "list", "list --json", "show 2026-W03", "export", "prompts list", "-V"])
)
def test_a_full_disk_is_said(run, long_journal, verb):
    with Path("/dev/full").open("wb") as full:
        done = run.process(
            "--journal", str(long_journal), *verb.split(), stdout=full, stderr=subprocess.PIPE
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "The output couldn't be written (No space left on device), so it's incomplete.\n"
    )


@pytest.mark.parametrize(("line", "code"), first_quick([("show", 3), ("export --format x", 2), ("list", 0)]))
def test_the_exit_code_is_the_one_of_the_process(run, line, code):
    assert run.process(*line.split()).returncode == code


@each_row(
    ("line", "name"),
    {
        ("lookback --quarter 2025-Q1 --quarter 2025-Q2", "--quarter"),
        ("list -n 3 -n 4", "-n"),
        ("list --set=weekly --since 2026 --set own", "--set"),
        ("--no-color show last --set own --set weekly --json", "--set"),
        ("people --week W1 --week W2", "--week"),
    },
)
def test_an_option_with_two_values_is_refused_since_one_would_count_for_nothing(run, line: str, name: str):
    done = run(*line.split())
    assert (done.code, done.out, done.err) == (
        2,
        "",
        f"Give {name} once: only one of its values can count.\n",
    )


def test_flags_and_options_that_can_be_repeated_are_given_as_often_as_one_likes(run):
    assert run("list", "--json", "--json", "--plain", "--plain").code == 0
    done = run("reflect", "--answer", "a=b", "--answer", "c=d", "--skip", "e", "--skip", "f")
    assert "once" not in done.err
    assert run("search", "--", "-n", "-n").code == 3

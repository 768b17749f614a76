"""The pager that a person names: found where it is, and never showing raw codes."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("these tests sit at a terminal of POSIX", allow_module_level=True)

from terminal import CTRL_C, Terminal

PAGE = ("prompts", "show", "weekly")

needs_less = pytest.mark.skipif(not shutil.which("less"), reason="there is no less here")


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """A pager in a folder with a blank; it says its words, and takes what it is given."""
    path = tmp_path / "my tools" / "marker"
    path.parent.mkdir()
    path.write_text('#!/bin/sh\necho "paged with $*"\ncat > /dev/null\n', encoding="utf-8")
    path.chmod(0o700)
    return path


@needs_less
@pytest.mark.parametrize("less", ["-i", "-X", ""])
def test_less_never_shows_raw_codes_whatever_the_variable_says(run, less: str):
    with Terminal(run.home, *PAGE, rows=20, environ={"LESS": less}, now=run.now) as terminal:
        terminal.see("Weekly")
        assert "ESC" not in terminal.text
        terminal.keys("q")
        assert terminal.end() == 0


@needs_less
def test_less_may_be_named_by_its_path_with_words_of_its_own(run):
    environ = {"PAGER": f"{shutil.which('less')} -N", "LESS": "-i"}
    with Terminal(run.home, *PAGE, rows=20, environ=environ, now=run.now) as terminal:
        terminal.see("1 Weekly")
        assert "ESC" not in terminal.text
        terminal.keys("q")
        assert terminal.end() == 0


@pytest.mark.parametrize(
    "named",
    ["{path}", "{path} -a b", "'{path}' -a b", "'{path}'"],
    ids=["bare", "bare with", "quoted with", "quoted"],
)
def test_a_path_with_blanks_needs_no_quotes(run, marker: Path, named: str):
    words = "-a b" if named.endswith("b") else ""
    environ = {"FOLLOWME_PAGER": named.format(path=marker)}
    with Terminal(run.home, *PAGE, rows=20, environ=environ, now=run.now) as terminal:
        assert terminal.end() == 0
        assert terminal.words == f"paged with {words}".strip()


@pytest.mark.parametrize("named", ["", " ", "cat", "/bin/cat", "no-such-pager", "less 'open", "{folder}"])
def test_a_pager_that_cannot_be_run_hides_nothing(run, tmp_path: Path, named: str):
    environ = {"PAGER": named.format(folder=tmp_path)}
    with Terminal(run.home, *PAGE, rows=20, columns=100, environ=environ, now=run.now) as terminal:
        assert terminal.end() == 0
        assert "Start with: followme reflect weekly" in terminal.words


def test_a_file_that_is_no_program_hides_nothing(run, tmp_path: Path):
    path = tmp_path / "pager"
    path.write_bytes(os.urandom(64))
    path.chmod(0o700)
    with Terminal(
        run.home, *PAGE, rows=20, columns=100, environ={"PAGER": str(path)}, now=run.now
    ) as terminal:
        assert terminal.end() == 0
        assert "Start with: followme reflect weekly" in terminal.words


@pytest.mark.parametrize("words", ["demo list -n 100", "prompts list", "help all"])
def test_long_lists_and_long_help_go_through_it(run, marker: Path, words: str):
    environ = {"FOLLOWME_PAGER": str(marker)}
    with Terminal(run.home, *words.split(), rows=20, environ=environ, now=run.now) as terminal:
        assert terminal.end() == 0
        assert terminal.words == "paged with"


@needs_less
def test_it_says_which_page_it_shows_and_that_it_has_ended(run):
    with Terminal(run.home, "demo", "people", "Jonas", rows=24, columns=40, now=run.now) as terminal:
        terminal.see("Page 1 of 19: Space next page, q close")
        terminal.keys(" ")
        terminal.see("Page 2 of 19: Space next page, q close")
        terminal.keys("G")
        terminal.see("The end: b back, q close")
        terminal.keys("q")
        assert terminal.end() == 0


@needs_less
def test_a_search_begins_with_the_newest_and_goes_on_while_it_finds(run):
    with Terminal(run.home, "demo", "search", "the", rows=24, now=run.now) as terminal:
        terminal.see("Page 1: Space next page, q close")
        assert terminal.text.splitlines()[0].startswith("Week of Nov 16")
        # Whoever has enough leaves before everything is found.
        terminal.keys("q")
        assert terminal.end() == 0
    with Terminal(run.home, "demo", "search", "napkin", rows=90, now=run.now) as terminal:
        assert terminal.end() == 0
        assert "answers, promises and notes found." in terminal.words


@needs_less
def test_damage_that_a_search_meets_is_told_below_its_pages_and_not_over_them(run):
    entries = [
        f'\n[[entry]]\nid = "202611{day:02}T150411-aaaaa"\ndate = 2026-11-{day:02}T16:04:11+01:00\nweek = "2026-W46"\n'
        'set = "note"\n[[entry.answer]]\nkey = "note"\nkind = "line"\nquestion = "Note"\nreply = "Ana stayed."\n'
        for day in range(1, 20)
    ]
    entries[12] = entries[12].replace('key = "note"', "key = note")
    run.with_journal("format = 1\n" + "".join(entries))
    with Terminal(run.home, "search", "Ana", rows=24, now=run.now) as terminal:
        terminal.see("q close")
        terminal.keys("G")
        terminal.see("The end")
        assert b"left alone" not in terminal.wire
        terminal.keys("q")
        assert terminal.end() == 0
        assert terminal.words.count("It was left alone") == 1


@needs_less
@pytest.mark.slow
@pytest.mark.parametrize("words", [PAGE, ("demo", "search", "the")], ids=["whole", "at once"])
def test_ctrl_c_is_for_the_pager_however_often_it_comes(run, words: tuple[str, ...]):
    with Terminal(run.home, *words, rows=20, now=run.now) as terminal:
        terminal.see("q close")
        for _ in range(4):
            terminal.keys(CTRL_C)
            # Python itself waits a quarter of a second for the other program, the first time.
            time.sleep(0.4)
        terminal.keys("q")
        assert terminal.end() == 0

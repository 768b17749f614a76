"""The journal as jrnl's text file: jrnl itself reads back every entry, and takes no line of an answer for one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from test_export_markdown import BY_HAND, HOSTILE, LAST_WEEK, NOTES, THIS_WEEK, answer, bare, entry, words_in

import run as bench
from followme.clean import for_terminal
from followme.imports import FORMATS, File
from followme.model import Entry, Promise
from held import exported
from running import Run

Golden = Callable[[str, str], None]

LIKE_DATES = entry(
    "2026-11-20T00:30:00+01:00",
    "2026-W47",
    "weekly *",
    answers=(
        answer(
            "[2026-11-01 09:00:00 AM] not an entry\n[yesterday] neither\n[1\n2] nor this",
            "[2026-11-02] Why?",
        ),
        answer(("[2026-11-03] x\n[2026-11-04] y", "z"), "Which?", "list"),
        answer("\n\n[2026-11-05] x\r\n", "And?"),
    ),
    promises=(Promise(ref="p1", text="a\n[2026-11-06] b", occasion="[2026-11-07] c"),),
)
JOURNAL = (LAST_WEEK, THIS_WEEK, *NOTES, HOSTILE, BY_HAND, LIKE_DATES)


def test_how_it_looks(golden: Golden) -> None:
    text = exported("jrnl", JOURNAL, private=True)
    golden("export-jrnl.txt", text)
    assert for_terminal(text) == text


def test_only_entries_begin_with_a_bracket() -> None:
    lines = exported("jrnl", JOURNAL, private=True).split("\n")
    begun = [line for line in lines if line.startswith("[")]
    assert len(begun) == len(JOURNAL)
    assert all(re.match(r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [AP]M\] \S", line) for line in begun)


def test_midnight_and_noon_are_twelve() -> None:
    when = [entry(f"2026-11-20T{hour}:05:09+01:00", "2026-W47") for hour in ("00", "11", "12", "23")]
    moments = re.findall(r"(?m)^\[(.*?)\]", exported("jrnl", when, oldest_first=True))
    assert [moment[11:] for moment in moments] == ["12:05:09 AM", "11:05:09 AM", "12:05:09 PM", "11:05:09 PM"]


def test_an_entry_from_jrnl_goes_back_as_it_was_unless_it_says_more_by_now() -> None:
    text = "[2026-07-10 04:00:00 PM] A good week *\n#proud\n[x] done\n"
    (own,) = FORMATS["jrnl"]([File("journal.txt", text.encode())]).entries
    assert exported("jrnl", [own]) == text
    word = entry("2026-07-17T16:00:00+02:00", "2026-W29", "note", answers=(answer("Was it?", "", "text"),))
    later = replace(word, id="20260717T140000-k7q2m", about=own.id)
    assert "Later, Friday, July 17, 2026: Was it?" in exported("jrnl", [own, later])
    assert exported("jrnl", [replace(own, promises=(Promise(ref="p1", text="Sleep"),))]).count("Sleep") == 1


@pytest.fixture(scope="module")
def jrnl() -> Path:
    """The command of jrnl 4.6, installed once for the benchmarks and for this."""
    try:
        return bench.peer()
    except subprocess.CalledProcessError:
        pytest.skip("jrnl can't be installed here")


def read_by_jrnl(jrnl: Path, folder: Path, text: str) -> list[dict[str, str]]:
    """The entries that jrnl finds in a journal with this text, as it exports them."""
    journal = folder / "journal.txt"
    journal.write_text(text, encoding="utf-8")
    settings = bench.peer_settings(journal, "%F %r")
    done = subprocess.run(
        [jrnl, "--config-file", settings, "--export", "json"], capture_output=True, check=True, cwd=folder
    )
    return json.loads(done.stdout)["entries"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="jrnl's own time format is of the C library")
def test_jrnl_reads_back_every_entry_and_every_word(jrnl: Path, tmp_path: Path) -> None:
    found = read_by_jrnl(jrnl, tmp_path, exported("jrnl", JOURNAL, private=True))
    by_time = {(each["date"], each["time"]) for each in found}
    assert by_time == {(f"{one.date:%Y-%m-%d}", f"{one.date:%H:%M}") for one in JOURNAL}
    assert len(found) == len(JOURNAL)
    assert not any(each["starred"] for each in found)
    for one in JOURNAL:
        body = "\n".join(each["body"] for each in found if is_of(each, one))
        assert [words for words in words_in(one) if bare(for_terminal(words)) not in bare(body)] == []


def is_of(found: dict[str, str], one: Entry) -> bool:
    title = found["title"].split(" · ")
    when = datetime.fromisoformat(f"{found['date']}T{found['time']}")
    return when == one.date.replace(tzinfo=None, second=0) and title[-1] == (
        one.set.rstrip(" *") or str(one.day)
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="jrnl's own time format is of the C library")
def test_what_jrnl_wrote_comes_in_whole_and_goes_back_as_it_was(jrnl: Path, tmp_path: Path, run: Run) -> None:
    settings = bench.peer_settings(tmp_path / "theirs.txt", "%F %r")
    for words in (
        "2026-07-03 16:04: Ana stayed. She had asked @sales twice.\n\n[x] done\n[ ] not yet\n\n- one\n  two",
        "2026-07-10 23:59: A good week *\n#proud, and tired",
        "2026-07-11 00:00: No title, no end",
    ):
        subprocess.run([jrnl, "--config-file", settings, words], check=True, capture_output=True)
    text = tmp_path / "theirs.txt"
    data = subprocess.run(
        [jrnl, "--config-file", settings, "--export", "json"], check=True, capture_output=True
    ).stdout
    (tmp_path / "theirs.json").write_bytes(data)
    assert "- 3 entries of Jul 3, Jul 10 and Jul 11\n" in run("import", str(text), "--yes").err
    again = run("import", str(tmp_path / "theirs.json"), "--yes").err
    assert again == "Nothing new: 3 entries are here already.\n"
    back = run("export", "--format", "jrnl", "--oldest-first").out
    assert back == text.read_text(encoding="utf-8")
    assert read_by_jrnl(jrnl, tmp_path, back) == json.loads(data)["entries"]

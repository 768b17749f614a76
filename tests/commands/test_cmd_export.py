"""`followme export`: to stdout or a file, and never half a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from followme.exports.csv import FORMULAS_TOLD
from rows import each_row

JOURNAL = """\
format = 1

[[entry]]
id = "20261113T150210-x4d9w"
date = 2026-11-13T16:02:10+01:00
week = "2026-W46"
set = "weekly"

[[entry.answer]]
key = "moment"
question = "One moment?"
reply = "First words."

[[entry]]
id = "20261120T150411-k7q2m"
date = 2026-11-20T16:04:11+01:00
week = "2026-W47"
set = "own"

[[entry.answer]]
key = "moment"
question = "One moment?"
reply = "Second words."

[[entry.answer]]
key = "veiled"
question = "?"
reply = "Veiled words."
private = true

[[entry.promise]]
text = "call"
to = "Ben"
"""


@pytest.fixture
def kept(run):
    """A run with two entries in its journal."""
    return run.with_journal(JOURNAL)


def inside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("argv", [[], ["-"]])
def test_it_goes_to_stdout(kept, argv):
    done = kept("export", *argv)
    assert done.code == 0
    assert done.out.startswith("# Reflections\n\n## 2026-W47 · own\n")
    assert done.err == (
        "Exported 2 entries with 2 answers and 1 promise.\n"
        "1 answer marked private was left out; --private includes it.\n"
    )


def test_it_goes_to_a_file_and_says_so(kept):
    done = kept("export", "mine.md")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("Wrote 2 entries with 2 answers and 1 promise to mine.md\n")
    assert (kept.home / "mine.md").read_bytes() == kept("export").out.encode()
    assert kept("export", "one.md", "--set", "own").err.startswith("Wrote 1 entry with ")


def test_what_is_private_is_told_only_on_demand(kept):
    assert "Veiled" not in kept("export").out
    done = kept("export", "--private")
    assert "Veiled words" in done.out
    assert done.err == "Exported 2 entries with 3 answers and 1 promise.\n"


@each_row(
    ("argv", "told"),
    [
        (["--oldest-first"], ["First", "Second"]),
        ([], ["Second", "First"]),
        (["--since", "2026-11-14"], ["Second"]),
        (["--until", "2026-W46"], ["First"]),
        (["--set", "own"], ["Second"]),
        (["--person", "BEN"], ["Second"]),
        (["--week", "W46"], ["First"]),
        (["--since", "2027"], []),
    ],
)
def test_filters_choose(kept, argv, told):
    done = kept("export", *argv)
    assert done.code == 0
    found = {done.out.find(f"{word} words"): word for word in ("First", "Second")}
    assert [found[at] for at in sorted(found) if at >= 0] == told


def test_without_entries_it_says_so(run):
    assert run("export").out == "# Reflections\n\nThere are no entries in this selection.\n"


def test_a_file_that_exists_is_left_as_it_is(kept):
    target = kept.home / "mine.md"
    target.write_bytes(b"my own\r\n")
    done = kept("export", "mine.md")
    assert (done.code, done.out) == (1, "")
    assert (
        done.err
        == "mine.md already exists, so it was left alone. Replace it with --force, or name another.\n"
    )
    assert target.read_bytes() == b"my own\r\n"
    assert kept("export", "mine.md", "--force").code == 0
    assert "First words" in target.read_text(encoding="utf-8")


@each_row("force", [[], ["--force"]])
@each_row("place", ["folder", os.devnull])
def test_what_is_no_file_is_refused(kept, place, force):
    (kept.home / "folder").mkdir(exist_ok=True)
    done = kept("export", place, *force)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"{place} isn't a file, so it was left alone. Name a file, or use - for stdout.\n"
    assert inside(kept.home / "folder") == []


@pytest.mark.parametrize("place", ["nowhere/mine.md", "plain.txt/mine.md", "x" * 300])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_place_that_takes_no_file_is_named_and_nothing_half_is_left(kept, place, force):
    (kept.home / "plain.txt").write_text("mine")
    before = inside(kept.home)
    done = kept("export", place, *force)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{place} couldn't be written (")
    assert done.err.endswith("). Name another place.\n")
    assert inside(kept.home) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes, and links need rights there")
def test_the_file_is_its_owners_alone_and_a_link_still_leads_to_it(kept):
    (kept.home / "real.md").write_text("old")
    (kept.home / "link.md").symlink_to("real.md")
    assert kept("export", "link.md", "--force").code == 0
    assert (kept.home / "link.md").is_symlink()
    assert "First words" in (kept.home / "real.md").read_text(encoding="utf-8")
    assert (kept.home / "real.md").stat().st_mode & 0o777 == 0o600


@each_row(
    ("argv", "said"),
    [
        (["--format", "pdf"], "There's no format 'pdf'. Choose one of these: markdown"),
        (["--people", "hide"], "--people can't be 'hide'. Choose keep or letters."),
        (["--only", "words"], "--only can't be 'words'. The one choice is numbers."),
        (["--only", "numbers", "--format", "jrnl"], "The format jrnl has no place for numbers alone. "),
        (["--wide"], "--wide is for tables. Add --format csv, or leave it out."),
        (["--format", "csv", "--wide", "--only", "numbers"], "--wide and --only can't go together. "),
        (["--since", "03/11/2026"], "03/11/2026 could mean two dates, November 3 or March 11: "),
        (["--until", "soon"], "'soon' isn't a date followme knows: write 2026-11-20, "),
        (["--week", "2026-11"], "'2026-11' isn't one week; write it as 2026-W47."),
        (["--since", "2026-11-31"], "2026-11-31 doesn't exist: November 2026 has 30 days."),
    ],
)
def test_wrong_usage_writes_nothing(kept, argv, said):
    before = inside(kept.home)
    done = kept("export", "mine.md", *argv)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert inside(kept.home) == before


def test_a_dry_run_says_what_would_leave_and_writes_nothing(kept):
    before = inside(kept.home)
    done = kept("export", "mine.md", "--dry-run")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "This would export 2 entries with 2 answers and 1 promise. Nothing was written.\n"
        "1 answer marked private was left out; --private includes it.\n"
    )
    assert inside(kept.home) == before


@each_row(
    ("key", "words", "told"),
    [
        ("moment", ["First words", "Second words"], "2 entries with 2 answers"),
        ("promise", ["call"], "1 entry with 1 promise"),
        ("veiled", [], "no entries"),
    ],
)
def test_of_one_question_only_its_answers_leave(kept, key, words, told):
    done = kept("export", "--question", key)
    assert [
        word for word in ("First words", "Second words", "Veiled words", "call") if word in done.out
    ] == words
    assert done.err.startswith(f"Exported {told}.\n")


def test_letters_stand_in_the_place_of_names_and_it_says_that_others_may_remain(kept):
    done = kept("export", "--people", "letters")
    assert "Promised to: Person A" in done.out
    assert "Ben" not in done.out
    assert "1 person appears as a letter instead of by name. Other names may remain, " in done.err
    assert "Promised to: Ben" in kept("export", "--people", "keep").out


def test_numbers_alone_leave(kept):
    done = kept("export", "--only", "numbers")
    assert done.out == (
        "# Reflections in numbers\n\n| Week | State |\n| --- | --- |\n| 2026-W46 | done |\n| 2026-W47 | done |\n"
        "\n## Promises\n\n- promises open: 1\n"
    )
    assert done.err.startswith("Exported the numbers of 2 weeks and 1 promise.\n")
    assert "2026-W46" not in kept("export", "--only", "numbers", "--set", "own").out


def test_a_formula_among_numbers_is_remarked_on_too(kept):
    scale = JOURNAL.replace('"moment"', '"=1+1"', 1).replace('"First words."', "3")
    kept.journal.write_text(scale, encoding="utf-8")
    done = kept("export", "--only", "numbers", "--format", "csv")
    assert "scale,2026-W46,2026-11-13,'=1+1,3\n" in done.out
    assert done.err.endswith(f"{FORMULAS_TOLD}\n")


@pytest.mark.parametrize(
    ("file", "words", "begins"),
    [
        ("out.json", (), "{"),
        ("OUT.CSV", (), "id,"),
        ("out.csv", ("--wide",), "id,"),
        ("out.html", (), "<!DOCTYPE html>"),
        ("out.txt", (), "# Reflections"),
        ("out.json", ("--format", "markdown"), "# Reflections"),
        ("n.json", ("--only", "numbers"), "{"),
    ],
)
def test_the_ending_of_the_file_says_the_format_unless_format_does(kept, tmp_path, file, words, begins):
    assert kept("export", str(tmp_path / file), *words).code == 0
    assert (tmp_path / file).read_text(encoding="utf-8").startswith(begins)


@each_row(
    "argv",
    [["--since", "2027"], ["--person", "Nils", "--format", "csv"], ["--only", "numbers", "--week", "W01"]],
)
def test_no_file_is_written_where_nothing_leaves(kept, argv: list[str]):
    done = kept("export", "mine.txt", *argv)
    assert (done.code, done.out) == (0, "")
    assert done.err == "Nothing leaves the journal this way, so mine.txt wasn't written.\n"
    assert not (kept.home / "mine.txt").exists()


def test_what_is_private_is_told_even_if_nothing_else_is_there(kept):
    kept.journal.write_text(JOURNAL.replace('set = "own"', 'set = "own"\nprivate = true'), encoding="utf-8")
    done = kept("export", "mine.md", "--set", "own")
    assert done.err == (
        "Nothing leaves the journal this way, so mine.md wasn't written.\n"
        "1 entry marked private was left out; --private includes it.\n"
    )

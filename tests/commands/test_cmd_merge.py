"""`followme merge`: what another version of the journal has comes in, after one look, and nothing here is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from followme.journal.change import gone
from rows import each_row
from running import Run
from sets import skips
from terminal import Terminal

ALL = (*skips("three-minutes", "unseen"), "--answer", "unseen=Ana stayed.")


@pytest.fixture
def apart(run: Run) -> Run:
    """A journal, and beside it the copy of another machine: each has a note and a week that the other lacks."""
    run("note", "From both")
    both = run.journal.read_bytes()
    run.later(days=7)
    run("note", "From there")
    run.journal.with_name("journal (conflict copy).toml").write_bytes(run.journal.read_bytes())
    run.journal.write_bytes(both)
    run.later(days=7)
    run("--yes", "note", "From here")
    return run


def copy_of(run: Run) -> Path:
    return run.journal.with_name("journal (conflict copy).toml")


def notes(run: Run) -> list[str]:
    return [entry["answer"][0]["reply"] for entry in run.entries]


def test_it_shows_what_comes_and_puts_it_where_it_belongs(apart: Run):
    done = apart("merge", str(copy_of(apart)), "--yes")
    assert (done.code, done.out) == (0, "")
    assert "would bring this:\n- 1 note\n- 1 entry is here already\n" in done.err
    assert notes(apart) == ["From both", "From there", "From here"]
    again = apart("merge", str(copy_of(apart)), "--yes")
    stays = f"{copy_of(apart)} stays where it is. The journal has all of it now.\n"
    assert done.err.endswith(stays)
    assert again.err == f"Everything in {copy_of(apart)} is in the journal already.\n{stays}"
    assert apart("undo", "--yes").code == 0
    assert notes(apart) == ["From both", "From here"]


def test_nothing_changes_without_a_yes(apart: Run):
    old = apart.journal.read_bytes()
    assert apart("merge", str(copy_of(apart))).code == 2
    done = apart("merge", str(copy_of(apart)), "--dry-run")
    assert done.code == 0
    assert done.err.endswith("Nothing was changed, since this is a dry run.\n")
    assert apart.journal.read_bytes() == old


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.slow
def test_the_copy_can_be_moved_to_the_backups(apart: Run):
    kept = copy_of(apart).read_bytes()
    with Terminal(apart.home, "merge", now=apart.now) as window:
        window.answer("Go ahead?", "y")
        window.answer("to the backups?", "y")
        window.see("Moved to")
        assert window.end() == 0
    assert notes(apart) == ["From both", "From there", "From here"]
    assert not copy_of(apart).exists()
    assert kept in [path.read_bytes() for path in apart.paths.backups.iterdir()]


def test_home_and_doctor_name_the_copy_and_the_command(apart: Run):
    assert "followme merge" in apart().out
    found = [each for each in json.loads(apart("doctor", "--json").out)["findings"] if each["kind"] == "copy"]
    assert "followme merge" in found[0]["remedy"]
    apart("merge", str(copy_of(apart)), "--yes")
    assert "followme merge" not in apart().out


@each_row(
    ("content", "says"),
    [
        (None, "There's no file"),
        (b"Dear diary", "has no entries that followme can read"),
        (b"format = 2\n\n[[entry]]\n", "has format 2"),
        ("format = 1".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_is_no_journal_is_refused_and_nothing_changes(run: Run, content, says):
    run("note", "Here")
    old, other = run.journal.read_bytes(), run.home / "other.toml"
    if content is not None:
        other.write_bytes(content)
    done = run("merge", str(other), "--yes")
    assert done.code == 1
    assert says in done.err
    assert run.journal.read_bytes() == old
    assert "the journal itself" in run("merge", str(run.journal), "--yes").err


# --- Two versions of one entry ----------------------------------------------------------------------------


@pytest.fixture
def torn(run: Run) -> Run:
    """A journal whose last entry was changed here and there, merged."""
    run("reflect", "three-minutes", *ALL)
    run("promises", "add", "Call legal @Ben by fri")
    text = run.journal.read_text(encoding="utf-8")
    other = run.home / "other.toml"
    other.write_text(
        text.replace("Ana stayed.", "Ana left.").replace("Call legal", "Write to legal"), encoding="utf-8"
    )
    run.journal.write_text(text.replace("Ana stayed.", "Ana went."), encoding="utf-8")
    before = counted(run)
    done = run("merge", str(other), "--yes")
    assert (
        "- 2 entries were changed in both places; both versions of each stay until you delete one\n"
        in done.err
    )
    # One of each two has the words of here; which one counts is the same on every machine.
    assert [row[:4] for row in counted(run)] == [row[:4] for row in before]
    return run


def counted(run: Run) -> list[object]:
    """What counts: open promises, weeks, and what lookback sees, without words."""
    home = json.loads(run("--json").out) if run("--json").code == 0 else {}
    promises = json.loads(run("promises", "--json").out)["promises"]
    return [
        [home.get("open"), len(promises), run("due").code, len(json.loads(run("lookback", "--json").out))]
    ]


def test_both_versions_stay_and_only_one_counts(torn: Run):
    assert sum("conflict" in entry for entry in torn.entries) == 2
    rows = torn("list").rows
    assert len(rows) == 2
    assert [bool(row[10]) for row in rows].count(True) == 1
    assert torn("show", "last").code == 0
    assert len(json.loads(torn("promises", "--json").out)["promises"]) == 1


@pytest.mark.parametrize("options", [[], ["--purge"]], ids=["deleted", "purged"])
def test_after_one_is_deleted_the_other_counts(torn: Run, options: list[str]):
    counts, twin = (
        next(
            entry for entry in torn.entries if entry["set"] == "promise" and ("conflict" in entry) is is_twin
        )
        for is_twin in (False, True)
    )
    assert torn("delete", counts["id"], "--yes", *options).code == 0
    (left,) = (entry for entry in torn.entries if entry["set"] == "promise")
    assert left == {key: value for key, value in twin.items() if key != "conflict"}
    assert (torn("undo", "--yes").code == 0) is (not options)
    assert ({counts["id"], twin["id"]} <= {entry["id"] for entry in torn.entries}) is (not options)
    assert sum("conflict" in entry for entry in torn.entries) == (1 if options else 2)


# --- As git's merge driver --------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    names = ("-c", "user.name=x", "-c", "user.email=x@y", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *names, *words], cwd=folder, capture_output=True, text=True, check=False)


def test_two_branches_of_a_git_repository_of_ones_own_are_merged_by_entry(run: Run):
    run("note", "Base")
    folder = run.home / "mine"
    folder.mkdir()
    journal = folder / "journal.toml"
    base = run.journal.read_bytes()
    run("note", "Mine")
    mine = run.journal.read_bytes()
    run.journal.write_bytes(base)
    run("--yes", "note", "Yours")
    yours = run.journal.read_bytes()
    journal.write_bytes(base)
    (folder / ".gitattributes").write_text("journal.toml merge=followme\n")
    git(folder, "init")
    git(folder, "config", "merge.followme.driver", f'"{sys.executable}" -m followme merge --driver %O %A %B')
    git(folder, "add", ".")
    git(folder, "commit", "-m", "base")
    git(folder, "switch", "-c", "other")
    journal.write_bytes(yours)
    git(folder, "commit", "-am", "yours")
    git(folder, "switch", "main")
    journal.write_bytes(mine)
    git(folder, "commit", "-am", "mine")
    done = git(folder, "merge", "other")
    assert done.returncode == 0, done
    merged = journal.read_text(encoding="utf-8")
    assert [merged.count(f'"{word}"') for word in ("Base", "Mine", "Yours")] == [1, 1, 1]


def test_the_driver_ends_with_1_where_ours_cannot_be_written_and_needs_three_files(run: Run):
    run("note", "Here")
    assert run("merge", "--driver", str(run.journal), str(run.journal)).code == 2
    assert run("merge", "--driver", "none", "none", str(run.journal)).code == 1


def test_the_driver_has_no_dry_run(run: Run, tmp_path: Path):
    run("note", "Ours")
    ours = tmp_path / "ours.toml"
    ours.write_bytes(b"format = 1\n")
    done = run("merge", "--driver", "--dry-run", str(ours), str(ours), str(run.journal))
    assert done.code == 2
    assert ours.read_bytes() == b"format = 1\n"


def test_what_was_deleted_here_stays_out(apart: Run):
    apart("delete", apart.entries[0]["id"], "--yes")
    apart("merge", str(copy_of(apart)), "--yes")
    assert notes(apart) == ["From there", "From here"]
    assert len(gone.listed(apart.journal.read_bytes())) == 1

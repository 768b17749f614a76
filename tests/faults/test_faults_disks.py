"""Disks that are small, full or read-only, with whole commands on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import every_call
import pytest

from sets import skips

ALL = (*skips("three-minutes", "promise"), "--answer", "promise=Call Ben")
"""A short sitting of the set three-minutes, in batch."""

EXPORTED = "Exported 1 entry with 1 promise.\n"
"""What an export of it says: its private question wasn't answered."""


def apart(
    own_mounts: tuple[str, ...], folder: Path, prepare: str, then: str, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run shell lines with mounts of their own; in them, "$1" is the folder and `followme` is followme."""
    script = f'followme() {{ "{sys.executable}" -m followme "$@"; }}\n{prepare}\n{then}\n'
    return subprocess.run(
        [*own_mounts, "bash", "-c", script, "bash", str(folder)],
        capture_output=True, text=True, check=False, cwd=folder, timeout=60, env=environ,
    )  # fmt: skip


SMALL = 'mount -t tmpfs -o size=64k tmpfs "$1" && cd "$1"\n'
FULL = "head -c 1000000 /dev/zero > filler 2>/dev/null\n"
READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1"\n'


def batch(run, *more: str):
    done = run(*more, "reflect", "three-minutes", *ALL)
    assert done.code == 0, done.err
    return done


@pytest.mark.slow
def test_a_journal_on_a_full_disk_gets_its_entry_when_there_is_room(run, own_mounts, tmp_path):
    """The words wait in the draft meanwhile, which is on another disk."""
    journal = "export FOLLOWME_JOURNAL=$PWD/journal.toml\n"
    reflect = f"followme reflect three-minutes {' '.join(ALL[:-1])} 'promise={'x' * 9000}'"
    done = apart(
        own_mounts, tmp_path, SMALL + journal,
        f"followme reflect three-minutes {' '.join(ALL[:-1])} promise=Call; before=$(wc -c < journal.toml)\n"
        f"{FULL}{reflect}; echo $? $(($(wc -c < journal.toml) - before))\n"
        "rm filler; followme; grep -c '^.*xxxx' journal.toml",
    )  # fmt: skip
    assert "1 0\n" in done.stdout, done
    assert done.stdout.endswith("\n1\n"), done
    assert "There's no room left on the disk" in done.stderr
    assert "followme adds them as soon as it can" in done.stderr
    assert "hadn't been saved completely; it is now." in done.stderr


FILLING = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from followme.journal import drafts
from followme.journal.draftfile import Draft
from followme.journal.file.paths import Paths
here = Path.cwd()
paths = Paths(Path("/journal.toml"), here, (Path(sys.argv[1]),))
begun = Draft(id="a", journal=paths.real, set="two", week="2026-W47", started=datetime(2026, 11, 20, tzinfo=UTC))
one = drafts.open_new(paths, begun)
try:
    (here / "filler").write_bytes(bytes(1_000_000))
except OSError:
    pass
for length in 100, 20_000, 30_000:
    one.save(replace(begun, typed={"went": {"reply": "x" * length}}))
    print(one.is_fallback, one.has_it_all)
(here / "filler").unlink()
one.save(replace(begun, typed={"went": {"reply": "y"}}))
print(one.is_fallback, one.has_it_all, *Path(sys.argv[1]).rglob("*.toml"))
"""


def test_a_draft_moves_to_another_folder_while_its_disk_is_full(own_mounts, tmp_path):
    disk, fallback = tmp_path / "disk", tmp_path / "spare"
    disk.mkdir()
    fallback.mkdir(mode=0o700)
    done = apart(own_mounts, disk, SMALL, f"{sys.executable} -c '{FILLING}' {fallback}")
    lines = done.stdout.splitlines()
    assert lines[1:] == ["True True", "True True", "False True"], done


@pytest.mark.slow
def test_doctor_says_that_a_disk_is_full(own_mounts, tmp_path):
    """First the journal's, then that of the state folder; with room again, all is in order."""
    full = "head -c 100000000 /dev/zero > filler 2>/dev/null\n"
    prepare = 'mount -t tmpfs -o size=2m tmpfs "$1" && cd "$1"\n'
    done = apart(
        own_mounts, tmp_path, prepare + full,
        "FOLLOWME_JOURNAL=$PWD/journal.toml followme doctor; XDG_STATE_HOME=$PWD followme doctor\n"
        "rm filler; XDG_STATE_HOME=$PWD FOLLOWME_JOURNAL=$PWD/journal.toml followme doctor; ls",
    )  # fmt: skip
    kinds = [line.split("\t")[:2] for line in done.stdout.splitlines()]
    assert kinds == [["fault", "room"], ["fault", "state"]], done
    assert "There's no room left on the disk" in done.stdout
    assert done.stderr.count("Everything is in order") == 1


@pytest.mark.slow
@pytest.mark.parametrize("memory", [True, False], ids=["with a folder in memory", "without"])
def test_doctor_says_that_a_disk_knows_no_locks(run, strace, tmp_path, memory: bool):
    """Also before anything is saved for the first time, when no folder has been made yet."""

    def followme(*argv: str, path: str = "") -> subprocess.CompletedProcess[str]:
        strike = every_call.striking(strace, "flock:error=ENOLCK", path=path)
        environ = {**os.environ, **({"XDG_RUNTIME_DIR": str(tmp_path)} if memory else {})}
        return subprocess.run(
            [*strike, sys.executable, "-m", "followme", *argv],
            capture_output=True, text=True, check=False, env=environ,
        )  # fmt: skip

    tried = run.paths.state / "locks" / "followme-tries"
    done = followme("doctor", path=str(tried) if memory else "")
    assert done.returncode == 1, done
    assert "No locks available" in done.stdout
    said = f"they're in {tmp_path}/followme" if memory else "so nothing can be saved"
    assert said in done.stdout
    assert not run.paths.state.exists()
    if not memory:
        assert followme("note", "Ana stayed.").returncode == 1


def test_an_export_to_a_full_disk_leaves_no_half_file(run, own_mounts, tmp_path):
    for _ in range(3):
        batch(run)
    then = FULL + "followme export week.md; echo $?; ls"
    done = apart(own_mounts, tmp_path, SMALL, then)
    assert done.stdout == "1\nfiller\n", done
    assert "week.md couldn't be written (No space left on device). Name another place." in done.stderr
    kept = apart(
        own_mounts,
        tmp_path,
        SMALL,
        "echo old > week.md\n" + FULL + "followme export --force week.md; cat week.md",
    )
    assert kept.stdout == "old\n", kept


@pytest.mark.slow
def test_on_a_read_only_disk_reading_works_and_reflecting_says_so_first(run, own_mounts):
    batch(run)
    folder = run.home
    looking = "followme list && followme show last && followme export && followme && echo fine"
    looked = apart(own_mounts, folder, READ_ONLY, looking)
    assert looked.stdout.endswith("fine\n"), looked
    assert "Call Ben" in looked.stdout
    assert looked.stderr == EXPORTED, looked
    before = run.journal.read_bytes()
    reflected = apart(
        own_mounts, folder, READ_ONLY, f"followme reflect three-minutes {' '.join(ALL[:-1])} promise=Call"
    )
    assert reflected.returncode == 1
    assert "read-only" in reflected.stderr
    assert run.journal.read_bytes() == before


@pytest.mark.slow
def test_without_any_place_to_write_reading_works_and_makes_nothing(run, own_mounts):
    """A home on a read-only disk, without state, config or cache folder, and a journal in it."""
    batch(run)
    journal = run.home / "journal.toml"
    shutil.move(run.journal, journal)
    for left in list(run.home.iterdir()):
        if left != journal:
            shutil.rmtree(left)
    looking = "followme list && followme show last && followme export && followme prompts list && followme && echo fine"
    given = "export FOLLOWME_JOURNAL=$PWD/journal.toml\n"
    for prepare in (given, READ_ONLY + given):
        looked = apart(own_mounts, run.home, prepare, looking)
        assert looked.stdout.endswith("fine\n"), looked
        assert looked.stderr == EXPORTED, looked
        assert list(run.home.iterdir()) == [journal]


@pytest.mark.parametrize("flag", ["+a", "+i"])
def test_an_append_only_journal_keeps_its_entries(run, tmp_path, flag):
    """A new file can't take its place, so nothing is deleted or undone, and nothing is left beside it."""
    journal = marked(run, tmp_path, flag)
    old = journal.read_bytes()
    try:
        for argv in (["delete", "last"], ["undo"]):
            done = run("--journal", str(journal), *argv, "--yes")
            assert done.code == 1
            assert "The journal is as it was. The system doesn't allow it" in done.err
        assert [path.name for path in tmp_path.iterdir() if path.suffix != ".toml"] == []
        assert journal.read_bytes() == old
    finally:
        subprocess.run(["chattr", "-ia", str(journal)], check=True)
    assert run("--journal", str(journal), "undo", "--yes").code == 0


def marked(run, tmp_path, flag):
    """A journal with an entry and this flag; skips the test where there are no flags."""
    if sys.platform != "linux" or os.geteuid() or not shutil.which("chattr"):
        pytest.skip("only root may set flags, on Linux")
    journal = tmp_path / "journal.toml"
    batch(run, "--journal", str(journal))
    if subprocess.run(["chattr", flag, str(journal)], capture_output=True, check=False).returncode:
        pytest.skip("only some file systems know these flags, for root too")
    return journal


def test_an_append_only_journal_is_added_to(run, tmp_path):
    """The flag that chattr +a sets; immutable journals are refused with a sentence."""
    journal = marked(run, tmp_path, "+a")
    try:
        batch(run, "--journal", str(journal))
        assert journal.read_text().count("Call Ben") == 2
        subprocess.run(["chattr", "+i", str(journal)], check=True)
        done = run("--journal", str(journal), "reflect", "three-minutes", *ALL)
        assert done.code == 1
        assert "The system doesn't allow it" in done.err
    finally:
        subprocess.run(["chattr", "-ia", str(journal)], check=True)

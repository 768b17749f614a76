"""`followme export` of a long journal: a bar while it goes on, a clean stop, and streams that take no more."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from followme.exports import FORMATS
from running import Run
from terminal import CTRL_C, Terminal

pytestmark = pytest.mark.slow

MANY = 8_000
"""So many entries that a key can come in the middle."""

SOON = """
from followme import cli
from followme.shell import leaving
leaving.SHORT = 0
cli.run()
"""
"""followme, but with a bar as soon as there is anything to show, however fast the machine is."""


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "journal.toml"
    answer = (
        '[[entry.answer]]\nkey = "moment"\nquestion = "One moment?"\nreply = "Ana stayed _late_ – again."\n'
    )
    blocks = (
        f'[[entry]]\nid = "{20000101 + number}T150411-k7q2m"\ndate = 2026-11-20T16:04:11+01:00\n'
        f'week = "2026-W47"\nset = "weekly"\n{answer * 8}'
        for number in range(MANY)
    )
    path.write_text("format = 1\n\n" + "\n".join(blocks), encoding="utf-8")
    return path


def until(holds, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_bar_shows_how_far_it_is_and_is_gone_at_the_end(run: Run, long: Path) -> None:
    soon = [sys.executable, "-c", SOON, "--journal", str(long)]
    with Terminal(run.home, "export", "mine.md", program=soon) as terminal:
        assert terminal.end() == 0
        assert b"Exporting" in terminal.wire
        assert "Exporting" not in terminal.text
        assert terminal.words.startswith(f"Wrote {MANY} entries with ")
    with Terminal(run.home, "--plain", "export", "plain.md", program=soon) as terminal:
        assert terminal.end() == 0
        assert b"Exporting" not in terminal.wire
    assert run.process("--journal", str(long), "export", "other.md").stderr.count(b"\n") == 1


def test_ctrl_c_leaves_the_old_file_and_nothing_half(run: Run, long: Path) -> None:
    target = run.home / "mine.md"
    target.write_bytes(b"old\n")
    with Terminal(run.home, "--journal", str(long), "export", "mine.md", "--force") as terminal:
        until((run.home / "mine.md.part").exists)
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
        assert "Stopped before mine.md was written." in terminal.words
    assert target.read_bytes() == b"old\n"
    assert [path.name for path in run.home.iterdir() if "mine" in path.name] == ["mine.md"]


def test_ctrl_c_leaves_whole_notes_and_the_next_time_goes_on(run: Run, long: Path) -> None:
    folder = run.home / "vault"
    with Terminal(run.home, "--journal", str(long), "export", "--split", "vault") as terminal:
        until(lambda: folder.exists() and len(list(folder.iterdir())) > 20)
        terminal.keys(CTRL_C)
        assert terminal.end() == 130
        assert "Stopped. Every note is whole" in terminal.words
    assert all(path.read_bytes().endswith(b"\n") for path in folder.glob("*.md"))
    assert list(folder.glob("*.part*")) == []
    done = run.process("--journal", str(long), "export", "--split", "vault")
    assert done.returncode == 0
    assert b" as they were.\n" in done.stderr
    assert len(list(folder.glob("*.md"))) == MANY


@pytest.mark.skipif(sys.platform == "win32", reason="only some systems have a device that is always full")
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_minds_a_reader_who_has_enough_or_hides_that_a_disk_is_full(
    run: Run, long: Path, name: str
) -> None:
    argv = [sys.executable, "-m", "followme", "--journal", str(long), "export", "--format", name]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=run.home) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 0)
    with Path("/dev/full").open("wb") as full:
        done = run.process(*argv[3:], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr == b"The output couldn't be written (No space left on device), so it's incomplete.\n"


PEAK = """
import re, resource, sys
from followme.cli import main, settings
from followme.env import real_env
code = main(sys.argv[1:], real_env(settings))
# The usage of a process counts from the one that started it, which is larger here; this is of the program alone.
own = re.search("VmHWM:[^0-9]*([0-9]+)", open("/proc/self/status").read())[1]
print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


def peaks(run: Run, journal: Path, name: str) -> list[int]:
    """The kilobytes of memory that an export takes at most, and the largest of its workers; 0 if it has none."""
    argv = [sys.executable, "-c", PEAK, "--journal", str(journal), "export", "--format", name]
    done = subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=run.home, check=True)
    return [int(each) for each in done.stderr.split()[-2:]]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count in other units")
@pytest.mark.parametrize("name", [name for name in FORMATS if name != "html"])
def test_memory_does_not_grow_with_the_journal(run: Run, long: Path, name: str) -> None:
    """Twenty times the entries, some 50 MB if they were held, as for HTML; only the place and the id of each are.

    Of the long one, there are also the code that has workers and what these have made.
    """
    short = run.home / "short.toml"
    entries = long.read_text(encoding="utf-8").split("\n[[entry]]")
    short.write_text("\n[[entry]]".join(entries[: MANY // 20]), encoding="utf-8")
    (of_long, of_worker), (of_short, none) = peaks(run, long, name), peaks(run, short, name)
    assert none == 0 < of_worker
    assert max(of_long, of_worker) - of_short < 8_000

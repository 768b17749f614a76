"""`followme export` of a long journal with the help of other processes: the same bytes, whatever happens to these."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from test_export_markdown import BY_HAND, HOSTILE, LAST_WEEK, NOTES, THIS_WEEK, answer, entry

from followme.journal.file import codec
from followme.model import Outcome, Promise
from followme.shell import leaving, side_by_side, stretches
from running import Done, Run

SECRET = entry("2026-09-04T16:00:00+02:00", "2026-W36", answers=(answer("Secret."),), private=True)
OLD = entry(
    "2026-09-11T16:00:00+02:00",
    "2026-W37",
    answers=(answer("Old."), replace(answer("Veiled."), key="veiled", private=True)),
    promises=(
        Promise(ref="p1", text="Veiled promise", private=True),
        Promise(ref="p2", text="Open promise", to="Ben"),
    ),
)
NEW = entry(
    "2026-11-27T16:00:00+01:00",
    "2026-W48",
    answers=(answer("=1+1"), answer(3, kind="scale", low=0, high=5)),
    promises=(Promise(ref="p1", text="Smaller", origin=f"{OLD.id}/p1"),),
    outcomes=(
        Outcome(promise=f"{OLD.id}/p1", result="kept", note="Veiled note"),
        Outcome(promise=f"{OLD.id}/p2", result="kept", note="Open note"),
        Outcome(promise="20260101T000000-zzzzz/p1", result="partly", note="On nothing that's here"),
    ),
)
WORDS = tuple(
    replace(
        entry(f"2026-11-28T16:00:0{number}+01:00", "2026-W48", "note", answers=(answer("Later."),)),
        about=about,
    )
    for number, about in enumerate(
        (f"{OLD.id}/moment", f"{OLD.id}/veiled", SECRET.id, "20260101T000000-zzzzz", NEW.id)
    )
)
ENTRIES = (
    SECRET,
    OLD,
    LAST_WEEK,
    *NOTES,
    replace(BY_HAND, answers=(answer((), kind="list"),)),
    THIS_WEEK,
    replace(HOSTILE, outcomes=()),
    THIS_WEEK,
    NEW,
    *WORDS,
)
BLOCKS = [codec.to_toml(each) for each in ENTRIES]

UNREADABLE = BLOCKS[1].replace('"Old."', '"Old." "and more"')
"""Damage that nothing but parsing shows, in an entry with promises and later words."""

JOURNALS = {
    "sound": BLOCKS,
    "damage found when it's parsed": [BLOCKS[0], UNREADABLE, *BLOCKS[2:]],
    "damage found at the beginning": [*BLOCKS[:4], '[[entry]]\nid = "x\n', *BLOCKS[4:]],
    "damage in the newest": [*BLOCKS, UNREADABLE.replace("20260911", "20261130")],
}


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Two workers help with a journal of any size, an entry each at a time."""
    monkeypatch.setattr(leaving, "LARGE", 0)
    monkeypatch.setattr(side_by_side, "STRETCH", 1)
    monkeypatch.setattr(side_by_side, "processors", lambda: 2)
    return monkeypatch


def alone(run: Run, helped: pytest.MonkeyPatch, *argv: str) -> Done:
    """The same export by one process."""
    with helped.context() as patch:
        patch.setattr(leaving, "LARGE", sys.maxsize)
        return run("export", *argv)


def test_workers_make_a_sound_journal_and_this_process_only_writes_it(
    run: Run, helped: pytest.MonkeyPatch
) -> None:
    run.with_journal("\n".join(BLOCKS))
    without = alone(run, helped)
    helped.setattr(side_by_side, "make", None)
    done = run("export")
    assert (done.code, done.err) == (0, without.err)
    assert done.err.startswith("Exported 12 entries ")
    assert done.out == without.out
    assert "Open note" in done.out
    assert "Veiled" not in done.out


@pytest.mark.slow
@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["--oldest-first", "--private"],
        ["--format", "json"],
        ["--format", "json", "--since", "2026-W46", "--set", "weekly"],
        ["--format", "csv"],
        ["--format", "csv", "--wide"],
        ["--format", "jrnl", "--question", "moment"],
        ["--format", "html"],
        ["--person", "Ben", "--dry-run"],
        ["--people", "letters"],
        ["--only", "numbers"],
        ["mine.md", "--force"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("journal", JOURNALS)
def test_the_same_bytes_come_out_and_the_same_is_said(
    run: Run, helped: pytest.MonkeyPatch, journal: str, argv: list[str]
) -> None:
    run.with_journal("\n".join(JOURNALS[journal]))
    target = run.home / "mine.md"
    done = run("export", *argv)
    written = target.read_bytes() if target.exists() else b""
    assert alone(run, helped, *argv) == done
    assert written == (target.read_bytes() if target.exists() else b"")


HARM = {
    "none starts": "raise SystemExit",
    "all are killed at the beginning": "import os; os.kill(os.getpid(), 9)",
    "one is killed in the middle": """
import os, sys
from followme.shell import worker
make, count = worker.make, []
def dies(*values):
    count.append(1)
    return make(*values) if len(count) < 3 else os.kill(os.getpid(), 9)
worker.make = dies
worker.serve(sys.stdin.buffer, sys.stdout.buffer)
""",
    "one prints something": """
import sys
from followme.shell import worker
print("Hello", flush=True)
worker.serve(sys.stdin.buffer, sys.stdout.buffer)
""",
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it has no kill that can't be refused")
@pytest.mark.parametrize("harm", HARM)
def test_whatever_happens_to_workers_the_export_is_whole(
    run: Run, helped: pytest.MonkeyPatch, harm: str
) -> None:
    run.with_journal("\n".join(BLOCKS))
    helped.setattr(side_by_side, "PROGRAM", HARM[harm])
    done = run("export")
    assert alone(run, helped) == done
    helped.setattr(sys, "executable", str(run.home / "nothing"))
    assert run("export") == done


def test_a_worker_refuses_another_file_in_the_journals_place(run: Run, helped: pytest.MonkeyPatch) -> None:
    """What the first look found is of the old one, which this process still has open."""
    run.with_journal("\n".join(BLOCKS))
    whole = alone(run, helped)
    begin = side_by_side._Worker.begin

    def replaced(*values: object) -> None:
        other = run.journal.with_suffix(".new")
        other.write_text(BLOCKS[0], encoding="utf-8")
        other.replace(run.journal)
        begin(*values)  # type: ignore[arg-type]

    helped.setattr(side_by_side._Worker, "begin", replaced)
    assert run("export") == whole


def test_an_error_in_a_format_is_told_as_without_workers(run: Run, helped: pytest.MonkeyPatch) -> None:
    """A worker keeps its errors to itself; here the same one is met again."""
    run.with_journal("\n".join(BLOCKS))

    def broken(*values: object) -> None:
        raise ValueError("broken")

    helped.setattr(side_by_side, "PROGRAM", HARM["none starts"])
    helped.setattr(stretches, "apart", broken)
    done = run("export")
    assert done.code == 1
    assert "internal error" in done.err


def children(process: int) -> set[int]:
    """The processes that this one has started and that still run."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if int(parent) == process and state != "Z":
            found.add(int(folder.name))
    return found


MANY = 3_000
"""More entries than a pipe holds."""

LONG = """
import sys
from followme.shell import leaving, side_by_side
leaving.LARGE, side_by_side.STRETCH = 0, 1
side_by_side.processors = lambda: 2
from followme.__main__ import run
run()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no /proc")
@pytest.mark.parametrize("end", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_no_worker_outlives_the_export(run: Run, end: str) -> None:
    """However it ends, in the middle of writing to someone who doesn't read on."""
    run.with_journal("\n".join(BLOCKS[3].replace("20261118", str(20000000 + each)) for each in range(MANY)))
    argv = [sys.executable, "-c", LONG, "--journal", str(run.journal), "export"]
    with subprocess.Popen(
        argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=run.home, env=os.environ
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        workers = children(process.pid)
        assert len(workers) == 2
        process.send_signal(signal.Signals[end])
        process.wait()
        deadline = time.monotonic() + 60
        while any(Path(f"/proc/{each}").exists() for each in workers):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        said = process.stderr.read()
    assert said == b""

"""Merging, importing and syncing, broken at every system call: the old journal or the new one, and a way on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import every_call
import pytest
import save_one
import verb_one
from test_faults_repair import CALLS

import process
from followme.git import Repository
from followme.journal.change import backups
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.saving import save
from followme.shell import sync_values
from running import FOLDERS

VERBS = {
    "merge": ("merge", "copy.toml", "--yes"),
    "import": ("import", "jrnl.txt", "--yes"),
    "sync": ("sync", "--no-input"),
}
URL = "remote.git"
JRNL = "[2026-11-01 09:00] Words from elsewhere.\n"
WRITES = {"openat", "write", "fsync", "rename", "link", "linkat", "unlink", "mkdir", "ftruncate", "fchmod"}
"""Calls that change something on the disk; `openat` only where it makes a file."""

each_verb = pytest.mark.parametrize(
    # An import goes through the same door as a merge.
    "verb",
    ["merge", pytest.param("import", marks=pytest.mark.long), "sync"],
)
KILL, FULL = "signal=KILL", "error=ENOSPC"


def paths_in(folder: Path) -> Paths:
    return Paths(
        folder / FOLDERS["XDG_DATA_HOME"] / "followme/journal.toml",
        folder / FOLDERS["XDG_STATE_HOME"] / "followme",
    )


def run(
    folder: Path, *words: str, before: tuple[str, ...] = (), **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command line in this home, maybe under another program."""
    homes = {name: str(folder / place) for name, place in FOLDERS.items()}
    steady = {**os.environ, **homes, **more}
    return process.run([verb_one.__file__, *words], before=before, cwd=folder, env=steady)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with entries 0 and 1, which the remote has, and 2; the copy has 0 and 3, and the remote 3 as well."""
    folder = tmp_path_factory.mktemp("template")
    subprocess.run(["git", "init", "-q", "--bare", "--initial-branch=main", folder / URL], check=True)
    paths, other = paths_in(folder), Paths(folder / "copy.toml", folder / "other")
    for number in (0, 1):
        save(paths, save_one.entry(number))
    assert run(folder, "sync", "--init", URL, "--yes").returncode == 0
    carrier = Repository(folder / URL, os.environ)
    parent = carrier.at("refs/heads/main")
    journal = carrier.read(carrier.files(parent)[sync_values.JOURNAL][0])
    other.journal.write_bytes(journal)
    save(other, save_one.entry(3))
    theirs = carrier.commit({sync_values.JOURNAL: other.journal.read_bytes()}, parent)
    carrier.put("refs/heads/main", theirs)
    save(paths, save_one.entry(2))
    (folder / "jrnl.txt").write_text(JRNL, encoding="utf-8")
    return folder


def scene(template: Path, folder: Path) -> Path:
    """A copy of the template; the repository that carries a journal is named after the journal's place."""
    shutil.copytree(template, folder)
    carrier = paths_in(folder).carrier
    (carrier.parent / paths_in(template).carrier.name).rename(carrier)
    Repository(carrier, os.environ).note("url", str(folder / URL))
    return folder


def is_whole(folder: Path, verb: str) -> bool:
    """Whether the journal has everything that the command brings."""
    ids = [one.id for one in read(paths_in(folder).journal).entries]
    assert len(ids) == len({*ids})
    numbers = [f"entry-{number}" for number in range(3 if verb == "import" else 4)]
    return {*numbers} <= {*ids} and (verb != "import" or len(ids) == 4)


def check(folder: Path, verb: str, old: bytes, said: str) -> None:
    """The journal is whole, old or new, with a backup. The next command tidies up, and the same one goes on."""
    paths = paths_in(folder)
    is_new = is_whole(folder, verb)
    assert is_new or paths.journal.read_bytes() == old, said
    assert not read(paths.journal).damages, said
    if is_new:
        assert old in [one.path.read_bytes() for one in backups.listed(paths)], said
    again = run(folder, *VERBS[verb])
    assert again.returncode == 0, (again, said)
    assert is_whole(folder, verb), said
    synced = paths.journal.read_bytes()
    save(paths, save_one.entry(7))
    assert not read(paths.journal).damages, said
    assert [path.name for path in paths.journal.parent.iterdir()] == ["journal.toml"], said
    assert list(leftovers(paths.state)) == [], said
    if verb == "sync":
        carrier = Repository(folder / URL, os.environ)
        files = carrier.files(carrier.at("refs/heads/main"))
        assert carrier.read(files[sync_values.JOURNAL][0]) == synced, said


def leftovers(state: Path) -> Iterator[str]:
    for path in state.rglob("*"):
        inside = path.relative_to(state)
        is_of_git = path.suffix == ".lock" and len(inside.parts) > 2
        if (
            path.suffix == ".new"
            or path.name.startswith("tmp_")
            or (is_of_git and "locks" not in inside.parts)
        ):
            yield str(inside)


def changing(calls: Iterable[tuple[every_call.Call, str]]) -> list[every_call.Call]:
    """Those of these calls that change something."""
    return [call for call, line in calls if call[0] in WRITES and (call[0] != "openat" or "O_CREAT" in line)]


@every_call.AT
@each_verb
@pytest.mark.parametrize("fault", [KILL, FULL])
def test_a_verb_broken_at_every_call(
    strace: str, template: Path, tmp_path: Path, verb: str, fault: str, every: bool
):
    """The fault is at each call of followme's own process, one after the other."""
    first, log = scene(template, tmp_path / "trace"), tmp_path / "trace.log"
    run(first, *VERBS[verb], before=(strace, "-qq", "-o", str(log), "-e", f"trace={','.join(CALLS)}"))
    found = changing(every_call.marked(log))
    assert len(found) > 10

    def broken(number: int, where: every_call.Call) -> None:
        call, when = where
        folder = scene(template, tmp_path / f"scene{number}")
        old = paths_in(folder).journal.read_bytes()
        strike = every_call.striking(strace, f"{call}:{fault}:when={when}", of_all=False)
        done = run(folder, *VERBS[verb], before=strike)
        assert "Traceback" not in done.stderr, (done, where)
        check(folder, verb, old, f"{done.stdout}{done.stderr} {fault} at {where}")

    every_call.at(found, broken, every=every)


SHIM = """#!/bin/sh
count=$(($(cat "$COUNTED" 2>/dev/null || echo 0) + 1))
echo $count >"$COUNTED"
[ "$TRACED" != all ] && [ "$TRACED" != $count ] && exec {git} "$@"
exec {strace} -qq -f -o "$TRACE_TO.$count" -e trace=$CALLS_TRACED $INJECTED {git} "$@"
"""
"""A program `git` that runs the real one, and traces it the time that it is asked to."""


@every_call.AT
@pytest.mark.parametrize("fault", [KILL, pytest.param(FULL, marks=pytest.mark.long)])
def test_git_broken_at_every_call_of_a_sync(
    strace: str, template: Path, tmp_path: Path, fault: str, every: bool
):
    """The fault is at each call of each git that a sync runs, and of what that starts, one after the other."""
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text(SHIM.format(git=shutil.which("git"), strace=strace))
    shim.chmod(0o755)

    def traced(folder: Path, name: str, at: str, calls: str, inject: str) -> subprocess.CompletedProcess[str]:
        return run(
            folder, *VERBS["sync"], PATH=f"{shim.parent}:{os.environ['PATH']}", COUNTED=f"{folder}.count",
            TRACE_TO=f"{tmp_path / name}", TRACED=at, CALLS_TRACED=calls, INJECTED=inject,
        )  # fmt: skip

    traced(scene(template, tmp_path / "trace"), "log", "all", ",".join(sorted(WRITES)), "")
    found: list[every_call.Call] = []
    places: list[tuple[int, int]] = []
    for number in range(1, len(list(tmp_path.glob("log.*"))) + 1):
        lines: dict[str, list[str]] = {}
        for line in (tmp_path / f"log.{number}").read_text(errors="replace").splitlines():
            lines.setdefault(line.split(" ")[0], []).append(line)
        of_one = {call for each in lines.values() for call in changing(every_call.counted(each))}
        for name, when in sorted(of_one):
            found.append((name, len(places)))
            places.append((number, when))
    assert len(found) > 30

    def broken(number: int, where: every_call.Call) -> None:
        call, (at, when) = where[0], places[where[1]]
        folder = scene(template, tmp_path / f"scene{number}")
        old = paths_in(folder).journal.read_bytes()
        done = traced(folder, f"o{number}", str(at), call, f"-e inject={call}:{fault}:when={when}")
        assert "Traceback" not in done.stderr, (done, where)
        for lock in (folder / URL).rglob("*.lock"):
            lock.unlink()  # The host's own, which it removes.
        check(folder, "sync", old, f"{done.stdout}{done.stderr} {fault} at {call} {when} of git {at}")

    every_call.at(found, broken, every=every)

"""Editing and forgetting, broken at every system call: the old file or the new one, whole, and a backup beside it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import every_call
import pytest
import save_one

from followme.journal import recovery
from followme.journal.change import backups
from followme.journal.change.rewrite import Change, rewrite
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.saving import save

NOW = datetime(2026, 11, 20, 16, 4, 11, tzinfo=UTC)
CALLS = (
    "openat write fsync rename link linkat unlink rmdir fchmod fchown ftruncate mkdir chmod fchmodat "
    "read lseek close newfstatat fstat flock getdents64 listxattr"
).split()
"""The calls by which a change touches files."""

_LINE = re.compile(every_call.LINE.pattern + r"([012]<)?")
"""A call in a trace, and whether it's on a stream."""


@dataclass(frozen=True)
class Verb:
    """A command that changes old bytes, and words that it takes out of every copy, b"" for none."""

    name: str
    argv: tuple[str, ...]
    gone: bytes = b""


VERBS = (
    Verb("edit", ("edit", "entry-0", "--answer", "moment=Other words", "--yes")),
    Verb("forget", ("forget", "--before", "2999-01-01", "--yes"), b"Words of number"),
)


@dataclass
class Home:
    """A home with a journal of two entries, and one backup."""

    folder: Path

    @property
    def paths(self) -> Paths:
        return Paths(self.folder / "home" / "journal.toml", self.folder / "state" / "followme")

    def run(self, verb: Verb, *before: str) -> subprocess.CompletedProcess[str]:
        environ = {
            **os.environ,
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_RUNTIME_DIR": str(self.folder / "none"),
        }
        command = [
            *before,
            sys.executable,
            "-m",
            "followme",
            "--journal",
            str(self.paths.journal),
            *verb.argv,
        ]
        return subprocess.run(command, capture_output=True, text=True, env=environ, timeout=60, check=False)


def home(folder: Path) -> Home:
    made = Home(folder)
    for number in range(2):
        save(made.paths, save_one.entry(number))
    data = made.paths.journal.read_bytes()
    start = data.index(b"[[entry]]")
    block = data[start : data.index(b"[[entry]]", start + 1)]
    rewrite(made.paths, [Change(start, block, block.replace(b"number 0", b"number 9", 1))], now=NOW)
    return made


def calls_of(strace: str, made: Home, verb: Verb, log: Path) -> Iterator[every_call.Call]:
    """Each call about the home or a stream, as its name and its number since the program began.

    The loading of modules is left out: where a file of Python's own can't be found, `hashlib` itself shows a traceback.
    """
    done = made.run(verb, strace, "-qq", "-f", "-y", "-o", str(log), "-e", f"trace={','.join(CALLS)}")
    assert done.returncode == 0, done
    counts: dict[str, int] = {}
    begun = False
    for line in log.read_text(errors="replace").splitlines():
        if found := _LINE.match(line):
            counts[found[1]] = counts.get(found[1], 0) + 1
            ours = str(made.folder) in line
            begun = begun or ours
            if ours or (begun and found[2]):
                yield found[1], counts[found[1]]


def check(made: Home, verb: Verb, old: bytes, new: bytes, done: subprocess.CompletedProcess[str]) -> None:
    paths = made.paths
    text = paths.journal.read_bytes()
    assert text in (old, new), done
    assert "Traceback" not in done.stderr, done
    if "as it was" in done.stderr or "Nothing was changed" in done.stderr:
        assert text == old, done
    if done.returncode == 0:
        assert text == new, done
    copies = [one.path.read_bytes() for one in backups.listed(paths)]
    if text == new and not verb.gone:
        assert old in copies, done
    recovery.recover(paths)  # As the next start does.
    assert sorted(path.name for path in paths.journal.parent.iterdir()) == ["journal.toml"], done
    again = made.run(verb)
    assert again.returncode == 0, (done, again)
    assert paths.journal.read_bytes() == new, (done, again)
    assert not read(paths.journal).damages
    if verb.gone:
        for path in (path for path in made.folder.rglob("*") if path.is_file()):
            assert verb.gone not in path.read_bytes(), (path, done)
    left = [path.name for path in paths.state.rglob("*.new")]
    assert left == [], done


@every_call.AT
@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC"])
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_change_broken_at_every_call(strace: str, tmp_path: Path, verb: Verb, fault: str, every: bool):
    """The fault at each call, one after the other; what is left is checked each time, and done once more."""
    sound = home(tmp_path / "trace")
    old = sound.paths.journal.read_bytes()
    found = list(calls_of(strace, sound, verb, tmp_path / "trace.log"))
    new = sound.paths.journal.read_bytes()
    assert len(found) > 30
    assert new != old

    def broken(number: int, where: every_call.Call) -> None:
        call, when = where
        made = home(tmp_path / f"scene{number}")
        quietly = (strace, "--seccomp-bpf", "-qq", "-f", "-o", "/dev/null")
        inject = f"inject={call}:{fault}:when={when}"
        check(made, verb, old, new, made.run(verb, *quietly, "-e", f"trace={call}", "-e", inject))

    every_call.at(found, broken, every=every)

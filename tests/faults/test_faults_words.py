"""Every verb that changes old entries, broken at every call: the old file or the new one, whole, with a backup."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import every_call
import pytest
import save_one

import process
from followme.journal import recovery
from followme.journal.change import backups
from followme.journal.change.rewrite import Change, rewrite
from followme.journal.draftfile import Draft
from followme.journal.drafts import open_new
from followme.journal.file.paths import Paths
from followme.journal.file.reading import read
from followme.journal.saving import save
from followme.model import Entry, Promise

NOW = datetime(2026, 11, 20, 16, 4, 11, tzinfo=UTC)
CALLS = (
    "openat write fsync rename link linkat unlink rmdir fchmod fchown ftruncate mkdir chmod fchmodat "
    "read lseek close newfstatat fstat flock getdents64 listxattr"
).split()
"""The calls by which a change touches files."""

CHANGING = set(
    "write fsync rename link linkat unlink rmdir fchmod fchown ftruncate mkdir chmod fchmodat".split()
)
"""Those that change what's on the disk, as opening a new file does too: between them, a kill leaves the same."""

_ON_STREAM = re.compile(every_call.LINE.pattern + "[012]<")
"""A call in a trace that's on a stream."""


@dataclass(frozen=True)
class Verb:
    """A command that changes old bytes, and words that it takes out of every copy, b"" for none."""

    name: str
    argv: tuple[str, ...]
    gone: bytes = b""


ID, OTHER = "20261120T150411-k7q2m", "20261120T150511-b2c8h"
VERBS = (
    Verb("edit", ("edit", ID, "--answer", "moment=Other words")),
    Verb("forget", ("forget", "--before", "2999-01-01"), b"line after line"),
    Verb("delete", ("delete", ID)),
    Verb("purge", ("delete", ID, "--purge"), b"Words of number 0"),
    Verb("undo", ("undo",)),
    Verb("undo --to", ("undo", "--to", f"{NOW:%Y%m%dT%H%M%SZ}")),
    Verb("forget a name", ("forget", "Lina"), b"Lina"),
    Verb("rename", ("people", "Lina", "--rename", "Marta")),
)


@dataclass
class Home:
    """A home with a journal of two entries, one backup, and a draft that has a promise of the first entry."""

    folder: Path

    @property
    def paths(self) -> Paths:
        return Paths(self.folder / "home" / "journal.toml", self.folder / "state" / "followme")

    @property
    def drafts(self) -> list[str]:
        """What the drafts of a sitting have."""
        return [path.read_text() for path in sorted((self.paths.state / "drafts").glob("*.toml"))]

    def run(self, verb: Verb, *before: str) -> subprocess.CompletedProcess[str]:
        environ = {
            **os.environ,
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_RUNTIME_DIR": str(self.folder / "none"),
        }
        program = ["-m", "followme", "--yes", "--journal", str(self.paths.journal), *verb.argv]
        return process.run(program, before=before, env=environ)


def entry(number: int, name: str) -> Entry:
    one = replace(save_one.entry(number), id=name)
    promise = Promise(ref="p1", text=f"Words of number {number}, for a demo", to="Lina")
    return replace(one, promises=(promise,))


def home(folder: Path) -> Home:
    made = Home(folder)
    for number, name in enumerate((ID, OTHER)):
        save(made.paths, entry(number, name))
    data = made.paths.journal.read_bytes()
    start = data.index(b"[[entry]]")
    block = data[start : data.index(b"[[entry]]", start + 1)]
    rewrite(made.paths, [Change(start, block, block.replace(b"number 0", b"number 9", 1))], now=NOW)
    due = [{"ref": f"{ID}/p1", "text": "Words of number 0, for a demo", "to": "Lina"}]
    draft = Draft(
        id="20261121T150511-c2c2c", journal=made.paths.real, set="weekly", week="2026-W47", started=NOW,
        plan={"due": due}, typed={"moment": {"reply": "Lunch, with @Lina."}},
    )  # fmt: skip
    open_new(made.paths, draft).close()
    return made


def calls_of(strace: str, made: Home, verb: Verb, log: Path, *, changing: bool) -> Iterator[every_call.Call]:
    """Each call that changes the home or writes to a stream; else of all, the first and last of each with each file.

    A call is its name and its number since the program began. The loading of modules is left out: where a file of
    Python's own can't be found, `hashlib` itself shows a traceback.
    """
    done = made.run(verb, strace, "-qq", "-f", "-y", "-o", str(log), "-e", f"trace={','.join(CALLS)}")
    assert done.returncode == 0, done
    alike: dict[tuple[object, ...], list[every_call.Call]] = {}
    begun = False
    for call, line in every_call.counted(log.read_text(errors="replace").splitlines()):
        file = re.search(rf'{re.escape(str(made.folder))}[^">,)]*', line)
        begun = begun or file is not None
        wanted = not changing or call[0] in CHANGING or "O_CREAT" in line
        if wanted and (file or (begun and _ON_STREAM.match(line))):
            alike.setdefault(call if changing else (call[0], file and file[0]), []).append(call)
    return (one for each in alike.values() for one in dict.fromkeys((each[0], each[-1])))


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
    if text == old or any(verb.gone in path.read_bytes() for path in files(made) if verb.gone):
        again = made.run(verb)
        assert again.returncode == 0, (done, again)
        assert paths.journal.read_bytes() == new, (done, again)
    assert not read(paths.journal).damages
    for path in files(made):
        assert not verb.gone or verb.gone not in path.read_bytes(), (path, done)
    assert len(made.drafts) == 1, done
    assert "Lunch" in made.drafts[0], done
    left = [path.name for path in paths.state.rglob("*.new")]
    assert left == [], done
    if verb.gone:
        assert paths.changes.read_bytes().count(b"\n") == 1, done  # No digest of what went is left.


def files(made: Home) -> list[Path]:
    return [path for path in made.folder.rglob("*") if path.is_file()]


@every_call.faults(["signal=KILL"], ["signal=KILL", "error=ENOSPC", "error=EIO"])
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_change_broken_at_every_call(strace: str, memory: Path, verb: Verb, fault: str, every: bool):
    """The fault at each call, one after the other; what is left is checked each time, and done once more."""
    sound = home(memory / "trace")
    old = sound.paths.journal.read_bytes()
    found = list(calls_of(strace, sound, verb, memory / "trace.log", changing=fault != "error=EIO"))
    new = sound.paths.journal.read_bytes()
    assert len(found) > 20
    assert new != old

    def broken(number: int, where: every_call.Call) -> None:
        call, when = where
        made = home(memory / f"scene{number}")
        done = made.run(verb, *every_call.striking(strace, f"{call}:{fault}:when={when}"))
        check(made, verb, old, new, done)

    every_call.at(found, broken, every=every)

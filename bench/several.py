"""Time a merge of two journals and a sync that has nothing to do, each beside what it can't do without.

Both are processor time of whole processes and all they start, which other programs on the machine disturb least.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from shutil import copyfile
from statistics import median

import journals

ENTRIES = 10_000
"""How many entries each of the two journals has; half of them are in both."""

READ = """\
import sys
from pathlib import Path
from followme.journal.file.reading import read
for path in sys.argv[1:]:
    read(Path(path))
"""


def seconds(words: Sequence[str | Path], environment: Mapping[str, str]) -> float:
    """Return the processor time of this command and all that it starts; one that fails stops the measurement."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*map(str, words)], capture_output=True, env=dict(environment))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{words} gave {done.returncode}: {done.stderr.decode(errors='replace')}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def merge(folder: Path, environment: Mapping[str, str], rounds: int, entries: int = ENTRIES) -> float:
    """Return how many times as long a merge of two journals takes as reading both."""
    found = [*journals.entries(entries * 3 // 2)]
    chance, numbers = Random(entries), [*range(len(found))]
    chance.shuffle(numbers)
    common, ours = {*numbers[: entries // 2]}, {*numbers[entries // 2 : entries]}
    one, other, journal = (folder / f"{name}.toml" for name in ("one", "other", "merged"))
    for path, left in ((one, False), (other, True)):
        some = (each for at, each in enumerate(found) if at in common or (at in ours) != left)
        path.write_text(journals.text_of(some), encoding="utf-8", newline="\n")
    taken = []
    for number in range(rounds):
        copyfile(one, journal)
        reading = seconds([sys.executable, "-c", READ, one, other], environment)
        state = {"XDG_STATE_HOME": str(folder / f"state-{number}")}
        merging = [followme(), "--journal", journal, "--yes", "merge", other]
        taken.append(seconds(merging, {**environment, **state}) / reading)
    return median(taken)


def sync(folder: Path, environment: Mapping[str, str], rounds: int) -> float:
    """Return how many times as long a sync with nothing new takes as `--version` and four fetches from that remote."""
    remote, clone = folder / "remote.git", folder / "clone.git"
    journal = journals.write(folder / "to-sync", journals.SIZES[0])
    git, ours = ["git", "--git-dir", clone], [followme(), "--journal", journal, "--yes", "sync"]
    for place in (remote, clone):
        seconds(["git", "init", "--quiet", "--bare", "--initial-branch=main", place], environment)
    seconds([*ours, "--init", remote], environment)
    taken = []
    for _ in range(rounds):
        fetches = (seconds([*git, "fetch", "--quiet", remote, "main"], environment) for _ in range(4))
        least = seconds([followme(), "--version"], environment) + sum(fetches)
        taken.append(seconds(ours, environment) / least)
    return median(taken)


def followme() -> Path:
    """Return the command that is measured."""
    return Path(sys.executable).with_name("followme")


def measured(folder: Path, environment: Mapping[str, str], rounds: int) -> str:
    """Return both figures in words."""
    return (
        f"Merging two journals of {ENTRIES:,} entries, half of them in both, takes "
        f"{merge(folder, environment, max(1, rounds // 3)):.2f} times the processor time of\nreading both. "
        f"`followme sync` with nothing new takes {sync(folder, environment, rounds):.2f} times that of\n"
        "`followme --version` and four times `git fetch` from the same repository on disk."
    )

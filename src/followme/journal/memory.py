"""The memory of a journal: its size and end after our last write, so that a file cut short elsewhere is noticed."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from followme.errors import NotSaved
from followme.frozen import frozen
from followme.journal import kept
from followme.journal.file.modes import (
    CannotOpen,
    check_is_file,
    open_to_read,
    private_folder,
    tail_of,
    write_private,
)
from followme.journal.file.paths import Paths

REACH = 64 * 1024
"""How many bytes from the end are looked at."""

MOST = 10_000
"""The most bytes that the file of a memory can have."""


class Shrunk(NotSaved):
    """The journal lost its end since our last write, and nothing was added. The caller may ask, and insist."""


@frozen
class Memory:
    """The size of the journal in bytes, the id of its last entry, and a digest of its last 64 KB."""

    size: int
    last: str
    digest: str


def remembered(paths: Paths) -> Memory | None:
    """Return what is remembered about this journal; None if there is nothing, or it can't be read."""
    try:
        return load(paths.memory)
    except (OSError, ValueError):
        return None


def load(path: Path) -> Memory:
    """Return the memory in a file. Raises FileNotFoundError, and ValueError with a sentence if it has none."""
    try:
        table = json.loads(kept.read(path, MOST))
        size, last, digest = table["size"], table["last"], table["digest"]
        if type(size) is int and isinstance(digest, str) and last.encode() is not None:
            return Memory(size, last, digest)
    except (KeyError, TypeError, AttributeError, RecursionError, UnicodeError, json.JSONDecodeError):
        pass
    raise ValueError(f"{path} doesn't contain what followme keeps there.")


def remember(paths: Paths, last: str) -> None:
    """Remember the journal's size and end, and the id of its last entry. Ignores failures: saving needs no memory."""
    with suppress(OSError, CannotOpen):
        _keep(paths, Memory(_size(paths), last, sha256(_tail(paths)).hexdigest()))


def expect(paths: Paths, size: int, last: str) -> None:
    """Remember the least size, in bytes, and the last entry that the journal can have if a rewrite is interrupted."""
    with suppress(OSError):
        _keep(paths, Memory(size, last, ""))


def changed_elsewhere(paths: Paths) -> bool:
    """Return whether the journal was changed since our last write. That is normal; only `doctor` reports it."""
    known = remembered(paths)
    if known is None or not known.digest:
        return False
    return (known.size, known.digest) != (_size(paths), sha256(_tail(paths)).hexdigest())


def check_not_shrunk(paths: Paths, *, least: int = 0) -> None:
    """Raise Shrunk if the journal is shorter than after our last write, or than `least`, and its last entry is gone.

    A hand edit that keeps the last entry is fine. The journal shrinks when a cloud folder hasn't fetched the file yet,
    when someone restores an old copy, or when another program wipes the file.
    """
    known = remembered(paths)
    before = max(least, known.size if known else 0)
    now = _size(paths)
    if now >= before or (known and known.last and _has(paths, known.last.encode())):
        return
    what = f"has shrunk from {before} to {now} bytes" if now else "is gone or empty"
    raise Shrunk(
        f"{paths.journal} {what} since the last entry was saved, and that entry is gone from it. If a "
        "cloud folder is still fetching the file, wait for it. If not, go back to a backup with undo --to, as undo "
        "--list names it, or start followme once with --yes to add to the file as it is."
    )


def _keep(paths: Paths, known: Memory) -> None:
    private_folder(paths.memory.parent)
    write_private(paths.memory, json.dumps(asdict(known)).encode(), sync=False)


def _size(paths: Paths) -> int:
    known = check_is_file(paths.journal)
    return known.st_size if known else 0


def _tail(paths: Paths) -> bytes:
    return tail_of(paths.journal, REACH)


def _has(paths: Paths, word: bytes) -> bool:
    """Whether this word is in the journal; looks near its end first."""
    if word in _tail(paths):
        return True
    file = open_to_read(paths.journal)
    if file is None:
        return False
    with file:
        before = b""
        while chunk := file.read(REACH):
            if word in before + chunk:
                return True
            before = chunk[-len(word) :]
    return False

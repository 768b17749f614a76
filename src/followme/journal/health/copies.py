"""Copies that a cloud folder put beside the journal when two devices wrote to it; only looked at, never merged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from followme.errors import FollowmeError
from followme.insight.findings import Finding
from followme.insight.wording import counted
from followme.journal.file import reading
from followme.journal.file.reading import Loaded
from followme.model import Entry

# After the journal's own name: Dropbox, Nextcloud and ownCloud; Syncthing.
_SURE = re.compile(r" ?\(.*conflict.*\)|\.sync-conflict-\d{8}-\d{6}(?:-\w+)?", re.IGNORECASE)

# "journal 2", "journal_2", "journal(1)" (iCloud and others), "journal-LAPTOP" (OneDrive): these may be anything.
_MAYBE = re.compile(r"[ _]\d{1,3}| ?\(\d{1,3}\)|-[\w-]+")


def conflict_copies(journal: Path, own: tuple[Entry, ...]) -> Iterator[Finding]:
    """A finding for each copy beside the journal, with how many of its entries the journal lacks.

    A name that only a cloud service gives is enough; of other names, only those files count that share an
    entry's id with the journal and have something that it lacks, so that backups are left in peace.
    """
    ids = {one.id for one in own if one.id}
    for path in _neighbours(journal):
        rest = path.name[len(journal.stem) : len(path.name) - len(journal.suffix)]
        sure = bool(_SURE.fullmatch(rest))
        if not sure and not _MAYBE.fullmatch(rest):
            continue
        found = _read(path)
        lacking = [one for one in found.entries if one not in own] if found else []
        if sure or (found and lacking and ids & {one.id for one in found.entries}):
            yield _finding(path, found, len(lacking))


def _neighbours(journal: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(
            path
            for path in journal.parent.iterdir()
            if path.name.startswith(journal.stem)
            and path.name.endswith(journal.suffix)
            and path.name != journal.name
            and path.is_file()
        )
    return []


def _read(path: Path) -> Loaded | None:
    try:
        return reading.read(path)
    except (FollowmeError, OSError):
        return None


def _finding(path: Path, found: Loaded | None, lacking: int) -> Finding:
    what = f"Beside the journal lies {path.name}, as a cloud folder leaves it when two devices write at once."
    if found is None:
        remedy = "It cannot be read; look at it in a text editor."
    elif found.damages or lacking:
        count = counted(lacking, "entry in it is", "entries in it are")
        remedy = f"{count} not in the journal: copy what is missing to its end, then move the file elsewhere."
    else:
        remedy = "All its entries are in the journal, so it can be moved elsewhere."
    return Finding(kind="copy", what=what, remedy=remedy)

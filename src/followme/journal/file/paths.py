"""Paths: the journal file, the state folder, and everything named after them."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from followme.frozen import frozen

REPLACEMENT = ".followme-new"
"""The ending of the file that a rewrite makes before it replaces a journal."""


@frozen
class Paths:
    """The paths of a journal, and of everything that followme keeps for it.

    `journal` is the path as given and may be a link. `state` is the state folder: drafts, locks, backups and the
    memory of the last write are there, never beside the journal, so that a folder in a cloud doesn't carry them from
    device to device. `fallbacks` take drafts and locks where nothing can be written in `state`, the first choice first:
    a folder in memory, and one for temporary files.
    """

    journal: Path
    state: Path
    fallbacks: tuple[Path, ...] = ()

    @property
    def real(self) -> str:
        """The journal's real path: every link to one file means the same journal."""
        return os.path.realpath(self.journal)

    @property
    def name(self) -> str:
        """A short name for this journal in the state folder, from its real path."""
        return sha256(os.fsencode(self.real)).hexdigest()[:16]

    @property
    def drafts(self) -> Path:
        """The folder of unfinished sittings, shared by all journals."""
        return self.state / "drafts"

    @property
    def draft_folders(self) -> tuple[Path, ...]:
        """The folders where drafts may be, the first choice first."""
        return (self.drafts, *(fallback / "drafts" for fallback in self.fallbacks))

    @property
    def lock(self) -> Path:
        """The file that is locked while this journal is written; never deleted."""
        return self.state / "locks" / f"{self.name}.lock"

    @property
    def lock_files(self) -> tuple[Path, ...]:
        """The files that may be locked, the first choice first."""
        return (self.lock, *(fallback / "locks" / self.lock.name for fallback in self.fallbacks))

    @property
    def holder(self) -> Path:
        """The file that says who locked the journal last; only a message reads it."""
        return self.state / "locks" / f"{self.name}.holder"

    @property
    def memory(self) -> Path:
        """The memory of the journal's size and end after our last write."""
        return self.state / "memory" / f"{self.name}.json"

    @property
    def replacement(self) -> Path:
        """The file that a rewrite makes beside the journal before it replaces the journal; missing at other times."""
        real = Path(self.real)
        return real.with_name(f".{real.name}{REPLACEMENT}")

    @property
    def backups(self) -> Path:
        """The folder of this journal's backups."""
        return self.state / "backups" / self.name

    @property
    def carrier(self) -> Path:
        """The bare git repository that carries this journal to and from other machines."""
        return self.state / "sync" / f"{self.name}.git"

    @property
    def sync_failed(self) -> Path:
        """The sentence on why the last sync failed; missing if it didn't."""
        return self.state / "sync" / f"{self.name}.failed"

    @property
    def changes(self) -> Path:
        """The log of changes to this journal."""
        return self.state / "changes" / f"{self.name}.jsonl"

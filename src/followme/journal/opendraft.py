"""A draft that this process has open: its lock, and every state of it put on disk, in the first folder that works."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import RLock

from followme.errors import FollowmeError
from followme.journal import kept, sheets
from followme.journal.draftfile import Draft, latest, load, to_toml
from followme.journal.file.lock import FileLock, Taken
from followme.journal.file.modes import sync_folder, why, write_private
from followme.journal.file.paths import Paths

DRAFT_LIMIT = 2.0
"""Seconds to wait for the lock of a draft, which no one else should have."""


class NoDraft(FollowmeError):
    """The draft can't be written, so words typed now wouldn't be safe."""


class _Spot:
    """One place where a draft may be: its path in one folder, and the lock beside it."""

    def __init__(self, paths: Paths, path: Path):
        self.path = path
        self.lock = FileLock(path.with_suffix(".lock"))
        self._paths = paths

    @property
    def is_taken(self) -> bool:
        """Whether there is a file; False if the system doesn't say."""
        return os.path.lexists(self.path)

    def hold(self) -> None:
        """Take the lock, unless it is held. Raises Taken and OSError."""
        if not self.lock.is_held:
            kept.prepare(self._paths, self.path.parent)
            self.lock.acquire(DRAFT_LIMIT)

    def sweep(self) -> None:
        """Remove the files that an interrupted save left beside a draft that is held."""
        for left in kept.listed(self.path.parent, ".new"):
            if left.name.startswith(f"{self.path.name}."):
                with suppress(OSError):
                    left.unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove the draft and its lock from this folder, for certain. Raises OSError."""
        try:
            if self.is_taken:
                self.sweep()
                self.path.unlink(missing_ok=True)
                sync_folder(self.path.parent)
        finally:
            if not self.is_taken:
                remove_lock(self.lock)
            self.lock.release()


class OpenDraft:
    """A draft whose lock this process holds until it is closed or discarded.

    It is in the first of the draft folders where it can be written. An earlier state in another folder is removed.
    """

    def __init__(self, paths: Paths, draft: Draft, at: Path | None = None):
        name = f"{draft.id}.toml"
        self._spots = [_Spot(paths, folder / name) for folder in paths.draft_folders]
        self._at = next((spot for spot in self._spots if spot.path == at), self._spots[0])
        self.draft = self.latest = draft
        self._turn = 0
        self._writing = RLock()

    @property
    def path(self) -> Path:
        """The path where it is, or would be."""
        return self._at.path

    @property
    def possible_paths(self) -> list[Path]:
        """The paths where it may be, the first choice first."""
        return [spot.path for spot in self._spots]

    @property
    def is_fallback(self) -> bool:
        """Whether it is in a folder that a restart may empty."""
        return self._at is not self._spots[0]

    @property
    def is_written(self) -> bool:
        """Whether any state of it is on disk, after a look there."""
        return self._at.is_taken

    @property
    def has_it_all(self) -> bool:
        """Whether everything typed so far is on disk, after a look there."""
        there = self.on_disk()
        return there is not None and there.typed == self.latest.typed

    def on_disk(self) -> Draft | None:
        """Return the draft that is on disk; None if it isn't there, or can't be read."""
        with suppress(ValueError, OSError):
            return load(self.path)
        return None

    def hold(self) -> None:
        """Take the lock where it is. Raises Taken and OSError."""
        self._at.hold()

    def save(self, draft: Draft, *, sync: bool = True) -> None:
        """Put this state of the draft on disk; a whole draft is there at every moment. Raises NoDraft.

        Takes the draft's lock if it is not held yet. Threads take turns. A signal may come in the middle of
        saving and save again: then the later state stays.
        """
        with self._writing:
            self._turn += 1
            turn = self._turn
            self.latest = draft
            data = to_toml(draft).encode()
            refused = None

            def is_latest() -> bool:
                return turn == self._turn

            for spot in self._spots:
                try:
                    spot.hold()
                    write_private(
                        spot.path, data, sync=sync, temporary=f".{turn}.new", still_latest=is_latest
                    )
                except Taken:
                    raise NoDraft(
                        "The draft couldn't be saved. Another followme has it open; close it there."
                    ) from None
                except OSError as error:
                    refused = refused or NoDraft(f"The draft couldn't be saved. {why(error, spot.path)}")
                    continue
                if is_latest():
                    self.draft = draft
                    self._is_at(spot)
                return
            assert refused, "there is one folder at least"
            raise refused

    def go_on_from(self, draft: Draft) -> None:
        """Let this be the latest state; the next save puts it on disk."""
        self.draft = self.latest = draft

    def claim(self) -> bool:
        """Take the lock if no one has it, and read the draft that the last owner left. Return whether it is ours now.

        Only the lock shows whether its owner is alive, since process numbers are used again.
        """
        try:
            self._at.lock.acquire()
        except (Taken, OSError):
            return False
        try:
            now = latest(self.path)
        except (ValueError, OSError):
            if not self.is_written:
                remove_lock(self._at.lock)
            self.close()
            return False
        self._at.sweep()
        self.go_on_from(now)
        return True

    def discard(self, *, with_words: bool = False) -> None:
        """End the draft: remove it and its lock, wherever it is. Raises NoDraft if it cannot be removed.

        Keeps text that an editor saved and no answer has, unless `with_words`: then all words of the sitting go.
        """
        refused = None
        with self._writing:
            for spot in self._spots:
                try:
                    spot.clear()
                except OSError as error:
                    refused = refused or NoDraft(f"The draft couldn't be removed. {why(error, spot.path)}")
                else:
                    sheets.put_away(spot.path, with_words=with_words)
        if refused:
            raise refused

    def close(self) -> None:
        """Release the draft, and keep it on disk."""
        for spot in self._spots:
            spot.lock.release()

    def _is_at(self, spot: _Spot) -> None:
        """Note that the draft is there from now on, and remove an earlier state from another folder."""
        self._at = spot
        for other in self._spots:
            if other is not spot and other.lock.is_held:
                with suppress(OSError):
                    other.clear()


def remove_lock(lock: FileLock) -> None:
    """Remove a lock file while it is held. No one waits for it, since ids are never used twice. Ignores failures."""
    with suppress(OSError):
        lock.path.unlink(missing_ok=True)
    lock.release()
    with suppress(OSError):
        lock.path.unlink(missing_ok=True)  # Windows doesn't remove an open file.

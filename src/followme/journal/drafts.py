"""The drafts of a journal, one file for each unfinished sitting: begun, found again, and swept."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from followme.frozen import frozen
from followme.journal import kept, sheets
from followme.journal.draftfile import Draft, latest, load
from followme.journal.file.lock import FileLock, Taken
from followme.journal.file.modes import why
from followme.journal.file.paths import Paths
from followme.journal.opendraft import NoDraft, OpenDraft, remove_lock

_ID = re.compile(r"[A-Za-z0-9-]{1,60}")


@frozen
class Unreadable:
    """A file among the drafts that couldn't be read; it is left where it is."""

    path: Path
    reason: str


def open_new(paths: Paths, draft: Draft) -> OpenDraft:
    """Write a new draft, in the first of the draft folders where that works, and hold its lock.

    Raises NoDraft if it can't be written anywhere, or the id is taken; then nothing of it is left.
    """
    opened = open_unwritten(paths, draft)
    if any(os.path.lexists(folder / opened.path.name) for folder in paths.draft_folders):
        raise NoDraft(f"There is a draft {draft.id} already.")
    try:
        opened.save(draft)
    except NoDraft:
        # Recovery would save a half-written draft later, beside what the person saves again.
        with suppress(NoDraft):
            opened.discard()
        raise
    return opened


def open_unwritten(paths: Paths, draft: Draft) -> OpenDraft:
    """Return a new draft that isn't on disk, for when there is no room for it. Each save tries again."""
    if not _ID.fullmatch(draft.id):
        raise NoDraft(f"{draft.id!r} can't be the id of a draft.")
    return OpenDraft(paths, draft)


def look_for(paths: Paths, name: str) -> tuple[Path, Draft] | None:
    """Return the path and the content of the latest state of the draft with this id; None if there is none.

    Raises ValueError if that can't be known. A folder where nothing can be written has no draft for certain.
    """
    states, doubt = [], None
    for folder in paths.draft_folders:
        path = folder / f"{name}.toml"
        try:
            states.append((os.lstat(path).st_mtime, path, load(path)))
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            continue
        except (OSError, ValueError) as error:
            doubt = error
    if doubt and not states:
        raise ValueError(str(doubt))
    return max(states, key=lambda one: one[0])[1:] if states else None


def orphans(paths: Paths) -> tuple[OpenDraft, ...]:
    """Return the unfinished drafts of this journal that no one has open, oldest first. This process holds them now.

    The caller closes those it doesn't need. Finished drafts are left to recovery, unreadable ones to `unreadable`.
    """
    return _take(paths, finished=False)


def finished(paths: Paths, *, but: str = "") -> tuple[OpenDraft, ...]:
    """Return the finished drafts that no one holds and that may be missing from the journal, oldest first.

    Leaves out the draft with the id `but`.
    """
    return _take(paths, finished=True, but=but)


def elsewhere(paths: Paths) -> tuple[Draft, ...]:
    """Return the drafts of this journal that someone has open, as they were saved last.

    A finished draft among them is being saved, or couldn't be saved and its owner decides what to do.
    """
    running = []
    for path, draft in _latest(paths).items():
        lock = FileLock(path.with_suffix(".lock"))
        try:
            lock.acquire()
        except Taken:
            running.append(draft)
        except OSError:
            continue
        lock.release()
    return tuple(each for each in running if each.journal == paths.real)


def unreadable(paths: Paths) -> tuple[Unreadable, ...]:
    """Return the files among the drafts that can't be read or continued, each with the reason. Nothing deletes them."""
    files = []
    for path in _files(paths):
        with suppress(FileNotFoundError):
            try:
                if latest(path).journal == paths.real:
                    _try_to_hold(path)
            except ValueError as error:
                files.append(Unreadable(path, str(error)))
    left = (path for home in kept.homes(paths) for path in sheets.set_aside(home / "drafts" / "*"))
    files += (
        Unreadable(path, f"{path} holds text that an editor saved and that isn't in any answer.")
        for path in left
    )
    return tuple(files)


def _try_to_hold(path: Path) -> None:
    """Raise ValueError if the system refuses the lock of a draft, as in a folder that can't be written."""
    lock = FileLock(path.with_suffix(".lock"))
    try:
        with suppress(Taken):
            lock.acquire()
        lock.release()
    except OSError as error:
        raise ValueError(f"The draft {path} can't be opened. {why(error, lock.path)}") from error


def _take(paths: Paths, *, finished: bool, but: str = "") -> tuple[OpenDraft, ...]:
    taken = []
    for path, draft in _latest(paths, but).items():
        held = OpenDraft(paths, draft, path)
        if _is_meant(paths, draft, finished) and held.claim():
            # Its owner may have been running, and writing, until just now.
            if _is_meant(paths, held.draft, finished):
                taken.append(held)
            else:
                held.close()
    return tuple(sorted(taken, key=lambda one: one.draft.started))


def _is_meant(paths: Paths, draft: Draft, finished: bool) -> bool:
    return draft.journal == paths.real and (draft.pending is not None) is finished


def _latest(paths: Paths, but: str = "") -> dict[Path, Draft]:
    """The drafts that can be read, by path. A draft that is in two folders counts once, with its latest state."""
    states: dict[str, tuple[float, Path, Draft]] = {}
    for path in _files(paths):
        if path.stem == but:
            continue
        with suppress(ValueError, OSError):
            one = (os.stat(path).st_mtime, path, latest(path))
            if path.stem not in states or one[0] > states[path.stem][0]:
                states[path.stem] = one
    return {path: draft for _, path, draft in states.values()}


def _files(paths: Paths, ending: str = ".toml") -> list[Path]:
    return [path for home in kept.homes(paths) for path in kept.listed(home / "drafts", ending)]


def sweep(paths: Paths) -> None:
    """Remove the locks without a draft that killed processes left."""
    for path in _files(paths, ".lock"):
        lock, draft = FileLock(path), path.with_suffix(".toml")
        with suppress(Taken, OSError):
            if not os.path.lexists(draft):
                lock.acquire()
                if not os.path.lexists(draft):
                    remove_lock(lock)
        lock.release()

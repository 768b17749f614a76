"""Drafts: unfinished sittings on disk, one file each, locked as long as somebody sits at them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any

import tomli_w

from followme.errors import FollowmeError
from followme.journal.codec import storable
from followme.journal.files import private_folder, sync_folder, why, write_private
from followme.journal.lock import FileLock, Taken
from followme.journal.place import Place

FORMAT = 1

DRAFT_LIMIT = 2.0
"""Seconds to wait for whoever has a draft; nobody should."""

_ID = re.compile(r"[A-Za-z0-9-]{1,60}")

Typed = Mapping[str, Mapping[str, str | tuple[str, ...]]]


class NoDraft(FollowmeError):
    """The draft cannot be written, so words typed now would not be safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is about to be added to the journal, kept in the draft until it is there for certain.

    `size` is the journal's size before, `lead` and `record` what comes after it. Without a size nothing
    has been added yet.
    """

    record: str
    lead: str = ""
    size: int | None = None

    @property
    def data(self) -> bytes:
        """The bytes that belong at `size`."""
        return (self.lead + self.record).encode()

    @property
    def digest(self) -> str:
        """A mark by which a damaged draft is known."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An unfinished sitting, with all that is needed to go on with it although the prompt file has changed.

    `journal` is the real path of the journal it belongs to, `seconds` the active time so far, `plan` the
    questions of this sitting, `typed` what was typed for each question's fields, `done` the questions left
    with Enter, `at` the one it stands at. `ahead` is set once the sitting is finished.
    """

    id: str
    journal: str
    set: str
    week: str
    started: datetime
    seconds: float = 0.0
    plan: Mapping[str, Any] = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)
    done: tuple[str, ...] = ()
    at: str = ""
    ahead: Ahead | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file among the drafts that could not be read; it is left where it is."""

    path: Path
    reason: str


class OpenDraft:
    """A draft on disk whose lock this process holds until it is closed or discarded."""

    def __init__(self, path: Path, draft: Draft, lock: FileLock):
        self.path = path
        self.draft = draft
        self._lock = lock
        self._turn = 0
        self._writing = RLock()

    @property
    def is_written(self) -> bool:
        """Is it on the disk, in whatever state?"""
        return self.path.exists()

    def save(self, draft: Draft, *, sync: bool = True) -> None:
        """Put this state of the draft on disk; a whole draft is there at every moment. Raises NoDraft.

        Takes the draft's lock if it is not held yet. Threads take turns. A signal may come in the middle of
        saving and save again: then the later state stays.
        """
        with self._writing:
            self._turn += 1
            turn = self._turn
            data = to_toml(draft).encode()

            def wanted() -> bool:
                return turn == self._turn

            try:
                self._hold()
                write_private(self.path, data, sync=sync, temporary=f".{turn}.new", wanted=wanted)
            except Taken:
                raise NoDraft(
                    "The draft could not be saved. Another followme has it open; close it there."
                ) from None
            except OSError as error:
                raise NoDraft(f"The draft could not be saved. {why(error, self.path)}") from error
            if wanted():
                self.draft = draft

    def discard(self) -> None:
        """End the draft: remove it and its lock. Raises NoDraft if it cannot be removed."""
        with self._writing:
            try:
                _sweep(self.path)
                if self.is_written:
                    self.path.unlink(missing_ok=True)
                    sync_folder(self.path.parent)
            except OSError as error:
                raise NoDraft(f"The draft could not be removed. {why(error, self.path)}") from error
            finally:
                if not self.path.exists():
                    _remove_lock(self._lock)
                self.close()

    def close(self) -> None:
        """Let go of the draft and keep it on disk."""
        self._lock.release()

    def _hold(self) -> None:
        if not self._lock.is_held:
            private_folder(self.path.parent)
            self._lock.acquire(DRAFT_LIMIT)


def open_new(place: Place, draft: Draft) -> OpenDraft:
    """Write a new draft and hold it, in the spare folder where the state folder cannot be written.

    Raises NoDraft if it cannot be written anywhere, or the id is taken.
    """
    refused = None
    for folder in place.draft_folders:
        opened = _unwritten(folder, draft)
        if opened.path.exists():
            raise NoDraft(f"There is a draft {draft.id} already.")
        try:
            opened.save(draft)
            return opened
        except NoDraft as error:
            opened.close()
            refused = refused or error
    assert refused, "there is one folder at least"
    raise refused


def open_unwritten(place: Place, draft: Draft) -> OpenDraft:
    """A new draft that is not on disk, for when there is no room for it; whoever saves it tries again."""
    return _unwritten(place.drafts, draft)


def _unwritten(folder: Path, draft: Draft) -> OpenDraft:
    if not _ID.fullmatch(draft.id):
        raise NoDraft(f"{draft.id!r} cannot be the id of a draft.")
    path = folder / f"{draft.id}.toml"
    return OpenDraft(path, draft, _lock(path))


def orphans(place: Place) -> tuple[OpenDraft, ...]:
    """The unfinished drafts of this journal that nobody sits at, oldest first, now held by this process.

    Close those that are not wanted now. Finished ones are left to recovery, unreadable ones to `unreadable`.
    """
    return _take(place, finished=False)


def finished(place: Place) -> tuple[OpenDraft, ...]:
    """The finished drafts of this journal that nobody holds and that may lack in it, oldest first."""
    return _take(place, finished=True)


def elsewhere(place: Place) -> tuple[Draft, ...]:
    """The unfinished drafts of this journal at which somebody sits, as they were saved last."""
    found = []
    for path in _files(place):
        with suppress(OSError, ValueError):
            draft, lock = load(path), _lock(path)
            try:
                lock.acquire()
                lock.release()
            except Taken:
                found.append(draft)
    return tuple(each for each in found if each.journal == place.real and each.ahead is None)


def unreadable(place: Place) -> tuple[Unreadable, ...]:
    """The files among the drafts that cannot be read, and why; nothing deletes them."""
    found = []
    for path in _files(place):
        with suppress(FileNotFoundError):
            try:
                load(path)
            except ValueError as error:
                found.append(Unreadable(path, str(error)))
    return tuple(found)


def load(path: Path) -> Draft:
    """The draft in a file. Raises ValueError with a sentence, and FileNotFoundError."""
    try:
        draft = from_toml(path.read_bytes().decode())
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError(f"The draft cannot be opened. {why(error, path)}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"The draft {path} cannot be read: {error}.") from error
    if draft.id != path.stem:
        raise ValueError(f"The draft {path} has another id inside: {draft.id}.")
    return draft


def _take(place: Place, *, finished: bool) -> tuple[OpenDraft, ...]:
    taken = []
    for path in _files(place):
        if _is_wanted(path, place.real, finished) and (lock := _free_lock(path)):
            try:
                # Read again: until just now its owner may have lived, and written.
                held = OpenDraft(path, load(path), lock)
            except FileNotFoundError:
                _remove_lock(lock)
            except ValueError:
                lock.release()
            else:
                if (held.draft.ahead is not None) is finished:
                    _sweep(path)
                    taken.append(held)
                else:
                    held.close()
    return tuple(sorted(taken, key=lambda one: one.draft.started))


def _is_wanted(path: Path, journal: str, finished: bool) -> bool:
    with suppress(ValueError, FileNotFoundError):
        draft = load(path)
        return draft.journal == journal and (draft.ahead is not None) is finished
    return False


def _free_lock(path: Path) -> FileLock | None:
    """The lock of a draft, if its owner is dead. The lock itself tells; process numbers are used again."""
    lock = _lock(path)
    with suppress(Taken, OSError):
        lock.acquire()
        return lock
    return None


def _remove_lock(lock: FileLock) -> None:
    """Remove a lock file while it is held. Nobody waits for it: ids are never used twice."""
    with suppress(OSError):
        lock.path.unlink(missing_ok=True)
    lock.release()
    with suppress(OSError):
        lock.path.unlink(missing_ok=True)  # Windows keeps what is open.


def _sweep(path: Path) -> None:
    """Remove what an interrupted save left beside a draft that we hold."""
    for left in path.parent.glob(f"{path.name}.*.new"):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def _files(place: Place) -> list[Path]:
    return [path for folder in place.draft_folders for path in sorted(folder.glob("*.toml"))]


def _lock(path: Path) -> FileLock:
    return FileLock(path.with_suffix(".lock"))


# --- The file ---------------------------------------------------------------------------------------------


def to_toml(draft: Draft) -> str:
    """The draft as a TOML document."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "id": draft.id,
        "journal": draft.journal,
        "set": draft.set,
        "week": draft.week,
        "started": draft.started,
        "seconds": float(draft.seconds),
        "done": draft.done,
        "at": draft.at,
        "plan": draft.plan,
        "typed": draft.typed,
    }
    if ahead := draft.ahead:
        document["ahead"] = {"digest": ahead.digest, "lead": ahead.lead, "record": ahead.record}
        if ahead.size is not None:
            document["ahead"]["size"] = ahead.size
    return _encodable(tomli_w.dumps(document))


def from_toml(text: str) -> Draft:
    """The draft in a TOML document. Raises ValueError, KeyError or TypeError if it is none."""
    table = tomllib.loads(text)
    if table["format"] > FORMAT:
        raise ValueError("it was written by a newer followme")
    return Draft(
        id=str(table["id"]),
        journal=str(table["journal"]),
        set=str(table["set"]),
        week=str(table["week"]),
        started=_aware(table["started"]),
        seconds=float(table["seconds"]),
        plan=dict(table["plan"]),
        typed={str(key): _fields(fields) for key, fields in table["typed"].items()},
        done=tuple(table["done"]),
        at=str(table["at"]),
        ahead=_ahead(table["ahead"]) if "ahead" in table else None,
    )


def _fields(fields: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    return {key: tuple(value) if isinstance(value, list) else str(value) for key, value in fields.items()}


def _ahead(table: Mapping[str, Any]) -> Ahead:
    ahead = Ahead(record=table["record"], lead=table["lead"], size=table.get("size"))
    if ahead.digest != table["digest"]:
        raise ValueError("the entry in it is damaged")
    return ahead


def _aware(moment: Any) -> datetime:
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError("it does not say when it was begun")
    return moment


def _encodable(text: str) -> str:
    """Lone surrogates have no place in a file; carriage returns are escaped already."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return storable(text)
    return text

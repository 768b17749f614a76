"""The inbox: small text files in a folder, from a phone or a mail rule, that become notes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from followme.dates import iso_week
from followme.env import Env
from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.insight.ids import id_from
from followme.insight.wording import counted
from followme.journal import saving
from followme.journal.conflict_names import names_a_conflict
from followme.journal.file import reading
from followme.journal.file.modes import open_to_read, private_folder, why
from followme.model import NOTE, Answer, Entry
from followme.shell.paths import paths_of

TAKEN = "taken"
"""The folder below the inbox where files go once their notes are saved."""

RESTS = 60.0
"""Seconds that a file must be unchanged before it is taken unasked: whoever writes it may not be done."""

MOST_BYTES = 65_536
"""The most bytes of a note; a longer file is something else."""

_UNFINISHED = (".tmp", ".part", ".crdownload", ".icloud", ".download")
_AWAY_ON_MACOS = 0x40000000
_AWAY_ON_WINDOWS = 0x1000 | 0x40000 | 0x400000
"""What the system says of a file whose bytes are only online: reading it would fetch it, or wait forever."""


@frozen
class Looked:
    """The notes in the inbox, each with its file, and a sentence for each file that stays."""

    notes: tuple[tuple[Path, Entry], ...] = ()
    left: tuple[str, ...] = ()


def take(env: Env, *, at_once: bool = False) -> int:
    """Save the notes in the inbox, move their files to `taken`, and return how many notes are new.

    Nothing happens if the settings name no inbox. With `at_once`, also files that were changed a moment ago are taken.
    Each note is shown before. Raises NotSaved and what else saving raises; then every file stays where it is.
    """
    if not env.config.inbox:
        return 0
    looked = look(env, Path(env.config.inbox).expanduser(), at_once=at_once)
    for sentence in looked.left:
        env.say(sentence)
    known = reading.holding(env.journal, (note.id for _, note in looked.notes)) if looked.notes else set()
    new = {note.id: note for _, note in looked.notes if note.id not in known}
    if new:
        env.say(f"{counted(len(new), 'note')} from your inbox:")
        for note in new.values():
            env.say(f"- {note.answers[0].reply}")
        saving.save_all(paths_of(env), list(new.values()), although_shrunk=env.options.yes)
    for path, note in looked.notes:
        _move(env, path, note)
    return len(new)


def look(env: Env, folder: Path, *, at_once: bool) -> Looked:
    """Return what is in the inbox, the oldest note first; the folder itself may be missing."""
    notes, left = [], []
    try:
        files = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        return Looked(left=(f"Your inbox can't be looked at. {why(error, folder)}",))
    now = env.now().timestamp()
    for path in (folder / name for name in files if not name.startswith(".")):
        try:
            found = _note(path, now, at_once=at_once)
        except (FollowmeError, OSError) as error:
            left.append(
                f"{path.name} stays in your inbox. {why(error, path) if isinstance(error, OSError) else error}"
            )
            continue
        notes += [(path, found)] if found else []
    return Looked(tuple(sorted(notes, key=lambda each: (each[1].moment, each[0]))), tuple(left))


def _note(path: Path, now: float, *, at_once: bool) -> Entry | None:
    """The note in a file; None for a file that isn't one or may not be finished. Raises FollowmeError and OSError."""
    known = path.stat(follow_symlinks=False)
    if not stat.S_ISREG(known.st_mode) or path.suffix.lower() in _UNFINISHED or not known.st_size:
        return None
    if _is_away(known) or (not at_once and now - known.st_mtime < RESTS):
        return None
    if known.st_size > MOST_BYTES:
        raise FollowmeError(f"It has {known.st_size:,} bytes, too many for a note.")
    data = _data(path)
    if names_a_conflict(path.name) and _was_taken(path, data):
        raise FollowmeError("It's a copy of a note that was taken already.")
    text = _text(data)
    return _entry(text, known.st_mtime) if text else None


def _data(path: Path) -> bytes:
    """The bytes of a file; none if it's gone. Raises FollowmeError if it has grown too long, and OSError."""
    file = open_to_read(path)
    if file is None:
        return b""
    with file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FollowmeError(f"It has more than {MOST_BYTES:,} bytes, too many for a note.")
    return data


def _text(data: bytes) -> str:
    """The words of a note. Raises FollowmeError if these bytes aren't text."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise FollowmeError("It isn't text.")
    return text


def _entry(text: str, changed: float) -> Entry:
    """The note, with an id that is the same on every machine that sees the file."""
    moment = datetime.fromtimestamp(int(changed), UTC)
    local = moment.astimezone()
    kind = "text" if "\n" in text else "line"
    answer = Answer(key=NOTE, kind=kind, question="Note", reply=text)
    return Entry(id=id_from(moment, text), date=local, week=iso_week(local), set=NOTE, answers=(answer,))


def _is_away(known: os.stat_result) -> bool:
    flags, attributes = getattr(known, "st_flags", 0), getattr(known, "st_file_attributes", 0)
    return bool(flags & _AWAY_ON_MACOS or attributes & _AWAY_ON_WINDOWS)


def _was_taken(path: Path, data: bytes) -> bool:
    """Whether a taken file has the same words."""
    return any(each.strip() == data.strip() for each in _contents(path.parent / TAKEN))


def _contents(folder: Path) -> Iterator[bytes]:
    with suppress(OSError):
        for entry in os.scandir(folder):
            with suppress(OSError):
                if entry.is_file(follow_symlinks=False) and entry.stat().st_size <= MOST_BYTES:
                    yield Path(entry.path).read_bytes()


def _move(env: Env, path: Path, note: Entry) -> None:
    """Move a file whose note is in the journal, unless it has other words by now: those are for the next look.

    If that fails, the next look finds the note in the journal and tries again.
    """
    target, number = path.parent / TAKEN / path.name, 2
    try:
        if _text(_data(path)) != note.answers[0].reply:
            env.say(f"{path.name} has changed since, so it stays in your inbox for the next time.")
            return
        private_folder(target.parent)
        while os.path.lexists(target):
            target, number = target.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
        os.rename(path, target)
    except (FollowmeError, OSError) as error:
        reason = why(error, path) if isinstance(error, OSError) else error
        env.say(f"{path.name} is saved as a note, but stays in your inbox. {reason}")

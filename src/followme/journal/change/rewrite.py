"""Rewriting the journal: exactly the named bytes change, after a backup, all at once or not at all."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal import drafts, recovery
from followme.journal.change import backups, gone, log, proof
from followme.journal.change.gone import Preamble
from followme.journal.change.log import Logged, Touched
from followme.journal.change.proof import Span
from followme.journal.change.swap import (
    ChangedMeanwhile,
    NotRewritten,
    Snapshot,
    bring_over,
    marks,
    read_snapshot,
    swap,
    watched,
)
from followme.journal.file import reading
from followme.journal.file.lock import held
from followme.journal.file.modes import sync_folder, why
from followme.journal.file.paths import Paths
from followme.journal.memory import check_not_shrunk, expect, remember
from followme.journal.recovery import Recovery
from followme.model import Located

AS_IT_WAS = "The journal is as it was."

MOVED = "Those lines have changed in the meantime. Look at them and try again."

UNKNOWN = object()
"""The result of a look at the journal if the system doesn't answer."""


@frozen
class Change:
    """The `old` bytes at `start` in the journal, and the `new` bytes that replace them; empty `new` bytes remove them.

    Both are whole blocks, so that the log and the list `gone` name their entries. If the old bytes have moved since
    they were read, they are changed where they are now. Empty `old` bytes insert, at the beginning or end of a block.
    """

    start: int
    old: bytes
    new: bytes = b""


def blocks_at(paths: Paths, entries: Iterable[Located]) -> list[Change]:
    """Return the block of each of these entries as a change that removes it; `replace` its `new` bytes to edit it.

    The entries needn't have their answers. Raises ChangedMeanwhile if an entry has changed since it was located;
    CannotOpen.
    """
    data = read_snapshot(Path(paths.real)).data
    changes = []
    for each in entries:
        old = data[each.start : each.end]
        found = [replace(one.entry, answers=()) for one in reading.blocks_of(old) if one.entry]
        if found != [replace(each.entry, answers=())]:
            raise ChangedMeanwhile(MOVED)
        changes.append(Change(each.start, old))
    return changes


def rewrite(
    paths: Paths, changes: Sequence[Change], *, verb: str = log.EDIT, gain: int = 0, now: datetime
) -> Path:
    """Make these changes under the lock, note them in the log, and return the path of the old journal's backup.

    `verb` says in the log what this is. `gain` is how many entries the changes add; -2 if they delete two. The list
    `gone` before the first entry gets the ids that leave the journal, and loses those that come back. The entries of
    finished drafts are added to the journal first, since these drafts know their position by its size.
    Raises NotRewritten, also as ChangedMeanwhile; Shrunk and Busy as saving does; CannotOpen and NotText.
    """
    with as_it_was(paths), held(paths):
        finish_drafts(paths)
        check_not_shrunk(paths)
        snapshot = read_snapshot(Path(paths.real))
        return apply(paths, snapshot, changes, Logged(time=now, verb=verb), gain=gain)


def finish_drafts(paths: Paths) -> Recovery:
    """Add the entries of finished drafts to the journal, under the lock, before its size changes: they depend on it.

    Raises NotRewritten if a draft has to wait; then half of its entry may still be at the journal's end.
    """
    dead = drafts.finished(paths)
    try:
        done = recovery.finish(paths, dead)
    finally:
        for one in dead:
            one.close()
    if done.waiting:
        raise NotRewritten(f"Nothing else will be changed until this is done. {done.waiting[0]}")
    return done


@contextmanager
def as_it_was(paths: Paths) -> Iterator[None]:
    """Turn every OSError and NotRewritten into a NotRewritten that says if, after a look, the journal is as it was."""
    before = _look(paths)
    try:
        yield
    except OSError as error:
        raise NotRewritten(_reported(paths, before, why(error, error.filename or paths.journal))) from error
    except NotRewritten as error:
        raise type(error)(_reported(paths, before, str(error)), *error.commands) from error


def _reported(paths: Paths, before: object, reason: str) -> str:
    unchanged = before is not UNKNOWN and _look(paths) == before
    return f"{AS_IT_WAS} {reason}" if unchanged else reason


def _look(paths: Paths) -> object:
    """A value that changes if the journal does; UNKNOWN if the system doesn't say."""
    try:
        return marks(os.stat(paths.real))
    except FileNotFoundError:
        return None
    except OSError:
        return UNKNOWN


def apply(
    paths: Paths,
    snapshot: Snapshot,
    changes: Sequence[Change],
    logged: Logged,
    *,
    gain: int = 0,
    preamble: Preamble | None = None,
    carried: Collection[bytes] = (),
) -> Path:
    """Make these changes to a journal that was read under the lock, which is still held. Return the backup's path.

    `logged` is what the log will say; where it has no blocks, those that change are parsed for that. `preamble` changes
    the lines before the first entry and the list `gone` in them; without it, that list follows from the changes. New
    parts that are `carried` needn't be readable.
    """
    check_may_rewrite(snapshot)
    blocks = logged.blocks or tuple(each for one in changes for each in _touched(one))
    spans = _located(snapshot.data, changes)
    spans = _with_preamble(spans, preamble) if preamble else _with_gone(snapshot.data, spans, blocks)
    data = _spliced(snapshot.data, spans)
    proof.check(snapshot.data, data, spans, gain, carried)
    return replace_journal(paths, snapshot, data, replace(logged, blocks=blocks))


def replace_journal(paths: Paths, snapshot: Snapshot, data: bytes, logged: Logged) -> Path:
    """Replace the whole journal with these bytes, without a proof, under the lock. Return the backup's path.

    `logged` is what the log will say about it. Raises OSError and ChangedMeanwhile while nothing is changed yet; after
    that, FollowmeError that says what is.
    """
    last = last_of(data)
    # Even if this is interrupted, the journal must not look as if it was cut short elsewhere.
    expect(paths, min(len(snapshot.data), len(data)), last)
    with watched(snapshot) as old:
        backup = swap(paths, snapshot, data, logged)
        try:
            bring_over(paths, snapshot, old, backup)
            sync_folder(snapshot.path.parent)
        except OSError as error:
            raise FollowmeError(
                f"The journal is changed, but a power cut could still undo that. {why(error, paths.journal)} "
                f"The journal from before is in {backup}"
            ) from error
        finally:
            remember(paths, last)
            backups.settle(paths, backup)
    return backup


def last_of(data: bytes) -> str:
    """Return the id of the last entry in these bytes; "" if there is none."""
    return next((one.entry.id for one in reading.newest_of(data) if one.entry), "")


# --- The new bytes ----------------------------------------------------------------------------------------


def check_may_rewrite(snapshot: Snapshot) -> None:
    """Raise NotRewritten for a journal that only a newer followme can change safely, and NotText."""
    number = reading.format_of(snapshot.data[: reading.CHUNK])
    if number is not None and number > reading.FORMAT:
        raise NotRewritten(
            f"{snapshot.path} has format {number}, and this followme can't change anything newer than "
            f"format {reading.FORMAT}. Update followme first."
        )
    reading.check_is_text(snapshot.path, snapshot.data[: reading.HEAD])


def _located(data: bytes, changes: Iterable[Change]) -> list[Span]:
    """The changes with their present offsets, in file order. Raises ChangedMeanwhile."""
    spans = sorted(Span(*_place_of(data, one), one.new) for one in changes)
    if any(left.end > right.start for left, right in pairwise(spans)):
        raise NotRewritten("Two changes affect the same lines. Make one after the other.")
    return spans


def _touched(one: Change) -> Iterator[Touched]:
    # One more blank line behind a block doesn't change it.
    blocks = log.touched(reading.blocks_of(one.old), reading.blocks_of(one.new))
    return (each for each in blocks if each.before != each.after)


def _with_gone(data: bytes, spans: list[Span], blocks: Iterable[Touched]) -> list[Span]:
    """The changes, and the one of the list `gone` that they bring about."""
    ids = {one.id: one for one in blocks if one.id}
    away = [each for each, one in ids.items() if not one.after]
    if away:
        still = gone.still_there(data, [data[span.start : span.end] for span in spans], away)
        away = [each for each in away if each not in still]
    back = [each for each, one in ids.items() if one.after]
    preamble = gone.changed(data, away=away, back=back)
    return _with_preamble(spans, preamble) if preamble else spans


def _with_preamble(spans: Iterable[Span], preamble: Preamble) -> list[Span]:
    old, new = preamble
    return [*spans] if old == new else sorted([*spans, Span(0, len(old), new)])


def _place_of(data: bytes, one: Change) -> tuple[int, int]:
    start = one.start
    if not data.startswith(one.old, start) or start > len(data):
        if data.count(one.old) != 1:
            raise ChangedMeanwhile(MOVED)
        start = data.index(one.old)
    return start, start + len(one.old)


def _spliced(data: bytes, spans: Iterable[Span]) -> bytes:
    parts, at = [], 0
    for start, end, new in spans:
        parts += [data[at:start], new]
        at = end
    return b"".join([*parts, data[at:]])

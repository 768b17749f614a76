"""Recovery after an accident: saving the entries of finished sittings that may not have reached the journal."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal import kept
from followme.journal.change import backups, log
from followme.journal.change.log import ADD, Logged, Touched, digest
from followme.journal.change.swap import sweep
from followme.journal.draftfile import Pending
from followme.journal.drafts import finished
from followme.journal.file.append import TRIES, JournalEnd, opened
from followme.journal.file.lock import held
from followme.journal.file.modes import why
from followme.journal.file.paths import Paths
from followme.journal.file.reading import PATIENCE, newest_first
from followme.journal.memory import check_not_shrunk, remember
from followme.journal.opendraft import NoDraft, OpenDraft
from followme.journal.sheets import settle, with_saved
from followme.model import Entry


@frozen
class Recovery:
    """The result of a recovery.

    `completed` has the entries that are in the journal for certain. `waiting` has a sentence with the reason for each
    draft that couldn't be finished yet; these drafts are kept.
    """

    completed: tuple[Entry, ...] = ()
    waiting: tuple[str, ...] = ()


def recover(paths: Paths, *, although_shrunk: bool = False) -> Recovery:
    """Finish every draft of a finished sitting, since its entry may be missing from the journal.

    Also removes what an interrupted rewrite left beside the journal and in the state folder. Leaves unfinished drafts
    to `drafts.orphans`. Makes and locks nothing if there's nothing to do.
    Raises Busy if another process holds the journal's lock.
    """
    dead = finished(paths)
    if not dead and not any(map(os.path.lexists, (paths.replacement, *kept.halves(paths)))):
        return Recovery()
    try:
        with held(paths):
            with suppress(OSError):
                sweep(paths)
                backups.sweep(paths)
                kept.sweep(paths)
            return finish(paths, dead, although_shrunk=although_shrunk)
    finally:
        for one in dead:
            one.close()


def finish(paths: Paths, dead: Iterable[OpenDraft], *, although_shrunk: bool = False) -> Recovery:
    """Finish these drafts, as `recover` does. Their locks and the journal's lock are held."""
    completed, waiting = [], []
    for one in dead:
        try:
            completed += complete(paths, one, although_shrunk=although_shrunk)
        except (FollowmeError, OSError) as error:
            reason = why(error, paths.journal) if isinstance(error, OSError) else error
            waiting.append(f"The entry {one.draft.id} may not be in the journal yet. {reason}")
    return Recovery(tuple(completed), tuple(waiting))


def complete(paths: Paths, one: OpenDraft, *, although_shrunk: bool = False) -> list[Entry]:
    """Add the entries of a finished draft to the journal, each once, end the draft, and return the entries.

    Raises OSError and FollowmeError if that fails; then the draft is kept.
    """
    pending = one.draft.pending
    assert pending is not None, "only finished drafts come here"
    records, entries = pending.records, pending.entries
    if not although_shrunk:
        check_not_shrunk(paths, least=pending.size or 0)
    with opened(paths) as end:
        there = _there(paths, end, pending, {entry.id for entry in entries})
        missing = [
            each.decode() for each, entry in zip(records, entries, strict=True) if entry.id not in there
        ]
        if missing:
            add(end, one, joined(missing), although_shrunk=although_shrunk)
        else:
            # The system may not have written it to the disk before the accident.
            end.sync()
    end_draft(paths, one)
    return entries


def joined(records: Iterable[str]) -> str:
    """Return the blocks of several entries as one text, with a blank line between them."""
    return "\n".join(record.rstrip("\n") + "\n" for record in records)


def add(end: JournalEnd, one: OpenDraft, record: str, *, although_shrunk: bool = False) -> None:
    """Add the blocks in `record` to the journal, after the draft has them on stable storage, with their position.

    Takes back first whatever an earlier try left at the journal's end. If another file has the journal's name by then,
    as after a rewrite with another state folder or a save by an editor, the blocks are added to that file.
    """
    left = one.draft.pending
    if left and left.size is not None:
        if end.is_ours(left.size, left.data):
            end.cut(left.size)
        elif left.record == record and end.has(record.encode(), left.size):
            # It couldn't be taken back, and others have added to the journal since.
            end.sync()
            return
    for _ in range(TRIES):
        pending = Pending(record=record, lead=end.lead(), size=end.size)
        one.save(replace(one.draft, pending=pending))
        end.add(pending.data)
        if end.is_current:
            return
        # Whoever put the other file there copies what was added meanwhile.
        time.sleep(PATIENCE)
        if not although_shrunk:
            check_not_shrunk(end.paths)
        end.follow()
        if end.has(record.encode(), pending.size or 0):
            return
    raise OSError(errno.EAGAIN, "another program keeps putting other files there", end.paths.real)


def take_over(one: OpenDraft) -> None:
    """Put the text that an editor saved for a sitting into its draft, and the draft on disk if possible."""
    before, typed = one.latest, with_saved(one.possible_paths, one.latest.typed)
    one.draft = replace(before, typed=typed)
    with suppress(NoDraft):
        if typed != before.typed:
            one.save(one.draft)
        settle(one.possible_paths, typed)


def end_draft(paths: Paths, one: OpenDraft) -> None:
    """Note the write and end the draft, now that its entries are synced and were read back."""
    pending = one.draft.pending
    assert pending is not None, "only finished drafts come here"
    entries = pending.entries
    _log(paths, entries, pending.records)
    remember(paths, entries[-1].id)
    try:
        one.discard()
    except FollowmeError:
        # The entry is safe. Recovery will find it in the journal and remove the draft.
        one.close()


def _log(paths: Paths, entries: Sequence[Entry], records: Iterable[bytes]) -> None:
    """Note the entries in the log, without a sync. Ignores failures: undo then leaves these entries alone.

    After a kill, the draft is still there and this is done again, so a line is there twice rather than never.
    """
    with suppress(OSError, FollowmeError):
        blocks = (
            Touched(entry.id, "", digest(record)) for entry, record in zip(entries, records, strict=True)
        )
        log.add(paths, Logged(time=entries[0].moment, verb=ADD, blocks=tuple(blocks)), sync=False)


def _there(paths: Paths, end: JournalEnd, pending: Pending, ids: set[str]) -> set[str]:
    """Those of these ids that an entry in the journal has, where it was meant to be or, after a hand edit, elsewhere.

    Only for the second, the journal is read from its end.
    """
    if pending.size is not None and end.holds(pending.size, pending.data):
        return ids
    there: set[str] = set()
    if pending.size is not None and end.is_ours(pending.size, pending.data):
        return there
    for part in newest_first(paths.journal):
        if isinstance(part, Entry) and part.id in ids:
            there.add(part.id)
        if len(there) == len(ids):
            break
    return there

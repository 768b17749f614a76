"""After an accident: entries whose sitting was finished, and that may not have reached the journal."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from followme.errors import FollowmeError
from followme.journal import parsing
from followme.journal.append import End, opened
from followme.journal.codec import from_table
from followme.journal.drafts import Ahead, OpenDraft, finished
from followme.journal.files import why
from followme.journal.lock import held
from followme.journal.memory import Shrunk, check_not_shrunk, remember
from followme.journal.place import Place
from followme.journal.reading import newest_first
from followme.model import Entry


@dataclass(frozen=True, slots=True)
class Recovery:
    """`completed` are the entries that are now in the journal for certain; `waiting` says, a sentence each,
    which drafts could not be finished yet and why; they are kept."""

    completed: tuple[Entry, ...] = ()
    waiting: tuple[str, ...] = ()


def recover(place: Place, *, although_shrunk: bool = False) -> Recovery:
    """Finish every draft whose sitting was finished but whose entry may lack in the journal.

    Also removes what an interrupted rewrite left beside the journal. Unfinished drafts are left to
    `drafts.orphans`. Makes and locks nothing if there is nothing to do.
    Raises Busy if another process holds the journal's lock.
    """
    found = finished(place)
    if not found and not os.path.lexists(place.fresh):
        return Recovery()
    try:
        with held(place):
            # Whoever was filling it held the lock, so nobody is now.
            with suppress(OSError):
                place.fresh.unlink(missing_ok=True)
            return finish(place, found, although_shrunk=although_shrunk)
    finally:
        for one in found:
            one.close()


def finish(place: Place, found: Iterable[OpenDraft], *, although_shrunk: bool = False) -> Recovery:
    """The same for these drafts, which are held, with the journal's lock held too."""
    completed, waiting = [], []
    for one in found:
        try:
            completed.append(complete(place, one, although_shrunk=although_shrunk))
        except OSError as error:
            waiting.append(f"The entry {one.draft.id} is not in the journal yet. {why(error, place.journal)}")
        except FollowmeError as error:
            waiting.append(f"The entry {one.draft.id} is not in the journal yet. {error}")
    return Recovery(tuple(completed), tuple(waiting))


def complete(place: Place, one: OpenDraft, *, although_shrunk: bool = False) -> Entry:
    """Bring the entry of a finished draft into the journal, once, and end the draft.

    Raises OSError and FollowmeError if that cannot be; then the draft is kept.
    """
    ahead = one.draft.ahead
    assert ahead is not None, "only finished drafts come here"
    entry = from_table(parsing.parse_block(ahead.record.encode()))
    if not although_shrunk:
        check_not_shrunk(place)
        _check_not_before(place, ahead)
    with opened(place) as end:
        if ahead.size is not None and end.holds(ahead.size, ahead.data):
            # The system may not have brought it to the disk before the accident.
            end.sync()
        elif not _left(end, ahead) and _is_there(place, entry.id):
            end.sync()
        else:
            add(end, one, ahead.record)
    end_draft(place, one)
    return entry


def add(end: End, one: OpenDraft, record: str) -> None:
    """Add a record, after the draft holds it and the place it is meant for, on stable storage.

    What an earlier try left at the end of the journal is taken back first.
    """
    left = one.draft.ahead
    if left and left.size is not None and _left(end, left):
        end.cut(left.size)
    ahead = Ahead(record=record, lead=end.lead(), size=end.size)
    one.save(replace(one.draft, ahead=ahead))
    end.add(ahead.data)


def end_draft(place: Place, one: OpenDraft) -> None:
    """Note the write and end the draft, now that its entry is synced and was read back."""
    remember(place, one.draft.id)
    try:
        one.discard()
    except FollowmeError:
        # The entry is safe. Recovery will find it in the journal and remove the draft.
        one.close()


def _left(end: End, ahead: Ahead) -> bool:
    """Does the journal end with what an earlier try to add this wrote, or with a part of it?"""
    return ahead.size is not None and end.is_ours(ahead.size, ahead.data)


def _check_not_before(place: Place, ahead: Ahead) -> None:
    """Raise Shrunk if the journal is shorter than when the entry was about to be added."""
    try:
        size = place.journal.stat().st_size
    except OSError:
        size = 0
    if ahead.size is not None and size < ahead.size:
        raise Shrunk(
            f"{place.journal} has shrunk from {ahead.size} to {size} bytes since then; --yes adds to it as it is."
        )


def _is_there(place: Place, name: str) -> bool:
    """Has some entry this id? Looks through the journal, newest first; only after a hand edit on top of an accident."""
    return any(isinstance(part, Entry) and part.id == name for part in newest_first(place.journal))

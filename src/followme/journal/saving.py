"""Saving one finished entry: one locked append, after the draft has it, and no word lost on the way."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC

from followme.errors import FollowmeError, NotSaved
from followme.journal import drafts, recovery
from followme.journal.draftfile import Ahead, Draft
from followme.journal.drafts import NoDraft, OpenDraft
from followme.journal.file import codec
from followme.journal.file.append import opened
from followme.journal.file.lock import Busy, held
from followme.journal.file.modes import why
from followme.journal.file.paths import Place
from followme.journal.memory import Shrunk, check_not_shrunk
from followme.model import Entry

KEPT = "Your words are kept in a draft, and followme adds them by itself the next time it can."
KEPT_FOR_NOW = (
    "Your words are in {path} until a restart empties that folder, and followme adds them by itself the next time "
    "it can."
)
TYPED = "All that you typed is still in the draft. Fix that, and save again."
NOT_KEPT = "Your words are not on the disk yet: copy them before you close this window."


def save(
    place: Place, entry: Entry, draft: OpenDraft | None = None, *, although_shrunk: bool = False
) -> None:
    """Add the entry to the journal. When this returns, it is on stable storage and was read back.

    `draft` is ended only then; without one (notes, answers in batch), a draft is made for the write itself.
    Raises Shrunk, a NotSaved, if the journal lost its end since our last write: ask, then insist with
    `although_shrunk`. Raises NotSaved with a sentence and what to do for everything else; whatever could
    be kept is in the draft, and `recover` finishes it later.
    """
    record = _record(entry)
    own = _Own(place, entry, record, draft)
    try:
        with held(place):
            _save(place, entry, record, own, although_shrunk)
    except (FollowmeError, OSError) as error:
        if not isinstance(error, NoDraft):
            own.keep()
        raise own.told(error) from error
    finally:
        if draft is None:
            own.close()


def _save(place: Place, entry: Entry, record: str, own: _Own, although_shrunk: bool) -> None:
    """The append protocol, under the lock."""
    dead = drafts.finished(place)
    try:
        if entry.id in {
            one.id for one in recovery.finish(place, dead, although_shrunk=although_shrunk).completed
        }:
            return
    finally:
        for one in dead:
            one.close()
    if not although_shrunk:
        check_not_shrunk(place)
    mine = own.hold()
    with opened(place) as end:
        recovery.add(end, mine, record, although_shrunk=although_shrunk)
    recovery.end_draft(place, mine)


class _Own:
    """The draft that an entry has, or the one made for it when it is first needed, with the entry in it."""

    def __init__(self, place: Place, entry: Entry, record: str, draft: OpenDraft | None):
        self._place = place
        self._entry = entry
        self._record = record
        self._draft = draft

    def hold(self) -> OpenDraft:
        """The draft, made if there is none yet. Raises NoDraft."""
        if self._draft is None:
            self._draft = drafts.open_new(self._place, _bare(self._place, self._entry, self._record))
        return self._draft

    def keep(self) -> None:
        """Have the draft hold the entry for recovery, if it can."""
        with suppress(NoDraft):
            own = self.hold()
            if own.draft.ahead is None or own.draft.ahead.record != self._record:
                own.save(replace(own.draft, ahead=Ahead(record=self._record)))

    def told(self, error: FollowmeError | OSError) -> NotSaved:
        """The error in words, with where the entry's words are now, after a look at the disk."""
        words, kept = self._look()
        if isinstance(error, Shrunk):
            return Shrunk(f"{error} {words}", kept=kept)
        if isinstance(error, Busy):
            return NotSaved(f"{error} {words}", kept=kept)
        reason = why(error, self._place.journal) if isinstance(error, OSError) else error
        return NotSaved(f"The entry is not saved. {reason} {words}", kept=kept)

    def _look(self) -> tuple[str, bool]:
        if self._draft and (there := self._draft.on_disk()):
            if there.ahead and there.ahead.record == self._record:
                return (KEPT_FOR_NOW.format(path=self._draft.path) if self._draft.is_spare else KEPT), True
            if there.typed and there.typed == self._draft.latest.typed:
                return TYPED, True
        return NOT_KEPT, False

    def close(self) -> None:
        """Let go of the draft, if one was made."""
        if self._draft is not None:
            self._draft.close()


def _bare(place: Place, entry: Entry, record: str) -> Draft:
    """The draft of a sitting that nobody can go on with: it is finished from the beginning."""
    started = entry.date if entry.date.tzinfo else entry.date.replace(tzinfo=UTC)
    return Draft(
        id=entry.id,
        journal=place.real,
        set=entry.set,
        week=entry.week,
        started=started,
        ahead=Ahead(record=record),
    )


def _record(entry: Entry) -> str:
    """The entry's block, proved to read back as what was meant by the standard reader."""
    record = codec.to_toml(entry)
    try:
        read_back = codec.from_table(tomllib.loads(record)["entry"][0])
    except (ValueError, RecursionError) as error:
        raise NotSaved(f"The entry is not saved, since it cannot be written as TOML. {error}") from error
    if read_back != codec.settled(entry):
        raise NotSaved(
            "The entry is not saved, since it would not read back as it was meant. Change its words, and save again."
        )
    return record

"""Saving finished entries: one locked append, after the draft has them, so that no word is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from followme import toml
from followme.errors import FollowmeError, NotSaved, Paused
from followme.insight import entry_tables
from followme.journal import drafts, recovery
from followme.journal.draftfile import Draft, Pending
from followme.journal.file import codec, parsing
from followme.journal.file.append import MOST_NULS, opened
from followme.journal.file.lock import Busy, held
from followme.journal.file.modes import tail_of, why
from followme.journal.file.paths import Paths
from followme.journal.memory import Shrunk, check_not_shrunk
from followme.journal.opendraft import NoDraft, OpenDraft
from followme.model import Entry

# It judges the words, so it's here before they are, even if the disk dies meanwhile.
toml.load_reader()

KEPT = "Your words are kept in a draft, and followme adds them as soon as it can."
KEPT_FOR_NOW = (
    "Your words are in {path} until a restart empties that folder, and followme adds them as soon as it can."
)
TYPED = "Everything you typed is still in the draft. Fix that and save again."
IN_DOUBT = "Your words may be in a draft that can't be read: copy them, and check what was saved before you save again."
NOT_KEPT = "Your words aren't on the disk yet: copy them before you close this window."


def save(
    paths: Paths, entry: Entry, draft: OpenDraft | None = None, *, although_shrunk: bool = False
) -> None:
    """Add the entry to the journal. When this returns, it is on stable storage and was read back.

    `draft` is ended only then. Without one (notes, answers in batch), a draft is made for the write itself, before
    waiting for anyone, so that a window closed meanwhile loses nothing.
    Raises Paused if Ctrl+C ends the waiting for another window, and a finished draft has the words by then.
    Raises Shrunk, a NotSaved, if the journal lost its end since our last write: ask, then insist with
    `although_shrunk`. Raises NotSaved for everything else, with a sentence that says what to do; then
    the draft has whatever could be kept, and `recover` finishes it later.
    """
    _save(paths, _Own(paths, {entry.id: _record(entry, _strictly)}, entry, draft), although_shrunk)


def save_all(paths: Paths, entries: Sequence[Entry], *, although_shrunk: bool = False) -> None:
    """Add several entries in this order, in one write: all of them or none. Each needs an id of its own.

    Works as `save` does without a draft: one draft is made for the write, and has all of them.
    """
    if entries:
        records = {entry.id: _record(entry, parsing.parse_block) for entry in entries}
        assert len(records) == len(entries), "entries that are saved together have ids of their own"
        _save(paths, _Own(paths, records, entries[0], None), although_shrunk)


def _save(paths: Paths, own: _Own, although_shrunk: bool) -> None:
    try:
        own.put_first()
        with held(paths):
            _add(paths, own, although_shrunk)
    except KeyboardInterrupt:
        if own.is_kept:
            raise Paused(f"\nStopped waiting for the other followme. {own.draft_in_words()[0]}") from None
        raise
    except (FollowmeError, OSError) as error:
        if not isinstance(error, NoDraft):
            own.keep()
        raise own.not_saved(error) from error
    finally:
        own.close()


def _add(paths: Paths, own: _Own, although_shrunk: bool) -> None:
    """Add the entries under the lock: first to the draft, then to the journal."""
    dead = drafts.finished(paths, but=own.name)
    try:
        own.leave_out(
            one.id for one in recovery.finish(paths, dead, although_shrunk=although_shrunk).completed
        )
    finally:
        for one in dead:
            one.close()
    if not own.ids:
        own.end()
        return
    if not although_shrunk:
        check_not_shrunk(paths)
    mine = own.hold()
    with opened(paths) as end:
        own.is_begun = True
        recovery.add(end, mine, own.record, although_shrunk=although_shrunk)
    recovery.end_draft(paths, mine)


class Jotted:
    """An entry that is still being typed, in a draft from its first words on, so that recovery adds it after a kill."""

    def __init__(self, paths: Paths) -> None:
        self.draft: OpenDraft | None = None
        self._paths = paths

    def keep(self, entry: Entry) -> None:
        """Put the present state of the entry on disk, if possible. Its id stays the same."""
        with suppress(FollowmeError):
            now = _bare(self._paths, entry, _record(entry, parsing.parse_block))
            self.draft = self.draft or drafts.open_unwritten(self._paths, now)
            self.draft.save(now, sync=False)

    def drop(self) -> None:
        """Keep nothing of it."""
        if self.draft is not None:
            with suppress(NoDraft):
                self.draft.discard()


class _Own:
    """The draft of the entries to save; if they have none, one is made when it is first needed."""

    def __init__(self, paths: Paths, records: dict[str, str], first: Entry, draft: OpenDraft | None):
        self._paths = paths
        self._records = records
        self._first = first
        self._draft = draft
        self._is_made = draft is None
        # An earlier try may have written to the journal, and may not have taken that back.
        self.is_begun = bool(draft and draft.draft.pending and draft.draft.pending.size is not None)

    @property
    def ids(self) -> list[str]:
        """The ids of the entries that are to be added."""
        return list(self._records)

    @property
    def name(self) -> str:
        """The id of the draft, "" as long as there is none."""
        return self._draft.draft.id if self._draft else ""

    @property
    def record(self) -> str:
        """The blocks of these entries."""
        return recovery.joined(self._records.values())

    def leave_out(self, there: Iterable[str]) -> None:
        """Leave out entries that an earlier draft has just brought into the journal."""
        for each in there:
            self._records.pop(each, None)

    def hold(self) -> OpenDraft:
        """The draft, made if there is none yet. Raises NoDraft."""
        if self._draft is None:
            self._draft = drafts.open_new(self._paths, _bare(self._paths, self._first, self.record))
        return self._draft

    def put_first(self) -> None:
        """Put the entries on stable storage, if possible, before waiting for anyone."""
        with suppress(NoDraft):
            if self._draft is None:
                self.hold()
            elif self._draft.draft.pending and not self._draft.draft.plan and not self.is_begun:
                # Its words were never part of a sitting, and no try was made to add them.
                self._draft.save(replace(self._draft.draft, pending=Pending(record=self.record)))
            elif not self._draft.has_it_all:
                self._draft.save(self._draft.latest)

    @property
    def is_kept(self) -> bool:
        """Whether a draft on the disk has the entries, so that recovery adds them."""
        with suppress(ValueError):
            there = self._there()
            return there is not None and self._is_in(there[1])
        return False

    def _is_in(self, draft: Draft) -> bool:
        return draft.pending is not None and draft.pending.record == self.record

    def _there(self) -> tuple[Path, Draft] | None:
        """The path of the draft on disk, and its content; None if there is none. Raises ValueError if in doubt."""
        return drafts.look_for(self._paths, self.name or self._first.id)

    def end(self) -> None:
        """End the draft that was made, since an earlier one had all of its entries."""
        if self._is_made and self._draft is not None:
            with suppress(NoDraft):
                self._draft.discard()

    def keep(self) -> None:
        """Put the entries into the draft for recovery, if possible."""
        with suppress(NoDraft):
            own = self.hold()
            if not self._is_in(own.draft):
                own.save(replace(own.draft, pending=Pending(record=self.record)))

    def not_saved(self, error: FollowmeError | OSError) -> NotSaved:
        """The error to raise: after a look at the disk, it says what is in the journal and where the words are."""
        words, kept = self.draft_in_words()
        if isinstance(error, Shrunk):
            return Shrunk(f"{error} {words}", kept=kept)
        if isinstance(error, Busy):
            return NotSaved(f"{error} {words}", kept=kept)
        reason = why(error, self._paths.journal) if isinstance(error, OSError) else error
        return NotSaved(f"{self._journal_in_words()} {reason} {words}", kept=kept)

    def draft_in_words(self) -> tuple[str, bool]:
        """A sentence on the draft, and whether it has the words."""
        try:
            there = self._there()
        except ValueError:
            return IN_DOUBT, False
        if there is None:
            return NOT_KEPT, False
        path, draft = there
        if self._is_in(draft):
            return KEPT if path.parent == self._paths.drafts else KEPT_FOR_NOW.format(path=path), True
        typed = draft.typed and self._draft and draft.typed == self._draft.latest.typed
        return (TYPED, True) if typed else (NOT_KEPT, False)

    def _journal_in_words(self) -> str:
        """A sentence on what is in the journal; as long as it wasn't opened, nothing new is."""
        one, data = len(self._records) == 1, self.record.encode()
        try:
            if self.is_begun and data in tail_of(self._paths.journal, len(data) + MOST_NULS):
                return "The change is in the journal, but a power cut could still undo it."
        except (FollowmeError, OSError):
            return (
                "followme can't tell whether the entry was saved."
                if one
                else "followme can't tell whether everything was saved."
            )
        return "The entry isn't saved." if one else "The entries aren't saved."

    def close(self) -> None:
        """Close the draft, if one was made."""
        if self._is_made and self._draft is not None:
            self._draft.close()


def _bare(paths: Paths, entry: Entry, record: str) -> Draft:
    """A draft that is finished from the beginning, so that no one is asked to continue it."""
    started = entry.moment
    return Draft(
        id=entry.id,
        journal=paths.real,
        set=entry.set,
        week=entry.week,
        started=started,
        pending=Pending(record=record),
    )


def _strictly(record: bytes) -> Mapping[str, object]:
    """The entry's table, read by the standard reader; the fast reader is for many entries."""
    table: Mapping[str, object] = toml.loads(record.decode())["entry"][0]
    return table


def _record(entry: Entry, read: Callable[[bytes], Mapping[str, object]]) -> str:
    """The entry's block, after a check that it reads back as the same entry."""
    record = codec.to_toml(entry)
    try:
        read_back = entry_tables.from_table(read(record.encode()))
    except ValueError as error:
        raise NotSaved(f"The entry isn't saved, since it can't be written as TOML. {error}") from error
    if read_back != codec.settled(entry):
        raise NotSaved(
            "The entry isn't saved, since it wouldn't read back the way you wrote it. Change its words "
            "and save again."
        )
    return record

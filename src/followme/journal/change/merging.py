"""Merging into the journal: what another version of it has, or what an import brings, in one rewrite."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from followme.frozen import frozen
from followme.hints import Command
from followme.insight.incoming import Incoming
from followme.insight.merge import Difference, Merged, Version, difference, merge, plain, settled_for, steps
from followme.journal.change import gone, log, proof, rewrite
from followme.journal.change.gone import Preamble
from followme.journal.change.log import Logged, Touched
from followme.journal.change.rewrite import Change
from followme.journal.change.swap import ChangedMeanwhile, NotRewritten, Snapshot, read_snapshot
from followme.journal.file import codec, reading
from followme.journal.file.append import PREAMBLE
from followme.journal.file.blocks import headers, known_as
from followme.journal.file.lock import held
from followme.journal.file.modes import why, write_private
from followme.journal.file.parts import assignments_of, part_of, tables_of
from followme.journal.file.paths import Paths
from followme.journal.memory import check_not_shrunk
from followme.model import Entry, Located, Part

DAMAGED = (
    "Damaged lines would mix with an entry beside them, so nothing was changed. To look at them and fix them:"
)


@frozen
class Proposed:
    """A journal's present bytes and version, the version that it becomes, and what that changes in it."""

    data: bytes
    before: Version
    after: Merged
    change: Difference

    @property
    def is_empty(self) -> bool:
        """Whether the journal has all of it already."""
        return not any(self.change) and self.before.gone == self.after.gone


def version_of(data: bytes, *known: Version | None) -> Version:
    """Return the version that the bytes of a journal are. What these known versions have isn't parsed again."""
    read = {
        known_as(part.data): part.entry
        for each in known
        if each
        for part in each.parts
        if part.entry and part.id
    }
    blocks = reading.blocks_of(data, read)
    if blocks and blocks[0].start == 0 and headers(blocks[0].data)[:1] != [0]:
        # Lines before the first entry that can't be read are no part that another journal could take.
        del blocks[0]
    preamble = data[: blocks[0].start if blocks else len(data)]
    bare = gone.with_list(preamble, ())
    return Version(
        preamble=bare, parts=tuple(map(part_of, blocks)), gone=gone.listed(data), keys=assignments_of(bare)
    )


def version_with(entries: Iterable[Entry]) -> Version:
    """Return a version that has these entries alone."""
    return Version(parts=tuple(Part(each.id, codec.to_toml(each).encode(), entry=each) for each in entries))


def proposed(paths: Paths, other: Version, *, new: bool = False) -> Proposed:
    """Return what merging another version into the journal would change. Writes nothing.

    With `new`, the other version is what an import brings: what the journal has already stays as it is, and what was
    deleted here comes back. Raises CannotOpen and NotText, and NotRewritten for a journal of a newer format.
    """
    return _proposed(_snapshot(paths), other, new=new)


def merge_into(
    paths: Paths,
    other: Version,
    *,
    verb: str,
    new: bool = False,
    now: datetime,
    as_proposed: Proposed | None = None,
) -> Proposed:
    """Merge another version into the journal, and return what changed; see `proposed`. Nothing new changes no byte.

    What was proposed is done as it is if the journal still has the bytes it had then. Raises as `rewrite.rewrite` does.
    """
    with rewrite.as_it_was(paths), held(paths):
        rewrite.finish_drafts(paths)
        check_not_shrunk(paths)
        snapshot = _snapshot(paths)
        done = as_proposed
        if done is None or done.data != snapshot.data:
            done = _proposed(snapshot, other, new=new)
        if not done.is_empty:
            _apply(paths, snapshot, done, verb, now)
        return done


def _snapshot(paths: Paths) -> Snapshot:
    snapshot = read_snapshot(Path(paths.real))
    rewrite.check_may_rewrite(snapshot)
    return snapshot


def _proposed(snapshot: Snapshot, other: Version, *, new: bool) -> Proposed:
    before = version_of(snapshot.data, None if new else other)
    lead = before
    if new:
        known = {part.id for part in before.parts}
        coming = tuple(part for part in other.parts if part.id not in known)
        lead = Version(preamble=before.preamble, parts=before.parts)
        other = Version(preamble=before.preamble, parts=coming)
    after = merge(lead, other, cut=tables_of)
    if new:
        stays = {*before.gone} - {part.id for part in other.parts}
        after = Merged(preamble=after.preamble, parts=after.parts, gone=tuple(stays))
    return Proposed(snapshot.data, before, after, difference(before, after))


def _apply(paths: Paths, snapshot: Snapshot, done: Proposed, verb: str, now: datetime) -> None:
    start = len(snapshot.data) - sum(len(part.data) for part in done.before.parts)
    preamble = done.after.preamble if snapshot.data else f"{PREAMBLE}\n".encode()
    entries = sum(part.readable for part in done.after.parts) - sum(
        part.readable for part in done.before.parts
    )
    rewrite.apply(
        paths,
        snapshot,
        [Change(*step) for step in steps(done.before, done.after, start)],
        Logged(time=now, verb=verb, blocks=_touched(done.before, done.change)),
        gain=entries,
        preamble=Preamble(snapshot.data[:start], gone.with_list(preamble, sorted(done.after.gone))),
        carried={part.data.strip() for part in done.after.parts if not part.readable},
    )


def _touched(before: Version, change: Difference) -> tuple[Touched, ...]:
    """What becomes of the blocks, for the log; one that can't be read has no id there."""
    old = {part.id: log.digest(part.data) for part in before.parts}
    return (
        *(Touched(_id_of(part), "", log.digest(part.data)) for part in change.added),
        *(Touched(_id_of(part), old[part.id], log.digest(part.data)) for part in change.changed),
        *(Touched(_id_of(part), log.digest(part.data), "") for part in change.removed),
    )


def _id_of(part: Part) -> str:
    return part.id if part.readable else ""


def replace_with(
    paths: Paths, expected: bytes, data: bytes, before: Version, after: Version, *, verb: str, now: datetime
) -> None:
    """Make the journal these bytes, if it still has the `expected` ones, with a backup and a line in the log.

    `before` and `after` are the versions that the expected and the new bytes are. The new ones must be proven, as those
    of `bytes_of` are. Raises ChangedMeanwhile if the journal has other bytes by now, and as `rewrite.rewrite` does; a
    journal that has shrunk isn't refused, since what it lacks may be in the new bytes.
    """
    with rewrite.as_it_was(paths), held(paths):
        rewrite.finish_drafts(paths)
        snapshot = _snapshot(paths)
        if snapshot.data != expected:
            raise ChangedMeanwhile(rewrite.MOVED)
        touched = _touched(before, difference(before, after))
        rewrite.replace_journal(paths, snapshot, data, Logged(time=now, verb=verb, blocks=touched))


def no_longer_others(paths: Paths, known: Iterable[Located], ids: Collection[str]) -> list[Change]:
    """Return the changes that let the other version of each deleted entry count again; `ids` are the deleted ones.

    Raises as `rewrite.blocks_at` does.
    """
    others = [each for each in known if each.entry.conflict in ids and each.entry.id not in ids]
    return [replace(one, new=settled_for(one.old, tables_of)) for one in rewrite.blocks_at(paths, others)]


def incoming(done: Proposed, other: Version) -> Incoming:
    """Return what a merge of this other version brings, for words about it."""
    entries = entries_of(done.change.added)
    there = sum(part.readable for part in other.parts) - sum(not entry.conflict for entry in entries)
    return Incoming(
        entries=entries,
        there=max(0, there - len(done.change.changed) - len(done.after.conflicts)),
        changed=len(done.change.changed),
        conflicts=len(done.after.conflicts),
        removed=len(done.change.removed),
        unread=sum(not part.readable for part in done.change.added),
    )


def entries_of(parts: Iterable[Part]) -> tuple[Entry, ...]:
    """Return the entries in these parts; a part that can't be read has none."""
    found = (part.entry or _entry_of(part.data) for part in parts if part.readable)
    return tuple(entry for entry in found if entry)


def _entry_of(data: bytes) -> Entry | None:
    return next((block.entry for block in reading.blocks_of(data)), None)


def merge_files(base: Path, ours: Path, theirs: Path) -> None:
    """Merge three files as git asks a merge driver to, and write the result to `ours`. Raises FollowmeError.

    An empty or missing `base` is a version without entries that both came from nothing in common.
    """
    snapshot = _read(ours)
    known = _read(base).data if base.exists() else b""
    before = version_of(snapshot.data)
    other = version_of(_read(theirs).data, before)
    after = merge(before, other, version_of(known, before, other) if known else None, cut=tables_of)
    data, _ = bytes_of(snapshot.data, before, after)
    try:
        write_private(ours.resolve(), data, sync=False, like=snapshot.known)
    except OSError as error:
        raise NotRewritten(why(error, ours)) from error


def bytes_of(data: bytes, before: Version, after: Merged) -> tuple[bytes, Version]:
    """Return a journal's bytes turned from the version `before` into the version `after`, and what was read back.

    Only parts that neither version has as they are now are parsed for that. Raises NotRewritten unless all entries are
    read back as those of `after`.
    """
    start = len(data) - sum(len(part.data) for part in before.parts)
    pieces, at = [gone.with_list(after.preamble, after.gone)], start
    for step in sorted(steps(before, after, start)):
        pieces += [data[at : step.start], step.new]
        at = step.start + len(step.old)
    made = b"".join([*pieces, data[at:]])
    proven = version_of(made, before, after)
    if _told(proven) == _told(after):
        return made, proven
    if all(part.readable for part in after.parts):
        raise NotRewritten(proof.BESIDE)
    raise NotRewritten(DAMAGED, Command("doctor"))


def _told(version: Version) -> tuple[list[tuple[str, bytes]], list[bytes]]:
    """What must be read back: every entry, in its order, and the words of all else, however that is cut."""
    entries = [(part.id, plain(part.data)) for part in version.parts if part.readable]
    others = [version.preamble, *(part.data for part in version.parts if not part.readable)]
    return entries, sorted(b"\n".join(others).split())


def other_journal(path: Path) -> tuple[bytes, Version]:
    """Return the bytes of another journal file, and the version that they are.

    Raises CannotOpen and NotText, and NotRewritten if it isn't there, isn't a journal or has a newer format.
    """
    data = _read(path).data
    version = version_of(data)
    if not any(part.readable for part in version.parts):
        raise NotRewritten(f"{path} has no entries that followme can read.")
    return data, version


def _read(path: Path) -> Snapshot:
    snapshot = read_snapshot(path)
    if snapshot.known is None:
        raise NotRewritten(f"There's no file {path}.")
    rewrite.check_may_rewrite(snapshot)
    return snapshot

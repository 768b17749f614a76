"""Merging into the journal: what another version of it has, or what an import brings, in one rewrite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from followme.insight.merge import Difference, Merged, Version, difference, merge, steps
from followme.journal.change import gone, rewrite
from followme.journal.change.gone import Head
from followme.journal.change.rewrite import Change
from followme.journal.change.swap import NotRewritten, Snapshot, read_snapshot
from followme.journal.file import codec, reading
from followme.journal.file.append import PREAMBLE
from followme.journal.file.lock import held
from followme.journal.file.parts import part_of, tables_of
from followme.journal.file.paths import Paths
from followme.journal.memory import check_not_shrunk
from followme.model import Entry, Part


@dataclass(frozen=True, slots=True)
class Proposed:
    """A journal's present version, the one that it becomes, and what that changes in it."""

    before: Version
    after: Merged
    change: Difference

    @property
    def is_empty(self) -> bool:
        """Whether the journal has all of it already."""
        return not any(self.change) and self.before.gone == self.after.gone


def version_of(data: bytes) -> Version:
    """Return the version that the bytes of a journal are."""
    blocks = reading.blocks_of(data)
    preamble = data[: blocks[0].start if blocks else len(data)]
    ids = gone.listed(data)
    return Version(
        preamble=gone.with_list(preamble, ()),
        parts=tuple(map(part_of, blocks)),
        gone=ids,
    )


def version_with(entries: Iterable[Entry]) -> Version:
    """Return a version that has these entries alone."""
    return Version(parts=tuple(Part(each.id, codec.to_toml(each).encode()) for each in entries))


def proposed(paths: Paths, other: Version, *, new: bool = False) -> Proposed:
    """Return what merging another version into the journal would change. Writes nothing.

    With `new`, the other version is what an import brings: what the journal has already stays as it is, and what was
    deleted here comes back. Raises CannotOpen and NotText, and NotRewritten for a journal of a newer format.
    """
    return _proposed(_snapshot(paths), other, new=new)


def merge_into(paths: Paths, other: Version, *, verb: str, new: bool = False, now: datetime) -> Proposed:
    """Merge another version into the journal, and return what changed; see `proposed`. Nothing new changes no byte.

    Raises as `rewrite.rewrite` does.
    """
    with rewrite.as_it_was(paths), held(paths):
        rewrite.finish_drafts(paths)
        check_not_shrunk(paths)
        snapshot = _snapshot(paths)
        done = _proposed(snapshot, other, new=new)
        if not done.is_empty:
            _apply(paths, snapshot, done, verb, now)
        return done


def _snapshot(paths: Paths) -> Snapshot:
    snapshot = read_snapshot(Path(paths.real))
    rewrite.check_may_rewrite(snapshot)
    return snapshot


def _proposed(snapshot: Snapshot, other: Version, *, new: bool) -> Proposed:
    before = version_of(snapshot.data)
    lead = before
    if new:
        known = {part.id for part in before.parts}
        coming = tuple(part for part in other.parts if part.id not in known)
        lead = Version(preamble=before.preamble, parts=before.parts)
        other = Version(preamble=before.preamble, parts=coming)
    after = merge(lead, other, cut=tables_of)
    if new:
        stays = {each for each in before.gone if each not in {part.id for part in other.parts}}
        after = Merged(preamble=after.preamble, parts=after.parts, gone=tuple(stays))
    return Proposed(before, after, difference(before, after))


def _apply(paths: Paths, snapshot: Snapshot, done: Proposed, verb: str, now: datetime) -> None:
    start = len(snapshot.data) - sum(len(part.data) for part in done.before.parts)
    head = snapshot.data[:start]
    preamble = done.after.preamble if snapshot.data else f"{PREAMBLE}\n".encode()
    entries = sum(part.readable for part in done.after.parts) - sum(
        part.readable for part in done.before.parts
    )
    rewrite.apply(
        paths,
        snapshot,
        [Change(*step) for step in steps(done.before, done.after, start)],
        verb=verb,
        gain=entries,
        now=now,
        head=Head(head, gone.with_list(preamble, sorted(done.after.gone))),
        carried={part.data.strip() for part in done.after.parts if not part.readable},
    )


def other_version(path: Path) -> Version:
    """Return the version in another journal file.

    Raises CannotOpen and NotText, and NotRewritten if it isn't there or has a newer format.
    """
    snapshot = read_snapshot(path)
    if snapshot.known is None:
        raise NotRewritten(f"There's no file {path}.")
    rewrite.check_may_rewrite(snapshot)
    return version_of(snapshot.data)

"""Purging: deleted entries go from everything that followme itself keeps: backups, drafts, editor files, the log."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.journal import drafts, half_edits, kept, sheets
from followme.journal.change import backups, log, rewrite
from followme.journal.change.log import Logged
from followme.journal.change.rewrite import Change
from followme.journal.change.swap import NotRewritten
from followme.journal.draftfile import Draft
from followme.journal.file import reading
from followme.journal.file.blocks import Block
from followme.journal.file.lock import held
from followme.journal.file.modes import why, write_private
from followme.journal.file.paths import Paths
from followme.journal.health.copies import copies
from followme.journal.opendraft import NoDraft
from followme.model import Entry


@frozen
class Purged:
    """The result: how many backups were rewritten, and the files that may still have words of these entries."""

    backups: int
    left: tuple[Path, ...]


def delete(paths: Paths, changes: Sequence[Change], ids: Collection[str], now: datetime) -> Purged:
    """Delete the entries with these ids from the journal, by these changes, and then from every copy.

    Without changes, they're gone from the journal already, and the copies go. A second call finishes what a kill
    interrupted. Raises as `rewrite` does, and FollowmeError with the copy that can't be rewritten.
    """
    if changes:
        rewrite.rewrite(paths, changes, verb=log.PURGE, gain=-sum(not each.new for each in changes), now=now)
    with held(paths):
        try:
            forget_changes(paths, log.PURGE, now)
            count = rewrite_backups(paths, lambda data: without(data, ids))
            from_drafts(paths, ids)
        except OSError as error:
            raise FollowmeError(
                f"The journal no longer has it, but a copy does. {why(error, error.filename or paths.backups)} "
                "Fix that and purge again."
            ) from error
    return Purged(count, tuple(left(paths, ids)))


def rewrite_backups(paths: Paths, changed: Callable[[bytes], bytes]) -> int:
    """Give each backup the bytes that `changed` makes of its own, and return how many that were. Raises OSError.

    The journal's lock is held. What an interrupted change left is removed.
    """
    backups.sweep(paths)
    kept.sweep(paths)
    count = 0
    # The newest has all that went, so it goes last: until then, a second call finds what a kill left.
    for one in reversed(backups.listed(paths)):
        data = one.path.read_bytes()
        new = changed(data)
        if new != data:
            write_private(one.path, new, sync=True)
            count += 1
    return count


def count_differing(paths: Paths, changed: Callable[[bytes], bytes]) -> int:
    """Return how many backups `rewrite_backups` would rewrite. Raises OSError."""
    datas = (each.path.read_bytes() for each in backups.listed(paths))
    return sum(changed(data) != data for data in datas)


def with_each_block(data: bytes, changed: Callable[[Block, Entry], bytes]) -> bytes:
    """Return the bytes of a journal with what `changed` makes of the block of each entry; damaged parts stay."""
    parts, at = list[bytes](), 0
    for each in reading.blocks_of(data):
        if each.entry:
            parts += [data[at : each.start], changed(each, each.entry)]
            at = each.end
    return b"".join([*parts, data[at:]])


def without(data: bytes, ids: Collection[str]) -> bytes:
    """Return the bytes of a journal without the blocks of these entries; damaged parts stay."""
    texts = [each.encode() for each in ids]
    at, parts = len(data), []
    for block in reading.newest_of(data, lambda piece: any(text in piece for text in texts)):
        if block.entry and block.entry.id in ids:
            parts.append(data[block.end : at])
            at = block.start
    return b"".join([data[:at], *reversed(parts)])


def left(paths: Paths, ids: Collection[str]) -> Iterator[Path]:
    """Yield the files that may still have words of these entries, among all that followme keeps.

    Their blocks are in them, or something of a draft, or the file has such an id as its name. An outcome or a later
    word in another entry names an id too, but has none of its words.
    """
    names = b"|".join(re.escape(each.encode()) for each in ids)
    block = re.compile(rb"(?m)^[ \t]*id[ \t]*=[ \t]*[\"'](?:%b)[\"']" % names)
    anywhere = re.compile(names)
    for home in kept.homes(paths):
        for folder, _, files in os.walk(home):
            for path in sorted(Path(folder) / name for name in files):
                inside = path.relative_to(home)
                is_draft = inside.parts[0] not in ("backups", "changes", "memory", "locks", "sync")
                if anywhere.search(os.fsencode(inside)) or _has(path, anywhere if is_draft else block):
                    yield path
    yield from copies_with(paths, lambda data: bool(block.search(data)))


def _has(path: Path, sought: re.Pattern[bytes]) -> bool:
    try:
        return bool(kept.is_ordinary(path) and sought.search(path.read_bytes()))
    except OSError:
        return True


def copies_with(paths: Paths, has: Callable[[bytes], bool]) -> Iterator[Path]:
    """Yield the copies beside the journal, such as a cloud makes, whose bytes have what went, or can't be read."""
    for each in copies(Path(paths.real)):
        try:
            if has(each.path.read_bytes()):
                yield each.path
        except OSError:
            yield each.path


def unfinished(paths: Paths) -> Iterator[tuple[Path, bytes]]:
    """Yield each file of a draft or a half edit, those of an editor too, with its bytes if it can be read."""
    for top in (home / name for home in kept.homes(paths) for name in ("drafts", half_edits.FOLDER)):
        for path in sorted(path for path in top.rglob("*") if not path.is_dir()):
            with suppress(FileNotFoundError, ValueError):
                yield path, kept.read(path)


def forget_changes(paths: Paths, verb: str, now: datetime) -> None:
    """Let the log begin anew with a purge, since undo never goes past it, and a digest could confirm a guess.

    It's done before the copies lose their words: so a second call, which sees what copies still have, does it too.
    """
    log.replaced(paths, [Logged(time=now, verb=verb)])


def from_drafts(paths: Paths, ids: Collection[str], *, but: Collection[str] = ()) -> None:
    """Remove from drafts and half edits what they have of these entries, `but` for these promises.

    Raises OSError and NotRewritten.
    """
    for remove in half_edits.removals(paths, ids):
        remove()
    for draft in _drafts_of(paths, ids):
        sheets.put_away(draft, with_words=True)
    _each_draft(paths, lambda draft: _draft_without(draft, ids, but))


def is_in_drafts(paths: Paths, ids: Collection[str], *, but: Collection[str] = ()) -> bool:
    """Return whether drafts or half edits have something of these entries, `but` for these promises."""
    found = [bool(half_edits.removals(paths, ids)), any(map(sheets.are_beside, _drafts_of(paths, ids)))]
    for one in drafts.orphans(paths):
        found.append(_draft_without(one.draft, ids, but) != one.draft)
        one.close()
    return any(found)


def _drafts_of(paths: Paths, ids: Collection[str]) -> list[Path]:
    """Where the draft of each of these entries was, in every folder."""
    return [home / "drafts" / f"{each}.toml" for home in kept.homes(paths) for each in ids]


def in_drafts(paths: Paths, changed: Callable[[str], str]) -> None:
    """Change every text that was typed into a draft, a half edit or an editor's file, or is a promise there.

    Raises OSError and NotRewritten.
    """
    half_edits.change(paths, changed)
    for home in kept.homes(paths):
        for name in ("drafts", half_edits.FOLDER):
            sheets.change(home / name, changed)
    _each_draft(paths, lambda draft: _draft_with(draft, changed))


def _each_draft(paths: Paths, changed: Callable[[Draft], Draft]) -> None:
    for one in drafts.orphans(paths):
        try:
            new = changed(one.draft)
            if new != one.draft:
                one.save(new)
        except NoDraft as error:
            raise NotRewritten(str(error)) from error
        finally:
            one.close()


def _draft_with(draft: Draft, changed: Callable[[str], str]) -> Draft:
    plan: Mapping[str, Any] = draft.plan
    if "due" in plan:
        plan = {**plan, "due": [_with(table, changed) for table in plan["due"]]}
    return replace(
        draft, plan=plan, typed={key: _with(fields, changed) for key, fields in draft.typed.items()}
    )


def _with(value: Any, changed: Callable[[str], str]) -> Any:
    """A value of a draft with every text in it changed."""
    if isinstance(value, str):
        return changed(value)
    if isinstance(value, Mapping):
        return {key: each if key == "ref" else _with(each, changed) for key, each in value.items()}
    return type(value)(_with(each, changed) for each in value) if isinstance(value, (list, tuple)) else value


def _draft_without(draft: Draft, ids: Collection[str], but: Collection[str]) -> Draft:
    """The draft without the promises of these entries, and what was typed about them."""
    due = [table for table in draft.plan.get("due", ()) if not _is_of(str(table.get("ref", "")), ids, but)]
    typed = {
        key: {name: value for name, value in fields.items() if not _is_of(name, ids, but)}
        for key, fields in draft.typed.items()
        if not _is_of(key, ids, but)
    }
    plan: Mapping[str, Any] = {**draft.plan, "due": due} if "due" in draft.plan else draft.plan
    return replace(draft, plan=plan, typed=typed)


def _is_of(ref: str, ids: Collection[str], but: Collection[str]) -> bool:
    return ref.partition("/")[0] in ids and ref not in but

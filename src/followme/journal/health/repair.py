"""Repairs: fix everything that needs no person, in one rewrite with a backup. No byte is lost."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from followme.frozen import frozen
from followme.insight import entry_tables
from followme.journal import drafts, kept
from followme.journal.change import log, rewrite
from followme.journal.change.log import Logged
from followme.journal.change.rewrite import Change
from followme.journal.change.swap import NotRewritten, read_snapshot
from followme.journal.file import codec, parsing, reading
from followme.journal.file.append import PREAMBLE
from followme.journal.file.blocks import Block, headers
from followme.journal.file.lock import held
from followme.journal.file.modes import private_folder, write_private
from followme.journal.file.paths import Paths
from followme.journal.health.examine import movable, placed
from followme.journal.memory import check_not_shrunk
from followme.journal.recovery import Recovery
from followme.model import Entry

NewId = Callable[[datetime], str]

_EMPTY_ID = re.compile(rb"(?m)^([ \t]*id[ \t]*=[ \t]*)(?:\"\"|'')")


@frozen(kw_only=True)
class Repaired:
    """The result: how many parts moved to the file `damaged`, how many entries got an id, the drafts, the backup."""

    recovery: Recovery
    moved: int = 0
    damaged: Path | None = None
    named: int = 0
    backup: Path | None = None


def repair(paths: Paths, now: datetime, new_id: NewId) -> Repaired:
    """Finish finished drafts, move damaged parts out of the journal, and give an id to entries without one.

    Damaged parts are in another file on the disk before they leave the journal. Readable entries keep every byte
    but the new id. If it is interrupted, nothing is lost, and a second call continues.
    Raises FollowmeError with a sentence; then the journal is as it was.
    """
    with rewrite.as_it_was(paths), held(paths):
        done = rewrite.finish_drafts(paths)
        drafts.sweep(paths)
        check_not_shrunk(paths)
        snapshot = read_snapshot(Path(paths.real))
        rewrite.check_may_rewrite(snapshot)
        blocks = reading.blocks_of(snapshot.data)
        moves = movable(blocks)
        names = list(_named([one for one in blocks if one.entry], new_id))
        if not moves and not names:
            return Repaired(recovery=done)
        damaged = _keep_damaged(paths, snapshot.data, moves, now) if moves else None
        changes = [*map(_moved, moves), *names]
        backup = rewrite.apply(paths, snapshot, changes, Logged(time=now, verb=log.REPAIR))
        return Repaired(moved=len(moves), damaged=damaged, named=len(names), recovery=done, backup=backup)


def _moved(block: Block) -> Change:
    """The change that removes a block; a new preamble replaces it if it is before the first entry."""
    is_preamble = block.start == 0 and headers(block.data)[:1] != [0]
    return Change(block.start, block.data, f"{PREAMBLE}\n".encode() if is_preamble else b"")


# --- Damaged parts ----------------------------------------------------------------------------------------


def _keep_damaged(paths: Paths, data: bytes, moves: Iterable[Block], now: datetime) -> Path:
    """Add the parts, byte for byte, to this day's file of damaged parts, and return its path.

    Doesn't add a part twice if an interrupted repair has added it already. Raises OSError.
    """
    private_folder(paths.state)
    for half in kept.listed(paths.state, ".toml.new"):
        if half.name.startswith("damaged-"):
            with suppress(OSError):
                half.unlink()
    path, there = _file_of(paths, now)
    parts = [there] if there else []
    for one in placed(data, moves):
        part = codec.storable(f"# {one.lines} of {paths.real}:\n").encode() + one.block.data
        if part not in there:
            parts.append(part + (b"" if part.endswith(b"\n") else b"\n"))
    write_private(path, b"\n".join(parts), sync=True)
    return path


def _file_of(paths: Paths, now: datetime) -> tuple[Path, bytes]:
    """This day's file of damaged parts, and its content. Avoids names that something else has already."""
    number, path = 1, paths.state / f"damaged-{now.date()}.toml"
    while os.path.lexists(path) and not kept.is_ordinary(path):
        number += 1
        path = path.with_name(f"damaged-{now.date()}-{number}.toml")
    try:
        return path, kept.read(path)
    except FileNotFoundError:
        return path, b""
    except ValueError as error:
        raise NotRewritten(str(error)) from error


# --- Ids --------------------------------------------------------------------------------------------------


def _named(blocks: Iterable[Block], new_id: NewId) -> Iterator[Change]:
    """The changes that give an id to each entry without one, if the result reads back as the same entry."""
    blocks = list(blocks)
    taken = {one.entry.id for one in blocks if one.entry}
    for one in blocks:
        if one.entry and not one.entry.id and (name := _free_id(one.entry, taken, new_id)):
            taken.add(name)
            meant = replace(one.entry, id=name)
            named = (with_id(one.data, name) for with_id in (_with_a_line, _with_it_filled))
            if data := next((data for data in named if _reads_as(data, meant)), None):
                yield Change(one.start, one.data, data)


def _free_id(entry: Entry, taken: set[str], new_id: NewId) -> str:
    """An id that no entry has; "" for a date so far off that it can't be written in UTC."""
    try:
        while (name := new_id(entry.date)) in taken:
            pass
    except (OverflowError, ValueError):
        return ""
    return name


def _with_a_line(data: bytes, name: str) -> bytes:
    """The block with this id on a line of its own below the header."""
    head, end, rest = data.partition(b"\n")
    new_line = b"\r\n" if head.endswith(b"\r") else b"\n"
    return head + end + f'id = "{name}"'.encode() + new_line + rest


def _with_it_filled(data: bytes, name: str) -> bytes:
    """The block with this id in place of an empty one."""
    return _EMPTY_ID.sub(rb'\1"%s"' % name.encode(), data, count=1)


def _reads_as(data: bytes, meant: Entry) -> bool:
    try:
        return entry_tables.from_table(parsing.parse_block(data)) == meant
    except ValueError:
        return False

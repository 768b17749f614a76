"""What `undo --list` shows: the changes that the log has, and the backups beside the journal as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from followme.insight.changes import ADDED, CHANGED, DELETED, History, Kept, Made
from followme.journal.change import backups, log
from followme.journal.change.backups import Backup
from followme.journal.change.inverse import FINAL, CannotUndo
from followme.journal.change.log import Logged, Touched
from followme.journal.change.swap import read_snapshot
from followme.journal.change.undoing import Digests, content, difference, digests
from followme.journal.file.paths import Paths


def history(paths: Paths) -> History:
    """Return the changes and the backups of this journal. Raises FollowmeError if it or the log can't be read."""
    lines = list(log.newest(paths))
    now = digests(read_snapshot(Path(paths.real)).data)
    found, unread = list[Kept](), list[str]()
    for one in backups.listed(paths):
        try:
            found.append(_kept(one, now))
        except CannotUndo as error:
            unread.append(str(error))
    return History(changes=list(_changes(lines)), backups=found, broken=lines.count(None), unread=unread)


def named(paths: Paths, name: str) -> Backup:
    """Return the backup with this name, as `undo --list` shows it, or its path. Raises CannotUndo if there is none."""
    known = backups.listed(paths)
    wanted = Path(name).name.removesuffix(".toml")
    for one in known:
        if wanted == one.path.stem:
            return one
    raise CannotUndo(f"There's no backup {name!r}, so nothing was changed.")


def made(one: Logged, *, undone: bool = False) -> Made:
    """Return a logged change as it is shown."""
    entries = tuple((each.id, _what(each)) for each in one.blocks)
    return Made(time=one.time, verb=one.verb, entries=entries, undone=undone, final=one.verb in FINAL)


def _changes(newest: Iterable[Logged | None]) -> Iterator[Made]:
    taken_back: set[str] = set()
    for one in newest:
        if one is not None:
            taken_back |= {one.undone} if one.undone else set()
            yield made(one, undone=one.mark in taken_back)


def _what(each: Touched) -> str:
    if each.before and each.after:
        return CHANGED
    return ADDED if each.after else DELETED


def _kept(one: Backup, now: Digests) -> Kept:
    differs = difference(now, digests(content(one)))
    return Kept(
        name=one.path.stem,
        path=str(one.path),
        made=one.made,
        entries=differs.entries,
        back=len(differs.back),
        away=len(differs.away),
        changed=len(differs.changed),
    )

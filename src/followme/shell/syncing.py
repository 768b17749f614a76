"""Keeping the journal the same on several machines: git carries it, and the merge decides what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from followme.env import Env
from followme.errors import FollowmeError
from followme.frozen import frozen
from followme.git import FETCHED, Faster, Repository
from followme.hints import Command
from followme.insight.merge import Difference, Version, difference, merge
from followme.journal.change import log, merging, rewrite
from followme.journal.change.swap import ChangedMeanwhile, Snapshot, read_snapshot
from followme.journal.file.append import PREAMBLE
from followme.journal.file.lock import FileLock, Taken
from followme.journal.file.modes import private_folder, write_private
from followme.journal.file.parts import tables_of
from followme.journal.file.paths import Paths
from followme.promptfile.folders import files_in, is_there
from followme.shell.paths import paths_of
from followme.tables.tomlfile import MAX_BYTES

JOURNAL = "journal.toml"
"""The file of the remote that has the journal."""

_SET = re.compile(r"prompts/([\w-]{1,60})\.toml")
"""The files of the remote that are the person's own prompt sets; others are left alone."""

SYNCED, PUSHING = "refs/followme/synced", "refs/followme/pushing"
"""What this machine last had in common with the remote, and what it was about to push."""

TRIES = 8
"""How often a push is tried while other machines are faster."""

MOST_BYTES = 500_000_000
"""The most bytes of a file of the remote that are read."""

Decides = Callable[[Collection[str]], bool]
"""Asked about entries that were here at the last sync and are gone without followme: whether they go everywhere."""


@frozen
class Synced:
    """What a sync did: what came to this machine and what went out from it; `replaced` if older versions are gone."""

    came: Difference
    went: Difference
    replaced: bool = False


@frozen
class Content:
    """What a commit has: a journal, and prompt sets by their names."""

    journal: bytes
    sets: Mapping[str, bytes]

    @property
    def files(self) -> dict[str, bytes]:
        """The files of the commit, by their paths."""
        return {JOURNAL: self.journal, **{f"prompts/{name}.toml": data for name, data in self.sets.items()}}


def repository(env: Env, *, asks: bool) -> Repository:
    """Return the repository that carries this journal; it may not have been made yet."""
    return Repository(paths_of(env).carrier, env.environ, asks)


def url_of(env: Env) -> str:
    """Return the address of the remote; "" if `sync --init` was never run for this journal."""
    carrier = paths_of(env).carrier
    return Repository(carrier, env.environ).setting("url") if (carrier / "HEAD").is_file() else ""


def sync(env: Env, carrier: Repository, url: str, decides: Decides) -> Synced:
    """Bring the journal and the remote to the same entries, and return what came and what went.

    Raises FollowmeError; whatever was merged here until then stays, and the next sync goes on from it.
    """
    with _alone(carrier):
        for _ in range(TRIES):
            with suppress(Faster, ChangedMeanwhile):
                return _once(env, carrier, url, decides)
    raise FollowmeError("Another machine synced first each time, so this sync didn't finish. Sync again.")


def start(carrier: Repository, url: str) -> None:
    """Note the remote's address, and forget what this machine had in common with another one. Raises FollowmeError."""
    with _alone(carrier):
        carrier.fetch(url)
        carrier.put(SYNCED, "")
        carrier.put(PUSHING, "")
        carrier.note("logged", "")
        carrier.note("unpruned", "yes")
        carrier.note("url", url)


@contextmanager
def _alone(carrier: Repository) -> Iterator[None]:
    """Within this, no other sync uses the repository, and it is there. Raises FollowmeError if one is running."""
    private_folder(carrier.folder.parent)
    lock = FileLock(carrier.folder.with_suffix(".lock"))
    try:
        lock.acquire()
    except Taken:
        raise FollowmeError("Another sync of this journal is running, so this one didn't start.") from None
    try:
        carrier.make()
        yield
    finally:
        lock.release()


def _once(env: Env, carrier: Repository, url: str, decides: Decides) -> Synced:
    """Fetch, merge, write here, and push once. Raises Faster and ChangedMeanwhile if it has to be done again."""
    paths = paths_of(env)
    # What is forgotten from here on is for the next sync.
    newest = next((each.mark for each in log.newest(paths) if each), "")
    remote = carrier.fetch(url)
    base = _base(carrier, remote)
    theirs = _content(carrier, remote, url) if remote else None
    _check_is_the_same(carrier, remote, base)
    known = theirs if base == remote else _content(carrier, base, url) if base else None
    data = read_snapshot(Path(paths.real)).data
    text = _merged_journal(data, theirs, known, decides)
    if text != data:
        merging.replace_with(paths, data, text, verb=log.SYNC, now=env.now())
    merged = Content(text, _merged_sets(env, theirs, known))
    replaces = bool(remote) and _was_forgotten(paths, carrier)
    commit = remote
    if replaces or theirs is None or merged.files != theirs.files:
        parent = "" if replaces else remote
        commit = carrier.commit(merged.files, parent, beside=remote, replaces=replaces)
        carrier.put(PUSHING, commit)
        carrier.push(url, commit, remote)
    if replaces or (base and not carrier.is_in(base, commit)):
        carrier.note("unpruned", "yes")
    if commit != base:
        carrier.put(SYNCED, commit)
    _settle(carrier, newest)
    after = merging.version_of(text)
    there = merging.version_of(theirs.journal) if theirs else Version()
    return Synced(difference(merging.version_of(data), after), difference(there, after), replaces)


def _merged_journal(data: bytes, theirs: Content | None, base: Content | None, decides: Decides) -> bytes:
    """The bytes of the journal that has what both sides have."""
    ours = merging.version_of(data)
    there = merging.version_of(theirs.journal) if theirs else Version()
    before = merging.version_of(base.journal) if base else None
    missing = _missing(ours, there, before)
    told = replace(ours, gone=(*ours.gone, *missing)) if missing and decides(missing) else ours
    if theirs:
        return merging.bytes_of(theirs.journal, there, merge(there, told, before, cut=tables_of))
    after = merge(told, there, before, cut=tables_of)
    return merging.bytes_of(data or f"{PREAMBLE}\n".encode(), ours, after)


def _settle(carrier: Repository, logged: str) -> None:
    """Note what was settled with the remote, and drop older versions that must not stay."""
    carrier.put(PUSHING, "")
    if carrier.setting("unpruned"):
        carrier.put(FETCHED, "")
        carrier.forget_the_rest()
        carrier.note("unpruned", "")
    if carrier.setting("logged") != logged:
        carrier.note("logged", logged)


def _base(carrier: Repository, remote: str) -> str:
    """The commit that this machine and the remote last had in common; "" if there is none.

    A push that was interrupted after the remote had it counts.
    """
    pushing = carrier.at(PUSHING)
    if pushing and remote and carrier.is_in(pushing, remote):
        carrier.put(SYNCED, pushing)
    return carrier.at(SYNCED)


def _content(carrier: Repository, commit: str, url: str) -> Content:
    """What a commit has. Raises FollowmeError if that isn't a journal that this followme can merge."""
    files = carrier.files(commit)
    if JOURNAL not in files:
        raise FollowmeError(
            f"{url} holds something other than a journal, so nothing was changed. Name an empty repository."
        )
    for path, (_, size) in files.items():
        if size > (MOST_BYTES if path == JOURNAL else MAX_BYTES) and (
            path == JOURNAL or _SET.fullmatch(path)
        ):
            raise FollowmeError(
                f"{path} in {url} has {size:,} bytes, too many to read, so nothing was changed."
            )
    journal = carrier.read(files[JOURNAL][0])
    rewrite.check_may_rewrite(Snapshot(Path(f"{JOURNAL} in {url}"), journal, None))
    sets = {match[1]: carrier.read(of) for path, (of, _) in files.items() if (match := _SET.fullmatch(path))}
    return Content(journal, sets)


def _check_is_the_same(carrier: Repository, remote: str, base: str) -> None:
    """Raise FollowmeError if the remote isn't what this machine synced with, and no one has replaced it on purpose."""
    if base and not remote:
        raise FollowmeError(
            "The repository is empty now, so nothing was changed. To fill it again from here:",
            Command("sync", "--init", "URL"),
        )
    if base and not carrier.is_in(base, remote) and not carrier.replaces(remote):
        raise FollowmeError(
            "The repository no longer has your last sync in it, so nothing was changed. If you replaced it yourself:",
            Command("sync", "--init", "URL"),
        )


def _missing(ours: Version, theirs: Version, base: Version | None) -> list[str]:
    """The ids that were here at the last sync, are gone without followme, and are still in the remote."""
    if base is None:
        return []
    here = {part.id for part in ours.parts} | {*ours.gone}
    there = {part.id for part in theirs.parts}
    return [part.id for part in base.parts if part.id and part.id not in here and part.id in there]


def _was_forgotten(paths: Paths, carrier: Repository) -> bool:
    """Whether words were purged or forgotten here since the last sync, so that no older version may stay out there.

    At the first sync with a remote, this is whether they ever were.
    """
    last = carrier.setting("logged")
    for each in log.newest(paths):
        if each and each.mark == last:
            return False
        if each and each.verb in (log.FORGET, log.PURGE):
            return True
    return False


# --- Prompt sets ------------------------------------------------------------------------------------------


def _merged_sets(env: Env, theirs: Content | None, base: Content | None) -> dict[str, bytes]:
    """The person's own prompt sets of both sides, written here where they differ.

    One that is missing on a side isn't deleted. If both sides changed one, this machine's version gets another name.
    """
    here = {
        path.stem: path.read_bytes()
        for path in files_in(env.own_prompts)
        if is_there(path) and _SET.fullmatch(f"prompts/{path.name}") and path.stat().st_size <= MAX_BYTES
    }
    there, known = theirs.sets if theirs else {}, base.sets if base else {}
    merged = {**here, **there}
    for name in here.keys() & there.keys():
        mine, yours, was = here[name], there[name], known.get(name)
        if yours == was:
            merged[name] = mine
        elif mine not in (was, yours):
            merged[f"{name}-{sha256(mine).hexdigest()[:5]}"] = mine
    for name, data in merged.items():
        if here.get(name) != data:
            private_folder(env.own_prompts)
            write_private(env.own_prompts / f"{name}.toml", data, sync=True)
    return merged

"""One round of a sync with anything new: both sides are merged, written here, and pushed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from followme.env import Env
from followme.errors import FollowmeError
from followme.git import FETCHED, PUSHING, SYNCED, Repository, shown
from followme.hints import Command
from followme.insight.incoming import Incoming, sentences
from followme.insight.merge import Difference, Version, difference, merge
from followme.insight.wording import all_of, counted
from followme.journal.change import elsewhere, gone, log, merging, rewrite
from followme.journal.change.swap import ChangedMeanwhile, Snapshot
from followme.journal.file.append import PREAMBLE
from followme.journal.file.modes import private_folder, write_private
from followme.journal.file.parts import tables_of
from followme.journal.file.paths import Paths
from followme.shell.confirm import confirmed
from followme.shell.paths import paths_of
from followme.shell.sync_sets import Sets, merged_sets
from followme.shell.sync_values import JOURNAL, SET, ChangedHere, Content, Found, Synced
from followme.tables import MAX_BYTES

MOST_BYTES = 500_000_000
"""The most bytes of a file of the remote that are read."""


def merge_and_push(env: Env, carrier: Repository, found: Found, here: Content) -> Synced:
    """Merge what a sync found with what is here, write it here, and push it. Return what came and what went.

    Raises Faster and ChangedHere if it has to be done again, and FollowmeError.
    """
    paths, remote = paths_of(env), found.commit
    base = _base(carrier, paths, found)
    theirs = _content(carrier, remote, found.url) if remote else None
    _check_is_the_same(carrier, remote, base)
    known = theirs if base == remote else _content(carrier, base, found.url) if base else None
    sides = _sides(here, theirs, known)
    text, after = _merged_journal(here, theirs, sides, env)
    came, went = difference(sides.here, after), difference(sides.there or Version(), after)
    older = _noted_as_older(carrier, found, came) if base and not carrier.is_in(base, remote) else found.older
    sets = merged_sets(here.sets, theirs.sets if theirs else {}, known.sets if known else {})
    _write_sets(env, here.sets, sets)
    if text != here.journal:
        carrier.note("merging", f"{remote} {found.logged}")
        try:
            merging.replace_with(paths, here.journal, text, sides.here, after, verb=log.SYNC, now=env.now())
        except ChangedMeanwhile:
            raise ChangedHere from None
    # From here on, this machine has all that the remote has, even if nothing goes out.
    if remote != base:
        carrier.put(SYNCED, remote)
    together = Content(text, sets.carried)
    replaces = bool(remote) and elsewhere.was_forgotten(paths, found.notes.get("logged", ""))
    commit = _pushed(carrier, found, together, theirs, replaces=replaces)
    _settle(carrier, found.logged, f"{commit} {Content(text, {**here.sets, **sets.here}).digest}")
    return Synced(
        came=_phrases(env, came),
        went=_phrases(env, went, leaves=True),
        replaced=replaces,
        conflicts=tuple({entry.conflict for entry in merging.entries_of(came.added) if entry.conflict}),
        older=older,
    )


def _noted_as_older(carrier: Repository, found: Found, came: Difference) -> tuple[str, ...]:
    """The ids of entries whose words may be in older versions here, since another machine replaced the history.

    That's noted before the base moves on, since the next sync wouldn't see it again.
    """
    older = {*found.older, *(part.id for part in (*came.removed, *came.changed) if part.readable)}
    carrier.note("older", " ".join(sorted(older)))
    carrier.note("unpruned", "yes")
    return tuple(sorted(older))


def _pushed(
    carrier: Repository, found: Found, together: Content, theirs: Content | None, *, replaces: bool
) -> str:
    """The commit that the remote has now: its own one if it lacks nothing, else a new one, which was pushed."""
    remote = found.commit
    if not replaces and theirs is not None and together.files.items() <= theirs.files.items():
        return remote
    commit = carrier.commit(together.files, "" if replaces else remote, beside=remote, replaces=replaces)
    carrier.put(PUSHING, commit)
    carrier.push(found.url, commit, remote)
    if replaces:
        carrier.note("unpruned", "yes")
    carrier.put(SYNCED, commit)
    return commit


def _phrases(env: Env, change: Difference, *, leaves: bool = False) -> str:
    entries = merging.entries_of(change.added)
    # An entry with another version beside it is told of once, and so is one whose other version arrives by itself.
    twice = {entry.conflict for entry in entries if entry.conflict}
    incoming = Incoming(
        entries=entries,
        changed=sum(part.id not in twice for part in change.changed),
        conflicts=len(twice),
        removed=len(change.removed),
        unread=sum(not part.readable for part in change.added),
        leaves=leaves,
    )
    return all_of([*sentences(incoming, env.now().date())]) or "nothing"


class _Sides(NamedTuple):
    """The versions of the journal here, in the remote, and where both last had the same; None if there is none."""

    here: Version
    there: Version | None
    before: Version | None


def _sides(here: Content, theirs: Content | None, known: Content | None) -> _Sides:
    ours = merging.version_of(here.journal)
    gone.check_readable(ours.preamble)
    there = merging.version_of(theirs.journal, ours) if theirs else None
    before = there if known is theirs else merging.version_of(known.journal, ours, there) if known else None
    return _Sides(ours, there, before)


def _merged_journal(here: Content, theirs: Content | None, sides: _Sides, env: Env) -> tuple[bytes, Version]:
    """The bytes of the journal that has what both sides have, and the version that they are."""
    ours, there, before = sides
    missing = _missing(ours, there, before)
    told = replace(ours, gone=(*ours.gone, *missing)) if missing and _decided(env, missing) else ours
    if theirs and there:
        return merging.bytes_of(theirs.journal, there, merge(there, told, before, cut=tables_of))
    after = merge(told, Version(), before, cut=tables_of)
    return merging.bytes_of(here.journal or f"{PREAMBLE}\n".encode(), ours, after)


def _decided(env: Env, missing: Collection[str]) -> bool:
    """Ask whether entries that are gone here without followme go everywhere; without a terminal, they come back."""
    which = "it" if len(missing) == 1 else "them"
    said = f"{counted(len(missing), 'entry is', 'entries are')} missing here, though followme didn't delete {which}."
    if not env.can_ask:
        env.say(f"{said} This sync brings {which} back.")
        return False
    return confirmed(env, f"{said} Delete {which} everywhere?", f"Press Enter to bring {which} back.")


def _settle(carrier: Repository, logged: str, settled: str) -> None:
    """Note what was settled with the remote, and drop older versions that must not stay."""
    carrier.put(PUSHING, "")
    if carrier.notes().get("unpruned"):
        carrier.put(FETCHED, "")
        carrier.forget_the_rest()
        carrier.note("unpruned", "")
    elif carrier.is_loose():
        # All is settled already, so what fails here may fail.
        with suppress(FollowmeError):
            carrier.forget_the_rest()
    carrier.note("logged", logged)
    carrier.note("settled", settled)
    carrier.note("merging", "")


def _base(carrier: Repository, paths: Paths, found: Found) -> str:
    """The commit that this machine and the remote last had in common; "" if there is none.

    A push that was interrupted after the remote had it counts, and so does a merge that was interrupted after the
    journal had it: what it brought may have been edited or deleted here since then.
    """
    refs = carrier.refs()
    synced, pushing = refs.get(SYNCED, ""), refs.get(PUSHING, "")
    came, _, logged = found.notes.get("merging", "").partition(" ")
    if pushing and found.commit and carrier.is_in(pushing, found.commit):
        base = pushing
    elif came and not carrier.is_in(came, synced) and _was_written(paths, logged):
        base = came
    else:
        return synced
    carrier.put(SYNCED, base)
    return base


def _was_written(paths: Paths, logged: str) -> bool:
    """Whether a sync has changed the journal since the change with this mark: then its backup is another file."""
    for each in log.newest(paths):
        if each and each.mark == logged:
            return False
        if each and each.verb == log.SYNC:
            backup = paths.backups / each.backup
            return bool(each.backup) and backup.exists() and not backup.samefile(paths.real)
    return False


def _content(carrier: Repository, commit: str, url: str) -> Content:
    """What a commit has. Raises FollowmeError if that isn't a journal that this followme can merge."""
    files = carrier.files(commit)
    if JOURNAL not in files:
        raise FollowmeError(
            f"{shown(url)} holds something other than a journal, so nothing was changed. Name an empty repository."
        )
    for path, (_, size) in files.items():
        if size > (MOST_BYTES if path == JOURNAL else MAX_BYTES) and (path == JOURNAL or SET.fullmatch(path)):
            raise FollowmeError(
                f"{path} in {shown(url)} has {size:,} bytes, too many to read, so nothing was changed."
            )
    journal = carrier.read(files[JOURNAL][0])
    rewrite.check_may_rewrite(Snapshot(Path(f"{JOURNAL} in {shown(url)}"), journal, None))
    sets = {match[1]: carrier.read(of) for path, (of, _) in files.items() if (match := SET.fullmatch(path))}
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


def _missing(ours: Version, theirs: Version | None, base: Version | None) -> list[str]:
    """The ids that were here at the last sync, are gone without followme, and are still in the remote."""
    if base is None or theirs is None:
        return []
    here = {part.id for part in ours.parts} | {*ours.gone}
    there = {part.id for part in theirs.parts}
    return [part.id for part in base.parts if part.id and part.id not in here and part.id in there]


def _write_sets(env: Env, here: Mapping[str, bytes], sets: Sets) -> None:
    """Write the prompt sets that this machine hasn't as they are now, and name those that can't travel."""
    for name, data in sets.here.items():
        if here.get(name) != data:
            private_folder(env.own_prompts)
            write_private(env.own_prompts / f"{name}.toml", data, sync=True)
    for name, other in sets.twins.items():
        env.say(
            f"Some machines can't tell {name}.toml from {other}.toml, so {name}.toml stays here alone. Give it another "
            "name to let it travel."
        )

"""Keeping the journal the same on several machines: git carries it, and the merge decides what it says."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path

from followme.env import Env
from followme.errors import FollowmeError
from followme.git import Faster, Repository
from followme.journal.change import log
from followme.journal.file.modes import open_to_read
from followme.journal.file.paths import Paths
from followme.shell.paths import has_carrier, paths_of
from followme.shell.sync_repository import NotSetUp, alone
from followme.shell.sync_values import ChangedHere, Content, Found, Synced, own_sets

ROUND = "followme.shell.sync_round"
"""Loaded only if anything is new, since it needs all that a rewrite and a question need."""

TRIES = 8
"""How often a push is tried while other machines are faster."""


def sync(env: Env, carrier: Repository) -> Synced | None:
    """Bring the journal and the remote to the same entries; return what came and what went, None if nothing was new.

    Raises FollowmeError; whatever was merged here until then stays, and the next sync goes on from it.
    """
    if not has_carrier(env):
        raise NotSetUp
    with alone(carrier):
        for _ in range(TRIES):
            with suppress(Faster, ChangedHere):
                return _once(env, carrier)
    raise FollowmeError("Another machine synced first each time, so this sync didn't finish. Sync again.")


def _once(env: Env, carrier: Repository) -> Synced | None:
    """Fetch, and if anything is new, merge, write here, and push once. Raises Faster and ChangedHere."""
    paths = paths_of(env)
    # What is forgotten from here on is for the next sync.
    logged = next((each.mark for each in log.newest(paths) if each), "")
    notes = carrier.notes()
    if not (url := notes.get("url", "")):
        raise NotSetUp
    commit = carrier.fetch(url, notes.get("settled", "").split()[:1])
    here = Content(_bytes_of(paths), own_sets(env))
    found = Found(url, commit, notes, logged)
    if found.is_settled(here):
        return None
    done: Synced = import_module(ROUND).merge_and_push(env, carrier, found, here)
    return done


def _bytes_of(paths: Paths) -> bytes:
    """All of the journal; none if it isn't there. Raises CannotOpen."""
    file = open_to_read(Path(paths.real))
    if file is None:
        return b""
    with file:
        return file.read()

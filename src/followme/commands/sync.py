"""`followme sync`: the same journal on several machines."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError
from followme.git import check_url
from followme.hints import Command
from followme.insight.incoming import Incoming, sentences
from followme.insight.merge import Difference
from followme.insight.wording import all_of, counted
from followme.journal.change import merging
from followme.shell import sync_ends, syncing
from followme.shell.confirm import confirmed, is_agreed

_READ = (
    "Anyone who runs that host can read your journal and your own prompt sets: they're stored there as they are here, "
    "and so are older versions. Use a private repository."
)


def run(
    ctx: typer.Context,
    init: Annotated[
        str,
        typer.Option(
            "--init", metavar="URL", help="The git repository that carries the journal; needed once."
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --init: show what it means, and change nothing.")
    ] = False,
) -> None:
    """Keep the journal the same on several machines, through a git repository of yours.

    Run it with --init URL once on each machine; after that, `followme sync` is enough.
    """
    env: Env = ctx.obj
    carrier = syncing.repository(env, asks=env.can_ask)
    if init:
        check_url(init)
        env.say(f"{init} will carry your journal between your machines. {_READ}")
        if not is_agreed(env, "a sync", dry_run=dry_run):
            return
        syncing.start(carrier, init)
    url = syncing.url_of(env)
    if not url:
        raise FollowmeError(
            "No repository is set up yet. Make an empty, private one, then:", Command("sync", "--init", "URL")
        )
    try:
        done = syncing.sync(env, carrier, url, lambda missing: _decided(env, missing))
    except FollowmeError as error:
        sync_ends.note_end(env, str(error))
        raise
    sync_ends.note_end(env)
    env.settled = 0
    _tell(env, done)


def _decided(env: Env, missing: Collection[str]) -> bool:
    """Ask whether entries that are gone here without followme go everywhere; without a terminal, they come back."""
    gone = counted(len(missing), "entry is", "entries are")
    which = "it" if len(missing) == 1 else "them"
    if not env.can_ask:
        env.say(f"{gone} missing here, though followme didn't delete {which}. This sync brings {which} back.")
        return False
    ask = f"{gone} missing here, though followme didn't delete {which}. Delete {which} everywhere?"
    return confirmed(env, ask, f"Press Enter to bring {which} back.")


def _tell(env: Env, done: syncing.Synced) -> None:
    """Say in two lines what came and what went."""
    if not any(done.came) and not any(done.went):
        env.say("Nothing new, here or there.")
        return
    env.say(f"Came in: {_phrases(env, done.came)}.")
    env.say(f"Went out: {_phrases(env, done.went, leaves=True)}.")
    if done.replaced:
        env.say(
            "The words you removed are gone from the repository's history too. Its host may keep old data for a while."
        )


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

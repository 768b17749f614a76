"""After words were removed for good on another machine: the backups of this one, which still have them."""

from __future__ import annotations

from collections.abc import Collection

from followme.env import Env
from followme.git import Repository
from followme.hints import Command
from followme.insight.wording import counted
from followme.journal.change import elsewhere, log
from followme.shell.confirm import confirmed
from followme.shell.for_good import name_left
from followme.shell.paths import paths_of
from followme.shell.sync_repository import alone


def offer_to_renew(env: Env, carrier: Repository, ids: Collection[str]) -> None:
    """Offer to take out of the backups here what another machine removed from these entries. Raises FollowmeError.

    Where no one can be asked, the next sync does.
    """
    with alone(carrier):
        if count := elsewhere.outdated(paths_of(env), ids):
            backups = counted(count, "backup here still has them", "backups here still have them")
            said = f"Another machine removed words for good. {backups}."
            if not env.can_ask and not env.options.yes:
                env.say(f"{said} To remove them there too:", Command("sync", "--yes"))
                return
            ask = f"{said} Remove them there too?"
            if env.options.yes or confirmed(env, ask, "Press Enter to keep them.", no="to keep them"):
                _renew(env, carrier, ids)
            else:
                env.say(f"They stay in {paths_of(env).backups}")
        carrier.note("older", "")


def _renew(env: Env, carrier: Repository, ids: Collection[str]) -> None:
    """Take the words out, and say where they may still be."""
    paths = paths_of(env)
    known = elsewhere.was_forgotten(paths, carrier.notes().get("logged", ""))
    done = elsewhere.renew(paths, ids, env.now())
    if not known:
        # What was removed here goes no further: it came from another machine.
        carrier.note("logged", next(each.mark for each in log.newest(paths) if each))
    env.say(f"Removed from {counted(done.backups, 'backup')}.")
    name_left(env, done.left, "them")

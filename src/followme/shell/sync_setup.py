"""Setting up the repository that carries the journal: what it means is said, and asked about once."""

from __future__ import annotations

from followme.env import Env
from followme.git import PUSHING, SYNCED, Repository, check_url, has_secret, shown, whole
from followme.shell.confirm import is_agreed
from followme.shell.sync_repository import alone

_READ = (
    "Anyone who runs that host can read your journal and your own prompt sets: they're stored there as they are here, "
    "and so are older versions. Use a private repository."
)


def set_up(env: Env, carrier: Repository, url: str, *, dry_run: bool) -> bool:
    """Let this remote carry the journal if the person agrees, and return whether it does. Raises FollowmeError."""
    check_url(url)
    url = whole(url)
    env.say(f"{shown(url)} will carry your journal between your machines. {_READ}")
    if has_secret(url):
        env.say(
            f"The address holds a password or token. It's kept in {carrier.folder / 'config'}, which only you can read."
        )
    if not is_agreed(env, "a sync", dry_run=dry_run):
        return False
    _start(carrier, url)
    return True


def _start(carrier: Repository, url: str) -> None:
    """Note the remote's address, and forget what this machine had in common with another one. Raises FollowmeError."""
    with alone(carrier):
        carrier.fetch(url)
        carrier.note("settled", "")
        carrier.put(SYNCED, "")
        carrier.put(PUSHING, "")
        carrier.note("logged", "")
        carrier.note("unpruned", "yes")
        carrier.note("url", url)

"""Where the journal lies that a command line means."""

from __future__ import annotations

from contextlib import suppress

from followme.env import Env
from followme.errors import FollowmeError
from followme.journal.files import is_strangers, leads_to_strangers
from followme.journal.place import Place


def place_of(env: Env) -> Place:
    """Return where the journal and its drafts lie.

    Raises FollowmeError where the state folder is a link to where someone else can write; a spare folder of
    that kind is left out.
    """
    inside = []
    with suppress(OSError):
        inside = [path for path in env.state.iterdir() if path.is_symlink()]
    for folder in (env.state, *inside):
        if real := leads_to_strangers(folder):
            raise FollowmeError(
                f"{folder} leads to {real}, where someone else can write, so followme keeps nothing there. "
                "Remove the link, or have it lead to a folder that only you can write in."
            )
    spares = tuple(one for one in env.spares if not is_strangers(one))
    return Place(journal=env.journal, state=env.state, spares=spares)

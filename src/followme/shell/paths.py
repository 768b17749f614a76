"""The paths of the journal that a command line means, and of what belongs to it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from followme.env import Env
from followme.errors import FollowmeError
from followme.journal.file.modes import is_strangers, leads_to_strangers
from followme.journal.file.paths import Paths


def paths_of(env: Env) -> Paths:
    """Return the paths of the journal and its drafts. Raises FollowmeError as `folders_of` does."""
    state, *fallbacks = folders_of(env)
    return Paths(journal=env.journal, state=state, fallbacks=tuple(fallbacks))


def folders_of(env: Env) -> tuple[Path, ...]:
    """Return the folders for everything but the journal, the first choice first.

    Raises FollowmeError if the state folder is a link to a place where someone else can write; such fallbacks are
    left out.
    """
    inside = []
    with suppress(OSError):
        inside = [path for path in env.state.iterdir() if path.is_symlink()]
    for folder in (env.state, *inside):
        if real := leads_to_strangers(folder):
            raise FollowmeError(
                f"{folder} is a link to {real}, where others can write, so followme keeps nothing there. "
                "Remove the link, or point it to a folder only you can write to."
            )
    return (env.state, *(one for one in env.fallbacks if not is_strangers(one)))


def has_carrier(env: Env) -> bool:
    """Return whether git has made the repository that carries this journal."""
    return (paths_of(env).carrier / "HEAD").is_file()

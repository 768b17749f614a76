"""The person's own prompt sets: where one lies, and how it gets there."""

from __future__ import annotations

from os import R_OK, X_OK, access
from os.path import lexists
from pathlib import Path

from followme.commands import target_file
from followme.env import Env
from followme.errors import FollowmeError


def path_of(env: Env, name: str) -> Path:
    """Where a set of this name or path lies, or would lie."""
    if "/" in name or "\\" in name or name.endswith(".toml"):
        return Path(name)
    return env.own_prompts / f"{name}.toml"


def out_of_reach(env: Env) -> str:
    """A sentence where the folder of own sets is there and cannot be read, else ""."""
    folder = env.own_prompts
    if not lexists(folder) or (folder.is_dir() and access(folder, R_OK | X_OK)):
        return ""
    return f"{folder} cannot be read as a folder, so your own prompt sets are left out."


def put(env: Env, path: Path, text: str) -> None:
    """Write a set, and the folder of own sets if that is where it goes. Raises FollowmeError."""
    try:
        if path.parent == env.own_prompts:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FollowmeError(
            f"{path.parent} cannot be made ({error.strerror}). Mend that, and try again."
        ) from None
    target_file.put(path, text)

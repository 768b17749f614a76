"""Folders and paths: shipped data, private folders that every system has, and paths as a person writes them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from followme.env.started import NAME
from followme.errors import FollowmeError, quoted


def shipped(name: str) -> Path:
    """Return the folder of shipped data with this name: inside the package, or in the checkout it runs from."""
    package = Path(__file__).parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parents[1] / name


def shipped_prompts() -> Path:
    """Return the folder of the shipped prompt sets."""
    return shipped("prompts")


def private(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the private folders outside the home: in memory, if the system has such a folder, then a temporary one."""
    temporary = "TEMP" if os.name == "nt" else "TMPDIR"
    named = (
        (environ.get("XDG_RUNTIME_DIR", ""), NAME),
        (environ.get(temporary, "" if os.name == "nt" else "/tmp"), _own_name()),
    )
    return tuple(Path(folder) / name for folder, name in named if os.path.isdir(folder))


def path_of(words: str) -> Path:
    """Return the path for words that may begin with ~ for a home. Raises FollowmeError if they can't be a path."""
    try:
        if "\0" not in words:
            return Path(words).expanduser()
    except RuntimeError:
        pass
    raise FollowmeError(
        f"{quoted(words)} isn't a path on this computer. Write it out in full, starting at the top."
    )


def _own_name() -> str:
    """The name of a person's own folder inside a folder that everyone shares."""
    if sys.platform == "win32":
        return NAME
    return f"{NAME}-{os.getuid()}"

"""The prompt sets that can be used: those without faults, read only where someone wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from followme.env import Env
from followme.errors import FollowmeError
from followme.model import PromptSet
from followme.promptfile.folders import all_files, is_path, is_there
from followme.promptfile.load import load
from followme.tables import MAX_BYTES


def usable(env: Env, wanted: Callable[[bytes], bool] | None = None) -> Iterator[PromptSet]:
    """Yield the sets without faults: one that the settings name by its path, then the person's own, then the others.

    Files whose bytes aren't `wanted` are left out unparsed.
    """
    named = [Path(env.config.set)] if is_path(env.config.set) else []
    for path in (*named, *all_files(env.prompt_folders)):
        with suppress(FollowmeError, OSError):
            if wanted is None or (is_there(path) and wanted(_head(path))):
                yield load(path)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES)

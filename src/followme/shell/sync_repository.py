"""The repository that carries the journal: its address, and its use by one sync at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from followme.env import Env
from followme.errors import FollowmeError
from followme.git import Repository
from followme.hints import Command
from followme.journal.file.lock import FileLock, Taken
from followme.journal.file.modes import private_folder
from followme.shell.paths import has_carrier, paths_of


class NotSetUp(FollowmeError):
    """`sync --init` was never run for this journal."""

    def __init__(self) -> None:
        super().__init__(
            "No git repository carries your journal yet. Make an empty, private one, on GitHub for example, then:",
            Command("sync", "--init", "URL"),
        )


def repository(env: Env, *, asks: bool) -> Repository:
    """Return the repository that carries this journal; it may not have been made yet."""
    return Repository(paths_of(env).carrier, env.environ, asks)


def url_of(env: Env) -> str:
    """Return the address of the remote; "" if `sync --init` was never run for this journal."""
    return repository(env, asks=False).notes().get("url", "") if has_carrier(env) else ""


@contextmanager
def alone(carrier: Repository) -> Iterator[None]:
    """Within this, no other sync uses the repository, and it is there. Raises FollowmeError if one is running."""
    private_folder(carrier.folder.parent)
    lock = FileLock(carrier.folder.with_suffix(".lock"))
    try:
        lock.acquire()
    except Taken:
        raise FollowmeError("Another sync of this journal is running, so this one didn't start.") from None
    try:
        carrier.make()
        yield
    finally:
        lock.release()

"""The way to promises and weeks of any age: through the whole journal, with few answers parsed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from followme.env import Env
from followme.env.beside import begun
from followme.errors import FollowmeError
from followme.hints import Command
from followme.insight.promises import OpenPromise, open_promises
from followme.journal.file import reading, skimming
from followme.journal.file.blocks import Block
from followme.journal.file.modes import size_of
from followme.journal.file.skimming import Skim
from followme.journal.kept import version
from followme.model import Entry, Located
from followme.shell.entries import notices, undamaged

LARGE = 1_000_000
"""How many bytes take longer to look through than a fork takes to begin."""

_ahead: dict[tuple[int, ...], Callable[[], tuple[OpenPromise, ...]]] = {}
"""What returns the open promises of a version of the journal that is being looked through."""


def without_answers(env: Env) -> tuple[Entry, ...]:
    """Return all entries in file order, older ones without their answers; damage and notices are reported."""
    return tuple(each.entry for each in located_without_answers(env))


def located_without_answers(env: Env) -> tuple[Located, ...]:
    """Return the same entries, each with its place in the journal."""
    notices(env)
    return tuple(undamaged(env, skimming.skimmed(env.journal)))[::-1]


def whole(env: Env, bare: Located) -> tuple[Block, Entry]:
    """Return the block of an entry, and the entry with its answers.

    Raises FollowmeError if it can't be read, or has changed since.
    """
    block = reading.block_at(env.journal, bare.start, bare.end)
    if block and block.entry and replace(block.entry, answers=()) == replace(bare.entry, answers=()):
        return block, block.entry
    if block and block.error:
        raise FollowmeError(
            f"That entry can't be read. {block.error.sentence} To see what to do:", Command("doctor")
        )
    raise FollowmeError("The journal changed at this moment, so nothing else was done. Try again.")


def skim(env: Env) -> Skim:
    """Return what the whole journal says about weeks and promises that may be open; damage is reported."""
    skimmed = _skim(env.journal, version(env.journal))
    list(undamaged(env, skimmed.damages))
    return skimmed


def look_ahead(env: Env) -> None:
    """Begin to look for the open promises of a large journal, beside all else, so that `still_open` needn't wait."""
    if size_of(env.journal) >= LARGE:
        # Found first: what changes the journal from here on makes what the fork finds count for nothing.
        now = version(env.journal)
        _ahead[now] = begun(partial(still_open, env))


def still_open(env: Env) -> tuple[OpenPromise, ...]:
    """Return all open promises of any age, oldest first; damage is not reported here."""
    now = version(env.journal)
    # What was found in another version of the journal isn't asked for.
    if found := _ahead.pop(now, None):
        return found()
    return open_promises(_skim(env.journal, now).telling)


@lru_cache(maxsize=1)
def _skim(path: Path, version: tuple[int, ...]) -> Skim:
    """The result of skimming this version of the journal, kept so that home and a sitting started there skim once."""
    return skimming.skim(path)

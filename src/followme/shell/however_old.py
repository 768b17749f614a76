"""The way to promises and weeks, however old: through the whole journal, with few answers parsed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from followme.env import Env
from followme.insight.promises import OpenPromise, open_promises
from followme.journal.file import reading, skimming
from followme.journal.file.skimming import Skim
from followme.journal.kept import version
from followme.model import Entry, Located
from followme.shell.entries import undamaged


def without_answers(env: Env) -> tuple[Entry, ...]:
    """All entries in file order, the older ones without their answers; damage and notices are said."""
    return tuple(each.entry for each in located_without_answers(env))


def located_without_answers(env: Env) -> tuple[Located, ...]:
    """The same, each with where it stands."""
    for notice in reading.notices(env.journal):
        env.say(notice)
    return tuple(undamaged(env, skimming.skimmed(env.journal)))[::-1]


def with_answers(env: Env, found: Iterable[Located]) -> tuple[Located, ...]:
    """These entries whole, in file order, read from the end of the journal back to the first of them."""
    bare = [replace(each.entry, answers=()) for each in found]
    whole: list[Located] = []
    for each in reading.located(env.journal):
        if len(whole) == len(bare):
            break
        if isinstance(each, Located) and replace(each.entry, answers=()) in bare:
            whole.append(each)
    return tuple(reversed(whole))


def skim(env: Env) -> Skim:
    """What the whole journal says of weeks, and of promises that may be open; damage is said."""
    found = _skim(env.journal, version(env.journal))
    list(undamaged(env, found.damages))
    return found


def still_open(env: Env) -> tuple[OpenPromise, ...]:
    """All promises that are open, however old, oldest first; damage is left to who reads what the entries say."""
    return open_promises(_skim(env.journal, version(env.journal)).telling)


@lru_cache(maxsize=1)
def _skim(path: Path, version: tuple[int, ...]) -> Skim:
    """What skimming finds in this version of the journal: home and the sitting that begins from it skim it once."""
    return skimming.skim(path)

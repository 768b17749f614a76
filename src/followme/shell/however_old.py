"""The way to promises and weeks of any age: through the whole journal, with few answers parsed."""

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
    """Return all entries in file order, older ones without their answers; damage and notices are reported."""
    return tuple(each.entry for each in located_without_answers(env))


def located_without_answers(env: Env) -> tuple[Located, ...]:
    """Return the same entries, each with its place in the journal."""
    for notice in reading.notices(env.journal):
        env.say(notice)
    return tuple(undamaged(env, skimming.skimmed(env.journal)))[::-1]


def with_answers(env: Env, bare_entries: Iterable[Located]) -> tuple[Located, ...]:
    """Return these entries whole, in file order, reading from the end of the journal back to the first of them."""
    bare = [replace(each.entry, answers=()) for each in bare_entries]
    whole: list[Located] = []
    for each in reading.located(env.journal):
        if len(whole) == len(bare):
            break
        if isinstance(each, Located) and replace(each.entry, answers=()) in bare:
            whole.append(each)
    return tuple(reversed(whole))


def skim(env: Env) -> Skim:
    """Return what the whole journal says about weeks and promises that may be open; damage is reported."""
    skimmed = _skim(env.journal, version(env.journal))
    list(undamaged(env, skimmed.damages))
    return skimmed


def still_open(env: Env) -> tuple[OpenPromise, ...]:
    """Return all open promises of any age, oldest first; damage is not reported here."""
    return open_promises(_skim(env.journal, version(env.journal)).telling)


@lru_cache(maxsize=1)
def _skim(path: Path, version: tuple[int, ...]) -> Skim:
    """The result of skimming this version of the journal, kept so that home and a sitting started there skim once."""
    return skimming.skim(path)

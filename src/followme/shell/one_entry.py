"""The one entry that ENTRY means, for a verb that changes it or adds to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from followme.clean import one_line
from followme.dates import shown_day
from followme.env import Env
from followme.errors import FollowmeError
from followme.hints import Command
from followme.insight.query import resolve, texts_of
from followme.journal.file.blocks import Block
from followme.journal.file.finding import blocks_with, latest_blocks
from followme.model import Located


def found_entry(env: Env, ref: str, everything: Callable[[Env], Sequence[Located]]) -> Located:
    """Return the entry that `ref` means, as `one_entry` does. `everything` reads the journal if that's needed."""
    return one_entry(env, _near(env, ref) or everything(env), ref)


def one_entry(env: Env, known: Sequence[Located], ref: str) -> Located:
    """Return the entry among these that `ref` means.

    Raises FollowmeError if it means none, or several, which are listed.
    """
    found = resolve(known, ref, env.now().date())
    if len(found) == 1:
        return found[0]
    if not found:
        raise FollowmeError(
            f"There's no entry for {ref!r}, so nothing was changed. To see them all:", Command("list")
        )
    raise FollowmeError(
        f"{ref} could mean any of these, so nothing was changed. Give one of the ids:\n{_listed(env, found)}"
    )


def _near(env: Env, ref: str) -> Sequence[Located]:
    """Some entries, with all among them that `ref` may mean; () if the whole journal must be read for that."""
    today = env.now().date()
    if texts := texts_of(ref, today):
        return _located(blocks_with(env.journal, *texts))
    return _located(latest_blocks(env.journal, lambda some: bool(resolve(_located(some), ref, today))))


def _located(blocks: Iterable[Block] | None) -> Sequence[Located]:
    return [Located(each.entry, each.start, each.end) for each in blocks or () if each.entry]


def _listed(env: Env, entries: Iterable[Located]) -> str:
    """One line for each entry: its id, its day and its set."""
    today = env.now().date()
    return "\n".join(
        f"  {one_line(each.entry.id)}  {shown_day(each.entry.day, today)}  {one_line(each.entry.set)}"
        for each in entries
    )

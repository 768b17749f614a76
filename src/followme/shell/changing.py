"""A change of entries: shown, asked about once, and put in the journal by changing only the bytes that differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from followme.clean import one_line
from followme.dates import shown_day
from followme.env import Env
from followme.errors import FollowmeError
from followme.hints import Command
from followme.insight.differences import differences
from followme.journal.change.rewrite import Change, rewrite
from followme.journal.change.splice import NotSpliced, spliced
from followme.journal.file.blocks import Block
from followme.model import Entry
from followme.shell.paths import paths_of

Meant = tuple[Block, Entry]
"""A block, and the entry that it becomes."""


def show_changes(env: Env, changes: Iterable[Meant]) -> None:
    """Show what each entry has before and after."""
    today = env.now().date()
    for block, meant in changes:
        if block.entry and block.entry != meant:
            env.say(f"\n{shown_day(meant.day, today)}, {one_line(meant.set)}  {one_line(meant.id)}")
            for each in differences(block.entry, meant, today):
                env.say(f"\n{each.title}")
                _show("was", each.before or "nothing", env)
                _show("now", each.after or "nothing", env)
            env.say("")


def put(env: Env, changes: Sequence[Meant], verb: str) -> None:
    """Give blocks the content of these entries, under the name of `verb` in the log. Raises FollowmeError."""
    rewrite(paths_of(env), changes_of(changes), verb=verb, now=env.now())


def changes_of(changes: Iterable[Meant]) -> list[Change]:
    """Return the changes of the journal that give blocks the content of these entries. Raises FollowmeError."""
    return [_change(block, meant) for block, meant in changes]


def _change(block: Block, meant: Entry) -> Change:
    try:
        return Change(block.start, block.data, spliced(block.data, meant))
    except NotSpliced:
        raise FollowmeError(
            f"{meant.id or 'That entry'} is written in a way that followme can't change without touching anything "
            "else in it, so nothing was changed. Change it yourself with:",
            Command("edit", meant.id or str(meant.day), "--editor"),
        ) from None


def _show(name: str, words: str, env: Env) -> None:
    first, *rest = words.split("\n")
    env.say("\n".join([f"  {name}: {first}", *(f"       {line}" for line in rest)]))

"""One person's name changed in the whole journal, or forgotten: shown place by place, asked about once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from followme.env import Env
from followme.errors import FollowmeError, WrongUsage, quoted
from followme.hints import Command
from followme.insight.people import Place, people
from followme.insight.renaming import by_entry, places_of, renamed, without_name
from followme.insight.wording import counted
from followme.journal.change import forget, log
from followme.journal.change.rewrite import blocks_at
from followme.journal.file.blocks import Block
from followme.model import Entry
from followme.names import is_name, is_same_name
from followme.shell import changing
from followme.shell.changing import Meant
from followme.shell.confirm import is_agreed
from followme.shell.entries import loaded
from followme.shell.for_good import OUT_OF_REACH, tell_left, where
from followme.shell.paths import paths_of

REMAINS = (
    "Nicknames and initials may remain, and so may the name in a comment, in the wording of a question, and in damaged "
    "parts."
)


def rename(env: Env, name: str, new: str, *, dry_run: bool) -> bool:
    """Put the new name in the place of a person's name everywhere; return False if no entry names them.

    Raises WrongUsage if it can't be a name.
    """
    new = " ".join(new.removeprefix("@").replace("_", " ").split())
    if not is_name(new.replace(" ", "_")):
        raise WrongUsage(f"{quoted(new)} can't be a name. Use letters, spaces, ' and -.")
    changes, names = _changes(env, name, lambda entry, places: renamed(entry, places, new))
    if not changes:
        return False
    changing.show_changes(env, changes)
    if not is_same_name(name, new) and any(is_same_name(new, each) for each in names):
        env.say(f"followme already knows someone named {new}. After this, the two are one.")
    env.say(f"{_counted(changes)}{REMAINS}")
    if is_agreed(env, "a rename", dry_run=dry_run):
        changing.put(env, changes, log.RENAME)
        env.say(
            f"Renamed in {counted(len(changes), 'entry', 'entries')}. To take that back:", Command("undo")
        )
    return True


def forget_name(env: Env, name: str, *, dry_run: bool) -> None:
    """Put "someone" in the place of a person's name everywhere, in copies too.

    Raises FollowmeError if no one has that name.
    """
    paths = paths_of(env)
    changes, _ = _changes(env, name, without_name)
    if not changes and not forget.is_in_copies(paths, name):
        raise FollowmeError(
            f"followme knows no one named {quoted(name)}. See everyone with:", Command("people")
        )
    changing.show_changes(env, changes)
    if not changes:
        env.say(f"The journal doesn't name {quoted(name)}, but a backup or a draft does.")
    env.say(
        f"{_counted(changes)}{REMAINS} The name goes from followme's backups, drafts and log too, and undo can't "
        f"bring it back. {OUT_OF_REACH}"
    )
    if is_agreed(env, "forgetting", dry_run=dry_run):
        done = forget.forget_name(paths, changing.changes_of(changes), name, env.now())
        env.say(f"Forgotten in {where(len(changes), done.backups)}.")
        tell_left(env, done.left, "the name")


def _counted(changes: Sequence[Meant]) -> str:
    return f"{counted(len(changes), 'entry changes', 'entries change')}. " if changes else ""


def _changes(
    env: Env, name: str, change: Callable[[Entry, Sequence[Place]], Entry]
) -> tuple[list[Meant], list[str]]:
    """Each block that names this person, with the entry that it becomes; and everyone's names."""
    journal = loaded(env)
    found = by_entry(places_of(journal.entries, name))
    named = [each for each in journal.located if id(each.entry) in found]
    blocks = [
        Block(one.start, one.old, entry=each.entry)
        for one, each in zip(blocks_at(paths_of(env), named), named, strict=True)
    ]
    meant = [
        (block, change(each.entry, found[id(each.entry)])) for block, each in zip(blocks, named, strict=True)
    ]
    return meant, [each.name for each in people(journal.entries)] if named else []

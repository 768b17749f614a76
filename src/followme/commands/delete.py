"""`followme delete`: entries removed from the journal, after a look at what goes with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError
from followme.hints import Command
from followme.insight.digest import in_short
from followme.insight.halves import halves
from followme.insight.ids import is_id
from followme.insight.query import resolve
from followme.insight.wording import counted
from followme.journal.change import log, merging, purge
from followme.journal.change.purge import Purged
from followme.journal.change.rewrite import blocks_at, rewrite
from followme.journal.file.reading import blocks_of
from followme.model import Entry, Located
from followme.shell.confirm import is_agreed
from followme.shell.for_good import OUT_OF_REACH, tell_left
from followme.shell.however_old import located_without_answers
from followme.shell.one_entry import one_entry
from followme.shell.paths import paths_of


def run(
    ctx: typer.Context,
    refs: Annotated[
        list[str], typer.Argument(metavar="ENTRY…", help="Which: last, a week, a date, or an id.")
    ],
    purge_copies: Annotated[
        bool, typer.Option("--purge", help="Remove it from backups and drafts too, for good.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would go, and change nothing.")
    ] = False,
) -> None:
    """Delete entries; `undo` brings them back.

    It shows what goes and asks once. With --purge, they go from followme's backups, drafts and log too, for good.
    """
    env: Env = ctx.obj
    known = located_without_answers(env)
    changes = blocks_at(paths_of(env), _meant(env, known, refs, purge_copies=purge_copies))
    going = [each.entry for one in changes for each in blocks_of(one.old) if each.entry]
    ids = [each.id for each in going] or list(dict.fromkeys(refs))
    _show(env, going or ids, halves((each.entry for each in known), ids, env.now().date()))
    if purge_copies:
        _check_have_ids(ids)
        env.say(
            "With --purge, they go from followme's backups, drafts and log too, and undo can't bring them back. "
            f"{OUT_OF_REACH}"
        )
    if not is_agreed(env, "a delete", dry_run=dry_run):
        return
    together = [*changes, *merging.no_longer_others(paths_of(env), known, ids)]
    if purge_copies:
        _tell(env, purge.delete(paths_of(env), together, ids, env.now()))
        return
    rewrite(paths_of(env), together, verb=log.DELETE, gain=-len(changes), now=env.now())
    env.say("Deleted. To take that back:", Command("undo"))


def _meant(
    env: Env, known: Sequence[Located], refs: Sequence[str], *, purge_copies: bool
) -> Collection[Located]:
    """Return the entries that are meant, each once. Raises FollowmeError if one isn't there, or is several.

    A purge that was interrupted is continued by the full ids of what the journal no longer has.
    """
    today = env.now().date()
    is_away = purge_copies and all(is_id(ref) and not resolve(known, ref, today) for ref in refs)
    if is_away and any(purge.left(paths_of(env), refs)):
        return ()
    return {one.start: one for one in (one_entry(env, known, ref) for ref in refs)}.values()


def _check_have_ids(ids: Sequence[str]) -> None:
    if "" in ids:
        raise FollowmeError(
            "An entry without an id can't be found in backups, so nothing was changed. Give it one with:",
            Command("doctor", "--repair"),
        )


def _show(env: Env, going: Sequence[Entry | str], lost: Iterable[str]) -> None:
    """Show what would go, the entries or else the copies of what these ids name, and what loses its other half."""
    env.say("This would go:")
    for each in going:
        if isinstance(each, Entry):
            env.say(f"- {in_short(each, env.now().date())}")
        else:
            env.say(f"- the copies of {each}, which was deleted before")
    for sentence in lost:
        env.say(sentence)


def _tell(env: Env, done: Purged) -> None:
    changed = f", and {counted(done.backups, 'backup')} rewritten" if done.backups else ""
    env.say(f"Deleted for good{changed}.")
    tell_left(env, done.left, "words of it")

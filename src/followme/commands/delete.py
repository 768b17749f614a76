"""`followme delete`: entries removed from the journal, after a look at what goes with them."""

from __future__ import annotations

from collections.abc import Sequence
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
from followme.journal.change import log, purge
from followme.journal.change.purge import Purged
from followme.journal.change.rewrite import blocks_at, rewrite
from followme.model import Located
from followme.shell.confirm import is_agreed
from followme.shell.however_old import located_without_answers, with_answers
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
    found = _found(env, known, refs, purge_copies=purge_copies)
    ids = [each.entry.id for each in found] or list(dict.fromkeys(refs))
    _show(env, known, found, ids)
    if purge_copies:
        env.say(
            "With --purge, they go from followme's backups, drafts and log too, and undo can't bring them back. "
            "followme can't reach exports, cloud copies, snapshots, other computers or git."
        )
    if not is_agreed(env, "a delete", dry_run=dry_run):
        return
    changes = blocks_at(paths_of(env), found)
    if purge_copies:
        _tell(env, purge.delete(paths_of(env), changes, ids, env.now()))
        return
    rewrite(paths_of(env), changes, verb=log.DELETE, gain=-len(changes), now=env.now())
    env.say("Deleted. To take that back:", Command("undo"))


def _found(
    env: Env, known: Sequence[Located], refs: Sequence[str], *, purge_copies: bool
) -> tuple[Located, ...]:
    """Return the entries that are meant, each once, whole. Raises FollowmeError if one isn't there, or is several.

    A purge that was interrupted is continued by the full ids of what the journal no longer has.
    """
    today = env.now().date()
    is_away = purge_copies and all(is_id(ref) and not resolve(known, ref, today) for ref in refs)
    if is_away and any(purge.left(paths_of(env), refs)):
        return ()
    meant = {one.start: one for one in (one_entry(env, known, ref) for ref in refs)}
    found = with_answers(env, meant.values())
    if purge_copies and not all(each.entry.id for each in found):
        raise FollowmeError(
            "An entry without an id can't be found in backups, so nothing was changed. Give it one with:",
            Command("doctor", "--repair"),
        )
    return found


def _show(env: Env, known: Sequence[Located], found: Sequence[Located], ids: Sequence[str]) -> None:
    today = env.now().date()
    env.say("This would go:")
    for each in found:
        env.say(f"- {in_short(each.entry, today)}")
    for name in () if found else ids:
        env.say(f"- the copies of {name}, which was deleted before")
    for sentence in halves((each.entry for each in known), {each for each in ids if each}, today):
        env.say(sentence)


def _tell(env: Env, done: Purged) -> None:
    changed = f", and {counted(done.backups, 'backup')} rewritten" if done.backups else ""
    env.say(f"Deleted for good{changed}.")
    if done.left:
        env.say("These files may still have words of it, so look at them yourself:")
        for path in done.left:
            env.say(f"  {path}", exact=True)

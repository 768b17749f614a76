"""`followme edit`: something in an earlier entry changed."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.env import Env
from followme.errors import WrongUsage
from followme.hints import Command
from followme.journal.change import log
from followme.journal.file.blocks import Block
from followme.model import Entry
from followme.shell import changing, edited_block, edited_entry
from followme.shell.confirm import YES, Declined, is_agreed
from followme.shell.edited_entry import Asked
from followme.shell.one_block import one_block


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ENTRY", help="`last`, a week, a date, or an id.")],
    key: Annotated[
        str | None,
        typer.Argument(metavar="[KEY]", help="The question, such as moment, or a promise, such as p1."),
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option("--answer", metavar="KEY=TEXT", help="The new answer; repeat it for several."),
    ] = None,
    week: Annotated[
        str | None, typer.Option("--week", metavar="WEEK", help="The week it's for, such as 2026-W47.")
    ] = None,
    private: Annotated[
        bool | None,
        typer.Option(
            "--private/--public", help="Mark the entry, or KEY, private: not exported. Or unmark it."
        ),
    ] = None,
    editor: Annotated[
        bool, typer.Option("--editor", help="Open the whole entry, or the answer KEY, in your editor.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
) -> None:
    """Change one thing in an earlier entry: an answer, a promise, its week, or whether it's private.

    In a terminal, you're asked the same question again, with your answer to change; without KEY, you choose from a
    list. The question keeps the wording you were asked. You see each change before you say yes, and nothing else
    changes.
    """
    env: Env = ctx.obj
    given = answer or week is not None or private is not None
    if editor and (given or dry_run):
        raise WrongUsage("--editor goes alone, or with KEY. Leave the other options out.")
    if editor:
        if edited_block.edit(env, ref, key):
            env.say("Changed. To take that back:", Command("undo"))
        return
    block, entry = one_block(env, ref)
    if given:
        _put(env, block, Asked(edited_entry.given(env, entry, key, answer or (), week, private)), dry_run)
    else:
        _put(env, block, _asked(env, entry, key), dry_run)


def _asked(env: Env, entry: Entry, key: str | None) -> Asked:
    if not env.can_ask:
        raise WrongUsage(
            "There's no terminal to ask in, so nothing was changed. Say what to change with --answer KEY=TEXT, --week, "
            "--private or --public."
        )
    return edited_entry.asked(env, entry, key)


def _put(env: Env, block: Block, asked: Asked, dry_run: bool) -> None:
    """Put the entry as it's meant in the journal, if the person agrees, and end what is kept of it."""
    change = [(block, asked.meant)]
    if asked.meant == block.entry:
        env.say("Nothing was changed.")
        asked.drop()
        return
    changing.show_changes(env, change)
    try:
        agreed = is_agreed(env, "a change", dry_run=dry_run, enter=YES)
    except Declined:
        asked.drop()
        raise
    if agreed:
        changing.put(env, change, log.EDIT)
        asked.drop()
        env.say("Changed. To take that back:", Command("undo"))

"""`followme sync`: the same journal on several machines."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError, WrongUsage
from followme.hints import Command
from followme.shell import sync_ends, syncing
from followme.shell.sync_repository import NotSetUp, repository
from followme.shell.sync_values import Synced

SETUP, BACKUPS = "followme.shell.sync_setup", "followme.shell.sync_backups"
"""Loaded only when there's a repository to set up, and when words were removed elsewhere: both may ask."""


def run(
    ctx: typer.Context,
    init: Annotated[
        str,
        typer.Option(
            "--init", metavar="URL", help="The git repository that carries the journal; needed once."
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --init: show what it means, and change nothing.")
    ] = False,
) -> None:
    """Keep the journal the same on several machines, through a git repository of yours.

    Run it with --init URL once on each machine; after that, `followme sync` is enough.
    """
    env: Env = ctx.obj
    if dry_run and not init:
        raise WrongUsage("--dry-run needs --init, so nothing was synced. Leave it out.")
    carrier = repository(env, asks=env.can_ask)
    if init and not import_module(SETUP).set_up(env, carrier, init, dry_run=dry_run):
        return
    try:
        done = syncing.sync(env, carrier)
    except NotSetUp:
        raise
    except FollowmeError as error:
        sync_ends.note_end(env, str(error))
        raise
    sync_ends.note_end(env)
    env.settled = 0
    _tell(env, done)
    if done and done.older:
        import_module(BACKUPS).offer_to_renew(env, carrier, done.older)


def _tell(env: Env, done: Synced | None) -> None:
    """Say in two lines what came in and what went out."""
    if done is None or done.came == done.went == "nothing":
        env.say("Nothing new, here or there.")
        return
    env.say(f"Came in: {done.came}.")
    env.say(f"Went out: {done.went}.")
    if done.conflicts:
        env.say("To see both versions:", Command("list"))
    if done.replaced:
        env.say(
            "The words you removed are gone from the repository's history too. Its host may keep old data for a while."
        )

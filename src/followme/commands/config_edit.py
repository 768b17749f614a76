"""`followme config edit`: the settings in an editor, checked before they are used."""

from __future__ import annotations

from pathlib import Path

import typer

from followme import configfile
from followme.commands import target_file
from followme.commands.conversation import editor_for
from followme.commands.editor import NotEdited
from followme.env import Env
from followme.errors import FollowmeError, WrongUsage
from followme.journal.files import private_folder


def run(ctx: typer.Context) -> None:
    """Open the settings in your editor; without a file, an example in which every line is a comment.

    What you save is checked, and every fault is named with its line.
    """
    env: Env = ctx.obj
    if not env.can_ask:
        where = "are" if env.config_path.exists() else "would be"
        raise WrongUsage(
            f"There is no terminal to open an editor in. The settings {where} in {env.config_path}"
        )
    path = env.config_path
    before = _text(path) if path.exists() else configfile.EXAMPLE
    try:
        after = editor_for(env)(before)
    except NotEdited as error:
        raise FollowmeError(str(error)) from None
    if after.strip() == before.strip():
        env.say("Nothing was changed.")
        return
    private_folder(path.parent)
    target_file.put(path, after.rstrip("\n") + "\n")
    configfile.load(path)
    env.say(f"The settings are in {path}")


def _text(path: Path) -> str:
    """The settings as they are, with or without faults. Raises FollowmeError where they are no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise FollowmeError(
            f"{path} is not UTF-8 text. Save it as UTF-8 with another editor first."
        ) from None

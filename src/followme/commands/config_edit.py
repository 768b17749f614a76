"""`followme config edit`: the settings in an editor, checked before they are used."""

from __future__ import annotations

import os

import typer

from followme import configfile
from followme.env import Env
from followme.errors import WrongUsage
from followme.shell import edited_file


def run(ctx: typer.Context) -> None:
    """Open the settings in your editor; without a file, an example in which every line is a comment.

    It checks what you save, and lists each problem with its line.
    """
    env: Env = ctx.obj
    path = env.config_path
    if not env.can_ask:
        where = "are" if os.path.lexists(path) else "would be"
        raise WrongUsage(f"There's no terminal to open an editor in. The settings {where} in {path}")
    if edited_file.edit(env, path, configfile.EXAMPLE):
        configfile.load(path)
        env.say(f"The settings are in {path}")

"""`followme config path`: the path of the settings."""

from __future__ import annotations

import typer

from followme.env import Env
from followme.shell import present


def run(ctx: typer.Context) -> None:
    """Print the path of the settings, whether or not the file is there yet."""
    env: Env = ctx.obj
    present.write_lines(env, [str(env.config_path)])

"""`followme config path`: where the settings lie."""

from __future__ import annotations

import typer

from followme.commands import output
from followme.env import Env


def run(ctx: typer.Context) -> None:
    """Print the path of the settings, whether or not the file is there yet."""
    env: Env = ctx.obj
    output.write_lines(env, [str(env.config_path)])

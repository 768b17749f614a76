"""`followme config show`: the settings in force, and where each comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.configfile import KEYS, named_in, words_of
from followme.env import VARIABLES, Env
from followme.shell import present

DEFAULT, CONFIG = "default", "config"


def run(
    ctx: typer.Context,
    origin: Annotated[bool, typer.Option("--origin", help="Say where each value comes from.")] = False,
) -> None:
    """Print the settings in force as TOML; with --origin, a comment says where each comes from."""
    env: Env = ctx.obj
    named = named_in(env.config_path)
    for key in KEYS:
        value = getattr(env if key in VARIABLES else env.config, key)
        source = env.origin_of(key, CONFIG if key in named else DEFAULT)
        remark = f"  # {source}" if origin else ""
        present.write_lines(env, [f"{key} = {words_of(str(value) if key == 'journal' else value)}{remark}"])

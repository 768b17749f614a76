"""`followme config show`: the settings in force, and where each comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.configfile import KEYS, named_in, plain, words_of
from followme.env import VARIABLES, Env
from followme.shell import present
from followme.views import view

DEFAULT, CONFIG = "default", "config"


def run(
    ctx: typer.Context,
    origin: Annotated[bool, typer.Option("--origin", help="Say where each value comes from.")] = False,
    as_json: present.AsJson = False,
) -> None:
    """Print the settings in force as TOML; with --origin, a comment says where each comes from."""
    env: Env = ctx.obj
    named = named_in(env.config_path)
    values = {key: plain(getattr(env if key in VARIABLES else env.config, key)) for key in KEYS}
    origins = {key: env.origin_of(key, CONFIG if key in named else DEFAULT) for key in KEYS}
    if as_json:
        present.write_json(env, view("json").settings(values, origins))
        return
    remarks = {key: f"  # {source}" if origin else "" for key, source in origins.items()}
    present.write_lines(env, (f"{key} = {words_of(values[key])}{remarks[key]}" for key in KEYS))

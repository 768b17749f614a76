"""`followme config set`: one setting, written into the file without an editor."""

from __future__ import annotations

from typing import Annotated

import typer

from followme import configfile
from followme.env import Env
from followme.errors import WrongUsage, near_names, quoted
from followme.shell import own_file


def _keys(incomplete: str) -> list[str]:
    """The settings that begin with these letters, for the shell's completion."""
    return [key for key in configfile.KEYS if key.startswith(incomplete)]


def run(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(help="The setting, such as breaks.", autocompletion=_keys)],
    value: Annotated[
        list[str] | None, typer.Argument(help="Its value, such as 2026-12-21..2027-01-03.")
    ] = None,
    unset: Annotated[
        bool, typer.Option("--unset", help="Remove the setting. Leaving out VALUE does the same.")
    ] = False,
) -> None:
    """Change one setting; without a value, remove it.

    Everything else in the file stays as it is, and the value is checked first. Type several breaks one after the other;
    they replace the ones that are there.
    """
    env: Env = ctx.obj
    if key not in configfile.KEYS:
        near = near_names(key, configfile.KEYS)
        hint = f"Did you mean {near[0]}?" if near else f"The settings are {', '.join(configfile.KEYS)}."
        raise WrongUsage(f"{quoted(key)} isn't a setting. {hint}")
    words = " ".join(value or ())
    if unset and words:
        raise WrongUsage("Give a value or --unset, not both.")
    path = env.config_path
    toml = configfile.toml_of(key, words) if words.strip() else None
    own_file.check_own(path)
    data = configfile.bytes_of(path)
    before = configfile.value_in(path, data, key)
    if toml != (before or None):
        own_file.rewrite(path, data, configfile.with_setting(path, data, key, toml))
    if toml is None:
        env.say(f"{key} is no longer set in {path}" if before else f"{key} isn't set in {path}")
    else:
        env.say(f"{key} = {toml} is now in {path}")
    if before and before != toml:
        env.say(f"Before, it was {before}")
    if first := env.origin_of(key, ""):
        env.say(f"{first} overrides this setting here.")

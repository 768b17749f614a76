"""`followme prompts new`: a prompt set of one's own, begun from an example that explains itself."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.commands import own_sets
from followme.env import Env, shipped_prompts
from followme.errors import FollowmeError
from followme.promptfile.example import example
from followme.promptfile.load import name_of


def run(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The name of the set, or a path such as ./mine.toml.")
    ],
) -> None:
    """Write a prompt set to begin with: one question of each kind, every setting explained.

    It lies in the folder of your own sets, and can be answered as it is.
    """
    env: Env = ctx.obj
    path = own_sets.path_of(env, name)
    title = name_of(path)
    if path.exists():
        raise FollowmeError(
            f"{path} exists already, and is left as it is. Change it with: followme prompts edit {name}"
        )
    if path.parent == env.own_prompts and (shipped_prompts() / path.name).exists():
        raise FollowmeError(
            f"{title} comes with followme. Choose another name, or make it your own with: followme prompts edit {name}"
        )
    own_sets.put(env, path, example(title[:1].upper() + title[1:].replace("-", " ")))
    env.say(f"{path} is an example with one question of each kind. Make it yours with:")
    for verb in ("edit", "check"):
        env.say(f"  followme prompts {verb} {name}")
    env.say(f"Answer it with: followme reflect {name}")

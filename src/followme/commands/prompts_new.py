"""`followme prompts new`: a prompt set of one's own, begun from an example that explains itself."""

from __future__ import annotations

from os.path import lexists
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError
from followme.hints import Command
from followme.promptfile.example import example
from followme.promptfile.load import all_files, name_of
from followme.shell import given, own_sets, target_file


def run(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="The name of the set, or a path such as ./mine.toml; - is stdout."
        ),
    ],
) -> None:
    """Write a prompt set to begin with: one question of each kind, every setting explained.

    It lies in the folder of your own sets, and can be answered as it is.
    """
    env: Env = ctx.obj
    if name == given.STDIN:
        env.write(example("My own"))
        return
    path = own_sets.path_of(env, name)
    title = name_of(path)
    if path.suffix != ".toml":
        raise FollowmeError(
            f"{path} does not end in .toml, as a prompt set must. Name it {path}.toml, for example."
        )
    if lexists(path):
        raise FollowmeError(
            f"{path} exists already, and is left as it is. Change it with:", Command("prompts", "edit", name)
        )
    target_file.refuse_kept(env, path, but=target_file.SET)
    known = {each.stem.casefold(): each.stem for each in all_files(env.prompt_folders)}
    if path.parent == env.own_prompts and (same := known.get(title.casefold())):
        raise FollowmeError(
            f"There is a set {same} already. Choose another name, or make it your own with:",
            Command("prompts", "edit", same),
        )
    own_sets.write_set(env, path, example(title[:1].upper() + title[1:].replace("-", " ")))
    edit, check = (Command("prompts", verb, name) for verb in ("edit", "check"))
    env.say(f"{path} is an example with one question of each kind. Make it yours with:", edit, check)
    env.say("Answer it with:", Command("reflect", name))

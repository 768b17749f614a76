"""`followme prompts new`: a prompt set of one's own, begun from an example that explains itself."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.env import Env
from followme.errors import FollowmeError
from followme.hints import Command
from followme.promptfile.example import example
from followme.promptfile.folders import all_files
from followme.promptfile.load import name_of
from followme.shell import given, own_file, own_sets, target_file


def run(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="The name of the set, or a path such as ./mine.toml; - for stdout."
        ),
    ],
) -> None:
    """Write a prompt set to start from: one question of each kind, every setting explained.

    It goes into the folder of your own sets, and works as it is.
    """
    env: Env = ctx.obj
    if name == given.STDIN:
        env.write(example("My own"))
        return
    path = own_sets.path_of(env, name)
    title = name_of(path)
    if path.suffix != ".toml":
        raise FollowmeError(
            f"{path} doesn't end in .toml, as a prompt set must. Name it {path}.toml, for example."
        )
    own_file.check_own(path)
    if own_file.is_file(path):
        raise FollowmeError(
            f"{path} already exists, so it was left alone. Edit it with:", Command("prompts", "edit", name)
        )
    target_file.refuse_kept(env, path, but=target_file.SET)
    known = {each.stem.casefold(): each.stem for each in all_files(env.prompt_folders)}
    if path.parent == env.own_prompts and (same := known.get(title.casefold())):
        raise FollowmeError(
            f"There's already a set {same}. Choose another name, or make it your own with:",
            Command("prompts", "edit", same),
        )
    own_sets.write_set(env, path, example(title[:1].upper() + title[1:].replace("-", " ")))
    edit, check = (Command("prompts", verb, name) for verb in ("edit", "check"))
    env.say(f"{path} has one example of each kind of question. Make it yours with:", edit, check)
    env.say("Answer it with:", Command("reflect", name))

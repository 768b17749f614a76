"""`followme prompts list`: the prompt sets there are."""

from __future__ import annotations

import typer

from followme.env import Env
from followme.errors import FollowmeError
from followme.hints import Command
from followme.model import PromptSet
from followme.promptfile.load import all_files, load
from followme.shell import own_sets, present
from followme.views import view


def run(ctx: typer.Context, as_json: present.AsJson = False) -> None:
    """List the prompt sets: your own, then the shipped ones.

    A set that cannot be read is named on stderr and left out.
    """
    env: Env = ctx.obj
    sets = _readable(env)
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").prompt_sets(sets),
        page=lambda screen: view("prompts").listing(sets, screen),
        lines=lambda: view("tabs").prompt_sets(sets),
        through_pager=False,
    )


def _readable(env: Env) -> list[PromptSet]:
    sets = []
    if sentence := own_sets.out_of_reach(env):
        env.say(f"{sentence} Mend its place or its mode.")
    for path in all_files(env.prompt_folders):
        try:
            sets.append(load(path))
        except FollowmeError:
            see = Command("prompts", "check", str(path))
            env.say(f"{path} has faults and is left out. See them with:", see)
    return sets

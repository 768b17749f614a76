"""`followme prompts list`: the prompt sets there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import typer

from followme.env import Env
from followme.errors import FollowmeError
from followme.hints import Command
from followme.model import PromptSet
from followme.promptfile.folders import all_files
from followme.promptfile.load import load
from followme.shell import own_sets, present
from followme.shell.cadences import calendar
from followme.views import view


def run(ctx: typer.Context, as_json: present.AsJson = False) -> None:
    """List the prompt sets, your own first, and when they're next due.

    A set that can't be read is left out, and stderr says which.
    """
    env: Env = ctx.obj
    sets = _readable(env)
    days = _next_days(env)
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").prompt_sets(sets, days),
        page=lambda screen: view("prompts").listing(sets, days, env.now().date(), screen),
        lines=lambda: view("tabs").prompt_sets(sets, days),
    )


def _next_days(env: Env) -> Mapping[str, date]:
    """For each set that goes by days, the day from which it is due; none if the journal can't be read."""
    try:
        return calendar(env).days
    except FollowmeError:
        return {}


def _readable(env: Env) -> list[PromptSet]:
    sets = []
    if sentence := own_sets.out_of_reach(env):
        env.say(f"{sentence} Check where it is and its permissions.")
    for path in all_files(env.prompt_folders):
        try:
            sets.append(load(path))
        except FollowmeError:
            see = Command("prompts", "check", str(path))
            env.say(f"{path} has problems, so it was left out. To see them:", see)
    return sets

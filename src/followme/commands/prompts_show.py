"""`followme prompts show`: one prompt set, to read before beginning."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.commands import common, output
from followme.env import Env
from followme.promptfile.load import find, load
from followme.views import view


def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="SET", help="A name, or a path.")] = "weekly",
    as_json: common.AsJson = False,
) -> None:
    """Show what a prompt set asks, and how long it takes."""
    env: Env = ctx.obj
    found = load(find(name, env.prompt_folders))
    if as_json:
        output.write_json(env, view("json").prompt_set(found))
    elif env.out.terminal:
        output.page(env, lambda screen: view("prompts").page(found, screen))
    else:
        output.write_lines(env, view("tabs").questions(found))

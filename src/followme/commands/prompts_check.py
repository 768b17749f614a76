"""`followme prompts check`: every fault of a prompt set, at its line."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.env import Env
from followme.promptfile.load import find, load


def run(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A path, or the name of a set.")],
) -> None:
    """Check a prompt set and name every fault, one line each: FILE:LINE: key: what is wrong and what to do."""
    env: Env = ctx.obj
    found = load(find(file, env.prompt_folders))
    count = sum(1 for _ in found.questions)
    env.say(f"{file} is a good prompt set of {count} {'question' if count == 1 else 'questions'}.")

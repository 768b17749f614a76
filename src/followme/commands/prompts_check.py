"""`followme prompts check`: every fault of a prompt set at its line, and where it could ask better."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.commands import own_sets
from followme.env import Env
from followme.promptfile.craft import examine
from followme.promptfile.load import find


def run(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A path, or the name of a set.")],
) -> None:
    """Check a prompt set, and name each fault with its place and its remedy.

    One line a fault: FILE:LINE: key: what is wrong; what to do. Remarks on how it could ask better stop nothing.
    """
    env: Env = ctx.obj
    path = find(file, env.prompt_folders)
    found, remarks = examine(path)
    own_sets.tell_checked(env, path, found, remarks)

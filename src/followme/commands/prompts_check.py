"""`followme prompts check`: every fault of a prompt set with its line, and remarks on its questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from followme.env import Env
from followme.promptfile.craft import examine
from followme.promptfile.load import find
from followme.shell import given, own_sets
from followme.tables.tomlfile import MAX_BYTES


def run(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A path, or the name of a set; - for stdin.")],
) -> None:
    """Check a prompt set; list each problem, where it is, and how to fix it.

    One line per problem: FILE:LINE: key: what's wrong; what to do. Remarks on better questions don't fail the check.
    """
    env: Env = ctx.obj
    piped = env.read_stdin(MAX_BYTES + 1) if file == given.STDIN else None
    path = find(file, env.prompt_folders) if piped is None else Path("stdin")
    prompt_set, remarks = examine(path, piped)
    own_sets.tell_checked(env, path, prompt_set, remarks)

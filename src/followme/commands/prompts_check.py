"""`followme prompts check`: every fault of a prompt set with its line, and remarks on its questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from followme.env import Env
from followme.promptfile.craft import checked, examine
from followme.promptfile.load import find
from followme.shell import given, own_sets, present
from followme.tables import MAX_BYTES
from followme.views import view


def run(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A path, or the name of a set; - for stdin.")],
    as_json: present.AsJson = False,
) -> None:
    """Check a prompt set; list each problem, where it is, and how to fix it.

    One line per problem: FILE:LINE: key: what's wrong; what to do. Remarks on better questions don't fail the check.
    """
    env: Env = ctx.obj
    piped = env.read_stdin(MAX_BYTES + 1) if file == given.STDIN else None
    path = find(file, env.prompt_folders) if piped is None else Path("stdin")
    if as_json:
        _print_json(env, path, piped)
        return
    prompt_set, remarks = examine(path, piped)
    own_sets.tell_checked(env, path, prompt_set, remarks)


def _print_json(env: Env, path: Path, piped: bytes | None) -> None:
    """Print the same as JSON; with a problem, the exit code is 1."""
    prompt_set, file, faults, remarks = checked(path, piped)
    findings = {"problems": file.placed(faults), "remarks": file.placed(remarks)}
    # What a set with problems asks can't be counted.
    questions, minutes = (None, None) if faults else own_sets.size(prompt_set)
    present.write_json(env, view("json").checked_set(str(path), questions, minutes, findings))
    if faults:
        raise typer.Exit(1)

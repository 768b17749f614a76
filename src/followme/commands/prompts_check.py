"""`followme prompts check`: every fault of a prompt set at its line, and where it could ask better."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.env import Env
from followme.model import PromptSet
from followme.promptfile import timing
from followme.promptfile.load import examine, find


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
    tell(env, str(path), found, remarks)


def tell(env: Env, name: str, found: PromptSet, remarks: list[str]) -> None:
    """Say what a set without faults asks, and what could be better."""
    for remark in remarks:
        env.say(remark)
    count = timing.questions(found)
    asked = "1 question" if count == 1 else f"{count} questions"
    about = f"It asks {asked} at most, in about {_minutes(found.minutes or timing.minutes(found))}."
    if remarks:
        env.say(f"{name} has no faults, and can be used as it is. {about}")
    else:
        env.say(f"{name} has no faults. {about}")


def _minutes(count: int) -> str:
    return f"{count} {'minute' if count == 1 else 'minutes'}"

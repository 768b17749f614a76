"""`followme prompts edit`: a prompt set in the person's editor, and checked afterwards."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Annotated

import typer

from followme.env import Env
from followme.env.folders import shipped_prompts
from followme.errors import FollowmeError, WrongUsage
from followme.hints import Command
from followme.promptfile.craft import examine
from followme.promptfile.load import find, load
from followme.shell import edited_file, own_file, own_sets


def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or a path.")],
) -> None:
    """Open a prompt set in your editor, then check it.

    If you change a set that comes with followme, your copy goes into the folder of your own sets and is used instead.
    """
    env: Env = ctx.obj
    path = find(name, env.prompt_folders)
    shipped = path if path.parent == shipped_prompts() else None
    if not env.can_ask:
        # The next version replaces the shipped sets, and every change in them.
        own = env.own_prompts / path.name
        where = f"Copy {path} to {own}, and edit the copy." if shipped else f"The set is in {path}"
        raise WrongUsage(f"There's no terminal to open an editor in. {where}")
    if not own_file.is_file(path):
        begin = Command("prompts", "new", "NAME")
        raise FollowmeError(f"{path} isn't a file. Start a set of your own with:", begin)
    own_file.refuse_journal(path)
    keys = _keys(path)
    own = env.own_prompts / path.name if shipped else path
    if edited_file.edit(env, own, path.read_text(encoding="utf-8") if shipped else ""):
        if shipped:
            env.say(f"From now on, followme uses your copy of {shipped.stem}: {own}")
        _tell(env, name, own, keys, shipped is not None)


def _tell(env: Env, name: str, path: Path, keys: Set[str], copied: bool) -> None:
    """Say whether the set can be used, and which questions it no longer has. Raises FollowmeError if it has faults."""
    try:
        prompt_set, remarks = examine(path)
    except FollowmeError as error:
        back = f"To go back to the set that comes with followme, remove {path}.\n" if copied else ""
        raise FollowmeError(f"{error}\n{back}Fix it with:", Command("prompts", "edit", name)) from None
    own_sets.tell_checked(env, path, prompt_set, remarks)
    gone = keys - {question.key for question in prompt_set.questions}
    if gone:
        env.say(
            f"It no longer asks {', '.join(sorted(gone))}. If you only meant to change the words, put the old key "
            "back: your earlier answers belong to it."
        )


def _keys(path: Path) -> Set[str]:
    """The keys of a set; none if it has faults."""
    try:
        return {question.key for question in load(path).questions}
    except FollowmeError:
        return set()

"""`followme prompts edit`: a prompt set in the person's editor, and checked afterwards."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Annotated

import typer

from followme.commands import own_sets
from followme.commands.conversation import editor_for
from followme.commands.editor import Editor, NotEdited
from followme.env import Env, shipped_prompts
from followme.errors import FollowmeError, WrongUsage
from followme.hints import Command
from followme.promptfile.craft import examine
from followme.promptfile.load import find, load


def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or a path.")],
) -> None:
    """Open a prompt set in your editor, and check it afterwards.

    A set that comes with followme is copied to the folder of your own sets first; your copy goes before it.
    """
    env: Env = ctx.obj
    path = find(name, env.prompt_folders)
    shipped = path if path.parent == shipped_prompts() else None
    if not env.can_ask:
        # What is changed among the shipped sets is gone with the next version.
        own = env.own_prompts / path.name
        where = f"Copy {path} to {own} first, and edit the copy." if shipped else f"The set is in {path}"
        raise WrongUsage(f"There is no terminal to open an editor in. {where}")
    if not path.is_file():
        begin = Command("prompts", "new", "NAME")
        raise FollowmeError(f"{path} is no file. Begin a set of your own with:", begin)
    if shipped:
        path = _copied(env, shipped)
    before, keys = path.read_bytes(), _keys(path)
    failed = _open(editor_for(env), path)
    if not path.is_file():
        raise FollowmeError(
            f"{failed}{path} is no file any more. Begin it anew with:", Command("prompts", "new", name)
        )
    if path.read_bytes() != before:
        if failed:
            raise FollowmeError(f"{failed}What it saved is in {path}")
        _tell(env, name, path, keys, shipped is not None)
        return
    if shipped:
        path.unlink()
    removed = "the copy is removed again" if shipped else "the set is as it was"
    if failed:
        raise FollowmeError(f"{failed}Nothing was changed, so {removed}.")
    env.say(f"Nothing was changed, so {removed}.")


def _open(edit: Editor, path: Path) -> str:
    """Let the person edit; gives what went wrong with the editor, "" if nothing did."""
    try:
        edit.open(path)
    except NotEdited as error:
        return f"{error} "
    return ""


def _copied(env: Env, shipped: Path) -> Path:
    """The person's own copy of a shipped set."""
    path = env.own_prompts / shipped.name
    own_sets.put(env, path, shipped.read_text(encoding="utf-8"))
    env.say(f"{shipped.stem} comes with followme, so it is copied first. Your copy is {path}")
    return path


def _tell(env: Env, name: str, path: Path, keys: Set[str], copied: bool) -> None:
    """Say whether the set can be used, and which questions it no longer has. Raises FollowmeError at its faults."""
    try:
        found, remarks = examine(path)
    except FollowmeError as error:
        back = f"Remove {path} to have the one back that comes with followme.\n" if copied else ""
        raise FollowmeError(f"{error}\n{back}Mend it with:", Command("prompts", "edit", name)) from None
    own_sets.tell_checked(env, path, found, remarks)
    gone = keys - {question.key for question in found.questions}
    if gone:
        env.say(
            f"It no longer asks {', '.join(sorted(gone))}. If only the words were to change, put the old key back: "
            "earlier answers belong to it."
        )


def _keys(path: Path) -> Set[str]:
    """The keys of a set, none where it has faults."""
    try:
        return {question.key for question in load(path).questions}
    except FollowmeError:
        return set()

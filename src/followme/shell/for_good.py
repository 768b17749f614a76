"""What a purge and a forget say: what goes, what followme can't reach, and what may still have the words."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from followme.env import Env
from followme.hints import Command
from followme.insight.wording import counted
from followme.shell.paths import has_carrier

OUT_OF_REACH = (
    "followme can't reach exports, files taken from an inbox, cloud copies, snapshots, other computers, git, your "
    "shell's history or your terminal's scrollback."
)


def where(entries: int, backups: int) -> str:
    """Return in words where something was forgotten."""
    found = [counted(entries, "entry", "entries")] if entries else []
    found += [counted(backups, "backup")] if backups else []
    return " and ".join(found) or "what you typed and haven't saved yet"


def tell_left(env: Env, left: Collection[Path], it: str) -> None:
    """Name the files that may still have `it`, and say how the remote of a sync loses it."""
    name_left(env, left, it)
    if has_carrier(env):
        env.say("The remote and its copy here keep it until you sync:", Command("sync"))


def name_left(env: Env, left: Collection[Path], it: str) -> None:
    """Name the files that may still have `it`, if there are any."""
    if left:
        env.say(f"These files may still have {it}. Look at them yourself:")
        for path in left:
            env.say(f"  {path}", exact=True)

"""`followme demo`: home, or any verb that reads, on two invented years of entries instead of the person's own."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from followme.dates import shown_day
from followme.env import DEMO_DAY, Env
from followme.hints import Command
from followme.shell import present

# The rest of the line is another command, options included.
SETTINGS = {"allow_interspersed_args": False}


def run(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COMMAND]", help="A command that reads, such as list or lookback unseen."),
    ] = None,
    as_json: present.AsJson = False,
) -> None:
    """Look around in two invented years of someone's entries.

    Alone, it shows home as it would be after two years. Any command that reads can follow: list, show, search,
    lookback, people, promises, and export. Your own journal isn't read, and nothing is written but a new file that you
    name for an export.
    """
    env: Env = ctx.obj
    root: Any = ctx.find_root().command
    if not words:
        env.say(
            "This is the demo: two invented years of someone who leads a sales team. To begin your own:",
            Command("reflect"),
        )
        env.say("")
        env.say(f"In the demo, today is {shown_day(DEMO_DAY.date(), env.now().date())}.")
        env.say("")
    env.show_demo()
    given = [*(["--json"] if as_json else []), *(words or ())]
    code = root.main(given, prog_name=env.command(Command()), obj=env, standalone_mode=False)
    raise typer.Exit(code or 0)

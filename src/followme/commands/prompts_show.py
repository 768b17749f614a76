"""`followme prompts show`: one prompt set, to read before beginning."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.dates import iso_week
from followme.env import Env
from followme.insight.plan import quarter_number, worded
from followme.promptfile import timing
from followme.promptfile.load import find, load
from followme.shell import filters, present
from followme.views import view


def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="SET", help="A name, or a path.")] = "weekly",
    as_json: filters.AsJson = False,
) -> None:
    """Show what a prompt set asks, how each question is answered, and how long it takes."""
    env: Env = ctx.obj
    path = find(name, env.prompt_folders)
    found = load(path)
    if as_json:
        present.write_json(env, view("json").prompt_set(found))
    elif env.out.terminal:
        minutes = found.minutes or timing.minutes(found)
        begin = name if path.stem != name else found.name
        page = worded(found, quarter_number(iso_week(env.now().date())))
        present.page(
            env, lambda screen: view("prompts").page(page, minutes, timing.questions(found), begin, screen)
        )
    else:
        present.write_lines(env, view("tabs").questions(found))

"""`followme prompts show`: one prompt set, to read before beginning."""

from __future__ import annotations

from typing import Annotated

import typer

from followme.dates import iso_week
from followme.env import Env
from followme.insight.quarters import quarter_number
from followme.insight.questions import worded
from followme.model import PromptSet
from followme.promptfile import timing
from followme.promptfile.load import find, load
from followme.screen import Screen
from followme.shell import present
from followme.views import view


def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="SET", help="A name, or a path.")] = "weekly",
    as_json: present.AsJson = False,
) -> None:
    """Show what a prompt set asks, how each question is answered, and how long it takes."""
    env: Env = ctx.obj
    path = find(name, env.prompt_folders)
    prompt_set = load(path)
    begin = name if path.stem != name else prompt_set.name
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").prompt_set(prompt_set),
        page=lambda screen: _page(env, prompt_set, begin, screen),
        lines=lambda: view("tabs").questions(prompt_set),
    )


def _page(env: Env, prompt_set: PromptSet, begin: str, screen: Screen) -> None:
    """Draw the set in this quarter's wording; `begin` is the name to type to begin with it."""
    asked = worded(prompt_set, quarter_number(iso_week(env.now().date()), env.config.year_starts))
    minutes = prompt_set.minutes or timing.minutes(prompt_set)
    view("prompts").page(asked, minutes, timing.questions(prompt_set), begin, screen)

"""A command line once more, with other values, for a hint that keeps what the person asked for."""

from __future__ import annotations

from typing import Any

import typer

from followme.hints import Command, arguments
from followme.insight.query import FILTERS

IN_A_TERMINAL = 20
"""How many a terminal shows of a long list, unless the person gives a number."""

MORE, AT_LEAST = 5, 100
"""The hint names this many times what was shown, and at least this many."""


def again(ctx: typer.Context, *words: str, **instead: Any) -> Command:
    """Return the verb with these words and its options as they were given, but for other values of some of them."""
    given = {**ctx.params, **instead}
    options: list[str] = []
    for option in (each for each in ctx.command.params if each.param_type_name == "option"):
        value = given.get(option.name or "")
        if value not in (None, False):
            options += [option.opts[0]] if value is True else [option.opts[0], str(value)]
    return Command(str(ctx.info_name), *options, *arguments(*words))


def unfiltered(ctx: typer.Context, *words: str) -> Command:
    """Return the verb with its options as they were given, but without the filters."""
    return again(ctx, *words, **dict.fromkeys(FILTERS))


def more(ctx: typer.Context, shown: int, *words: str) -> Command:
    """Return the verb as it was given, but for a number of lines that is several times what was `shown`."""
    return again(ctx, *words, number=max(AT_LEAST, MORE * shown))

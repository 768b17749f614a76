"""The filters that verbs share: options on the command line, and one query for the verb."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from followme.env import Env
from followme.errors import WrongUsage
from followme.insight.query import FILTERS, Query

Verb = Callable[..., None]


def filtered(*names: str) -> Callable[[Verb], Verb]:
    """Return a decorator that gives a verb an option for each of these filters, or for all where none is named.

    The verb's `run` gets the filters as its parameter `query`. If a date or a week can't be read, WrongUsage is
    raised instead.
    """
    chosen = names or tuple(FILTERS)

    def decorate(run: Verb) -> Verb:
        @wraps(run)
        def with_query(ctx: typer.Context, **given: Any) -> None:
            words = {name: given.pop(name) for name in chosen}
            run(ctx, query=_query(words, ctx.obj), **given)

        # Typer reads the options of a verb from its signature.
        declared = signature(run, eval_str=True)
        own = [each for each in declared.parameters.values() if each.name != "query"]
        vars(with_query)["__signature__"] = declared.replace(parameters=[*own, *map(_option, chosen)])
        return with_query

    return decorate


def _query(given: dict[str, str | None], env: Env) -> Query:
    """Return the query for the words given for each filter by its name; None means the filter was not given."""
    today = env.now().date()
    try:
        return Query(
            **{
                name: FILTERS[name].meant(words, today, lambda: env.config.year_starts)
                for name, words in given.items()
                if words is not None
            }
        )
    except ValueError as error:
        raise WrongUsage(str(error)) from None


def _option(name: str) -> Parameter:
    about = FILTERS[name].about
    option = typer.Option(f"--{name}", help=about, rich_help_panel="Filters", show_default=False)
    return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, option])

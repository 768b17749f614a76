"""`followme lookback`: one question over time, a quarter or a year on one page, or all questions with their counts."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import WrongUsage
from followme.insight.quarters import Period, named_quarter, named_year
from followme.insight.query import Query
from followme.shell import present
from followme.shell.filters import filtered

OVERVIEW, PERIOD = "followme.shell.overviews", "followme.shell.one_period"
QUESTION = "followme.shell.one_question"
"""The modules for each way to look back, since only one of them is loaded."""


@filtered("since", "until", "set", "person", "week")
def run(
    ctx: typer.Context,
    query: Query,
    key: Annotated[
        str | None,
        typer.Argument(metavar="[KEY]", help="The question, such as moment.", show_default=False),
    ] = None,
    quarter: Annotated[
        str | None,
        typer.Option("--quarter", metavar="QUARTER", help="Look back on a quarter: 2026-Q4, Q4 or last."),
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar="YEAR", help="Look back on a year: 2026 or last.")
    ] = None,
    as_json: present.AsJson = False,
) -> None:
    """Look back on what your weeks add up to, or on one question.

    Without KEY, it shows your weeks, each number over time, the promises you kept, the signs you saw, and your
    questions: how often you answered and skipped each, and when last. With KEY, it shows all your answers to that
    question, oldest first; the wording stands above them wherever it changed. With --quarter or --year, it shows a
    quarter or a year on one page, in your own words, or with KEY the answers of that time. In a pipe, each question or
    answer is one line, with tabs between fields.
    """
    env: Env = ctx.obj
    period = _period(env, quarter, year)
    if key is not None:
        import_module(QUESTION).show(env, query, key, period, as_json=as_json)
    elif period:
        import_module(PERIOD).show(env, query, period, as_json=as_json)
    else:
        import_module(OVERVIEW).show(env, query, as_json=as_json)


def _period(env: Env, quarter: str | None, year: str | None) -> Period | None:
    """The quarter or the year that is meant. Raises WrongUsage."""
    if quarter is not None and year is not None:
        raise WrongUsage("Give --quarter or --year, not both.")
    today, starts = env.now().date(), env.config.year_starts
    try:
        if year is not None:
            return named_year(year, today, starts)
        return None if quarter is None else named_quarter(quarter, today, starts)
    except ValueError as error:
        raise WrongUsage(str(error)) from None

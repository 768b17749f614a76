"""`followme lookback`: one question over time, a quarter or a year on one page, or all questions with their counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from followme.env import Env
from followme.errors import NothingFound, WrongUsage, either, near_names, no_entries, quoted
from followme.hints import Command, arguments
from followme.insight.later import set_aside
from followme.insight.lookback import lookback, may_have, narrowed, todays_wordings
from followme.insight.past_values import period_values
from followme.insight.quarters import Period, named_quarter, named_year, quarter_of, year_of
from followme.insight.query import Query, select
from followme.insight.rewording import in_todays_words, rewordings
from followme.journal.file import reading
from followme.model import Entry, PromptSet
from followme.shell import present, usable_sets
from followme.shell.entries import newest_first
from followme.shell.filters import filtered
from followme.shell.overviews import overview_of
from followme.shell.past_weeks import past_period
from followme.views import view


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
        _answers(env, query, key, as_json, period)
    elif period:
        _past(env, query, period, as_json)
    else:
        _overview(env, query, as_json)


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


def _past(env: Env, query: Query, period: Period, as_json: bool) -> None:
    past = past_period(env, period, query)
    if past.empty:
        raise _nothing_in(env, period, query)
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").periods(period_values(past)),
        page=lambda screen: view("past_weeks").page(past, screen),
        lines=lambda: view("tabs").past_weeks(past),
    )


def _nothing_in(env: Env, period: Period, query: Query) -> NothingFound:
    """Why there's nothing in a quarter or a year, and how to go on."""
    option = "--quarter" if period.number else "--year"
    if query != Query():
        whole = Command("lookback", option, period.name)
        return NothingFound(f"Nothing in {period.title} fits these filters. See all of it with:", whole)
    latest = next(newest_first(env), None)
    if latest is None:
        return no_entries()
    near = (quarter_of if period.number else year_of)(latest.week, period.starts)
    return NothingFound(
        f"Nothing was written in {period.title}. Your latest entry is in {near.title}. Look back on that with:",
        Command("lookback", option, near.name),
    )


def _overview(env: Env, query: Query, as_json: bool) -> None:
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").overview(overview_of(env, query)),
        page=lambda screen: view("overview").show(overview_of(env, query), screen),
        lines=lambda: view("tabs").overview(overview_of(env, query, with_picks=False)),
    )


def _answers(env: Env, query: Query, key: str, as_json: bool, period: Period | None) -> None:
    sets = tuple(usable_sets.usable(env, may_have(key)))
    notes: list[Entry] = []
    entries = narrowed(select(set_aside(newest_first(env, may_have(key)), notes), query), key)
    if period:
        entries = (each for each in entries if each.week in period.weeks)
    seen = lookback(in_todays_words(entries, rewordings(sets)), key, todays_wordings(sets, key), notes)
    if seen.empty:
        raise _nothing(env, key, sets)
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").lookback(seen),
        page=lambda screen: view("lookback").answers(seen, env.now().date(), screen),
        lines=lambda: view("tabs").lookback(seen),
    )


def _nothing(env: Env, key: str, sets: Iterable[PromptSet]) -> NothingFound:
    """Why there's nothing, and how to go on."""
    kinds = {question.key: question.kind for each in sets for question in each.questions}
    asked: dict[str, str] | None = None
    for entry in reading.newest_first(env.journal):
        if isinstance(entry, Entry):
            asked = {answer.key: answer.kind for answer in entry.answers} | (asked or {})
    if asked is None:
        return no_entries()
    if (kinds | asked).get(key) == "promise":
        promises = Command("promises", "--all")
        return NothingFound("The answers to this question are promises. See them with:", promises)
    if key in asked:
        whole = Command("lookback", *arguments(key))
        return NothingFound("No answer fits these filters. See all with:", whole)
    nothing = "You haven't been asked this question yet."
    if key not in kinds:
        near = either([quoted(each) for each in near_names(key.casefold(), asked, 3)])
        nothing = f"There's no question {quoted(key)} in your journal."
        nothing += f" Did you mean {near}?" if near else ""
    return NothingFound(f"{nothing} See all questions with:", Command("lookback"))

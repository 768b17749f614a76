"""`lookback KEY`: all answers to one question."""

from __future__ import annotations

from collections.abc import Iterable

from followme.env import Env
from followme.errors import NothingFound, either, near_names, no_entries, quoted
from followme.hints import Command, arguments
from followme.insight.later import set_aside
from followme.insight.lookback import lookback, may_have, narrowed, todays_wordings
from followme.insight.people import is_known
from followme.insight.quarters import Period
from followme.insight.query import Query, filter_words, select
from followme.insight.rewording import in_todays_words, rewordings
from followme.model import Entry, PromptSet
from followme.shell import present, usable_sets
from followme.shell.entries import newest_first, quietly
from followme.views import view


def show(env: Env, query: Query, key: str, period: Period | None, *, as_json: bool) -> None:
    """Print the answers, of the period if one is given, that fit the query. Raises NothingFound."""
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
        page=lambda screen: view("lookback").answers(
            seen, env.now().date(), screen, _filters(env, query, period)
        ),
        lines=lambda: view("tabs").lookback(seen),
    )


def _filters(env: Env, query: Query, period: Period | None) -> str:
    """The filters and the period in words."""
    words = filter_words(query, env.now().date())
    return ", ".join(filter(None, (period.title if period else "", words)))


def _nothing(env: Env, key: str, sets: Iterable[PromptSet]) -> NothingFound:
    """Why there's nothing, and how to go on."""
    kinds = {question.key: question.kind for each in sets for question in each.questions}
    asked: dict[str, str] | None = None
    for entry in quietly(env):
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
        if is_known(quietly(env), key):
            someone = Command("people", *arguments(key))
            return NothingFound(f"{nothing} See what you wrote about them with:", someone)
        nothing += f" Did you mean {near}?" if near else ""
    return NothingFound(f"{nothing} See all questions with:", Command("lookback"))

"""`lookback` alone: what the journal adds up to, as far as the filters choose."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from followme.env import Env
from followme.hints import Command
from followme.insight.ledger import Kept, kept, made_in, of_person
from followme.insight.overview import Overview, overview
from followme.insight.query import Query, days_of, filters_of, select
from followme.insight.weeks import breaks_of
from followme.journal.file import skimming
from followme.model import Entry
from followme.shell import present
from followme.shell.entries import newest_first, undamaged
from followme.views import view

OPTIONS = "followme.shell.todays_options"
"""The module that reads the prompt sets, which lines have no use for."""


def show(env: Env, query: Query, *, as_json: bool) -> None:
    """Print the overview of the entries that fit; damage is reported."""
    present.show(
        env,
        as_json=as_json,
        json=lambda: view("json").overview(_overview(env, query)),
        page=lambda screen: view("overview").show(
            _overview(env, query), screen, filters_of(query, env.now().date(), Command("lookback"))
        ),
        lines=lambda: view("tabs").overview(_overview(env, query, with_picks=False)),
    )


def _overview(env: Env, query: Query, *, with_picks: bool = True) -> Overview:
    """The overview; what was picked of options can be left out."""
    whole, chosen, rate = ((), *_in_brief(env)) if query == Query() else _whole(env, query)
    return overview(
        import_module(OPTIONS).in_todays_words(env, chosen) if with_picks else chosen,
        rate,
        env.now().date(),
        year_starts=env.config.year_starts,
        breaks=breaks_of(env.config),
        with_picks=with_picks,
        # A week isn't missed because its reflection was made with another set.
        of_weeks=not (query.set or query.person or query.question),
        whole=whole,
        days=days_of(query),
    )


def _in_brief(env: Env) -> tuple[Sequence[Entry], Kept]:
    """All entries, and the rate of their promises, with few answers parsed."""
    journal = skimming.brief(env.journal)
    list(undamaged(env, journal.damages))
    return journal.entries, journal.kept


def _whole(env: Env, query: Query) -> tuple[Sequence[Entry], Sequence[Entry], Kept]:
    """All entries, those that fit, and the rate of the promises they make, whatever entry says what became of these."""
    entries = list(newest_first(env))[::-1]
    chosen = list(select(entries, query))
    rows = made_in(chosen, entries, env.now().date())
    # With a person, the promises to them count, and not all that an entry makes that names them.
    return entries, chosen, kept(of_person(rows, query.person) if query.person else rows)

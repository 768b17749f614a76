"""The way to the overview: what the journal adds up to, as far as the filters choose."""

from __future__ import annotations

from followme.env import Env
from followme.insight.ledger import Kept, kept, ledger
from followme.insight.overview import Overview, overview
from followme.insight.query import Query, select
from followme.insight.rewording import Rewordings, in_todays_words, rewordings
from followme.insight.weeks import breaks_of
from followme.model import Entry
from followme.shell import own_sets
from followme.shell.entries import newest_first


def overview_of(env: Env, query: Query) -> Overview:
    """Return the overview of the entries that fit; damage is reported."""
    entries = list(newest_first(env))[::-1]
    chosen = list(select(entries, query))
    return overview(
        in_todays_words(chosen, _rewordings(env, chosen)),
        _kept(entries, chosen, env),
        env.now().date(),
        year_starts=env.config.year_starts,
        breaks=breaks_of(env.config),
        # A week isn't missed because its reflection was made with another set.
        of_weeks=not (query.set or query.person or query.question),
    )


def _rewordings(env: Env, chosen: list[Entry]) -> Rewordings:
    """The options that today's sets have reworded; sets without any of the questions picked from aren't parsed."""
    keys = {each.key.encode() for entry in chosen for each in entry.answers if each.kind == "several"}
    return rewordings(
        own_sets.usable(env, lambda data: b"formerly" in data and any(key in data for key in keys))
    )


def _kept(entries: list[Entry], chosen: list[Entry], env: Env) -> Kept:
    """The rate of the promises that the chosen entries make, whatever entry says what became of them."""
    made = {ref for entry in chosen if not entry.conflict for ref, _ in entry.made}
    return kept(row for row in ledger(entries, env.now().date()) if row.ref in made)

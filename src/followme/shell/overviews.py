"""The way to the overview: what the journal adds up to, as far as the filters choose."""

from __future__ import annotations

from collections.abc import Sequence

from followme.env import Env
from followme.insight.ledger import Kept, kept, made_in
from followme.insight.overview import Overview, overview
from followme.insight.query import Query, select
from followme.insight.rewording import Rewordings, in_todays_words, rewordings
from followme.insight.weeks import breaks_of
from followme.journal.file import skimming
from followme.model import Entry
from followme.shell import usable_sets
from followme.shell.entries import newest_first, undamaged


def overview_of(env: Env, query: Query, *, with_picks: bool = True) -> Overview:
    """Return the overview of the entries that fit; damage is reported. Picks of options can be left out."""
    chosen, rate = _in_brief(env) if query == Query() else _whole(env, query)
    return overview(
        in_todays_words(chosen, _rewordings(env, chosen)) if with_picks else chosen,
        rate,
        env.now().date(),
        year_starts=env.config.year_starts,
        breaks=breaks_of(env.config),
        with_picks=with_picks,
        # A week isn't missed because its reflection was made with another set.
        of_weeks=not (query.set or query.person or query.question),
    )


def _in_brief(env: Env) -> tuple[Sequence[Entry], Kept]:
    """All entries, and the rate of their promises, with few answers parsed."""
    journal = skimming.brief(env.journal)
    list(undamaged(env, journal.damages))
    return journal.entries, journal.kept


def _whole(env: Env, query: Query) -> tuple[Sequence[Entry], Kept]:
    """The entries that fit, and the rate of the promises they make, whatever entry says what became of these."""
    entries = list(newest_first(env))[::-1]
    chosen = list(select(entries, query))
    return chosen, kept(made_in(chosen, entries, env.now().date()))


def _rewordings(env: Env, chosen: Sequence[Entry]) -> Rewordings:
    """The options that today's sets have reworded; sets without any of the questions picked from aren't parsed."""
    keys = {each.key.encode() for entry in chosen for each in entry.answers if each.kind == "several"}
    return rewordings(
        usable_sets.usable(env, lambda data: b"formerly" in data and any(key in data for key in keys))
    )

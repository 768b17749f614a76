"""What stays without its other half when entries are deleted: outcomes, promises and later words elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from followme.clean import one_line
from followme.dates import shown_day
from followme.insight.book import heard_of, promises_of
from followme.insight.promises import ending_words, promise_words
from followme.insight.wording import counted
from followme.model import Entry


def halves(entries: Iterable[Entry], ids: Collection[str], today: date) -> Iterator[str]:
    """Yield a sentence for each thing that stays without its other half if the entries with these ids go."""
    entries, ids = tuple(entries), {each for each in ids if each}
    staying = [each for each in entries if each.id not in ids]
    going = [each for each in entries if each.id in ids]
    made, heard = promises_of(entries), heard_of(entries)
    for entry in staying:
        for outcome in entry.outcomes:
            if outcome.promise.partition("/")[0] in ids and outcome.promise in made:
                words = one_line(promise_words(made[outcome.promise], today))
                ending = ending_words(outcome, made[outcome.promise], heard=heard)
                yield f'{shown_day(entry.day, today)} has the ending of a promise that goes ({ending}): "{words}".'
    for entry in going:
        for outcome in entry.outcomes:
            if outcome.promise.partition("/")[0] not in ids and outcome.promise in made:
                words = one_line(promise_words(made[outcome.promise], today))
                ending = ending_words(outcome, made[outcome.promise], heard=heard)
                yield f'This promise loses its ending ({ending}): "{words}".'
    later = sum(each.about_id in ids for each in staying if each.about)
    if later:
        yield f"{counted(later, 'later word', 'later words')} on what's deleted stay{'s' if later == 1 else ''}."

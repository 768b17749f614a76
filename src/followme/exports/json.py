"""Entries as JSON with everything the journal has of them, under the journal's own keys."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps

from followme.clean import for_json
from followme.exports.options import Options
from followme.insight.plain import journal_values
from followme.insight.privacy import Shared

SCHEMA = 1


def write(shared: Shared, options: Options) -> Iterator[str]:
    """Yield one object: a schema number, the program's name, and all entries, each on a line of its own."""
    yield f'{{"schema": {SCHEMA}, "program": "followme", "entries": ['
    before = "\n"
    for entry in options.arranged(shared):
        yield before + for_json(dumps(journal_values(entry), ensure_ascii=False))
        before = ",\n"
    yield "\n]}\n"

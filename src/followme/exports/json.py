"""Entries as JSON with everything the journal has of them, under the journal's own keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import JSONEncoder

from followme.clean import for_json
from followme.exports.options import Options
from followme.insight.numbers import Numbers
from followme.insight.plain import journal_values
from followme.insight.privacy import Shared

_encode = JSONEncoder(ensure_ascii=False).encode

HEAD = '{"schema": 1, "program": "followme", '


def write(shared: Shared, options: Options) -> Iterator[str]:
    """Yield one object: a schema number, the program's name, and all entries, each on a line of its own."""
    return joined(parts(shared, options), options)


def parts(shared: Shared, options: Options) -> Iterator[str]:
    """Yield the line of each entry."""
    return (for_json(_encode(journal_values(entry))) for entry in options.arranged(shared))


def joined(lines: Iterable[str], _options: Options) -> Iterator[str]:
    """Yield the object that has these lines."""
    yield f'{HEAD}"entries": ['
    before = "\n"
    for line in lines:
        yield before + line
        before = ",\n"
    yield "\n]}\n"


def write_numbers(numbers: Numbers, _options: Options) -> Iterator[str]:
    """Yield the same object with numbers in place of entries."""
    values = {
        "weeks": [{"week": week, "state": state} for week, state in numbers.weeks],
        "scales": [
            {
                "key": scale.key,
                "low": scale.low,
                "high": scale.high,
                "values": [
                    {"week": week, "date": day.isoformat(), "number": number}
                    for week, day, number in scale.values
                ],
            }
            for scale in numbers.scales
        ],
        "promises": [
            {"kind": kind, "result": result, "count": count} for kind, result, count in numbers.endings
        ],
    }
    yield f'{HEAD}"numbers": {for_json(JSONEncoder(ensure_ascii=False, indent=2).encode(values))}}}\n'

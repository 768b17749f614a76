"""Entries as JSON with everything the journal has of them, under the journal's own keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from json import JSONEncoder
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from followme.clean import for_json
from followme.exports.options import Options
from followme.insight.numbers import Numbers
from followme.insight.privacy import Shared
from followme.model import Answer
from followme.records import keys_of

HEAD = '{"schema": 1, "program": "followme", '

_KEYS = keys_of(Answer)
_ASKED = [key.name for key in _KEYS].index("reply")
"""How many keys of an answer are those of its question, which comes again and again."""

_OF_QUESTION = attrgetter(*(key.field for key in _KEYS[:_ASKED]))
_BESIDE_REPLY = attrgetter(*(key.field for key in _KEYS[_ASKED + 1 :]))

_USUAL = tuple(key.absent for key in _KEYS[_ASKED + 1 :])
"""What stands beside most replies: nothing."""


def write(shared: Shared, options: Options) -> Iterator[bytes]:
    """Yield one object: a schema number, the program's name, and all entries, each on a line of its own."""
    return joined(parts(shared, options), options)


def parts(shared: Shared, options: Options) -> Iterator[bytes]:
    """Yield the line of each entry."""
    return (for_json(_object(entry)).encode() for entry in options.arranged(shared))


def joined(lines: Iterable[bytes], _options: Options) -> Iterator[bytes]:
    """Yield the object that has these lines."""
    yield f'{HEAD}"entries": ['.encode()
    before = b"\n"
    for line in lines:
        yield before + line
        before = b",\n"
    yield b"\n]}\n"


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


def _object(record: Any) -> str:
    """A record as an object with the keys of the journal, and without those that are left out there."""
    of: type = type(record)
    begun, get = _written(of)
    return f"{{{_members(begun, get(record))}}}"


def _answer(answer: Answer) -> str:
    """The same of an answer."""
    asked, rest = _asked(_OF_QUESTION(answer)), _BESIDE_REPLY(answer)
    if rest == _USUAL and answer.reply is not None:
        return f'{asked}"reply": {_value(answer.reply)}}}'
    begun, _ = _written(Answer)
    return f"{asked}{_members(begun[_ASKED:], (answer.reply, *rest))}}}"


@cache
def _written(record: type) -> tuple[list[tuple[str, object]], Callable[[Any], tuple[Any, ...]]]:
    """What each member of an object begins with, and the value with which it's left out; and what gets all values."""
    keys = keys_of(record)
    return [(f'"{key.name}": ', key.absent) for key in keys], attrgetter(*(key.field for key in keys))


def _members(begun: Iterable[tuple[str, object]], values: Iterable[Any]) -> str:
    return ", ".join(
        [
            begins + _value(value)
            for (begins, absent), value in zip(begun, values, strict=True)
            if value is not absent and value is not None and value != absent
        ]
    )


@lru_cache(1_000)
def _asked(values: tuple[Any, ...]) -> str:
    """The beginning of an answer, up to what its question has."""
    return f"{{{_members(_written(Answer)[0][:_ASKED], values)}, "


def _value(value: Any) -> str:
    return _WRITERS.get(type(value), _object)(value)


def _array(values: tuple[Any, ...]) -> str:
    return f"[{', '.join(map(_value, values))}]"


def _day(day: date) -> str:
    return f'"{day.isoformat()}"'


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    bool: {True: "true", False: "false"}.__getitem__,
    tuple: _array,
    date: _day,
    datetime: _day,
    Answer: _answer,
}
"""What writes a value, by its type; all others are records."""

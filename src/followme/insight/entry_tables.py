"""The table of an entry, as a parser gives it, and the entry in it: every key checked, the unknown ones left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Any, TypeVar

from followme.dates import iso_week
from followme.errors import TOML_WANTED
from followme.model import RESULTS, Answer, Entry, Outcome, Promise, Reply
from followme.records import values_of

T = TypeVar("T")

NO_DATE = 'It has no "date".'

_WEEK = re.compile(r"\d{4}-W\d\d")

FITS: Mapping[str, type] = {
    "text": str,
    "line": str,
    "choice": str,
    "scale": int,
    "yesno": bool,
    "several": tuple,
    "list": tuple,
}
"""The type of a reply to each kind of question."""


def from_table(table: Mapping[str, object]) -> Entry:
    """Return the entry in a parsed `[[entry]]` table. Unknown keys are ignored.

    Raises ValueError with a sentence that names the wrong key.
    """
    moment = _moment(table)
    values = values_of(Entry, table) | {"date": moment, "week": _week(table, moment)}
    values["forgotten"] = _day(table, "forgotten")
    inner = inner_tables(table)
    values["answers"] = _each(inner, "answer", _answer)
    values["promises"] = _each(inner, "promise", _promise)
    values["outcomes"] = _each(inner, "outcome", _outcome)
    return Entry(**values)


def inner_tables(table: Mapping[str, object]) -> Mapping[str, object]:
    """Return the table that has the answers, promises and outcomes of an entry: the entry's own.

    Every reader of an entry calls this, so that sealed entries can be opened here alone.
    """
    return table


def _moment(table: Mapping[str, object]) -> datetime:
    value = table.get("date")
    if isinstance(value, datetime):
        return plain_offset(value)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if value is None:
        raise ValueError(NO_DATE)
    raise ValueError('"date" must be a date such as 2026-11-20T16:04:11+01:00, without quotes.')


def _week(values: Mapping[str, Any], moment: datetime) -> str:
    week = str(values.get("week") or iso_week(moment))
    if not _WEEK.fullmatch(week):
        raise ValueError('"week" must be an ISO week such as "2026-W47".')
    return week


def _each(
    table: Mapping[str, object], key: str, build: Callable[[Mapping[str, object], int], T]
) -> tuple[T, ...]:
    rows = table.get(key)
    if rows is None:
        return ()
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f'"{key}" must be written as [[entry.{key}]] tables.')
    return tuple([build(row, number) for number, row in enumerate(rows, 1)])


def _need(table: Mapping[str, object], key: str, part: str, number: int) -> None:
    if key not in table:
        raise ValueError(f'{part} {number} has no "{key}".')


def _answer(table: Mapping[str, object], number: int) -> Answer:
    _need(table, "key", "Answer", number)
    values = values_of(Answer, table)
    key = values["key"]
    reply = values["reply"] = _reply(values.get("reply"), key)
    if "kind" not in values:
        values["kind"] = _likely_kind(reply)
    expected = FITS.get(values["kind"])
    # Exactly this type, since isinstance takes true for a whole number.
    if expected and reply is not None and type(reply) is not expected:
        words = TOML_WANTED.get(expected, "a list of texts")
        raise ValueError(f'The "reply" to "{key}" must be {words}.')
    # An answer without a reply was skipped, whatever its other keys say, if its words weren't dropped.
    del values["skipped"]
    return Answer(**values)


def _reply(value: object, key: str) -> Reply | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if value is None or isinstance(value, (str, int)):
        return value
    raise ValueError(
        f'The "reply" to "{key}" must be text, a whole number, true or false, or a list of texts.'
    )


def _likely_kind(reply: Reply | None) -> str:
    """The kind of an answer typed by hand without one."""
    if isinstance(reply, bool):
        return "yesno"
    if isinstance(reply, int):
        return "scale"
    return "list" if isinstance(reply, tuple) else "text"


def _promise(table: Mapping[str, object], number: int) -> Promise:
    by = _day(table, "by")
    _need(table, "text", "Promise", number)
    values = values_of(Promise, table)
    values["ref"] = values.get("ref") or f"p{number}"
    values["by"] = by
    return Promise(**values)


def _day(table: Mapping[str, object], key: str) -> date | None:
    value = table.get(key)
    if value is not None and not isinstance(value, date):
        raise ValueError(f'"{key}" must be a day such as 2026-12-01, without quotes.')
    return value.date() if isinstance(value, datetime) else value


def _outcome(table: Mapping[str, object], number: int) -> Outcome:
    _need(table, "result", "Outcome", number)
    _need(table, "promise", "Outcome", number)
    values = values_of(Outcome, table)
    if values["result"] not in RESULTS:
        raise ValueError(f'"result" must be one of {", ".join(RESULTS)}.')
    return Outcome(**values)


def plain_offset(moment: datetime) -> datetime:
    """Return the same moment with a fixed offset of whole minutes, the only kind TOML has."""
    offset = moment.utcoffset()
    if offset is None:
        return moment
    zone = _zone(offset)
    return moment.replace(tzinfo=zone, fold=0) if zone else moment.astimezone(UTC)


@cache
def _zone(offset: timedelta) -> timezone | None:
    """The time zone with this offset, made once for thousands of entries."""
    return None if offset % timedelta(minutes=1) else timezone(offset)

"""An entry as a block of TOML and back: the layout of format 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Any, TypeVar

import tomli_w

from followme.dates import iso_week
from followme.errors import TOML_WANTED
from followme.model import RESULTS, Answer, Entry, Outcome, Promise, Reply
from followme.records import PARTS, to_table, values_of

T = TypeVar("T")

HEADER = r"(?:{bom})?[ \t]*\[\[[ \t]*(?:entry|\"entry\"|'entry')[ \t]*\]\][ \t]*(?:#[^\n]*)?\r?"
"""The pattern of a line that begins an entry; `bom` is the byte order mark, as text or as bytes."""

_LOOKALIKE = re.compile(f"(?m)^{HEADER.format(bom=chr(0xFEFF))}$")

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


# --- Entry to TOML ----------------------------------------------------------------------------------------


def to_toml(entry: Entry) -> str:
    """Return the block of an entry, from its header line to one final line feed, exactly in the layout of format 1."""
    table = to_table(settled(entry))
    inner = [(f"[[entry.{part}]]", row) for part in PARTS for row in table.pop(part, ())]
    tables = [("[[entry]]", table), *((header, to_table(row)) for header, row in inner)]
    return "\n".join(table_text(header, table) for header, table in tables)


def settled(entry: Entry) -> Entry:
    """Return the entry as a file can have it: line feeds only, no lone surrogates, a week, numbered promises."""
    entry = _settle(entry)
    promises = (
        replace(promise, ref=promise.ref or f"p{number}") for number, promise in enumerate(entry.promises, 1)
    )
    return replace(
        entry,
        date=_plain_offset(entry.date),
        week=entry.week or iso_week(entry.date),
        promises=tuple(promises),
    )


def storable(text: str) -> str:
    """Return the text with LF line ends, and with U+FFFD in place of lone surrogates, which UTF-8 can't have."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _settle(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple):
        return tuple(_settle(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _settle(getattr(value, field.name)) for field in fields(value)})
    return value


def _plain_offset(moment: datetime) -> datetime:
    """The same moment with a fixed offset of whole minutes, the only kind TOML has."""
    offset = moment.utcoffset()
    if offset is None:
        return moment
    zone = _zone(offset)
    return moment.replace(tzinfo=zone, fold=0) if zone else moment.astimezone(UTC)


@cache
def _zone(offset: timedelta) -> timezone | None:
    """The time zone with this offset, made once for thousands of entries."""
    return None if offset % timedelta(minutes=1) else timezone(offset)


def table_text(header: str, table: Mapping[str, object]) -> str:
    """Return a table as text: its header line, and a line for each key, with those of texts of several lines."""
    return header + "\n" + "".join(f"{key} = {value_text(value)}\n" for key, value in table.items())


def value_text(value: object) -> str:
    """Return a value as TOML. No line of it looks like the header of an entry."""
    if isinstance(value, date):
        return value.isoformat()
    text = tomli_w.dumps({"v": value}, multiline_strings=True)[len("v = ") : -1]
    # A reader finds entries by their header lines, so no line of an answer may look like one.
    return _LOOKALIKE.sub(lambda line: line[0].replace("[", "\\u005b", 1), text)


# --- TOML to entry ----------------------------------------------------------------------------------------


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
        return _plain_offset(value)
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


def _need(table: Mapping[str, object], key: str, where: str) -> None:
    if key not in table:
        raise ValueError(f'{where} has no "{key}".')


def _answer(table: Mapping[str, object], number: int) -> Answer:
    _need(table, "key", f"Answer {number}")
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
    _need(table, "text", f"Promise {number}")
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
    _need(table, "result", f"Outcome {number}")
    _need(table, "promise", f"Outcome {number}")
    values = values_of(Outcome, table)
    if values["result"] not in RESULTS:
        raise ValueError(f'"result" must be one of {", ".join(RESULTS)}.')
    return Outcome(**values)

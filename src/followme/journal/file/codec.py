"""An entry as a block of TOML and back: the layout of format 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timezone
from typing import Any, TypeVar

import tomli_w

from followme.dates import iso_week
from followme.model import RESULTS, Answer, Entry, Outcome, Promise, Reply

T = TypeVar("T")

HEADER = r"(?:{bom})?[ \t]*\[\[[ \t]*(?:entry|\"entry\"|'entry')[ \t]*\]\][ \t]*(?:#[^\n]*)?\r?"
"""A line that begins an entry; `bom` is the byte order mark in the type of text that is searched."""

_LOOKALIKE = re.compile(f"(?m)^{HEADER.format(bom=chr(0xFEFF))}$")

_WEEK = re.compile(r"\d{4}-W\d\d")

_CALLED = {str: "text in quotes", int: "a whole number", bool: "true or false", list: "a list in brackets"}

_FITS: dict[str, tuple[type, str]] = {
    "text": (str, "text in quotes"),
    "line": (str, "text in quotes"),
    "choice": (str, "text in quotes"),
    "scale": (int, "a whole number"),
    "yesno": (bool, "true or false"),
    "several": (tuple, "a list of texts"),
    "list": (tuple, "a list of texts"),
}


# --- Entry to TOML ----------------------------------------------------------------------------------------


def to_toml(entry: Entry) -> str:
    """The block of an entry, from its header line to one final line feed, exactly as format 1 lays it out."""
    entry = settled(entry)
    tables = [_table("[[entry]]", _entry_pairs(entry))]
    tables += [_table("[[entry.answer]]", _answer_pairs(answer)) for answer in entry.answers]
    tables += [_table("[[entry.promise]]", _promise_pairs(promise)) for promise in entry.promises]
    tables += [_table("[[entry.outcome]]", _outcome_pairs(outcome)) for outcome in entry.outcomes]
    return "\n".join(tables)


def settled(entry: Entry) -> Entry:
    """The entry as a file can hold it: line feeds only, no lone surrogates, a week, numbered promises."""
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
    """The text with LF line ends, and with U+FFFD for surrogates that UTF-8 cannot hold."""
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
    if offset.total_seconds() % 60:
        return moment.astimezone(UTC)
    return moment.replace(tzinfo=timezone(offset), fold=0)


def _table(header: str, pairs: Iterable[tuple[str, object]]) -> str:
    lines = [f"{key} = {_value(value)}\n" for key, value in pairs if value is not None]
    return header + "\n" + "".join(lines)


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = tomli_w.dumps({"v": value}, multiline_strings=True)[len("v = ") : -1]
    # A reader finds entries by their header lines, so no line of an answer may look like one.
    return _LOOKALIKE.sub(lambda line: line[0].replace("[", "\\u005b", 1), text)


def _entry_pairs(entry: Entry) -> list[tuple[str, object]]:
    return [
        ("id", entry.id or None),
        ("date", entry.date),
        ("week", entry.week),
        ("set", entry.set or None),
        ("minutes", entry.minutes),
        ("private", entry.private or None),
        ("event", entry.event),
    ]


def _answer_pairs(answer: Answer) -> list[tuple[str, object]]:
    return [
        ("key", answer.key),
        ("kind", answer.kind),
        ("question", answer.question or None),
        ("low", answer.low),
        ("high", answer.high),
        ("low_label", answer.low_label or None),
        ("high_label", answer.high_label or None),
        ("reply", answer.reply),
        ("skipped", True if answer.skipped else None),
        ("fact", answer.fact or None),
        ("private", answer.private or None),
        ("person", answer.person or None),
    ]


def _promise_pairs(promise: Promise) -> list[tuple[str, object]]:
    return [
        ("ref", promise.ref),
        ("kind", promise.kind),
        ("occasion", promise.occasion or None),
        ("text", promise.text),
        ("who", promise.who or None),
        ("to", promise.to or None),
        ("by", promise.by),
        ("told", promise.told),
        ("from", promise.origin or None),
        ("private", promise.private or None),
    ]


def _outcome_pairs(outcome: Outcome) -> list[tuple[str, object]]:
    return [
        ("promise", outcome.promise),
        ("result", outcome.result),
        ("note", outcome.note or None),
        ("told", outcome.told),
    ]


# --- TOML to entry ----------------------------------------------------------------------------------------


def from_table(table: Mapping[str, object]) -> Entry:
    """The entry that a parsed `[[entry]]` table holds; unknown keys are left aside.

    Raises ValueError with a sentence that names the key at fault.
    """
    moment = _moment(table)
    return Entry(
        id=_get(table, "id", str, ""),
        date=moment,
        week=_week(table, moment),
        set=_get(table, "set", str, ""),
        minutes=_get(table, "minutes", int, None),
        private=_get(table, "private", bool, False),
        event=_get(table, "event", bool, None),
        answers=_each(table, "answer", _answer),
        promises=_each(table, "promise", _promise),
        outcomes=_each(table, "outcome", _outcome),
    )


def _get(table: Mapping[str, object], key: str, kind: type[T], missing: Any) -> Any:
    if key not in table:
        return missing
    value = table[key]
    # Exactly this type: for isinstance, true would be a whole number.
    if type(value) is not kind:
        raise ValueError(f'"{key}" must be {_CALLED[kind]}.')
    return value


def _need(table: Mapping[str, object], key: str, where: str) -> str:
    if key not in table:
        raise ValueError(f'{where} has no "{key}".')
    return str(_get(table, key, str, ""))


def _moment(table: Mapping[str, object]) -> datetime:
    value = table.get("date")
    if isinstance(value, datetime):
        return _plain_offset(value)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if value is None:
        raise ValueError('It has no "date".')
    raise ValueError('"date" must be a date such as 2026-11-20T16:04:11+01:00, without quotes.')


def _week(table: Mapping[str, object], moment: datetime) -> str:
    week = str(_get(table, "week", str, "")) or iso_week(moment)
    if not _WEEK.fullmatch(week):
        raise ValueError('"week" must be an ISO week such as "2026-W47".')
    return week


def _each(
    table: Mapping[str, object], key: str, build: Callable[[Mapping[str, object], int], T]
) -> tuple[T, ...]:
    rows = _get(table, key, list, [])
    if not all(isinstance(row, Mapping) for row in rows):
        raise ValueError(f'"{key}" must be written as [[entry.{key}]] tables.')
    return tuple(build(row, number) for number, row in enumerate(rows, 1))


def _answer(table: Mapping[str, object], number: int) -> Answer:
    key = _need(table, "key", f"Answer {number}")
    reply = _reply(table, key)
    kind = _get(table, "kind", str, _likely_kind(reply))
    wanted, called = _FITS.get(kind, (object, ""))
    if reply is not None and (not isinstance(reply, wanted) or (isinstance(reply, bool) and wanted is int)):
        raise ValueError(f'The "reply" to "{key}" must be {called}.')
    return Answer(
        key=key,
        kind=kind,
        question=_get(table, "question", str, ""),
        reply=reply,
        low=_get(table, "low", int, None),
        high=_get(table, "high", int, None),
        low_label=_get(table, "low_label", str, ""),
        high_label=_get(table, "high_label", str, ""),
        fact=_get(table, "fact", str, ""),
        private=_get(table, "private", bool, False),
        person=_get(table, "person", bool, False),
    )


def _reply(table: Mapping[str, object], key: str) -> Reply | None:
    _get(table, "skipped", bool, None)
    value = table.get("reply")
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
    by = table.get("by")
    if by is not None and not isinstance(by, date):
        raise ValueError('"by" must be a day such as 2026-12-01, without quotes.')
    return Promise(
        ref=_get(table, "ref", str, "") or f"p{number}",
        text=_need(table, "text", f"Promise {number}"),
        kind=_get(table, "kind", str, "do"),
        occasion=_get(table, "occasion", str, ""),
        who=_get(table, "who", str, ""),
        to=_get(table, "to", str, ""),
        by=by.date() if isinstance(by, datetime) else by,
        told=_get(table, "told", bool, None),
        origin=_get(table, "from", str, ""),
        private=_get(table, "private", bool, False),
    )


def _outcome(table: Mapping[str, object], number: int) -> Outcome:
    where = f"Outcome {number}"
    result = _need(table, "result", where)
    if result not in RESULTS:
        raise ValueError(f'"result" must be one of {", ".join(RESULTS)}.')
    return Outcome(
        promise=_need(table, "promise", where),
        result=result,
        note=_get(table, "note", str, ""),
        told=_get(table, "told", bool, None),
    )

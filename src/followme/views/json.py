"""JSON as docs/json.md promises it: one object with a schema number, escaped only where a sign could do harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from json import dumps
from typing import Any

from followme.clean import for_json
from followme.hints import Command
from followme.insight.digest import digest_of
from followme.insight.findings import Finding, Report
from followme.insight.ledger import Kept, Row
from followme.model import Answer, Entry, Outcome, Promise, PromptSet, Question, Section

SCHEMA = 1


def listing(found: Iterable[Entry]) -> str:
    """The entries in short, newest first."""
    return _text({"entries": [_short(entry) for entry in found]})


def entries(found: Iterable[Entry]) -> str:
    """The entries whole."""
    return _text({"entries": [_entry(entry) for entry in found]})


def promises(rows: Iterable[Row], rate: Kept) -> str:
    """The ledger: each promise with its state and outcomes, and the rate over those that were due."""
    return _text({"promises": [_ledger_row(row) for row in rows], "rate": _plain(rate)})


def prompt_sets(found: Iterable[PromptSet]) -> str:
    """The prompt sets in short."""
    keys = ("name", "title", "about", "cadence", "minutes")
    return _text({"prompt_sets": [{key: getattr(each, key) for key in keys} for each in found]})


def prompt_set(found: PromptSet) -> str:
    """One prompt set whole."""
    sections = [
        {**_plain(section), "questions": [_plain(question) for question in section.questions]}
        for section in found.sections
    ]
    return _text({"prompt_set": {**_plain(found), "event": found.about_event, "sections": sections}})


def report(found: Report, typed: Callable[[Command], str]) -> str:
    """What `doctor` looked at and found; `typed` says how a command is typed here."""
    counts = ("journal", "entries", "drafts", "backups", "prompt_sets")
    head = {"in_order": not found.faults, **{key: getattr(found, key) for key in counts}}
    return _text({**head, "findings": [_finding(finding, typed) for finding in found.findings]})


def _finding(finding: Finding, typed: Callable[[Command], str]) -> dict[str, Any]:
    table = _plain(finding)
    remedy = " ".join([finding.remedy, *map(typed, table.pop("commands"))])
    return {**table, "remedy": remedy or None}


def _short(entry: Entry) -> dict[str, Any]:
    digest = digest_of(entry)
    counts = {"answered": digest.answered, "skipped": digest.skipped, "promises": digest.promises}
    return {**_head(entry), **counts, "first_words": digest.words, "private": entry.private}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        **_head(entry),
        "private": entry.private,
        "event": entry.about_event,
        "person": entry.person or None,
        "answers": [{**_plain(answer), "skipped": answer.skipped} for answer in entry.answers],
        "promises": [_promise(*made) for made in entry.made],
        "outcomes": [_plain(outcome) for outcome in entry.outcomes],
    }


def _ledger_row(row: Row) -> dict[str, Any]:
    table = _plain(row.promise)
    table["from"] = table.pop("origin", None)
    state = {"week": row.week, "state": row.state, "result": row.result or None}
    return {"reference": row.ref, **table, **state, "outcomes": [_plain(each) for each in row.outcomes]}


def _promise(reference: str, promise: Promise) -> dict[str, Any]:
    table = _plain(promise)
    table["from"] = table.pop("origin", None)
    return {"reference": reference, **table}


def _head(entry: Entry) -> dict[str, Any]:
    return {key: getattr(entry, key) for key in ("id", "week", "date", "set", "minutes")}


def _plain(
    record: Answer | Promise | Outcome | PromptSet | Section | Question | Finding | Kept,
) -> dict[str, Any]:
    """The record's plain values; an absent one is null."""
    found = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name not in ("sections", "questions"):
            found[field.name] = None if value == "" and field.name != "reply" else value
    return found


def _text(table: Mapping[str, Any]) -> str:
    return for_json(dumps({"schema": SCHEMA, **table}, ensure_ascii=False, indent=2, default=_value)) + "\n"


def _value(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]

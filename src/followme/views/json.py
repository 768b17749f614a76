"""JSON as docs/json.md describes it: one object with a schema number; only harmful characters are escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from json import dumps
from typing import TYPE_CHECKING, Any

from followme.clean import for_json
from followme.hints import Command
from followme.insight.digest import digest_of
from followme.insight.later import LaterWords
from followme.insight.plain import (
    asked_values,
    elsewhere_values,
    entry_values,
    head_values,
    later_values,
    row_values,
    values,
)
from followme.model import Entry, PromptSet, Question

# One command shows one of these, and loads its module itself.
if TYPE_CHECKING:
    from followme.insight.changes import History, Made
    from followme.insight.findings import Finding, Report
    from followme.insight.home import Home
    from followme.insight.ledger import Kept, Row
    from followme.insight.lookback import Given, Lookback
    from followme.insight.mentions import Mentions
    from followme.insight.overview import Course, Overview, Tally, Value
    from followme.insight.search import Hit
    from followme.tables.reader import Fault

SCHEMA = 1


def listing(shown: Iterable[Entry]) -> str:
    """Return entries in short, newest first."""
    return _text({"entries": [_short(entry) for entry in shown]})


def entries(shown: Iterable[Entry], later: LaterWords) -> str:
    """Return whole entries, with later words on them."""
    return _text({"entries": [entry_values(entry, later) for entry in shown]})


def hits(found: Iterable[Hit]) -> str:
    """Return the texts that have the words looked for, each whole, and where the words are in it."""
    return _text({"hits": [_hit(hit) for hit in found]})


def lookback(seen: Lookback) -> str:
    """Return one question's answers, oldest first, and how often it was answered and skipped."""
    counts = {key: getattr(seen, key) for key in ("key", "answered", "skipped")}
    return _text({**counts, "answers": list(map(_given, seen.given))})


def overview(seen: Overview) -> str:
    """Return the overview: weeks, scales, options, promises and questions."""
    return _text(
        {
            "reflections": seen.reflections,
            "weeks": [{"week": week, "state": state} for week, state in seen.strip],
            "scales": list(map(_course, seen.courses)),
            "options": list(map(_tally, seen.tallies)),
            "rate": values(seen.kept),
            "questions": [values(each) for each in seen.questions],
        }
    )


def home(shown: Home) -> str:
    """Return the state of this week in counts, without names of people and without answers."""
    week = None if shown.usual else shown.waits
    return _text(
        {
            "week": shown.week,
            **_due(week, shown.due_sets),
            "first_time": shown.first_time,
            "reflections": shown.sittings,
            "missed": shown.missed,
            "weeks": list(shown.strip),
            "unfinished": list(shown.drafts),
            "notes": shown.notes,
            "promises": {"open": shown.open, "due": shown.due, "asked_on": shown.asks_on.isoformat()},
            "rate": values(shown.kept),
            "copies": shown.copies,
            "twice": len(shown.twice),
            "sync_failed": bool(shown.sync_failed),
        }
    )


def due(week: str | None, sets: Sequence[str]) -> str:
    """Return the week whose reflection is due, None for none, and the sets that are due by days."""
    return _text(_due(week, sets))


def _due(week: str | None, sets: Sequence[str]) -> dict[str, Any]:
    return {"due": bool(week or sets), "due_week": week, "due_sets": list(sets)}


def everyone(found: Iterable[Mentions]) -> str:
    """Return everyone who is written about, and when."""
    return _text(
        {"people": [{**_who(each), "promises": len(each.promises), "open": each.open} for each in found]}
    )


def mentions(seen: Mentions) -> str:
    """Return one person's promises and the texts that name them."""
    promised = list(map(row_values, seen.promises))
    return _text({**_who(seen), "promises": promised, "hits": list(map(_hit, seen.hits))})


def _who(seen: Mentions) -> dict[str, Any]:
    return {key: getattr(seen, key) for key in ("name", "first", "last")}


def periods(shown: Iterable[Mapping[str, Any]]) -> str:
    """Return quarters and years, as plain values."""
    return _text({"periods": list(shown)})


def promises(rows: Iterable[Row], rate: Kept) -> str:
    """Return the ledger: each promise with its state and outcomes, and the rate of promises kept."""
    return _text({"promises": [row_values(row) for row in rows], "rate": values(rate)})


def prompt_sets(sets: Iterable[PromptSet], days: Mapping[str, date]) -> str:
    """Return prompt sets in short; `days` has the day from which on a set is due, by its name."""
    keys = ("name", "title", "about", "cadence", "minutes")
    rows = [{key: getattr(each, key) for key in keys} for each in sets]
    for row in rows:
        day = days.get(str(row["name"]))
        row["due"] = day.isoformat() if day else None
    return _text({"prompt_sets": rows})


def prompt_set(shown: PromptSet) -> str:
    """Return one whole prompt set."""
    sections = [
        {**values(section, {"questions"}), "questions": list(map(_question, section.questions))}
        for section in shown.sections
    ]
    table = {**values(shown, {"sections"}), "event": shown.about_event, "sections": sections}
    return _text({"prompt_set": table})


def checked_set(
    path: str, questions: int | None, minutes: int | None, found: Mapping[str, Iterable[tuple[int, Fault]]]
) -> str:
    """Return what is wrong with a prompt set and the remarks on it, each with its line, and the set's size."""
    findings = {
        name: [{"line": line, "key": fault.key or None, "text": fault.text} for line, fault in placed]
        for name, placed in found.items()
    }
    return _text({"file": path, "questions": questions, "minutes": minutes, **findings})


def settings(shown: Mapping[str, object], origins: Mapping[str, str]) -> str:
    """Return the settings in force, and where each comes from."""
    rows = [{"key": key, "value": value, "origin": origins[key]} for key, value in shown.items()]
    return _text({"settings": rows})


def reminder(parts: Mapping[str, Any] | None) -> str:
    """Return how the reminder is; None for one that's off."""
    return _text({"on": parts is not None, "reminder": parts})


def _question(question: Question) -> dict[str, Any]:
    return {**values(question), "formerly": dict(question.formerly)}


def report(checked: Report, typed: Callable[[Command], str]) -> str:
    """Return what `doctor` checked and found; `typed` turns a command into the words to type here."""
    counts = ("journal", "entries", "drafts", "backups", "prompt_sets")
    head = {"in_order": not checked.faults, **{key: getattr(checked, key) for key in counts}}
    return _text({**head, "findings": [_finding(finding, typed) for finding in checked.findings]})


def history(shown: History) -> str:
    """Return the changes and the backups, each with the newest first."""
    return _text({"changes": list(map(_made, shown.changes)), "backups": list(map(values, shown.backups))})


def _made(made: Made) -> dict[str, Any]:
    entries = [{"id": name or None, "what": what} for name, what in made.entries]
    return {**values(made, {"entries"}), "entries": entries}


def _finding(finding: Finding, typed: Callable[[Command], str]) -> dict[str, Any]:
    table = values(finding)
    remedy = " ".join([finding.remedy, *map(typed, table.pop("commands"))])
    return {**table, "remedy": remedy or None}


def _short(entry: Entry) -> dict[str, Any]:
    digest = digest_of(entry)
    counts = {"answered": digest.answered, "skipped": digest.skipped, "promises": digest.promises}
    words = {"first_words": digest.words, "private": entry.private, **elsewhere_values(entry)}
    return {**head_values(entry), **counts, **words}


def _hit(hit: Hit) -> dict[str, Any]:
    places = [{"start": start, "end": end} for start, end in hit.places]
    return {**head_values(hit.entry), **values(hit, {"entry", "places", "ref"}), "places": places}


def _course(course: Course) -> dict[str, Any]:
    marks = {"highest": course.highest, "lowest": course.lowest}
    return {
        **asked_values(course.asked),
        "values": [_number(each) for each in course.values],
        **{name: _number(each) for name, each in marks.items()},
        "others": course.others,
    }


def _number(value: Value) -> dict[str, Any]:
    return {**values(value), "id": value.id, "week": value.week}


def _tally(tally: Tally) -> dict[str, Any]:
    asked = {key: getattr(tally.asked, key) or None for key in ("key", "question")}
    return {
        **asked,
        "by": "quarter" if tally.quarters else "month",
        "spans": [{"name": span.name, "answers": span.answers} for span in tally.spans],
        "picks": [{"option": option, "times": list(times)} for option, times in tally.picks],
    }


def _given(given: Given) -> dict[str, Any]:
    return {
        **head_values(given.entry),
        **values(given.answer, {"key", "private", "person"}),
        "private": given.private,
        **elsewhere_values(given.entry),
        "reworded": given.reworded,
        "later": later_values(given.later),
    }


def _text(table: Mapping[str, Any]) -> str:
    return for_json(dumps({"schema": SCHEMA, **table}, ensure_ascii=False, indent=2)) + "\n"

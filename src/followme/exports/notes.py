"""Entries as Markdown notes for a folder, such as an Obsidian vault: a file for each, with properties at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from json import dumps

from followme.clean import one_line
from followme.exports.markdown import layout
from followme.exports.options import Options
from followme.exports.parts import blocks_of
from followme.insight.people import introduced
from followme.insight.privacy import Shared
from followme.model import Answer, Entry
from followme.names import same_name

Value = int | bool | str | list[str]

_ID = re.compile(r"[0-9]{8}T[0-9]{6}-([2-9a-hjkmnp-z]{5})")
_PLAIN_KEY = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)[a-z][a-z0-9_-]*")
_NO_LINK = frozenset("[]|#^/\\:")
"""The signs that a note's name can't have in Obsidian, so that no link leads to a name with one."""

_LONGEST = 60

_LAYOUT = layout("##")


def notes(shared: Shared, options: Options) -> Iterator[tuple[str, str]]:
    """Yield the name of each file and its text; the same entry has the same name in every export.

    A name is the day, the set in plain letters, and five letters of the id, so that it can lead nowhere else.
    """
    seen: set[str] = set()
    for entry in options.alone(shared):
        name = base = f"{entry.day} {_slug(entry.set)} {_tail(entry)}"
        number = 1
        while name in seen:
            number += 1
            name = f"{base} {number}"
        seen.add(name)
        blocks = "\n\n".join(blocks_of(entry, shared, _LAYOUT))
        yield f"{name}.md", f"---\n{_lines(properties(entry))}---\n{blocks}\n"


def properties(entry: Entry) -> dict[str, Value]:
    """Return what stands at the top of a note: the day, lists, and the numbers and picks of answers by their keys."""
    found: dict[str, Value] = {"date": str(entry.day), "week": entry.week, "set": entry.set}
    if entry.minutes is not None:
        found["minutes"] = entry.minutes
    found["tags"] = [f"followme/{_slug(entry.set)}"]
    if entry.is_sitting:
        found["aliases"] = [f"{entry.week} {entry.set}"]
    if people := {same_name(name): name for name in introduced(entry)}:
        found["people"] = [name if _NO_LINK & {*name} else f"[[{name}]]" for name in people.values()]
    if entry.promises:
        found["promises"] = len(entry.promises)
    if entry.private:
        found["private"] = True
    found["id"] = entry.id
    for answer in entry.answers:
        value = _value(answer)
        if value is not None:
            # What the note says of itself counts; every answer stands in its text too.
            found.setdefault(one_line(answer.key), value)
    return found


def _value(answer: Answer) -> Value | None:
    """The reply, if it is a number, yes or no, or picked."""
    if isinstance(answer.reply, int):
        return answer.reply
    if answer.kind == "several" and isinstance(answer.reply, tuple):
        return list(answer.reply)
    return answer.reply if answer.kind == "choice" and isinstance(answer.reply, str) else None


def _lines(found: dict[str, Value]) -> str:
    return "".join(f"{_key(key)}:{_yaml(key, value)}\n" for key, value in found.items())


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else _quoted(key)


def _yaml(key: str, value: Value) -> str:
    if isinstance(value, bool):
        return " true" if value else " false"
    if isinstance(value, list):
        return "".join(f"\n  - {_quoted(item)}" for item in value) or " []"
    return f" {value}" if isinstance(value, int) or key == "date" else f" {_quoted(value)}"


def _quoted(text: str) -> str:
    """A text in the quotes of JSON, which YAML reads as well."""
    return dumps(one_line(text), ensure_ascii=False)


def _slug(words: str) -> str:
    return re.sub("[^a-z0-9]+", "-", words.lower())[:_LONGEST].strip("-") or "entry"


def _tail(entry: Entry) -> str:
    """The five letters of the id, or as many of a digest for an id that was typed by hand."""
    known = _ID.fullmatch(entry.id)
    told = f"{entry.id} {entry.date.isoformat()} {entry.set}"
    return known[1] if known else sha256(told.encode()).hexdigest()[:5]

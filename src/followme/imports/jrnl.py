"""Entries of jrnl, from its text file and from its JSON export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from followme.imports.jsonfile import entries_of, is_object, json_of, list_at, text_at
from followme.imports.records import File, NotRead, Taken, imported, taken, words_of
from followme.model import Entry

PROGRAM = "jrnl"

_BLOB = re.compile(r"(?m)^\[(?P<when>[^\]\n]{5,60})\] ?(?P<star>\* )?")
_TIMES = (
    *("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %I:%M %p", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d"),
    *("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%A, %d %B %Y %H:%M"),
)
"""The times that people set in jrnl. One where day and month could be taken for each other isn't among them."""


def read(files: Sequence[File]) -> Taken:
    """Return the entries of jrnl's text files and JSON exports."""
    return taken(files, lambda file: (_in_json if is_object(file) else _in_text)(file))


def looks_like_text(data: bytes) -> bool:
    """Return whether these bytes begin as jrnl's text file does."""
    first = data[:4096].decode("utf-8-sig", "ignore").lstrip()
    blob = _BLOB.match(first)
    return bool(blob and moment_of(blob["when"]))


def looks_like_json(document: dict[str, Any]) -> bool:
    """Return whether a JSON document is an export of jrnl."""
    listed = document.get("entries", [document])
    first = listed[0] if isinstance(listed, list) and listed else {"title": "", "body": ""}
    return isinstance(first, dict) and {"title", "body"} <= first.keys()


def moment_of(words: str) -> datetime | None:
    """Return the time that stands at the beginning of an entry; None for words that are none."""
    for pattern in _TIMES:
        try:
            return datetime.strptime(words.strip(), pattern)
        except ValueError:
            continue
    return None


def _in_text(file: File) -> Iterator[Entry | NotRead]:
    text = words_of(file)
    blobs = [(blob, moment) for blob in _BLOB.finditer(text) if (moment := moment_of(blob["when"]))]
    first = blobs[0][0].start() if blobs else len(text)
    if text[:first].strip():
        line = text[:first].count("\n", 0, len(text) - len(text.lstrip())) + 1
        yield NotRead(
            f"{file.name}, line {line}",
            "It doesn't begin with a time that could be read, such as [2026-11-20 16:04].",
        )
    ends = [*(blob.start() for blob, _ in blobs[1:]), len(text)]
    for (blob, moment), end in zip(blobs, ends, strict=False):
        title, _, body = text[blob.end() : end].strip("\n").partition("\n")
        bare = title.removesuffix(" *")
        if words := f"{bare}\n{body}".strip():
            yield imported(PROGRAM, moment, words, starred=bool(blob["star"]) or bare != title)


def _in_json(file: File) -> Iterator[Entry | NotRead]:
    document = json_of(file)
    listed = document.get("entries", [document] if "title" in document else None)
    return entries_of(file, listed, _entry)


def _entry(table: dict[str, Any]) -> Entry:
    day, time = text_at(table, "date"), text_at(table, "time") or "00:00"
    moment = moment_of(f"{day} {time}")
    if moment is None:
        raise ValueError(f'Its "date" and "time" aren\'t a time: {day} {time}')
    words = "\n".join(filter(None, (text_at(table, "title").strip(), text_at(table, "body").strip("\n"))))
    if not words:
        raise ValueError("It has no text.")
    tags = map(str, list_at(table, "tags"))
    beside = [tag for tag in tags if tag.lower() not in words.lower()]
    return imported(PROGRAM, moment, words, tags=beside, starred=table.get("starred") is True)

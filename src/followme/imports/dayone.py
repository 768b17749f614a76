"""Entries of Day One, from its JSON export: a zip with a file for each journal, or such a file alone."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from followme.imports.jsonfile import entries_of, json_of, list_at, text_at
from followme.imports.records import File, NotRead, Taken, Unreadable, imported, taken
from followme.insight.wording import counted
from followme.model import Entry

PROGRAM = "dayone"

MOST_BYTES = 200_000_000
"""The most bytes of JSON that are read from one zip, unpacked. Thirty years of long days are a tenth of it."""

MOST_FILES = 100_000
"""The most files that a zip may list."""

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_IMAGE = re.compile(r"!\[[^\]]*\]\(dayone-moment:[^)]*\)")
_DELETED = ("isTrashed", "isDeleted", "deleted", "trashed")


def read(files: Sequence[File]) -> Taken:
    """Return the entries of Day One's exports. Pictures and other attachments stay behind."""
    return taken(files, _in_file)


def looks_like_json(document: dict[str, Any]) -> bool:
    """Return whether a JSON document is a journal of Day One."""
    first = next(iter(list_at(document, "entries")), None)
    return "metadata" in document or (isinstance(first, dict) and "creationDate" in first)


def is_zip(data: bytes) -> bool:
    """Return whether these bytes begin as a zip does."""
    return data.startswith(b"PK")


def _journals(file: File) -> Iterator[File]:
    """The JSON files in a zip, read in memory: nothing is unpacked to disk, so their names can't lead anywhere."""
    if not is_zip(file.data):
        yield file
        return
    try:
        archive = zipfile.ZipFile(BytesIO(file.data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable("It can't be read as a zip file; part of it may be missing.") from None
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise Unreadable(f"It lists more than {MOST_FILES:,} files.")
    wanted = [
        info for info in infos if info.filename.endswith(".json") and not info.filename.startswith("__")
    ]
    if not wanted:
        raise Unreadable("There's no .json file in it. In Day One, export as JSON.")
    room = MOST_BYTES
    for info in wanted:
        try:
            with archive.open(info) as inner:
                # The size in the list may be a lie, so it is what comes out that counts.
                data = inner.read(room + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
            raise Unreadable(f"{info.filename} in it can't be unpacked.") from None
        room -= len(data)
        if room < 0:
            raise Unreadable(f"Unpacked, it has more than {MOST_BYTES:,} bytes of JSON.")
        yield File(f"{file.name}, {info.filename}", data)


def _in_file(file: File) -> Iterator[Entry | NotRead]:
    for inner in _journals(file):
        yield from entries_of(inner, json_of(inner).get("entries"), _entry)


def _entry(table: dict[str, Any]) -> Entry:
    moment = _moment(table)
    if any(table.get(key) is True for key in _DELETED):
        raise ValueError(f"The entry of {moment.date()} was deleted in Day One.")
    text = _ESCAPED.sub(r"\1", _IMAGE.sub("", text_at(table, "text"))) or _rich_text(table)
    kept = re.sub(r"\n{3,}", "\n\n", text).strip()
    pictures = sum(len(list_at(table, key)) for key in ("photos", "videos", "audios", "pdfAttachments"))
    if not kept:
        what = counted(pictures, "attachment") if pictures else "no text"
        raise ValueError(f"The entry of {moment.date()} has {what} and nothing else.")
    tags = [*map(str, list_at(table, "tags"))]
    return imported(PROGRAM, moment, kept, tags=tags, starred=table.get("starred") is True)


def _moment(table: dict[str, Any]) -> datetime:
    created = text_at(table, "creationDate")
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        raise ValueError(f'Its "creationDate" isn\'t a time: {created}') from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_zone(table.get("timeZone")))


def _zone(name: object) -> tzinfo:
    try:
        return ZoneInfo(str(name)) if name else UTC
    except (KeyError, OSError, ValueError):  # No such zone, or this system has no zones.
        return UTC


def _rich_text(table: dict[str, Any]) -> str:
    """The words of an entry that has no plain text: a JSON document in a string, with pieces of text."""
    try:
        document = json.loads(text_at(table, "richText") or "{}")
    except (ValueError, RecursionError):
        return ""
    pieces = document.get("contents") if isinstance(document, dict) else None
    texts = [piece.get("text") for piece in pieces or () if isinstance(piece, dict)]
    return "".join(text for text in texts if isinstance(text, str))

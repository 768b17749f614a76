"""The formats that entries can be imported from: one format, one file, one line in FORMATS."""

from __future__ import annotations

from collections.abc import Sequence

from followme.imports import dayone, followme, jrnl, markdown
from followme.imports.jsonfile import is_object, json_of
from followme.imports.records import File, Format, NotRead, Taken, Unreadable

__all__ = ["FORMATS", "File", "NotRead", "Taken", "Unreadable", "format_of"]

FORMATS: dict[str, Format] = {
    "followme": followme.read,
    "jrnl": jrnl.read,
    "dayone": dayone.read,
    "markdown": markdown.read,
}


def format_of(files: Sequence[File]) -> str:
    """Return the format that files seem to have, by their contents. Raises Unreadable."""
    first = files[0]
    if all(file.name.lower().endswith((".md", ".markdown")) for file in files):
        return "markdown"
    if dayone.is_zip(first.data):
        return "dayone"
    if is_object(first):
        document = json_of(first)
        if followme.looks_like_json(document):
            return "followme"
        if dayone.looks_like_json(document):
            return "dayone"
        if jrnl.looks_like_json(document):
            return "jrnl"
        raise Unreadable("It's JSON from a program that followme doesn't know.")
    if jrnl.looks_like_text(first.data):
        return "jrnl"
    if markdown.looks_like_text(first.data):
        raise Unreadable("It looks like Markdown, but its name doesn't end in .md.", markdown.PROGRAM)
    raise Unreadable("It isn't a file that followme can import.")

"""Notes in Markdown, one file a note, dated by their names or their front matter as in Obsidian."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from followme.dates import iso_week, week_interval
from followme.imports.records import File, Taken, imported, taken, words_of
from followme.model import Entry

PROGRAM = "markdown"

_FRONT = re.compile(r"---[ \t]*\n(?P<lines>.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"#{1,6} \S")
_KEY = re.compile(r"(?m)^(?P<key>[A-Za-z][\w -]*):[ \t]*(?P<value>.*(?:\n[ \t]*-[ \t]+.*)*)")
_DATE_KEYS = ("date", "created", "day", "creation date", "week")
_DAY = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?:[T _](\d\d)[:.]?(\d\d))?(?!\d)")
_WEEK = re.compile(r"(?<!\d)(\d{4}-W\d\d)(?!\d)")


def read(files: Sequence[File]) -> Taken:
    """Return a note for each file that has a date in its name or its front matter."""
    return taken(files, lambda file: [_note(file)])


def looks_like_text(data: bytes) -> bool:
    """Return whether these bytes begin as a note does that is more than text: with front matter or a heading."""
    first = data[:65536].decode("utf-8-sig", "ignore").replace("\r\n", "\n").lstrip()
    return bool(_FRONT.match(first) or _HEADING.match(first))


def _note(file: File) -> Entry:
    text = words_of(file)
    front = _FRONT.match(text)
    keys = (
        {match["key"].lower(): match["value"] for match in _KEY.finditer(front["lines"] or "")}
        if front
        else {}
    )
    words = text[front.end() :].strip("\n") if front else text.strip("\n")
    if not words.strip():
        raise ValueError("It has no text.")
    stem = re.split(r"[/\\]", file.name)[-1].removesuffix(".md")
    moment, week = _dated([*(keys.get(key, "") for key in _DATE_KEYS), stem])
    return imported(PROGRAM, moment, words, week=week, tags=_listed(keys.get("tags", keys.get("tag", ""))))


def _dated(places: Sequence[str]) -> tuple[datetime, str]:
    """The time and the week that the first of these places names; a week's note is of its Sunday."""
    for words in places:
        if found := _DAY.search(words):
            try:
                moment = datetime.combine(
                    date.fromisoformat(found[1]), time(int(found[2] or 0), int(found[3] or 0))
                )
            except ValueError:
                continue
            return moment, iso_week(moment)
        if found := _WEEK.search(words):
            try:
                return datetime.combine(week_interval(found[1]).last, time()), found[1]
            except ValueError:
                continue
    raise ValueError("It has no date in its name or its front matter.")


def _listed(value: str) -> list[str]:
    """The texts of a list in front matter: [a, b], a line each, or one alone."""
    texts = re.split(r"\n[ \t]*-[ \t]+", value) if "\n" in value else value.strip().strip("[]").split(",")
    bare = (text.strip().strip("\"'").removeprefix("#") for text in texts)
    return [text for text in bare if text]

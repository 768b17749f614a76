"""A promise in one line: its words, and what stands at its end, `@Name` and `by DAY`."""

from __future__ import annotations

import re
from datetime import date

from followme.dates import shown_day
from followme.days_to_come import certain_day, unknown_day
from followme.frozen import frozen
from followme.names import is_name, unmarked

_FIRST = "."
_BY = re.compile(r"(?<=[\s,])by(?=\s)", re.IGNORECASE)
_PERSON = re.compile(r"(?<=\s)@(\S+)\Z")
_ANOTHER = re.compile(r"(?<![^\s(\[{])@([^\s,&+/]+)\s?(?:[,&+/]|(?<=\s)(?:and|or))?\Z", re.IGNORECASE)
"""One more person before the last one, and what joins the two."""


_DAY_WORDS = 3
"""How many words after `by` may have been meant as a day; the days that are taken for certain have few more."""


@frozen
class PromiseLine:
    """What a line says: the words, the person at its end ("" for none), and the last day (None for none)."""

    words: str
    to: str = ""
    by: date | None = None


def read_line(line: str, today: date) -> PromiseLine:
    """Return what a line says; only `@Name` and `by DAY` at its end are taken out of the words.

    They stand in either order, with or without a comma before them; `_` in a name is a blank. The words keep both
    names if two people stand at the end, a day that isn't certain, and whatever would leave no words.
    """
    # A first word of ours, so that a mark at the very beginning is one too.
    words, to, by = f"{_FIRST} {line.strip()}", "", None
    for _ in range(2):
        if by is None:
            words, by = _without_day(words, today)
        if not to:
            words, to = _without_person(words)
    left = words.removeprefix(_FIRST).lstrip()
    # With a day between two people, both stand at the end.
    kept_whole = not left or (to and _ends_with_person(words))
    return PromiseLine(line.strip()) if kept_whole else PromiseLine(left, to, by)


def read_person(line: str, today: date) -> tuple[str, date | None]:
    """Return the person that a line names, without a mark, and the last day from `by DAY` at its end, None for none."""
    words, by = _without_day(f"{_FIRST} {line.strip()}", today)
    person = words.removeprefix(_FIRST).strip()
    return (unmarked(person), by) if person else (unmarked(line.strip()), None)


def mistyped_day(line: str, today: date) -> str:
    """Return in quotes the words after `by` that aren't a day, if a person stands beside them at the end; else ""."""
    said = read_line(line, today)
    *_, last = [None, *_BY.finditer(said.words)]
    if said.by or not last:
        return ""
    day = said.words[last.end() :]
    beside = said.to or _ends_with_person(_before(said.words, last.start()))
    is_short = len(day.split()) <= _DAY_WORDS and "@" not in day
    return unknown_day(day, today) if beside and is_short else ""


def _without_day(words: str, today: date) -> tuple[str, date | None]:
    *_, last = [None, *_BY.finditer(words)]
    day = certain_day(words[last.end() :], today) if last else None
    return (_before(words, last.start()), day) if last and day else (words, None)


def _without_person(words: str) -> tuple[str, str]:
    match = _PERSON.search(words)
    if not match or not is_name(match[1]):
        return words, ""
    left = _before(words, match.start())
    return (words, "") if _ends_with_person(left) else (left, match[1].replace("_", " "))


def _ends_with_person(words: str) -> bool:
    match = _ANOTHER.search(words)
    return bool(match and is_name(match[1]))


def _before(words: str, end: int) -> str:
    """The words before a mark, without the comma and the blanks between."""
    return words[:end].rstrip().removesuffix(",").rstrip()


def line_of(words: str, to: str, by: date | None, today: date) -> str:
    """Return the line that says these parts, as far as a line can."""
    name = "_".join(to.split())
    day = shown_day(by, today) if by and by > today else by
    return " ".join(filter(None, (words, f"@{name}" if is_name(name) else "", f"by {day}" if day else "")))


def row_words(to: str, by: str, mistyped: str = "") -> str:
    """Return what was understood, in one row: "To Ben · By Fri, Dec 4"; `by` is the day in words.

    A row above it says that what `mistyped_day` returned stays in the promise.
    """
    remark = f"{mistyped} isn't a day followme knows, so it stays in the promise.\n" if mistyped else ""
    return (
        f"{remark}{f'To {to}' if to else 'Just for you'} · {f'By {by}' if by else 'By your next reflection'}"
    )

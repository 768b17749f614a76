"""A promise in one line: its words, and what stands at its end, `@Name` and `by DAY`."""

from __future__ import annotations

import re
from datetime import date

from followme.dates import shown_day
from followme.days_to_come import a_week_later, certain_day, coming_day, in_short, unknown_day
from followme.frozen import frozen
from followme.names import are_names, is_name, unmarked

_FIRST = "."
ADD_SIGN = "+"
"""The key for another promise, which people also type before its words, and after those of the one before."""

_BY = re.compile(r"(?<=[\s,])by(?=\s)", re.IGNORECASE)
_PERSON = re.compile(r"(?<=\s)@(\S+)\Z")
_ANOTHER = re.compile(r"(?<![^\s(\[{])@([^\s,&+/]+)\s?(?:[,&+/]|(?<=\s)(?:and|or))?\Z", re.IGNORECASE)
"""One more person before the last one, and what joins the two."""


_TELL = re.compile(r"(?:I(?: will|['’]ll) )?(?:tell|told)\b", re.IGNORECASE)

_SHORT = 12
"""The most letters of a name in an example."""

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
    The key for another promise, typed before or after the words, isn't one of them.
    """
    line = line.strip().removeprefix(f"{ADD_SIGN} ").removesuffix(f" {ADD_SIGN}").strip()
    # A first word of ours, so that a mark at the very beginning is one too.
    words, to, by = f"{_FIRST} {line}", "", None
    for _ in range(2):
        if by is None:
            words, by = _without_day(words, today)
        if not to:
            words, to = _without_person(words)
    left = words.removeprefix(_FIRST).lstrip()
    # With a day between two people, both stand at the end.
    kept_whole = not left or (to and _ends_with_person(words))
    return PromiseLine(line) if kept_whole else PromiseLine(left, to, by)


def wants_another(line: str) -> bool:
    """Return whether a line ends with the key for another promise."""
    return line.rstrip().endswith(f" {ADD_SIGN}")


def not_another(cue: str) -> None:
    """Raise ValueError with a sentence if a cue begins with the key for another promise, as that promise would."""
    if cue.lstrip().startswith(ADD_SIGN):
        raise ValueError(
            'A cue can\'t begin with "+". Leave that out to keep these words as your cue, or type + alone to add '
            "another promise."
        )


def read_person(line: str, today: date) -> tuple[str, date | None]:
    """Return the person that a line names, without a mark, and the last day from `by DAY` beside it, None for none.

    Nothing else stands there, so every day to come is one, and a span too. Raises ValueError with a sentence if what
    follows `by` is no such day, or if no one is named.
    """
    person, by = _person(line, today)
    return unmarked(person), by


def person_alone(line: str, today: date) -> None:
    """Raise ValueError with a sentence unless a line names a person, with nothing but a day beside them."""
    person, _ = _person(line, today)
    if not are_names(person):
        name = _first_name(person)
        raise ValueError(f"Only a name fits here, with or without a day. Type {name} or {name} by fri.")


def name_alone(line: str) -> None:
    """Raise ValueError with a sentence if a day or a clause stands with a name where only a name fits."""
    line = line.strip()
    if last := _last_by(f"{_FIRST} {line}"):
        name = unmarked(line[: last.start() - len(_FIRST) - 1].rstrip(" ,"))
        name = name if name and are_names(name) else _first_name(name)
        raise ValueError(f"Only a name fits here, and no day. Type {name}, for example.")
    if not are_names(line):
        raise ValueError(f"Only a name fits here. Type {_first_name(line)}, for example.")


def _first_name(line: str) -> str:
    """The first word, for an example, if it may be a name; else a name of ours."""
    first = line.replace(",", " ").split()[:1]
    name = unmarked(first[0]) if first else ""
    return name if is_name(name) and len(name) <= _SHORT else "Mia"


def _person(line: str, today: date) -> tuple[str, date | None]:
    """The person as typed, and the day."""
    left, marked = _without_person(f"{_FIRST} {line.strip()}")
    by = None
    if last := _last_by(left):
        left, by = _before(left, last.start()), coming_day(left[last.end() :], today)
    person = left.removeprefix(_FIRST).strip()
    if marked:
        person = f"{person} @{marked}" if person else f"@{'_'.join(marked.split())}"
    if not person:
        raise ValueError(f"{in_short(line)} names no one. Type a name, such as Mia or Mia by fri.")
    return person, by


def this_week(line: str, today: date) -> str:
    """Return the sentence that says which one a weekday means that a line ends with, if it's in this week; else ""."""
    words, _ = _without_person(f"{_FIRST} {line.strip()}")
    last = _last_by(words)
    return this_week_of(words[last.end() :].strip() if last else "", today)


def this_week_of(day: str, today: date) -> str:
    """Return the sentence that says which one a weekday means, if it's in this week; "" for other words."""
    day = day.strip()
    following = a_week_later(day, today)
    return f'"{day}" is in this week. "next {day}" is {shown_day(following, today)}.' if following else ""


def mistyped_day(line: str, today: date) -> str:
    """Return the sentence about the words after `by` that aren't a day and stand beside a person; "" if none do."""
    said = read_line(line, today)
    last = _last_by(said.words)
    if said.by or not last:
        return ""
    day = said.words[last.end() :]
    beside = said.to or _ends_with_person(_before(said.words, last.start()))
    is_short = len(day.split()) <= _DAY_WORDS and "@" not in day
    unknown = unknown_day(day, today) if beside and is_short else ""
    return f"{unknown} isn't a day followme knows, so it stays in the promise." if unknown else ""


def _last_by(words: str) -> re.Match[str] | None:
    *_, last = [None, *_BY.finditer(words)]
    return last


def _without_day(words: str, today: date) -> tuple[str, date | None]:
    last = _last_by(words)
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


def told_question(words: str, to: str) -> str:
    """Return the question whether this person knows about a promise, which may itself be to tell them something."""
    return f"Does {to} know you promised this?" if _TELL.match(words) else f"Have you told {to}?"


def row_words(to: str, by: str, remark: str = "") -> str:
    """Return what was understood, in one row: "To Ben · By Fri, Dec 4"; `by` is the day in words.

    The remark stands in a row above it.
    """
    above = f"{remark}\n" if remark else ""
    return f"{above}{f'To {to}' if to else 'To yourself'} · {f'By {by}' if by else 'By your next reflection'}"


def day_words(day: date, today: date) -> str:
    """Return a day of a promise in words, so that a day that may surprise is noticed: "tomorrow, Fri, Nov 27"."""
    return f"tomorrow, {shown_day(day, today)}" if (day - today).days == 1 else shown_day(day, today)

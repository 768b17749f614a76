"""An entry block by block in plain words, for formats that a person reads; each format escapes and lays them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from followme.clean import one_line
from followme.dates import day_words
from followme.insight.later import Later
from followme.insight.outline import (
    OUTCOMES_TITLE,
    PROMISES_TITLE,
    Became,
    Made,
    Number,
    outline_of,
)
from followme.insight.privacy import Shared
from followme.insight.wording import capitalized
from followme.model import Entry

KINDS = {"do": "promises", "ask": "questions to someone"}
"""The kinds of promises in words."""

EMPTY = "(empty)"
"""What stands where nothing was typed."""


class Heading(NamedTuple):
    """A title of what follows."""

    words: str


class Text(NamedTuple):
    """Paragraphs."""

    words: str


class Bullets(NamedTuple):
    """The items of a list; one with several lines stays one item."""

    items: Sequence[str]


Block = Heading | Text | Bullets


def title_of(entry: Entry) -> str:
    """Return the week and the set of an entry."""
    week, name = one_line(entry.week).strip() or str(entry.day), one_line(entry.set).strip()
    return f"{week} · {name}" if name else week


def blocks_of(entry: Entry, shared: Shared) -> Iterator[Block]:
    """Yield the blocks under the title of an entry."""
    outline = outline_of(entry, shared.mentioned(entry), shared.later(entry))
    yield Text(", ".join((day_words(entry.day), *outline.about)))
    for asked in outline.questions:
        content = asked.content
        if content is not None or asked.later:
            yield Heading(asked.title)
        if content is not None:
            if asked.private:
                yield Text("(private)")
            yield Text(content) if isinstance(content, str) else _content(content)
            if asked.fact:
                yield Text(f"Fact: {asked.fact}")
        if asked.later:
            yield from map(_later, asked.later)
    if outline.promises:
        yield from (Heading(PROMISES_TITLE), Bullets(tuple(map(_promise, outline.promises))))
    if outline.outcomes:
        yield from (Heading(OUTCOMES_TITLE), Bullets(tuple(map(_outcome, outline.outcomes))))
    if passed := [one_line(asked.title).strip() for asked in outline.questions if asked.content is None]:
        yield Text(f"Skipped: {' · '.join(passed)}")
    yield from map(_later, outline.later)


def _later(word: Later) -> Text:
    """A later word on what stands above, after its day."""
    return Text(f"{title_of_later(word)}: {word.text}")


def title_of_later(word: Later) -> str:
    """Return what stands before a later word: "Later, Friday, November 27, 2026"."""
    return f"Later, {day_words(word.date.date())}{' (private)' if word.private else ''}"


def _content(content: bool | Number | tuple[str, ...]) -> Block:
    match content:
        case bool(yes):
            return Text("Yes" if yes else "No")
        case Number(value, ends):
            return Text(f"{value}{_ends(ends)}")
    return Bullets(content) if content else Text(EMPTY)


def _ends(ends: Sequence[tuple[int, str]]) -> str:
    """The meaning of the two ends of a scale, such as " (0 = no day, 5 = every day)"."""
    if not ends:
        return ""
    if not any(label for _, label in ends):
        return f" ({' to '.join(str(end) for end, _ in ends)})"
    return f" ({', '.join(f'{end} = {one_line(label)}' if label else str(end) for end, label in ends)})"


def _promise(made: Made) -> str:
    return "\n".join((" · ".join(made.parts), *made_lines(made)))


def made_lines(made: Made) -> list[str]:
    """Return the lines below a promise: whether someone was told, what it replaces, and whether it's private."""
    lines = _told(made.told)
    if made.in_place_of:
        lines.append(f"In place of: {made.in_place_of}")
    if made.promise.private:
        lines.append("(private)")
    return lines


def _outcome(became: Became) -> str:
    return "\n".join(outcome_lines(became))


def outcome_lines(became: Became) -> list[str]:
    """Return what became of a promise: its words, its ending, a note, and whether someone was told."""
    ending = capitalized(became.ending)
    if became.parts:
        lines = [" · ".join(became.parts), ending]
    else:
        lines = [f"{ending}: {became.reference}, a promise that isn't among these entries"]
    lines += [f"Note: {became.note}"] if became.note else []
    return lines + _told(became.told)


def _told(told: bool | None) -> list[str]:
    return [] if told is None else [f"Told: {'yes' if told else 'no'}"]

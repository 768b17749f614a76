"""An entry block by block, for formats that a person reads; each format escapes the plain words and lays them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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


class Layout(NamedTuple):
    """How a format writes a title of what follows, paragraphs, and a list; an item may have several lines.

    Each gets plain words and escapes them as a whole, so that no word of the writer can be forgotten.
    """

    heading: Callable[[str], str]
    text: Callable[[str], str]
    bullets: Callable[[Sequence[str]], str]


def title_of(entry: Entry) -> str:
    """Return the week and the set of an entry."""
    week, name = one_line(entry.week).strip() or str(entry.day), one_line(entry.set).strip()
    return f"{week} · {name}" if name else week


def blocks_of(entry: Entry, shared: Shared, layout: Layout) -> Iterator[str]:
    """Yield the blocks under the title of an entry, laid out."""
    heading, text, bullets = layout
    outline = outline_of(entry, shared.mentioned(entry), shared.later(entry))
    yield text(", ".join((day_words(entry.day), *outline.about)))
    for title, content, fact, private, later, _ in outline.questions:
        if content is not None or later:
            yield heading(title)
        if content is not None:
            if private:
                yield text("(private)")
            yield text(content) if isinstance(content, str) else _content(content, layout)
            if fact:
                yield text(f"Fact: {fact}")
        for word in later:
            yield text(_later(word))
    if outline.promises:
        yield heading(PROMISES_TITLE)
        yield bullets([*map(_promise, outline.promises)])
    if outline.outcomes:
        yield heading(OUTCOMES_TITLE)
        yield bullets([*map(_outcome, outline.outcomes)])
    if passed := [one_line(asked.title).strip() for asked in outline.questions if asked.content is None]:
        yield text(f"Skipped: {' · '.join(passed)}")
    for word in outline.later:
        yield text(_later(word))


def _later(word: Later) -> str:
    """A later word on what stands above, after its day."""
    return f"{title_of_later(word)}: {word.text}"


def title_of_later(word: Later) -> str:
    """Return what stands before a later word: "Later, Friday, November 27, 2026"."""
    return f"Later, {day_words(word.date.date())}{' (private)' if word.private else ''}"


def _content(content: bool | Number | tuple[str, ...], layout: Layout) -> str:
    match content:
        case bool(yes):
            return layout.text("Yes" if yes else "No")
        case Number(value, ends):
            return layout.text(f"{value}{_ends(ends)}")
    return layout.bullets(content) if content else layout.text(EMPTY)


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

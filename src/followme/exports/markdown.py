"""Entries as Markdown that reads well on GitHub, in Obsidian, and as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from followme.clean import for_heading, for_markdown, one_line
from followme.dates import day_words
from followme.exports.options import Options
from followme.insight.later import Later
from followme.insight.outline import (
    OUTCOMES_TITLE,
    PROMISES_TITLE,
    Asked,
    Became,
    Content,
    Made,
    Number,
    Outline,
    outline_of,
)
from followme.insight.privacy import Shared
from followme.model import Entry

# The code below puts plain words together and escapes each paragraph or list item as a whole, so that no word
# of the writer is left unescaped.


def write(shared: Shared, options: Options) -> Iterator[str]:
    """Yield the entries as one Markdown document with a section for each; the same entries give the same bytes."""
    yield "# Reflections\n"
    seen: Counter[str] = Counter()
    for entry in options.arranged(shared):
        # A later word stands below what it is about, if that is here.
        if not shared.stands_below(entry):
            blocks = [f"## {for_heading(_title(entry, seen))}", *sections(entry, shared)]
            yield "\n" + "\n\n".join(blocks) + "\n"
    if not seen:
        yield "\nThere are no entries in this selection.\n"


def _title(entry: Entry, seen: Counter[str]) -> str:
    """Return a title that no entry before has: the week and the set, and if that isn't enough, the time.

    `seen` counts the titles so far.
    """
    title = title_of(entry)
    if seen[title] or not entry.is_sitting:
        title += f" · {entry.date.isoformat(' ')[:16]}"
    seen[title] += 1
    return title if seen[title] == 1 else f"{title} ({seen[title]})"


def title_of(entry: Entry) -> str:
    """Return the week and the set of an entry."""
    week, name = one_line(entry.week).strip() or str(entry.day), one_line(entry.set).strip()
    return f"{week} · {name}" if name else week


def sections(entry: Entry, shared: Shared) -> list[str]:
    """Return the blocks under the title of an entry."""
    return _entry(outline_of(entry, shared.mentioned(entry), shared.later(entry)))


def _entry(outline: Outline) -> list[str]:
    blocks = [for_markdown(", ".join((day_words(outline.entry.day), *outline.about)))]
    for asked in outline.questions:
        if asked.content is not None:
            blocks += _answer(asked, asked.content)
        elif asked.later:
            blocks.append(f"### {for_heading(asked.title)}")
        blocks += _later(asked.later)
    if outline.promises:
        blocks += [f"### {PROMISES_TITLE}", _bullets(map(_promise, outline.promises))]
    if outline.outcomes:
        blocks += [f"### {OUTCOMES_TITLE}", _bullets(map(_outcome, outline.outcomes))]
    if passed := [one_line(asked.title).strip() for asked in outline.questions if asked.content is None]:
        blocks.append(for_markdown(f"Skipped: {' · '.join(passed)}"))
    blocks += _later(outline.later)
    return blocks


def _answer(asked: Asked, content: Content) -> list[str]:
    blocks = [f"### {for_heading(asked.title)}"]
    if asked.private:
        blocks.append("(private)")
    blocks.append(_content(content))
    if asked.fact:
        blocks.append(for_markdown(f"Fact: {asked.fact}"))
    return blocks


def _later(words: Iterable[Later]) -> list[str]:
    """Return later words on what stands above, each after its day."""
    private = {True: " (private)", False: ""}
    return [
        for_markdown(f"Later, {day_words(each.date.date())}{private[each.private]}: {each.text}")
        for each in words
    ]


def _content(content: Content) -> str:
    match content:
        case bool(yes):
            return "Yes" if yes else "No"
        case Number(value, ends):
            return for_markdown(f"{value}{_ends(ends)}")
        case tuple(texts):
            return _bullets(texts) or "(empty)"
    return for_markdown(content) or "(empty)"


def _ends(ends: Sequence[tuple[int, str]]) -> str:
    """Return the meaning of the two ends of a scale, such as " (0 = no day, 5 = every day)"."""
    if not ends:
        return ""
    if not any(label for _, label in ends):
        return f" ({' to '.join(str(end) for end, _ in ends)})"
    return f" ({', '.join(f'{end} = {one_line(label)}' if label else str(end) for end, label in ends)})"


def _promise(made: Made) -> str:
    promise = made.promise
    lines = [" · ".join(made.parts), *_told(promise.told)]
    if made.in_place_of:
        lines.append(f"In place of: {made.in_place_of}")
    if promise.private:
        lines.append("(private)")
    return "\n".join(lines)


def _outcome(became: Became) -> str:
    ending = f"{became.ending[:1].upper()}{became.ending[1:]}"
    lines = [*([" · ".join(became.parts)] if became.parts else []), ending]
    if not became.parts:
        lines = [f"{ending}: {became.reference}, a promise that isn't among these entries"]
    lines += [f"Note: {became.note}"] if became.note else []
    return "\n".join(lines + _told(became.told))


def _told(told: bool | None) -> list[str]:
    return [] if told is None else [f"Told: {'yes' if told else 'no'}"]


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {_indented(for_markdown(text) or '(empty)')}" for text in texts)


def _indented(block: str) -> str:
    """Return a block with its later lines indented, so that they belong to the same list item."""
    return "\n".join(f"  {line}" if line else line for line in block.split("\n"))[2:]

"""Entries as Markdown that reads well on GitHub, in Obsidian, and as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from followme.clean import for_heading, for_markdown, one_line
from followme.dates import day_words
from followme.exports.options import Options
from followme.insight.book import promises_of
from followme.insight.later import Later, later_words
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


def write(shared: Shared, options: Options) -> str:
    """Return the entries as one Markdown document with a section for each; the same entries give the same bytes."""
    chosen = options.arranged(shared)
    promises, later = promises_of(chosen), later_words(chosen)
    # A later word stands below what it is about, if that is here.
    ids = {entry.id for entry in chosen if entry.id}
    shown = [entry for entry in chosen if entry.about.partition("/")[0] not in ids]
    blocks = ["# Reflections"]
    for title, entry in zip(_titles(shown), shown, strict=True):
        blocks += [f"## {for_heading(title)}", *_entry(outline_of(entry, promises, later))]
    if not chosen:
        blocks.append("There are no entries in this selection.")
    return "\n\n".join(blocks) + "\n"


def _titles(entries: Sequence[Entry]) -> list[str]:
    """Return a unique title for each entry: week and set, and if two are equal, also the time."""
    titles = [_title(entry) for entry in entries]
    shared = Counter(titles)
    for at, entry in enumerate(entries):
        if shared[titles[at]] > 1:
            titles[at] += f" · {entry.date.isoformat(' ')[:16]}"
    seen: Counter[str] = Counter()
    for at, title in enumerate(titles):
        seen[title] += 1
        if seen[title] > 1:
            titles[at] += f" ({seen[title]})"
    return titles


def _title(entry: Entry) -> str:
    week, name = one_line(entry.week).strip() or str(entry.day), one_line(entry.set).strip()
    return f"{week} · {name}" if name else week


def _entry(outline: Outline) -> list[str]:
    """Return the blocks under the title of an entry."""
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

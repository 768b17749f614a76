"""Entries as Markdown that reads well on GitHub, in Obsidian, and as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from followme.clean import for_heading, for_markdown
from followme.exports.options import Options
from followme.exports.parts import EMPTY, KINDS, Layout, blocks_of, title_of
from followme.insight.numbers import Numbers
from followme.insight.outline import PROMISES_TITLE
from followme.insight.privacy import Shared

_short = lru_cache(1_000)(for_markdown)
"""The same options and numbers come again and again."""

Section = tuple[str, str, bytes]
"""The section of an entry: its title, its title with the time if another one has that, and what stands below."""

SHORT = 60
"""Up to this many characters, a text is likely to be one of these."""


def write(shared: Shared, options: Options) -> Iterator[bytes]:
    """Yield the entries as one Markdown document with a section for each; the same entries give the same bytes."""
    return joined(parts(shared, options), options)


def parts(shared: Shared, options: Options) -> Iterator[Section]:
    """Yield the section of each entry."""
    for entry in options.alone(shared):
        title = title_of(entry)
        dated = f"{title} · {entry.date.isoformat(' ')[:16]}"
        blocks = "\n\n".join(blocks_of(entry, shared, LAYOUT))
        yield title if entry.is_sitting else dated, dated, blocks.encode()


def joined(sections: Iterable[Section], _options: Options) -> Iterator[bytes]:
    """Yield the document that has these sections, each under a title that none before it has."""
    yield b"# Reflections\n"
    seen: Counter[str] = Counter()
    for title, dated, blocks in sections:
        told = dated if seen[title] else title
        seen[told] += 1
        alone = told if seen[told] == 1 else f"{told} ({seen[told]})"
        yield b"\n## %b\n\n%b\n" % (for_heading(alone).encode(), blocks)
    if not seen:
        yield b"\nThere are no entries in this selection.\n"


def write_numbers(numbers: Numbers, _options: Options) -> Iterator[str]:
    """Yield a table with a row for each week, and lists of the scales and of how promises ended."""
    yield "# Reflections in numbers\n"
    columns = [scale.by_week for scale in numbers.scales]
    states = dict(numbers.weeks)
    if weeks := sorted({*states, *chain.from_iterable(columns)}):
        yield "\n" + _row("Week", "State", *(_cell(scale.key) for scale in numbers.scales))
        yield _row("---", "---", *("---" for _ in columns))
        yield from (
            _row(_cell(week), states.get(week, ""), *(column.get(week, "") for column in columns))
            for week in weeks
        )
    ends = [f"{each.key}: {each.low} to {each.high}" for each in numbers.scales if each.high is not None]
    endings = [f"{KINDS.get(kind, kind)} {result}: {count}" for kind, result, count in numbers.endings]
    for title, items in (("Scales", ends), (PROMISES_TITLE, endings)):
        if items:
            yield f"\n## {title}\n\n{_bullets(items)}\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(words: str) -> str:
    return for_heading(words).replace("|", "\\|")


def _bullets(texts: Iterable[str]) -> str:
    items = [_escaped(text).replace("\n", "\n  ") for text in texts]
    return ("- " + "\n- ".join(items)).replace("\n  \n", "\n\n")


def _escaped(words: str) -> str:
    return (_short if len(words) <= SHORT else for_markdown)(words) or EMPTY


def layout(level: str) -> Layout:
    """Return how blocks are written in Markdown; `level` has the signs before a heading."""

    # And so do the same questions.
    @lru_cache(1_000)
    def heading(words: str) -> str:
        return f"{level} {for_heading(words)}"

    return Layout(heading, _escaped, _bullets)


LAYOUT = layout("###")

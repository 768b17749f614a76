"""The line and the depth of each statement of a TOML text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Place = tuple[str, ...]
"""A table's place: ("section", "1", "question", "0") is the first question of the second section."""

# A string that is never closed goes to the end of its line, or of all: looked for again and again, it would take hours.
_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?'  # a string of several lines, and its literal form
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]++|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*|[\[\]{}]|\n|[^\"'#\[\]{}\n]+|.",
    re.DOTALL,
)
_HEADER = re.compile(r"\s*\[(\[?)\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*\]\]?\s*")
_QUOTES = ('"', "'")


@dataclass(slots=True)
class Statement:
    """One statement: its first line (counted from 1), its first words without comments, and its depth.

    The depth is the number of brackets or of dots, whichever is more. Dots of decimal numbers count too: no file
    read here needs such numbers.
    """

    line: int
    text: str = ""
    depth: int = 0


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a TOML text, in order; a string or list of several lines is one statement."""
    line, brackets, dots = 1, 0, 0
    current = Statement(line)
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "\n" and brackets <= 0:
            if current.text.strip():
                yield current
            current, brackets, dots = Statement(line + 1), 0, 0
        elif not token.startswith("#"):
            brackets += (token in "[{") - (token in "]}")
            dots += 0 if token.startswith(_QUOTES) else token.count(".")
            current.depth = max(current.depth, brackets, dots)
            current.text += token[: 200 - len(current.text)]
        line += token.count("\n")
    if current.text.strip():
        yield current


def lines_of(text: str) -> dict[tuple[Place, str], int]:
    """Return the line of every key, by the place of its table and its name; the line of a table has the name ""."""
    lines: dict[tuple[Place, str], int] = {((), ""): 1}
    counts: dict[Place, int] = {}
    here: Place = ()
    for found in statements(text):
        header = _HEADER.fullmatch(found.text)
        if header:
            here = _enter(counts, [part.strip() for part in header[2].split(".")], bool(header[1]))
            lines[here, ""] = found.line
            if not header[1]:
                lines.setdefault((here[:-1], here[-1]), found.line)
        else:
            lines.setdefault((here, found.text.partition("=")[0].strip().strip("\"'")), found.line)
    return lines


def line_of(lines: Mapping[tuple[Place, str], int], place: Place, key: str) -> int:
    """Return the line of a key; of its table if the key is missing; of what contains that table if it is inline."""
    while (place, key) not in lines:
        if (place, "") in lines:
            return lines[place, ""]
        in_array = place[-1].isdigit()
        place, key = (place[:-2], place[-2]) if in_array else (place[:-1], place[-1])
    return lines[place, key]


def _enter(counts: dict[Place, int], parts: list[str], array: bool) -> Place:
    """The place of the table with this header; `counts` has the number of tables in each array so far."""
    here: Place = ()
    for part in parts[:-1]:
        here = (*here, part)
        if here in counts:
            here = (*here, str(counts[here] - 1))
    here = (*here, parts[-1])
    if not array:
        return here
    counts[here] = counts.get(here, 0) + 1
    return (*here, str(counts[here] - 1))

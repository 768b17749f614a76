"""Positions in a TOML text: the line of each key, and the depth of each statement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from followme.frozen import mutable

Position = tuple[str, ...]
"""A table's position in its file: ("section", "1", "question", "0") is the first question of the second section."""

# A string that is never closed goes to the end of its line, or of all: looked for again and again, it would take hours.
_TOKEN = (
    r'(?s)"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?'  # a string of several lines, and its literal form
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]++|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*|[\[\]{}]|\n|[^\"'#\[\]{}\n]+|."
)
_HEADER = r"\s*\[(\[?)\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*\]\]?\s*"
_QUOTES = ('"', "'")


@mutable
class Statement:
    """One statement: its first and last line (counted from 1), its first words without comments, and its depth.

    The depth is the number of brackets or of dots, whichever is more. Dots of decimal numbers count too: no file
    read here needs such numbers.
    """

    line: int
    text: str = ""
    depth: int = 0
    last: int = 0


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a TOML text, in order; a string or list of several lines is one statement."""
    line, brackets, dots = 1, 0, 0
    current = Statement(line)
    for match in re.finditer(_TOKEN, text):
        token = match.group()
        if token == "\n" and brackets <= 0:
            if current.text.strip():
                current.last = line
                yield current
            current, brackets, dots = Statement(line + 1), 0, 0
        elif not token.startswith("#"):
            brackets += (token in "[{") - (token in "]}")
            dots += 0 if token.startswith(_QUOTES) else token.count(".")
            current.depth = max(current.depth, brackets, dots)
            current.text += token[: 200 - len(current.text)]
        line += token.count("\n")
    if current.text.strip():
        current.last = line
        yield current


def lines_of(text: str) -> dict[tuple[Position, str], int]:
    """Return the line of every key, by the position of its table and its name; the line of a table has the name ""."""
    lines: dict[tuple[Position, str], int] = {((), ""): 1}
    counts: dict[Position, int] = {}
    position: Position = ()
    for statement in statements(text):
        header = re.fullmatch(_HEADER, statement.text)
        if header:
            position = _enter(counts, [part.strip() for part in header[2].split(".")], bool(header[1]))
            lines[position, ""] = statement.line
            if not header[1]:
                lines.setdefault((position[:-1], position[-1]), statement.line)
        else:
            lines.setdefault(
                (position, statement.text.partition("=")[0].strip().strip("\"'")), statement.line
            )
    return lines


def comments(text: str) -> list[str]:
    """Return the comments of a TOML text."""
    return [token for token in re.findall(_TOKEN, text) if token.startswith("#")]


def line_of(lines: Mapping[tuple[Position, str], int], position: Position, key: str) -> int:
    """Return the line of a key; of its table if the key is missing; of what contains that table if it is inline."""
    while (position, key) not in lines:
        if (position, "") in lines:
            return lines[position, ""]
        in_array = position[-1].isdigit()
        position, key = (position[:-2], position[-2]) if in_array else (position[:-1], position[-1])
    return lines[position, key]


def _enter(counts: dict[Position, int], parts: list[str], array: bool) -> Position:
    """The position of the table with this header; `counts` has the number of tables in each array so far."""
    position: Position = ()
    for part in parts[:-1]:
        position = (*position, part)
        if position in counts:
            position = (*position, str(counts[position] - 1))
    position = (*position, parts[-1])
    if not array:
        return position
    counts[position] = counts.get(position, 0) + 1
    return (*position, str(counts[position] - 1))

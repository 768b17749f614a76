"""Entries as the text file of jrnl, a journal program, with the dates that it writes itself."""

from __future__ import annotations

from collections.abc import Iterator

from followme.clean import for_terminal, one_line
from followme.exports.options import Options
from followme.exports.parts import EMPTY, Block, Bullets, Heading, blocks_of, title_of
from followme.insight.privacy import Shared
from followme.model import Entry


def write(shared: Shared, options: Options) -> Iterator[str]:
    """Yield each entry with its date in brackets, its title, and below it everything else."""
    between = ""
    for entry in options.alone(shared):
        words = "".join(map(_laid_out, blocks_of(entry, shared)))
        yield f"{between}[{_moment(entry)}] {_title(entry)}\n{_below(words)}\n"
        between = "\n"


def _moment(entry: Entry) -> str:
    """The local time, as jrnl writes it unless it is told otherwise: "2026-11-20 04:04:11 PM"."""
    date = entry.date
    return f"{date.date()} {date.hour % 12 or 12:02}:{date:%M:%S} {'PM' if date.hour >= 12 else 'AM'}"


def _title(entry: Entry) -> str:
    # jrnl takes a star at the end of a title as its mark for favorites.
    return one_line(title_of(entry)).rstrip("* ")


def _laid_out(block: Block) -> str:
    """A block with its line breaks; what follows a heading stands right below it."""
    if isinstance(block, Heading):
        return f"{one_line(block.words).strip()}\n"
    if isinstance(block, Bullets):
        return "".join(f"- {_indented(item) or EMPTY}\n" for item in block.items) + "\n"
    return (block.words.strip("\n") if block.words.strip() else EMPTY) + "\n\n"


def _indented(item: str) -> str:
    return "\n".join(f"  {line}" if line else line for line in item.strip("\n").split("\n"))[2:]


def _below(words: str) -> str:
    """The text below a title; a line that begins with a bracket gets a blank, since jrnl could take it for a date."""
    lines = for_terminal(words).rstrip("\n").split("\n")
    return "\n".join(f" {line}" if line.startswith("[") else line for line in lines)

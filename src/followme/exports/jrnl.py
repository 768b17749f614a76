"""Entries as the text file of jrnl, a journal program, with the dates that it writes itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from followme.clean import for_terminal, one_line
from followme.exports.options import Options
from followme.exports.parts import EMPTY, Layout, blocks_of, title_of
from followme.insight.incoming import STARRED, TAGS, TEXT
from followme.insight.privacy import Shared
from followme.model import Entry

PROGRAM = "jrnl"

_LIKE_A_DATE = r"(?m)^\[(?![^\]\n]{0,6}\])"
"""A bracket in whose place jrnl could see a date; up to six characters, such as [x], it never takes for one."""


def write(shared: Shared, options: Options) -> Iterator[bytes]:
    """Yield each entry with its date in brackets, its title, and below it everything else."""
    return joined(parts(shared, options), options)


def parts(shared: Shared, options: Options) -> Iterator[bytes]:
    """Yield the text of each entry."""
    for entry in options.alone(shared):
        title, words = _as_it_was(entry, shared) or (
            _title(title_of(entry)),
            "".join(blocks_of(entry, shared, LAYOUT)),
        )
        end = "\n" if words else ""
        yield f"[{_moment(entry)}] {title}\n{_below(words)}{end}".encode()


def joined(texts: Iterable[bytes], _options: Options) -> Iterator[bytes]:
    """Yield the file that has these texts, with an empty line between them."""
    between = b""
    for text in texts:
        yield between + text
        between = b"\n"


def _moment(entry: Entry) -> str:
    """The local time, as jrnl writes it unless it is told otherwise: "2026-11-20 04:04:11 PM"."""
    date = entry.date
    return f"{date.date()} {date.hour % 12 or 12:02}:{date:%M:%S} {'PM' if date.hour >= 12 else 'AM'}"


def _title(words: str) -> str:
    # jrnl takes a star at the end of a title as its mark for favorites.
    return one_line(words).rstrip("* ")


def _as_it_was(entry: Entry, shared: Shared) -> tuple[str, str] | None:
    """The title of an entry that came from jrnl, with its star, and the words below it; None if it says more by now."""
    said = {answer.key: answer.reply for answer in entry.answers}
    text, tags = said.get(TEXT), said.get(TAGS, ())
    if (
        entry.imported != PROGRAM
        or not said.keys() <= {TEXT, TAGS, STARRED}
        or not isinstance(text, str)
        or not isinstance(tags, tuple)
        or entry.promises
        or entry.outcomes
        or shared.later(entry)
    ):
        return None
    title, _, words = text.partition("\n")
    return f"{_title(title)}{' *' if said.get(STARRED) else ''}", "\n\n".join(
        filter(None, (words, " ".join(tags)))
    )


def _heading(words: str) -> str:
    """A heading; what follows it stands right below."""
    return f"{one_line(words).strip()}\n"


def _text(words: str) -> str:
    return (words.strip("\n") if words.strip() else EMPTY) + "\n\n"


def _bullets(items: Iterable[str]) -> str:
    return "".join([f"- {_indented(item) or EMPTY}\n" for item in items]) + "\n"


def _indented(item: str) -> str:
    return "\n".join(f"  {line}" if line else line for line in item.strip("\n").split("\n"))[2:]


def _below(words: str) -> str:
    """The text below a title; a line that jrnl could take for a date, in brackets, begins with a blank."""
    return re.sub(_LIKE_A_DATE, " [", for_terminal(words).rstrip("\n"))


LAYOUT = Layout(_heading, _text, _bullets)

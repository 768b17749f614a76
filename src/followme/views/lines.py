"""Tab-separated lines for a pipe: how a line is made, and those of entries, which load nothing that others need."""

from __future__ import annotations

from collections.abc import Iterable

from followme.clean import one_line
from followme.insight.digest import digest_of
from followme.model import Entry


def entries(shown: Iterable[Entry]) -> Iterable[str]:
    """One line for each entry: id, week, date, set, minutes, counts, first words, private, conflict, imported.

    The counts are of answered and skipped questions and of promises. New columns are only added at the end.
    """
    for entry in shown:
        short = digest_of(entry)
        minutes = "" if entry.minutes is None else entry.minutes
        head = (entry.id, entry.week, entry.day, entry.set, minutes)
        counts = (short.answered, short.skipped, short.promises)
        yield line(*head, *counts, short.words, private_word(entry.private), entry.conflict, entry.imported)


def line(*cells: object) -> str:
    """Return the line of these cells, with a blank for each tab and each newline in them."""
    words = [*map(str, cells)]
    # Most rows have nothing to clean, and one look at all of their cells is faster than a look at each.
    return "\t".join(words if "".join(words).isprintable() else map(one_line, words))


def private_word(is_private: bool) -> str:
    """Return the word for what is private, otherwise ""."""
    return "private" if is_private else ""

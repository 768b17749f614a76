"""A journal of entries that a test holds, for what reads a journal one entry at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from followme.exports import Options, format_named
from followme.insight.privacy import Choice, Shared, shared
from followme.model import Entry


class Held(tuple[Entry, ...]):
    """Entries in the order of their file; with `whole = False`, others could not be read."""

    whole = True

    def with_id(self, name: str) -> Iterator[Entry]:
        return (entry for entry in self if entry.id == name)

    def about(self, name: str) -> Iterator[Entry]:
        return (entry for entry in self if entry.about_id == name)


def leaving(
    chosen: Sequence[Entry],
    journal: Sequence[Entry] | None = None,
    *,
    private: bool = False,
    whole: bool = True,
) -> Shared:
    """What may leave of these entries, of a journal that has no others unless it is given."""
    held = Held(chosen if journal is None else journal)
    held.whole = whole
    return shared(held, Choice(fits=lambda entry: entry in chosen, private=private))


def exported(
    name: str,
    chosen: Sequence[Entry],
    journal: Sequence[Entry] | None = None,
    *,
    private: bool = False,
    oldest_first: bool = False,
) -> str:
    """The text of an export in the format with this name."""
    found = leaving(chosen, journal, private=private)
    return b"".join(format_named(name)(found, Options(oldest_first=oldest_first))).decode()

"""The options of an export, besides the choice of what leaves, and what there is to remark on its text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import field

from followme.dates import Interval
from followme.frozen import frozen
from followme.insight.privacy import Shared
from followme.model import Entry


@frozen(kw_only=True)
class Options:
    """How to export: newest first unless `oldest_first`; with `wide`, a table has one row per entry.

    `breaks` are the planned absences. Without `of_weeks`, some reflections of a week may be missing, so that a strip of
    weeks would say nothing. `remarks` has a sentence for each thing that a format did to the text
    and that a reader should know.
    """

    oldest_first: bool = False
    wide: bool = False
    breaks: Collection[Interval] = ()
    of_weeks: bool = True
    remarks: list[str] = field(default_factory=list)

    def arranged(self, shared: Shared) -> Iterator[Entry]:
        """Yield the entries in the order of the export."""
        return shared.entries(oldest_first=self.oldest_first)

    def alone(self, shared: Shared) -> Iterator[Entry]:
        """Yield those that stand by themselves; a later word stands below the entry it's about, if that leaves too."""
        return (entry for entry in self.arranged(shared) if not shared.stands_below(entry))

    def remark(self, sentence: str) -> None:
        """Keep a remark, once."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)

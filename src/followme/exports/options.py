"""The options of an export, besides the choice of entries and whether private ones are included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from followme.insight.privacy import Shared
from followme.model import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to export: newest first unless `oldest_first`."""

    oldest_first: bool = False

    def arranged(self, shared: Shared) -> Iterator[Entry]:
        """Yield the entries in the order of the export."""
        return shared.entries(oldest_first=self.oldest_first)

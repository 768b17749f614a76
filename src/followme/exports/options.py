"""The options of an export, besides the choice of entries and whether private ones are included."""

from __future__ import annotations

from dataclasses import dataclass

from followme.insight.privacy import Shared
from followme.model import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to export: newest first unless `oldest_first`."""

    oldest_first: bool = False

    def arranged(self, shared: Shared) -> tuple[Entry, ...]:
        """Return the entries in the order of the export."""
        return shared.entries if self.oldest_first else shared.entries[::-1]

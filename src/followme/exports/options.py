"""What a person may choose about an export, and the entries that this choice leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followme.insight.privacy import public
from followme.model import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to export: newest first unless `oldest_first`, and nothing private unless `private`."""

    oldest_first: bool = False
    private: bool = False


def arranged(entries: Sequence[Entry], options: Options) -> tuple[Entry, ...]:
    """Return what to export, in its order. Every format begins here, so that none can forget what is private."""
    chosen = tuple(entries) if options.private else public(entries)[0]
    return chosen if options.oldest_first else chosen[::-1]

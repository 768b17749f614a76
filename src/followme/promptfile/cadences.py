"""The cadence that the file of a prompt set names; `due` reads no more of it than that."""

from __future__ import annotations

import re
from pathlib import Path

from followme import toml

CADENCES = ("daily", "weekly", "fortnightly", "monthly", "quarterly", "half-yearly", "yearly", "any")

_MOST = 65_536
"""How many bytes of a file are looked at for its cadence."""


def cadence_of(path: Path) -> str:
    """Return the cadence that a set's file names, "any" if it names none or can't be read."""
    try:
        with path.open("rb") as file:
            # It comes before the first section.
            head = re.split(rb"(?m)^[ \t]*\[", file.read(_MOST), maxsplit=1)[0]
        cadence = toml.loads(head.decode("utf-8-sig")).get("cadence")
    except (OSError, ValueError):
        return "any"
    return cadence if cadence in CADENCES else "any"

"""Ids that follow from an entry itself, so that every machine gives the same entry the same id."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256

from followme.model import ID_LETTERS

LETTERS = 5
"""How many letters end an id."""


_ID = re.compile(rf"\d{{8}}T\d{{6}}-[{ID_LETTERS}]{{{LETTERS}}}")


def is_id(word: str) -> bool:
    """Return whether this is a whole id, as followme makes them."""
    return _ID.fullmatch(word) is not None


def id_from(moment: datetime, text: str) -> str:
    """Return the id of an entry with this moment and this text; a moment without an offset counts as UTC."""
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    number = int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest())
    letters = ""
    for _ in range(LETTERS):
        number, at = divmod(number, len(ID_LETTERS))
        letters += ID_LETTERS[at]
    # strftime writes years before 1000 with fewer digits on some systems.
    return f"{utc.year:04}{utc:%m%dT%H%M%S}-{letters}"

"""The week that someone names on the command line."""

from __future__ import annotations

from datetime import date

from followme.dates import one_week
from followme.errors import WrongUsage


def week_of(words: str, today: date) -> str:
    """Return the ISO week that these words mean. Raises WrongUsage."""
    try:
        return one_week(words, today)
    except ValueError as error:
        raise WrongUsage(str(error)) from None

"""The clock."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return local time with its offset; UTC if TZ names an impossible offset."""
    try:
        return datetime.now().astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)

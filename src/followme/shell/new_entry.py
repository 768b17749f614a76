"""A new entry for what is written between two reflections, such as a note."""

from __future__ import annotations

from typing import Any

from followme.dates import iso_week
from followme.env import Env
from followme.model import Entry


def new_entry(env: Env, of_set: str, **content: Any) -> Entry:
    """Return an entry of this set, written now; `content` has its other fields."""
    now = env.now().replace(microsecond=0)
    return Entry(id=env.new_id(now), date=now, week=iso_week(now.date()), set=of_set, **content)

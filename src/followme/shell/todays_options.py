"""What was picked of options, in the words that today's prompt sets have for them."""

from __future__ import annotations

from collections.abc import Sequence

from followme.env import Env
from followme.insight import rewording
from followme.model import Entry
from followme.shell import usable_sets


def in_todays_words(env: Env, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with every option that was reworded in its new words.

    Sets without any of the questions that were picked from aren't parsed.
    """
    keys = {each.key.encode() for entry in entries for each in entry.answers if each.kind == "several"}
    sets = usable_sets.usable(env, lambda data: b"formerly" in data and any(key in data for key in keys))
    return rewording.in_todays_words(entries, rewording.rewordings(sets))

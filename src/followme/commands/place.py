"""Where the journal lies that a command line means."""

from __future__ import annotations

from followme.env import Env
from followme.journal.place import Place


def place_of(env: Env) -> Place:
    """Where the journal and its drafts lie."""
    return Place(journal=env.journal, state=env.state, spare=env.spare)

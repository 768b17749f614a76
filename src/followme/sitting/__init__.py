"""One reflection, from the offer to "Saved": choosing, planning, asking, answers from a file, summary, saving.

LATE names the modules that few sittings need, or only at their end.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

LATE = {
    "given_answers": "followme.sitting.given_answers",
    "weeks_before": "followme.sitting.weeks_before",
    "giving_back": "followme.sitting.giving_back",
}


def late(name: str) -> Any:
    """Return one of these modules, loaded only now, so that the first question comes sooner."""
    return import_module(LATE[name])

"""Asking: the walk through a sitting, and ASKERS with the module of each way to ask."""

from __future__ import annotations

from importlib import import_module
from typing import Any

ASKERS = {
    "rich": "followme.asking.rich.asker",
    "plain": "followme.asking.plain",
}


def asker(name: str) -> Any:
    """Return the module of an asker, loaded only now: the one for a terminal takes longer than a batch sitting."""
    return import_module(ASKERS[name])

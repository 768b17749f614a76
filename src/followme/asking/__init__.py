"""Asking: the walk through a sitting, and ASKERS, which names the module of each way to ask."""

from __future__ import annotations

from importlib import import_module
from typing import Any

ASKERS = {
    "rich": "followme.asking.rich.asker",
    "plain": "followme.asking.plain",
}


def asker(name: str) -> Any:
    """The module of an asker, loaded only now: a terminal's costs more than all of a batch sitting."""
    return import_module(ASKERS[name])

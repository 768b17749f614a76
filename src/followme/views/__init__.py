"""Views: values shown in a terminal, as tab-separated lines, or as JSON; VIEWS names the module of each."""

from __future__ import annotations

from importlib import import_module
from typing import Any

VIEWS = {
    "home": "followme.views.home",
    "opening": "followme.views.opening",
    "echo": "followme.views.echo",
    "past_weeks": "followme.views.past_weeks",
    "listing": "followme.views.listing",
    "hits": "followme.views.hits",
    "lookback": "followme.views.lookback",
    "overview": "followme.views.overview",
    "people": "followme.views.people",
    "entry": "followme.views.entry",
    "ledger": "followme.views.ledger",
    "tasks": "followme.views.tasks",
    "prompts": "followme.views.prompts",
    "reminders": "followme.views.reminders",
    "doctor": "followme.views.doctor",
    "changes": "followme.views.changes",
    "help": "followme.views.help",
    "lines": "followme.views.lines",
    "tabs": "followme.views.tabs",
    "json": "followme.views.json",
    "progress": "followme.views.progress",
}


def view(name: str) -> Any:
    """Return the module of a view, loaded only now, so that a pipe doesn't load code that draws in a terminal."""
    return import_module(VIEWS[name])

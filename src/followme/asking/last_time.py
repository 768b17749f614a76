"""A person's earlier answers to a question, to read and never to edit."""

from __future__ import annotations

from followme.asking.item import Item
from followme.dates import day_words
from followme.insight.digest import reply_words
from followme.kinds.base import Field
from followme.model import OPEN_KINDS

NOTHING = "There's no earlier answer to this question."
AFTERWARDS = "Answer first; then you'll see your earlier numbers."


def last_time(item: Item | None, field: Field) -> tuple[str, str]:
    """Return the latest answer to this field's question: a heading, and the words below it."""
    if item is None or field not in item.fields or not item.before:
        return NOTHING, ""
    if _is_scale(item):
        return AFTERWARDS, ""
    last = item.before[-1]
    asked = "" if last.answer.question == item.ask else f', to "{last.answer.question}"'
    return f"Last time, on {day_words(last.entry.date.date())}{asked}:", reply_words(last.answer)


def can_be_shown(item: Item) -> bool:
    """Return whether there is an earlier answer that may be shown before this one is given."""
    return bool(item.before) and not _is_scale(item)


def always_shown(item: Item) -> bool:
    """Return whether the setting `show_last` shows the earlier answer."""
    return can_be_shown(item) and bool(item.question and item.question.kind in OPEN_KINDS)


def _is_scale(item: Item) -> bool:
    return bool(item.question and item.question.kind == "scale")

"""The screen of verdicts in words and signs: its rows, its keys, and its text with one sign for each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from followme.asking.walk import BACK, NEXT, Move
from followme.kinds.base import Field
from followme.model import Value

OPEN = "."
"""The sign for a row that is left open."""

TOOLBARS = (
    "A letter answers · Enter next · Backspace undo · Ctrl+C pause · F1 all keys",
    "A letter answers · Enter next · Backspace undo · F1 keys",
    "Letter, Enter next, F1 keys",
    "Enter next, F1 keys",
)
"""The most important keys, for wide and for narrow screens."""

KEYS = (
    ("Its letter", "answers a row, and goes on to the next open one; so does its number"),
    ("Enter", "leaves a row open, and goes on; after the last one, to what is asked next"),
    ("Up, Down", "move between the rows"),
    ("Backspace", "takes an answer back"),
)
"""The screen's own keys with their effects."""


def signs_of(field: Field, value: Value) -> str:
    """Return a value as a text with one sign for each row: the key of its ending, or OPEN."""
    return "".join(
        row.keys[row.options.index(label)] if label in row.options else OPEN
        for row, label in zip(field.rows, labels_of(value, len(field.rows)), strict=True)
    )


def value_of(field: Field, signs: str) -> Value:
    """Return the value that these signs stand for; empty if every row is left open."""
    return value_with([label_of(row, sign) for row, sign in zip(field.rows, signs, strict=False)])


def label_of(row: Field, sign: str) -> str:
    """Return the ending of this key, "" for OPEN."""
    return row.options[row.keys.index(sign)] if sign in row.keys else ""


def labels_of(value: Value, count: int) -> list[str]:
    """Return the endings in words, one for each of `count` rows, "" where it is left open."""
    given = value if isinstance(value, tuple) else ()
    return [*given, *[""] * count][:count]


def value_with(labels: Sequence[str]) -> Value:
    """Return the value with these endings; empty if every row is left open."""
    return tuple(labels) if any(labels) else ()


def row_by_row(
    field: Field, value: Value, ask: Callable[[Field, str, Callable[[Value], object]], Move],
    typing: Callable[[Value], object],
) -> Move:  # fmt: skip
    """Ask for one row after the other, and return the move with which the last one was left.

    `ask` asks for one row, beginning with its ending so far; `typing` gets all endings after each.
    """
    labels = labels_of(value, len(field.rows))
    at = 0
    while at < len(field.rows):
        move = ask(field.rows[at], labels[at], lambda now: typing(value_with(labels)))
        labels[at] = str(move.value or "")
        typing(value_with(labels))
        if move.action == BACK and at:
            at -= 1
        elif move.action == NEXT:
            at += 1
        else:
            return Move(move.action, value_with(labels), move.number)
    return Move(NEXT, value_with(labels))

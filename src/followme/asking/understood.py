"""The row that shows what was understood of a line, and what a person can do with it, in words."""

from __future__ import annotations

from followme.asking.picks import single_keys
from followme.kinds.base import ADD, Field

_IS_IT_RIGHT = "Right? Press Enter to keep it."
"""What a row is for that asks nothing else."""

ADJUST_WORD, ADD_WORD = ":change", "+"
"""What is typed line by line for the keys Tab and +."""


def row(field: Field) -> str:
    """Return the row: "To Ben · By Fri, Dec 4 · Have you told Ben? y n"."""
    question = " ".join((field.hint, *single_keys(field))).strip() or _IS_IT_RIGHT
    return " · ".join(filter(None, (field.ask, question)))


def row_toolbars(field: Field) -> tuple[str, ...]:
    """Return the most important keys of the row, for wide and for narrow screens."""
    adds, short = (" · + another", " · + more") if ADD in field.turns else ("", "")
    least = f"Enter next · Tab name, day{short}"
    return (
        f"Enter next · Tab name, day · Backspace edit line{adds} · Ctrl+C pause · F1 all keys",
        f"Enter next · Tab name, day · Backspace edit line{adds} · F1 all keys",
        f"{least} · F1 keys",
        f"{least} · F1 keys".replace(" · ", ", "),
        least,
        "Enter next · Tab name, day",
    )


def row_keys(field: Field) -> tuple[tuple[str, str], ...]:
    """Return the row's own keys with their effects."""
    asked = (("y, n", "answers the question, and goes on"),) if single_keys(field) else ()
    adds = (("+", "keeps it, and asks for another promise after this one"),) if ADD in field.turns else ()
    return (
        ("Enter", "keeps what was understood"),
        *asked,
        ("Tab", "goes through its parts: the person, and the day"),
        ("Backspace", "gives the line back as you typed it"),
        *adds,
    )


def row_commands(field: Field) -> str:
    """Return what can be typed line by line, in a sentence."""
    asked = "Type y or n. " if single_keys(field) else ""
    adds = f", {ADD_WORD} adds another one" if ADD in field.turns else ""
    return f"{asked}An empty line keeps this. {ADJUST_WORD} changes the person and the day, :back the line{adds}."

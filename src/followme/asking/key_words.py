"""The keys in words: the line below the typing, and the list of all of them."""

from __future__ import annotations

_PICK = (
    "Enter next · Shift+Tab back · Ctrl+C pause · F1 all keys",
    "Enter next, ^C pause, F1 keys",
)
_TOOLBARS = {
    "text": (
        "Enter next · Ctrl+J new line · Ctrl+O editor · Shift+Tab back · Ctrl+C pause · F1 all keys",
        "Enter next · Ctrl+J new line · Shift+Tab back · Ctrl+C pause · F1 all keys",
        "Enter next, ^J line, ^C pause, F1 keys",
        "Enter next, ^J line, F1 keys",
    ),
    "line": (
        "Enter next · Ctrl+O editor · Shift+Tab back · Ctrl+C pause · F1 all keys",
        "Enter next, ^C pause, F1 keys",
    ),
    "enter": ("Enter next · Ctrl+C pause",),
}
_SWAPPED = (
    "Ctrl+J next · Enter new line · Ctrl+O editor · Shift+Tab back · Ctrl+C pause · F1 all keys",
    "Ctrl+J next · Enter new line · Shift+Tab back · Ctrl+C pause · F1 all keys",
    "^J next, Enter line, ^C pause, F1 keys",
    "^J next, Enter line, F1 keys",
)

KEYS = (
    ("Enter", "goes on; on an empty answer, passes the question over"),
    ("Ctrl+J", "begins a new line in a longer answer; so does Alt+Enter"),
    ("Up, Down", "move by the rows you see"),
    ("Ctrl+O", "opens the answer in the editor that VISUAL or EDITOR names"),
    ("Ctrl+R", "shows what you answered last time"),
    ("Shift+Tab", "goes back to the question before"),
    ("F2", "lists the questions so far, to go to any of them; so does Ctrl+X G"),
    ("Ctrl+X F", "finishes early; what was not reached is not asked"),
    ("Ctrl+C", "pauses, and keeps everything"),
    ("F1", "shows all keys; so does ? on an empty answer"),
)
"""Every key with what it does."""

_WRITING = ("Ctrl+J", "Up, Down", "Ctrl+O")
_SWAPPED_KEYS = {
    "Enter": "begins a new line in a longer answer; elsewhere, and on an empty answer, goes on",
    "Ctrl+J": "goes on; so does Alt+Enter",
}


def toolbar(way: str, columns: int, *, enter_is_line: bool = False) -> str:
    """The most important keys for a way of asking, as many as fit into one row."""
    forms = _SWAPPED if enter_is_line and way == "text" else _TOOLBARS.get(way, _PICK)
    return next((form for form in forms if len(form) < columns), forms[-1])


def all_keys(way: str, *, enter_is_line: bool = False) -> tuple[tuple[str, str], ...]:
    """The keys with what they do; where an answer is picked, those for writing are left out."""
    swapped = _SWAPPED_KEYS if enter_is_line else {}
    left_out = () if way in ("text", "line") else _WRITING
    return tuple((key, swapped.get(key, does)) for key, does in KEYS if key not in left_out)
